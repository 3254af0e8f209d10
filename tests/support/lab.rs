//! Runs against the Lab in virtual time, and what must hold for every run whatever it was.

use std::collections::BTreeMap;
use std::time::Duration;

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::outcome::Outcome;
use crawl_playground::engine::run::{MAX_IN_FLIGHT, Run};
use crawl_playground::engine::source::{Source, Target};
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::{Note, TaskId, Trace, What};
use crawl_playground::engine::wait::{State, Wait};
use crawl_playground::sim::Sim;
use crawl_playground::timeline::rows::Rows;
use url::Url;

pub(crate) const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

pub(crate) const fn at_ms(ms: u64) -> Moment {
    Moment::from_us(ms * 1_000)
}

/// The target `lab/{path}` of a Lab at `lab.test`.
pub(crate) fn target(path: &str) -> Target {
    let written = format!("lab/{path}");
    Target {
        url: Url::parse("http://lab.test/")
            .unwrap()
            .join(&written)
            .unwrap(),
        written,
    }
}

pub(crate) fn list<S: AsRef<str>>(paths: impl IntoIterator<Item = S>) -> Source {
    Source::List(
        paths
            .into_iter()
            .map(|path| target(path.as_ref()))
            .collect(),
    )
}

/// `concurrency` permits, no delay, a minute for each attempt.
pub(crate) fn limits(concurrency: usize) -> Limits {
    Limits {
        concurrency,
        delay: Duration::ZERO,
        keep_permit: false,
        timeout: ms(60_000),
        ..Limits::default()
    }
}

/// A run to its end in virtual time.
pub(crate) fn run(strategy: Strategy, limits: Limits, source: Source) -> Run {
    let sim = Sim::new();
    let run = Run::new(sim.lab(), limits);
    sim.block_on(run.go(strategy, source)).unwrap();
    run
}

pub(crate) fn rows(run: &Run) -> Rows {
    let mut rows = Rows::default();
    rows.advance(&run.trace());
    rows
}

/// The bars of a run that is over: for each task its segments, in milliseconds.
pub(crate) fn bars(run: &Run) -> Vec<Vec<(Wait, f64, f64)>> {
    let bar = |row: &crawl_playground::timeline::rows::Row| {
        row.segments()
            .map(|segment| (segment.wait, segment.start.as_ms(), segment.end.as_ms()))
            .collect()
    };
    rows(run).rows().iter().map(bar).collect()
}

pub(crate) fn outcomes(run: &Run) -> Vec<Outcome> {
    rows(run)
        .rows()
        .iter()
        .map(|row| row.outcome.expect("a run that is over has no open task"))
        .collect()
}

/// When each task ended.
pub(crate) fn ends(run: &Run) -> Vec<Moment> {
    rows(run)
        .rows()
        .iter()
        .map(|row| row.end_at(Moment::ZERO))
        .collect()
}

/// All notes about task `id`.
pub(crate) fn notes(run: &Run, id: u32) -> Vec<Note> {
    let note = |what| match what {
        What::Noted(TaskId(task), note) if task == id => Some(note),
        _ => None,
    };
    run.trace()
        .events()
        .iter()
        .filter_map(|event| note(event.what))
        .collect()
}

/// What must hold for the trace of any run that is over.
pub(crate) fn check(run: &Run) {
    check_events(&run.trace());
    check_bars(&rows(run));
}

fn check_events(trace: &Trace) {
    let mut states: BTreeMap<TaskId, State> = BTreeMap::new();
    let mut lent = BTreeMap::new();
    let mut finished = 0;
    let mut last = Moment::ZERO;
    // A permit may be granted, and the limit lowered, in one tick, before the task can say that it has it: so the most
    // that may be lent is the highest limit of this moment.
    let (mut limit, mut most) = (0, 0);
    let mut is_paused = false;
    for event in trace.events() {
        assert!(event.at >= last, "time went back");
        if event.at > last {
            most = limit;
        }
        last = event.at;
        match event.what {
            What::Joined(id, ..) => {
                assert_eq!(id.index(), states.len(), "tasks join in order");
                states.insert(id, State::In(Wait::Queue));
            }
            What::Paused(now) => is_paused = now,
            What::Entered(id, wait) => {
                assert!(
                    !is_paused || wait != Wait::Request,
                    "{id:?} is sent while the run is paused"
                );
                let is_held = matches!(wait, Wait::Host | Wait::Token | Wait::Backoff);
                assert!(
                    !is_held || !lent.contains_key(&id),
                    "{id:?} keeps a permit while it waits for its {}",
                    wait.name()
                );
                turn(&mut states, id, State::In(wait));
            }
            What::Ended(id, outcome) => {
                assert!(
                    !lent.contains_key(&id),
                    "{id:?} ended with a permit in hand"
                );
                turn(&mut states, id, State::Done(outcome));
            }
            What::Status(id, _) | What::Bytes(id, _) => {
                assert_eq!(
                    states[&id],
                    State::In(Wait::Download),
                    "{id:?} heard something while not downloading"
                );
            }
            What::Lent(id) => {
                assert_eq!(states[&id], State::In(Wait::Permit));
                assert!(lent.insert(id, ()).is_none(), "{id:?} was lent two permits");
                assert!(
                    lent.len() <= most,
                    "{} permits are lent of {most}",
                    lent.len()
                );
            }
            What::Returned(id) => assert!(
                lent.remove(&id).is_some(),
                "{id:?} returned what it did not have"
            ),
            What::Limit(new) => {
                limit = new as usize;
                most = most.max(limit);
            }
            What::Finished(_) => finished += 1,
            _ => {}
        }
        let in_flight = states
            .values()
            .filter(|state| matches!(state, State::In(wait) if wait.is_in_flight()))
            .count();
        assert!(
            in_flight <= MAX_IN_FLIGHT,
            "{in_flight} requests are in flight"
        );
    }
    assert_eq!(finished, 1, "a run finishes once");
    assert!(lent.is_empty(), "all permits come back");
    assert!(
        states.values().all(|state| matches!(state, State::Done(_))),
        "all tasks end"
    );
}

fn turn(states: &mut BTreeMap<TaskId, State>, id: TaskId, next: State) {
    let before = states.insert(id, next).expect("a task joins first");
    assert!(
        before.may_become(next),
        "{id:?} went from {before:?} to {next:?}"
    );
}

fn check_bars(rows: &Rows) {
    for row in rows.rows() {
        assert!(row.open().is_none() && row.outcome.is_some());
        let mut edge = row.joined;
        for segment in row.segments() {
            assert_eq!(segment.start, edge, "a gap in a bar");
            assert!(segment.end > segment.start, "a segment of no length");
            edge = segment.end;
        }
        assert_eq!(edge, row.end_at(Moment::ZERO));
    }
    assert_eq!(rows.in_flight().last(), 0);
    assert_eq!(rows.permits().last(), 0);
    assert_eq!(rows.ended(), rows.rows().len());
}
