//! Settings changed while a run goes on.

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::wait::Wait::{Pause, Permit, Request};
use crawl_playground::sim::Sim;
use crawl_playground::timeline::rows::Change;
use futures::future::join;

use super::lab::{at_ms, bars, check, ends, limits, list, ms, rows};

/// When, in milliseconds, and what is changed then.
type Timed<'a> = (u64, &'a dyn Fn(&Run));

/// Runs tasks of 100 ms, and makes these changes at these times.
fn with_changes(strategy: Strategy, limits: Limits, tasks: usize, changes: &[Timed<'_>]) -> Run {
    let sim = Sim::new();
    let run = Run::new(sim.lab(), limits);
    let changer = async {
        for (at, change) in changes {
            sim.sleep(at_ms(*at) - sim.now()).await;
            change(&run);
        }
    };
    sim.block_on(join(
        run.go(strategy, list(vec!["delay/100"; tasks])),
        changer,
    ))
    .unwrap();
    check(&run);
    run
}

#[test]
fn a_shorter_delay_ends_a_pause_that_has_lasted_so_long() {
    let limits = Limits {
        delay: ms(1_000),
        ..limits(1)
    };
    let run = with_changes(
        Strategy::Sequential,
        limits,
        1,
        &[(350, &|run| run.set_delay(ms(200)))],
    );
    assert_eq!(
        ends(&run),
        [at_ms(350)],
        "250 ms of pause are over, which is more than 200"
    );
}

#[test]
fn a_pause_is_measured_anew_from_its_start() {
    let limits = Limits {
        delay: ms(1_000),
        ..limits(1)
    };
    let shorter = with_changes(
        Strategy::Sequential,
        limits,
        1,
        &[(350, &|run| run.set_delay(ms(400)))],
    );
    assert_eq!(
        bars(&shorter)[0],
        [(Request, 0.0, 100.0), (Pause, 100.0, 500.0)]
    );
    let longer: &[Timed<'_>] = &[
        (350, &|run| run.set_delay(ms(3_000))),
        (1_200, &|run| run.set_delay(ms(1_500))),
    ];
    let longer = with_changes(Strategy::Sequential, limits, 1, longer);
    assert_eq!(
        bars(&longer)[0],
        [(Request, 0.0, 100.0), (Pause, 100.0, 1_600.0)]
    );
}

#[test]
fn a_delay_set_to_nothing_ends_all_pauses_at_once() {
    let limits = Limits {
        delay: ms(5_000),
        ..limits(1)
    };
    let run = with_changes(
        Strategy::AllAtOnce,
        limits,
        4,
        &[(700, &|run| run.set_delay(ms(0)))],
    );
    assert_eq!(ends(&run), [at_ms(700); 4]);
}

#[test]
fn the_limit_from_two_to_five_to_one_makes_this_schedule() {
    let changes: &[Timed<'_>] = &[
        (150, &|run| run.set_concurrency(5)),
        (220, &|run| run.set_concurrency(1)),
    ];
    let run = with_changes(Strategy::Semaphore, limits(2), 9, changes);
    // Two until 100, two until 200, three more from 150; two of the five follow at 200; then one by one,
    // as soon as the four others that still run have come back.
    let starts = [0, 0, 100, 100, 150, 150, 150, 200, 200];
    let ends_ms: Vec<_> = starts.iter().map(|start| at_ms(start + 100)).collect();
    assert_eq!(ends(&run), ends_ms);
    assert_eq!(rows(&run).permits().peak(), 5);
    assert_eq!(
        rows(&run).changes(),
        [
            (at_ms(150), Change::Limit(5)),
            (at_ms(220), Change::Limit(1))
        ]
    );
}

#[test]
fn a_jitter_and_a_consumer_that_change_are_told_as_well() {
    let changes: &[Timed<'_>] = &[
        (50, &|run| {
            run.set_limits(Limits {
                jitter_percent: 30,
                ..run.limits()
            })
        }),
        (60, &|run| {
            run.set_limits(Limits {
                store: ms(20),
                ..run.limits()
            })
        }),
    ];
    let run = with_changes(Strategy::Pipeline, limits(1), 1, changes);
    assert_eq!(
        rows(&run).changes(),
        [
            (at_ms(50), Change::JitterPercent(30)),
            (at_ms(60), Change::StoreMs(20.0))
        ]
    );
}

#[test]
fn a_limit_that_shrank_holds_until_enough_came_back() {
    let run = with_changes(
        Strategy::Semaphore,
        limits(4),
        7,
        &[(50, &|run| run.set_concurrency(1))],
    );
    let ends_ms = [100, 100, 100, 100, 200, 300, 400].map(at_ms);
    assert_eq!(ends(&run), ends_ms);
}

#[test]
fn keeping_the_permit_can_be_switched_for_pauses_that_begin_later() {
    let limits = Limits {
        delay: ms(100),
        keep_permit: true,
        ..limits(1)
    };
    let free: &dyn Fn(&Run) = &|run| {
        run.set_limits(Limits {
            keep_permit: false,
            delay: ms(100),
            ..super::lab::limits(1)
        })
    };
    let run = with_changes(Strategy::Semaphore, limits, 3, &[(250, free)]);
    assert_eq!(
        bars(&run),
        [
            vec![(Request, 0.0, 100.0), (Pause, 100.0, 200.0)],
            vec![
                (Permit, 0.0, 200.0),
                (Request, 200.0, 300.0),
                (Pause, 300.0, 400.0)
            ],
            vec![
                (Permit, 0.0, 300.0),
                (Request, 300.0, 400.0),
                (Pause, 400.0, 500.0)
            ],
        ]
    );
}

#[test]
fn setting_the_limits_again_as_they_are_is_no_change() {
    let same: &dyn Fn(&Run) = &|run| run.set_limits(limits(2));
    let run = with_changes(Strategy::Semaphore, limits(2), 3, &[(50, same)]);
    assert!(rows(&run).changes().is_empty());
}
