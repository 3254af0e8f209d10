//! Which limit is to blame: of several that stand one behind another, the one without which the run would be shorter.

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::rate::Rate;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::What;
use crawl_playground::report::turns::backwards::MOST_EVENTS;
use crawl_playground::report::why::blame::Blame;
use crawl_playground::report::why::{Bound, why};
use crawl_playground::sim::lifted::{self, Lifts};
use crawl_playground::sim::replay::Replay;
use proptest::prelude::*;

use super::lab::{self, limits, list, ms, rows};
use super::{explained, figures_of};

/// What lifting each bound would bring: the table that stands below the sentence.
fn best_lift(run: &Run, strategy: Strategy) -> lifted::Bound {
    let lifts = Lifts::new(Replay::of(&run.trace()), strategy, run.limits());
    lifts
        .filter(|lifted| lifted.bound != lifted::Bound::Slowest)
        .min_by_key(|lifted| lifted.prediction.unwrap().total)
        .unwrap()
        .bound
}

#[test]
fn of_limits_one_behind_another_the_one_that_binds_is_named_and_lifting_it_brings_most() {
    let cases = [
        // Who holds a place at the host, and waits for a permit, keeps others from the host.
        (
            Limits {
                per_host: Some(5),
                ..limits(3)
            },
            Bound::Permits,
            lifted::Bound::Concurrency,
        ),
        (
            Limits {
                per_host: Some(2),
                ..limits(3)
            },
            Bound::HostPermits,
            lifted::Bound::HostPermits,
        ),
        // The same with the turn at the host's clock, and with the turn for a token.
        (
            Limits {
                host_delay: ms(100),
                ..limits(1)
            },
            Bound::Permits,
            lifted::Bound::Concurrency,
        ),
        (
            Limits {
                host_delay: ms(1_500),
                ..limits(3)
            },
            Bound::Host,
            lifted::Bound::HostClock,
        ),
        (
            Limits {
                rate: Rate::whole(10, 1),
                ..limits(2)
            },
            Bound::Permits,
            lifted::Bound::Concurrency,
        ),
        (
            Limits {
                rate: Rate::whole(1, 1),
                ..limits(4)
            },
            Bound::Rate,
            lifted::Bound::Rate,
        ),
    ];
    for (limits, bound, lift) in cases {
        let run = lab::run(Strategy::Semaphore, limits, list(["delay/1000"; 10]));
        let figures = figures_of(&run);
        let why = explained(&run, Strategy::Semaphore);
        assert_eq!(why.bound, bound, "{limits:?}: {}", why.sentence);
        assert_eq!(best_lift(&run, Strategy::Semaphore), lift, "{limits:?}");
        // That no permits would help is said of those runs only in which they would not.
        let more = Limits {
            concurrency: 256,
            ..limits
        };
        let with_more = lab::run(Strategy::Semaphore, more, list(["delay/1000"; 10]));
        let is_no_help = figures_of(&with_more).total == figures.total;
        let says_so = why.sentence.contains("more permits would change nothing");
        assert!(is_no_help || !says_so, "{limits:?}: {}", why.sentence);
    }
}

#[test]
fn what_permits_would_bring_is_not_predicted_where_other_limits_hold_too() {
    let limits = Limits {
        host_delay: ms(100),
        ..limits(1)
    };
    let run = lab::run(Strategy::Semaphore, limits, list(["delay/1000"; 10]));
    let why = explained(&run, Strategy::Semaphore);
    assert!(
        !why.sentence.contains("it would take about"),
        "{}",
        why.sentence
    );
}

#[test]
fn the_consumer_and_the_order_of_results_are_blamed_where_they_hold_others_up() {
    let of = |strategy, limits: Limits, delays: &[u32]| {
        let paths = delays.iter().map(|delay| format!("delay/{delay}"));
        let run = lab::run(strategy, limits, list(paths));
        explained(&run, strategy)
    };
    let consumer = Limits {
        store: ms(1_000),
        ..limits(5)
    };
    for strategy in [
        Strategy::Pipeline,
        Strategy::Buffered,
        Strategy::BufferUnordered,
    ] {
        let why = of(strategy, consumer, &[100, 200, 300, 400, 500]);
        assert_eq!(
            why.bound,
            Bound::Consumer,
            "{}: {}",
            strategy.name(),
            why.sentence
        );
        // Where nobody polls meanwhile, the consumer's time looks like the requests' own.
        let is_seen = strategy == Strategy::Pipeline;
        assert!(!is_seen || why.blamed >= ms(3_900), "{:?}", why.blamed);
    }
}

#[test]
fn of_what_is_too_long_to_be_gone_back_the_longest_wait_is_named() {
    // A trace of more than a million events, most of them of no weight.
    let run = lab::run(Strategy::Semaphore, limits(2), list(["delay/100"; 6]));
    let mut trace = run.trace().clone();
    let (rows, figures) = (rows(&run), figures_of(&run));
    while trace.events().len() <= MOST_EVENTS {
        trace.push(rows.last_end(), What::Limit(2));
    }
    let why = why(&trace, &rows, &figures, Strategy::Semaphore, false);
    assert_eq!(why.bound, Bound::Permits, "{}", why.sentence);
}

proptest! {
    #[test]
    fn all_blame_together_is_no_more_than_the_run_took(
        delays in proptest::collection::vec(1_u32..300, 1..12),
        concurrency in 1_usize..5,
        per_host in proptest::option::of(1_usize..4),
        host_delay_ms in 0_u64..200,
        a_second in proptest::option::of(1_u32..20),
        place in 0..Strategy::ALL.len(),
    ) {
        let strategy = Strategy::ALL[place];
        let limits = Limits {
            per_host,
            host_delay: ms(host_delay_ms),
            rate: a_second.and_then(|a_second| Rate::whole(a_second, 1)),
            ..limits(concurrency)
        };
        let paths: Vec<String> = delays.iter().map(|delay| format!("delay/{delay}")).collect();
        let run = lab::run(strategy, limits, list(paths));
        let blame = Blame::of(&run.trace(), &[]).unwrap();
        let sum: std::time::Duration = blame.each().map(|(_, length)| length).sum();
        prop_assert!(sum <= rows(&run).last_end() - Moment::ZERO);
        let most = blame.each().map(|(_, length)| length).max();
        prop_assert_eq!(blame.most().map(|bound| blame.on(bound)), most.filter(|most| !most.is_zero()));
    }
}
