//! Whole schedules in virtual time, to the microsecond: what each strategy makes of known tasks.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

#[allow(dead_code, reason = "each test crate uses its part")]
#[path = "support/lab.rs"]
mod lab;

#[path = "schedule/any_run.rs"]
mod any_run;
#[path = "schedule/list_scheduling.rs"]
mod list_scheduling;

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::outcome::Outcome;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::wait::Wait::{Download, Pause, Permit, Queue, Request};
use lab::{at_ms, bars, check, limits, list, ms, outcomes, rows, run};

fn seconds_each(count: usize) -> crawl_playground::engine::source::Source {
    list(vec!["delay/1000"; count])
}

fn total(run: &Run) -> Moment {
    check(run);
    rows(run).last_end()
}

#[test]
fn five_seconds_one_at_a_time_take_five() {
    let run = run(Strategy::Sequential, limits(3), seconds_each(5));
    assert_eq!(total(&run), at_ms(5_000));
    let bar = |k: f64| match k {
        0.0 => vec![(Request, 0.0, 1_000.0)],
        _ => vec![(Queue, 0.0, k * 1e3), (Request, k * 1e3, k * 1e3 + 1e3)],
    };
    assert_eq!(bars(&run), [0.0, 1.0, 2.0, 3.0, 4.0].map(bar));
    assert_eq!(rows(&run).in_flight().peak(), 1);
    assert_eq!(rows(&run).permits().peak(), 0);
}

#[test]
fn five_seconds_at_once_take_one() {
    let run = run(Strategy::AllAtOnce, limits(3), seconds_each(5));
    assert_eq!(total(&run), at_ms(1_000));
    assert_eq!(bars(&run), vec![vec![(Request, 0.0, 1_000.0)]; 5]);
    assert_eq!(rows(&run).in_flight().peak(), 5);
}

#[test]
fn a_pause_after_each_request_adds_up_one_at_a_time_and_once_at_once() {
    let limits = Limits {
        delay: ms(300),
        ..limits(1)
    };
    let slow = run(Strategy::Sequential, limits, seconds_each(3));
    assert_eq!(total(&slow), at_ms(3_900));
    assert_eq!(
        bars(&slow)[2],
        [
            (Queue, 0.0, 2_600.0),
            (Request, 2_600.0, 3_600.0),
            (Pause, 3_600.0, 3_900.0)
        ]
    );
    let fast = run(Strategy::AllAtOnce, limits, seconds_each(3));
    assert_eq!(
        bars(&fast),
        vec![vec![(Request, 0.0, 1_000.0), (Pause, 1_000.0, 1_300.0)]; 3]
    );
}

/// The bar of the `k`-th of tasks that go three at a time, in rounds of `round` seconds.
fn bar_in_rounds(k: usize, round: f64) -> Vec<(crawl_playground::engine::wait::Wait, f64, f64)> {
    let start = (k / 3) as f64 * round * 1e3;
    let work = [
        (Request, start, start + 1e3),
        (Pause, start + 1e3, start + 2e3),
    ];
    let waits = (start > 0.0).then_some((Permit, 0.0, start));
    waits.into_iter().chain(work).collect()
}

#[test]
fn ten_through_three_with_a_pause_that_keeps_the_permit_take_eight_seconds() {
    // Four rounds of 2 s: nobody uses the permit during the pause.
    let run = run(
        Strategy::Semaphore,
        Limits {
            delay: ms(1_000),
            keep_permit: true,
            ..limits(3)
        },
        seconds_each(10),
    );
    assert_eq!(total(&run), at_ms(8_000));
    assert_eq!(
        bars(&run),
        (0..10).map(|k| bar_in_rounds(k, 2.0)).collect::<Vec<_>>()
    );
    assert_eq!(
        (rows(&run).permits().peak(), rows(&run).in_flight().peak()),
        (3, 3)
    );
}

#[test]
fn ten_through_three_with_a_pause_without_the_permit_take_five_seconds() {
    // Four rounds of 1 s, and the last to go pauses for another.
    let run = run(
        Strategy::Semaphore,
        Limits {
            delay: ms(1_000),
            ..limits(3)
        },
        seconds_each(10),
    );
    assert_eq!(total(&run), at_ms(5_000));
    assert_eq!(
        bars(&run),
        (0..10).map(|k| bar_in_rounds(k, 1.0)).collect::<Vec<_>>()
    );
    assert_eq!(
        (rows(&run).permits().peak(), rows(&run).in_flight().peak()),
        (3, 3)
    );
}

#[test]
fn the_permit_goes_on_in_the_moment_that_it_comes_back() {
    let run = run(
        Strategy::Semaphore,
        limits(2),
        list(["delay/300", "delay/500", "delay/100", "delay/50"]),
    );
    assert_eq!(total(&run), at_ms(500));
    assert_eq!(
        bars(&run),
        [
            vec![(Request, 0.0, 300.0)],
            vec![(Request, 0.0, 500.0)],
            vec![(Permit, 0.0, 300.0), (Request, 300.0, 400.0)],
            vec![(Permit, 0.0, 400.0), (Request, 400.0, 450.0)],
        ]
    );
    let rows = rows(&run);
    let permits: Vec<_> = rows
        .rows()
        .iter()
        .map(|row| row.permit().unwrap())
        .collect();
    assert_eq!(permits[2], (at_ms(300), Some(at_ms(400))));
    assert_eq!(rows.permits().highest(at_ms(451), at_ms(499)), 1);
}

#[test]
fn a_paced_body_downloads_to_the_microsecond() {
    // 1 234 bytes at 9 000 a second: 137.111 ms after the headers.
    let run = run(
        Strategy::Sequential,
        limits(1),
        list(["bytes/1234?ms=21&rate=9000"]),
    );
    assert_eq!(total(&run), Moment::from_us(158_111));
    assert_eq!(
        bars(&run)[0],
        [(Request, 0.0, 21.0), (Download, 21.0, 158.111)]
    );
    assert_eq!(rows(&run).rows()[0].bytes(), 1_234);
}

#[test]
fn an_empty_run_ends_at_once() {
    for strategy in Strategy::ALL {
        let run = run(strategy, limits(3), list::<&str>([]));
        assert_eq!(total(&run), Moment::ZERO);
        assert_eq!(
            rows(&run).finished(),
            Some(crawl_playground::engine::trace::Ending::Done)
        );
    }
}

#[test]
fn one_task_is_the_same_by_every_strategy() {
    for strategy in Strategy::ALL {
        let run = run(strategy, limits(1), list(["delay/70"]));
        assert_eq!(total(&run), at_ms(70));
        assert_eq!(outcomes(&run), [Outcome::Ok(200)]);
    }
}
