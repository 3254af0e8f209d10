//! The permits as slots and a line: who has one keeps its slot, and the line is served in its order.

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::outcome::Outcome;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::{OriginId, TaskId, Trace, What};
use crawl_playground::engine::wait::Wait;
use crawl_playground::report::lending::{Holding, Lending, lends};
use proptest::prelude::*;

use super::lab::{self, limits, list, ms};
use super::preset::{plain_presets, run_of_preset};

/// Who is in each slot.
fn holders(lending: &Lending) -> Vec<Option<TaskId>> {
    let holder = |place| match lending.slot(place).unwrap().holding {
        Holding::Handed(task) | Holding::Held(task, _) => Some(task),
        Holding::Free | Holding::KeptBack => None,
    };
    (0..lending.slots()).map(holder).collect()
}

/// Goes through a trace event by event, and checks all that must hold at each.
fn check(trace: &Trace) {
    let mut lending = Lending::default();
    let mut lent = Vec::new();
    for (place, event) in trace.events().iter().enumerate() {
        let before = holders(&lending);
        let line: Vec<TaskId> = lending.line().collect();
        if let What::Lent(task) = event.what {
            // Handed over before it says so, and so before all who stand in line still.
            assert!(
                (0..lending.slots())
                    .any(|slot| lending.slot(slot).unwrap().holding == Holding::Handed(task)),
                "event {place}: {task:?} was not next: {before:?}, in line {line:?}"
            );
            lent.push(task);
        }
        if let What::Returned(task) = event.what {
            lent.retain(|holder| *holder != task);
        }
        lending.advance_to(trace, place + 1);
        let after = holders(&lending);
        for (slot, task) in before.iter().enumerate() {
            let now = after
                .iter()
                .position(|holder| task.is_some() && holder == task);
            assert!(
                now.is_none_or(|now| now == slot),
                "event {place}: {task:?} changed its slot"
            );
        }
        let held = |slot: usize| match lending.slot(slot).unwrap().holding {
            Holding::Held(task, _) => Some(task),
            _ => None,
        };
        let mut holding: Vec<TaskId> = (0..lending.slots()).filter_map(held).collect();
        holding.sort_unstable();
        lent.sort_unstable();
        assert_eq!(
            holding, lent,
            "event {place}: those who were lent one, and nobody else, hold one"
        );
        let in_use = after.iter().flatten().count();
        assert_eq!(in_use, lending.in_use());
        // Nobody waits while a permit is free, and who got one stands in no line.
        assert!(lending.waiting() == 0 || in_use >= lending.limit());
        assert!(lending.line().all(|task| !after.contains(&Some(task))));
        // The line only moves up: who was in it before and still is stands in the same order.
        let now: Vec<TaskId> = lending.line().collect();
        let stayed: Vec<TaskId> = line.into_iter().filter(|task| now.contains(task)).collect();
        assert!(
            now.starts_with(&stayed),
            "event {place}: {stayed:?}, then {now:?}"
        );
    }
    assert_eq!((lending.in_use(), lending.waiting()), (0, 0), "all is over");
}

#[test]
fn the_presets_lend_as_their_traces_say() {
    let mut lent = 0;
    for preset in plain_presets() {
        let run = run_of_preset(preset);
        let trace = run.trace();
        lent += trace
            .events()
            .iter()
            .filter(|event| matches!(event.what, What::Lent(_)))
            .count();
        check_if_lent(&trace);
    }
    assert!(lent > 20, "{lent} permits were lent in all presets");
}

fn check_if_lent(trace: &Trace) {
    if trace
        .events()
        .iter()
        .any(|event| matches!(event.what, What::Lent(_)))
    {
        check(trace);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn whatever_the_tasks_take_slots_stay_and_the_line_is_served_in_order(
        delays_ms in prop::collection::vec(0..400_u64, 1..40),
        concurrency in 1..8_usize,
        pause_ms in prop::sample::select(vec![0_u64, 50]),
        keep_permit in any::<bool>(),
        strategy in prop::sample::select(vec![Strategy::Semaphore, Strategy::Adaptive]),
    ) {
        let limits = Limits { delay: ms(pause_ms), keep_permit, ..limits(concurrency) };
        let targets = delays_ms.iter().map(|ms| format!("delay/{ms}"));
        let run = lab::run(strategy, limits, list(targets));
        check(&run.trace());
    }
}

/// A trace by hand: at its every event another microsecond has passed.
struct Written(Trace);

impl Written {
    fn new(limit: u32) -> Self {
        let mut written = Self(Trace::default());
        written.push(What::Limit(limit));
        written
    }

    fn push(&mut self, what: What) {
        let at = Moment::from_us(self.0.events().len() as u64);
        self.0.push(at, what);
    }

    fn ask(&mut self, tasks: u32) {
        let name = self.0.text("lab/delay/1");
        for task in (0..tasks).map(TaskId) {
            self.push(What::Joined(task, name, OriginId(0)));
            self.push(What::Entered(task, Wait::Permit));
        }
    }

    fn send(&mut self, task: u32) {
        self.push(What::Lent(TaskId(task)));
        self.push(What::Entered(TaskId(task), Wait::Request));
    }

    fn lending(&self) -> Lending {
        let mut lending = Lending::default();
        lending.advance_to(&self.0, self.0.events().len());
        lending
    }

    fn holdings(&self) -> Vec<Holding> {
        let lending = self.lending();
        let holding = |place| lending.slot(place).unwrap().holding;
        (0..lending.slots()).map(holding).collect()
    }
}

const fn held(task: u32) -> Holding {
    Holding::Held(TaskId(task), Wait::Request)
}

#[test]
fn a_permit_goes_straight_to_the_first_in_line() {
    let mut run = Written::new(1);
    run.ask(3);
    run.send(0);
    assert_eq!(run.holdings(), [held(0)]);
    run.push(What::Returned(TaskId(0)));
    // Before it has taken it, it is nobody else's.
    assert_eq!(run.holdings(), [Holding::Handed(TaskId(1))]);
    assert_eq!(run.lending().line().collect::<Vec<_>>(), [TaskId(2)]);
    // Who goes away in that moment hands it on.
    run.push(What::Ended(TaskId(1), Outcome::Cancelled));
    assert_eq!(run.holdings(), [Holding::Handed(TaskId(2))]);
    run.push(What::Ended(TaskId(2), Outcome::Cancelled));
    assert_eq!(run.holdings(), [Holding::Free]);
}

#[test]
fn who_leaves_the_line_is_passed_over() {
    let mut run = Written::new(1);
    run.ask(4);
    run.send(0);
    run.push(What::Ended(TaskId(1), Outcome::Cancelled));
    assert_eq!(
        run.lending().line().collect::<Vec<_>>(),
        [TaskId(2), TaskId(3)]
    );
    run.push(What::Returned(TaskId(0)));
    assert_eq!(run.holdings(), [Holding::Handed(TaskId(2))]);
}

#[test]
fn after_the_limit_was_lowered_what_is_lent_stays_and_what_comes_back_is_kept() {
    let mut run = Written::new(4);
    run.ask(6);
    (0..4).for_each(|task| run.send(task));
    run.push(What::Limit(2));
    let lending = run.lending();
    assert_eq!(
        (lending.slots(), lending.limit(), lending.in_use()),
        (4, 2, 4)
    );
    let over: Vec<bool> = (0..4)
        .map(|place| lending.slot(place).unwrap().is_over)
        .collect();
    assert_eq!(over, [false, false, true, true]);
    assert_eq!(
        lending.sentence(Strategy::Semaphore),
        "A task needs a permit to send its request, and there are 2: at most 2 may be out at once. The limit was lowered while 4 were lent: none is lent anew until fewer than 2 are out."
    );
    run.push(What::Returned(TaskId(0)));
    assert_eq!(
        run.holdings(),
        [Holding::KeptBack, held(1), held(2), held(3)]
    );
    run.push(What::Returned(TaskId(3)));
    assert_eq!(run.holdings(), [Holding::KeptBack, held(1), held(2)]);
    // Two are out of two: the third that comes back is the first that is lent anew, in the first slot that is free.
    run.push(What::Returned(TaskId(2)));
    assert_eq!(run.holdings(), [Holding::Handed(TaskId(4)), held(1)]);
    run.push(What::Limit(3));
    assert_eq!(
        run.holdings(),
        [
            Holding::Handed(TaskId(4)),
            held(1),
            Holding::Handed(TaskId(5))
        ]
    );
}

#[test]
fn only_a_semaphore_lends() {
    let lending = [Strategy::Semaphore, Strategy::Adaptive];
    for strategy in Strategy::ALL {
        let run = lab::run(strategy, limits(3), list(["delay/10"; 5]));
        let trace = run.trace();
        let has_lent = trace
            .events()
            .iter()
            .any(|event| matches!(event.what, What::Lent(_)));
        assert_eq!(
            (lends(strategy), has_lent),
            (lending.contains(&strategy), lends(strategy)),
            "{strategy:?}"
        );
    }
}
