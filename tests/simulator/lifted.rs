//! Bounds of a finished run, lifted one at a time: the totals are those that can be worked out by hand.

use std::time::Duration;

use crawl_playground::engine::compute::{Job, Place, Work};
use crawl_playground::engine::exchange::Stall;
use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::rate::Rate;
use crawl_playground::engine::retry::Retry;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::TaskId;
use crawl_playground::sim::lifted::{Bound, Lifts};
use crawl_playground::sim::replay::Replay;

use super::lab::{self, limits, list, ms};

/// The total as it was, and without each bound, in ms.
fn totals<const N: usize>(
    strategy: Strategy,
    limits: Limits,
    paths: [&str; N],
) -> (u128, Vec<(Bound, u128)>) {
    let run = lab::run(strategy, limits, list(paths));
    let lifts = Lifts::new(Replay::of(&run.trace()), strategy, limits);
    let was = lifts.as_it_was().unwrap().total.as_millis();
    let total = |span: Duration| span.as_millis();
    let without = lifts.map(|lifted| (lifted.bound, total(lifted.prediction.unwrap().total)));
    (was, without.collect())
}

const TEN: [&str; 10] = ["delay/1000"; 10];

#[test]
fn ten_through_three_permits_that_are_kept_in_the_pause() {
    let limits = Limits {
        delay: ms(1_000),
        keep_permit: true,
        ..limits(3)
    };
    let (was, without) = totals(Strategy::Semaphore, limits, TEN);
    assert_eq!(was, 8_000); // four rounds of two seconds
    assert_eq!(
        without,
        [
            (Bound::Concurrency, 2_000),
            (Bound::KeptPermit, 5_000), // four rounds of one second, and the last pause
            (Bound::Delay, 4_000),
            (Bound::Slowest, 6_000), // nine take three rounds
        ]
    );
}

#[test]
fn one_at_a_time_is_a_bound_too() {
    let (was, without) = totals(Strategy::Sequential, limits(1), ["delay/100", "delay/400"]);
    assert_eq!(was, 500);
    assert_eq!(without, [(Bound::Concurrency, 400), (Bound::Slowest, 100)]);
}

#[test]
fn behind_a_bound_that_is_lifted_stands_the_next() {
    let limits = Limits {
        per_host: Some(2),
        host_delay: ms(300),
        rate: Some(Rate::new(2.0, 1).unwrap()),
        ..limits(3)
    };
    let paths = ["delay/100"; 4];
    let (was, without) = totals(Strategy::Semaphore, limits, paths);
    assert_eq!(was, 1_600); // two a second: the last goes out after 1.5 s
    assert_eq!(
        without,
        [
            (Bound::Concurrency, 1_600),
            (Bound::HostPermits, 1_600),
            (Bound::HostClock, 1_600),
            (Bound::Rate, 1_000), // the host's clock: the last after 0.9 s
            (Bound::Slowest, 1_100),
        ]
    );
}

#[test]
fn without_failures_there_is_no_back_off() {
    let limits = Limits {
        retry: Retry {
            retries: 2,
            ..Retry::default()
        },
        ..limits(2)
    };
    let paths = ["flaky/a?fails=1&ms=100", "delay/100"];
    let (was, without) = totals(Strategy::Semaphore, limits, paths);
    assert!(was >= 200, "{was}");
    assert!(without.contains(&(Bound::Retries, 100)), "{without:?}");
    assert_eq!(without.last(), Some(&(Bound::Slowest, 100)));
}

#[test]
fn a_consumer_and_work_can_be_taken_away() {
    let limits = Limits {
        store: ms(200),
        ..limits(4)
    };
    let (was, without) = totals(Strategy::Pipeline, limits, ["delay/100"; 4]);
    assert_eq!(was, 900); // one after another is stored
    assert!(without.contains(&(Bound::Consumer, 100)), "{without:?}");
    let limits = Limits {
        store: Duration::ZERO,
        work: Some(Work {
            job: Job::PrimesBelow(2_000_000),
            place: Place::Worker,
        }),
        ..limits
    };
    let (was, without) = totals(Strategy::Pipeline, limits, ["delay/100"; 4]);
    assert!(
        was > 1_000,
        "{was}: a worker counts for one after the other"
    );
    assert!(without.contains(&(Bound::Work, 100)), "{without:?}");
}

#[test]
fn where_answers_went_unnoticed_nothing_is_promised() {
    // Nobody polled the others while the consumer worked, so their requests look longer than they were.
    let limits = Limits {
        store: ms(200),
        ..limits(4)
    };
    let unordered = totals(Strategy::BufferUnordered, limits, ["delay/100"; 4]);
    assert_eq!(unordered, (900, vec![]));
    let limits = Limits {
        store: Duration::ZERO,
        work: Some(Work {
            job: Job::PrimesBelow(1_000),
            place: Place::OnLoop,
        }),
        ..limits
    };
    assert_eq!(totals(Strategy::Semaphore, limits, ["delay/100"; 4]).1, []);
}

#[test]
fn a_race_and_an_empty_run_have_none() {
    assert_eq!(
        totals(Strategy::Race, limits(4), ["delay/100", "delay/200"]).1,
        []
    );
    let (was, without) = totals(Strategy::Semaphore, limits(4), []);
    assert_eq!(was, 0);
    assert_eq!(without, []);
    let (was, without) = totals(Strategy::Semaphore, limits(4), ["delay/100"]);
    assert_eq!((was, without), (100, vec![]));
}

#[test]
fn the_browser_s_connections_are_a_bound_where_more_would_be_in_flight() {
    // Twelve of 300 ms that a page sends together, and of which six had to wait for those before them.
    let twelve = ["delay/300"; 6].into_iter().chain(["delay/600"; 6]);
    let run = lab::run(Strategy::AllAtOnce, limits(1), list(twelve));
    let stalls: Vec<_> = (6..12)
        .map(|task| Stall {
            task: TaskId(task),
            attempts_before: 0,
            wait: ms(300),
        })
        .collect();
    let replay = Replay::of(&run.trace()).without_stalls(&stalls);
    let lifts = Lifts::new(replay, Strategy::AllAtOnce, limits(1)).within(Some(6));
    assert_eq!(lifts.as_it_was().unwrap().total, ms(600));
    let without: Vec<_> = lifts
        .map(|lifted| (lifted.bound, lifted.prediction.unwrap().total))
        .collect();
    let expected = [(Bound::Connections, ms(300)), (Bound::Slowest, ms(600))];
    assert_eq!(without, expected);
}

#[test]
fn the_browser_s_connections_bind_nobody_who_has_fewer_in_flight() {
    let of = |strategy, limits| Bound::of(strategy, &limits, 20, Some(6));
    assert!(!of(Strategy::Semaphore, limits(6)).contains(&Bound::Connections));
    assert!(of(Strategy::Semaphore, limits(7)).contains(&Bound::Connections));
    assert!(!of(Strategy::Sequential, limits(7)).contains(&Bound::Connections));
    let at_host = Limits {
        per_host: Some(4),
        ..limits(7)
    };
    assert!(!of(Strategy::Semaphore, at_host).contains(&Bound::Connections));
    assert!(!Bound::of(Strategy::AllAtOnce, &limits(1), 20, None).contains(&Bound::Connections));
    assert!(!Bound::of(Strategy::AllAtOnce, &limits(1), 6, Some(6)).contains(&Bound::Connections));
}

#[test]
fn a_stall_of_what_was_never_tried_or_longer_than_it_took_does_no_harm() {
    let run = lab::run(Strategy::AllAtOnce, limits(1), list(["delay/300"]));
    let stall = |task, attempts_before, wait_ms| Stall {
        task: TaskId(task),
        attempts_before,
        wait: ms(wait_ms),
    };
    let stalls = [stall(0, 1, 100), stall(7, 0, 100), stall(0, 0, 9_000)];
    let replay = Replay::of(&run.trace()).without_stalls(&stalls);
    let took = replay.first_exchanges().map(|exchange| exchange.request);
    assert_eq!(took.collect::<Vec<_>>(), [ms(0)]);
}
