//! Bounds of a finished run, lifted one at a time: the totals are those that can be worked out by hand.

use std::time::Duration;

use crawl_playground::engine::compute::{Job, Place, Work};
use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::rate::Rate;
use crawl_playground::engine::retry::Retry;
use crawl_playground::engine::strategy::Strategy;
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
