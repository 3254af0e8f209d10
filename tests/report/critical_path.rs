//! The critical path: without a gap from the start to the end, and as long as the longest chain that a search finds.

use std::time::Duration;

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::outcome::Outcome;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::{OriginId, TaskId, Trace, What};
use crawl_playground::engine::wait::Wait;
use crawl_playground::report::critical_path::{Step, critical_path, littles_law, sentence};
use crawl_playground::timeline::rows::{Row, Rows};
use proptest::prelude::*;

use super::lab::{self, limits, list, ms};
use super::preset::{lab_presets, run_of_preset};

/// Task from 1, wait, start and end in ms.
fn told(path: &[Step]) -> Vec<(u32, Wait, u64, u64)> {
    let ms = |at: Moment| at.as_us() / 1_000;
    path.iter()
        .map(|step| (step.task.0 + 1, step.wait, ms(step.start), ms(step.end)))
        .collect()
}

fn path_of(run: &Run) -> Vec<Step> {
    critical_path(&run.trace())
}

/// Without a gap from the start to the end, and made of stretches that are in the bars, or before them.
fn check(path: &[Step], rows: &Rows) {
    let mut edge = Moment::ZERO;
    for step in path {
        assert_eq!(step.start, edge, "a gap: {path:?}");
        assert!(step.end > step.start);
        edge = step.end;
        let row = &rows.rows()[step.task.index()];
        let is_in_bar = row.segments().any(|segment| {
            segment.wait == step.wait && segment.start < step.end && step.end <= segment.end
        });
        assert!(is_in_bar || step.end <= row.joined, "{step:?} is in no bar");
        // Work is nobody else's, so of that the path holds nothing that lies before the segment.
        let is_whole = row
            .segments()
            .any(|segment| segment.start <= step.start && step.end <= segment.end);
        assert!(is_whole || !step.wait.is_work(), "{step:?}");
    }
    assert_eq!(edge, rows.last_end(), "it ends with the run");
}

#[test]
fn through_one_permit_it_is_one_request_after_another() {
    let paths = ["delay/100", "delay/200", "delay/300"];
    let run = lab::run(Strategy::Semaphore, limits(1), list(paths));
    assert_eq!(
        told(&path_of(&run)),
        [
            (1, Wait::Request, 0, 100),
            (2, Wait::Request, 100, 300),
            (3, Wait::Request, 300, 600),
        ]
    );
    assert_eq!(
        sentence(&path_of(&run)).unwrap(),
        "The critical path, which set the end after 600\u{a0}ms: 3 requests one after another, 100\u{a0}% of it in requests."
    );
}

#[test]
fn all_at_once_it_is_the_slowest_alone() {
    let paths = ["delay/100", "delay/300", "delay/200"];
    let run = lab::run(Strategy::AllAtOnce, limits(1), list(paths));
    assert_eq!(told(&path_of(&run)), [(2, Wait::Request, 0, 300)]);
}

#[test]
fn a_permit_that_is_kept_in_the_pause_puts_the_pauses_on_it() {
    let limits = Limits {
        keep_permit: true,
        delay: ms(50),
        ..limits(1)
    };
    let run = lab::run(
        Strategy::Semaphore,
        limits,
        list(["delay/100", "delay/100"]),
    );
    assert_eq!(
        told(&path_of(&run)),
        [
            (1, Wait::Request, 0, 100),
            (1, Wait::Pause, 100, 150),
            (2, Wait::Request, 150, 250),
            (2, Wait::Pause, 250, 300),
        ]
    );
}

#[test]
fn a_hosts_clock_is_on_it_from_request_to_request() {
    let limits = Limits {
        host_delay: ms(250),
        ..limits(9)
    };
    let run = lab::run(Strategy::Semaphore, limits, list(["delay/10"; 3]));
    assert_eq!(
        told(&path_of(&run)),
        [
            (2, Wait::Host, 0, 250),
            (3, Wait::Host, 250, 500),
            (3, Wait::Request, 500, 510),
        ]
    );
}

#[test]
fn littles_law_has_its_numbers() {
    let run = lab::run(Strategy::Semaphore, limits(2), list(["delay/500"; 4]));
    assert_eq!(
        littles_law(&lab::rows(&run), Duration::from_secs(1)).unwrap(),
        "Little’s law: 2.00 in flight on average = 4.00 requests a second × 500\u{a0}ms each."
    );
    assert_eq!(littles_law(&Rows::default(), Duration::ZERO), None);
}

#[test]
fn each_preset_has_one_from_start_to_end() {
    for preset in lab_presets() {
        let run = run_of_preset(preset);
        let path = path_of(&run);
        check(&path, &lab::rows(&run));
        assert!(sentence(&path).is_some(), "{}", preset.name());
    }
}

#[test]
fn a_crowd_that_leaves_the_line_at_once_takes_no_longer_than_its_tasks() {
    // So many would take minutes if each who leaves were looked for in the line.
    const TASKS: u32 = 300_000;
    let mut trace = Trace::default();
    let name = trace.text("lab/hang");
    trace.push(Moment::ZERO, What::Limit(1));
    for task in (0..TASKS).map(TaskId) {
        trace.push(Moment::ZERO, What::Joined(task, name, OriginId(0)));
        trace.push(Moment::ZERO, What::Entered(task, Wait::Permit));
    }
    trace.push(Moment::ZERO, What::Lent(TaskId(0)));
    trace.push(Moment::ZERO, What::Entered(TaskId(0), Wait::Request));
    let stop = Moment::from_us(100_000);
    // Whoever stands at the end leaves first, which is the longest way through a line.
    for task in (0..TASKS).rev().map(TaskId) {
        trace.push(stop, What::Ended(task, Outcome::Cancelled));
    }
    assert_eq!(
        told(&critical_path(&trace)),
        [(1, Wait::Request, 0, 100)],
        "what the others waited behind"
    );
}

#[test]
fn nothing_has_none() {
    let run = lab::run(Strategy::Semaphore, limits(1), list::<&str>([]));
    assert_eq!(path_of(&run), []);
    assert_eq!(sentence(&[]), None);
}

/// The longest chain of tasks of which each got its permit no sooner than the one before had given it back: by a search
/// through all of them.
fn longest_chain(rows: &[Row], after: Moment) -> Duration {
    let held = rows.iter().filter_map(Row::permit);
    let next = held.filter(|(lent, _)| *lent >= after);
    next.map(|(lent, returned)| {
        let returned = returned.unwrap();
        (returned - lent) + longest_chain(rows, returned.max(Moment::from_us(lent.as_us() + 1)))
    })
    .max()
    .unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Where all that tasks wait for is a permit, the end is set by a chain of requests without a gap. So the path holds
    /// nothing but requests, and is as long as the longest chain there is.
    #[test]
    fn it_is_as_long_as_the_longest_chain(
        delays in proptest::collection::vec(1_u64..400, 1..8),
        permits in 1_usize..4,
    ) {
        let paths: Vec<String> = delays.iter().map(|delay| format!("delay/{delay}")).collect();
        let run = lab::run(Strategy::Semaphore, limits(permits), list(&paths));
        let (path, rows) = (path_of(&run), lab::rows(&run));
        check(&path, &rows);
        prop_assert!(path.iter().all(|step| step.wait.is_in_flight() || step.wait == Wait::Parse));
        let length: Duration = path.iter().map(|step| step.end - step.start).sum();
        prop_assert_eq!(length, longest_chain(rows.rows(), Moment::ZERO));
        prop_assert_eq!(length, rows.last_end() - Moment::ZERO);
    }

    /// With every limit at once it still has no gap.
    #[test]
    fn it_has_no_gap_whatever_is_waited_for(
        delays in proptest::collection::vec(1_u64..400, 1..12),
        permits in 1_usize..4,
        strategy in proptest::sample::select(Strategy::ALL.to_vec()),
        per_host in proptest::option::of(1_usize..3),
        host_delay in 0_u64..100,
        pause in 0_u64..100,
        store in 0_u64..50,
        keep_permit: bool,
    ) {
        let paths: Vec<String> = delays.iter().map(|delay| format!("delay/{delay}")).collect();
        let limits = Limits {
            per_host,
            host_delay: ms(host_delay),
            delay: ms(pause),
            store: ms(store),
            keep_permit,
            ..limits(permits)
        };
        let run = lab::run(strategy, limits, list(&paths));
        check(&path_of(&run), &lab::rows(&run));
    }
}
