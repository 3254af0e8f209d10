//! How many hands there are, changed while they work.

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::rate::Rate;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;
use proptest::prelude::{Just, ProptestConfig, prop, prop_assert_eq, prop_oneof, proptest};

use super::lab::{limits, list, ms};
use super::live::set;
use super::world::{Timed, World};

/// Where hands are hired and go, as many requests are out as where permits are lent and come back.
#[test]
fn hands_follow_a_number_that_grows_and_shrinks_as_permits_do() {
    let one = set(|limits| limits.concurrency = 1);
    let three = set(|limits| limits.concurrency = 3);
    for strategy in [
        Strategy::Semaphore,
        Strategy::WorkerPool,
        Strategy::Pipeline,
    ] {
        let world = World::new(limits(4));
        let script: &[Timed<'_>] = &[(4, &one), (24, &three)];
        world.go(strategy, list(["delay/10"; 9]), script);
        // Four requests end at 10 ms, and one of those who sent them goes on.
        assert_eq!(
            world.net.arrivals_us(),
            [0, 0, 0, 0, 10_000, 20_000, 24_000, 24_000, 30_000],
            "{}",
            strategy.name()
        );
    }
}

/// Hands wait for the clocks of tasks that they have. When there are to be fewer of them, no more are out for that.
#[test]
fn hands_that_wait_for_a_clock_keep_to_the_number_that_there_is_when_it_opens() {
    let one = set(|limits| limits.concurrency = 1);
    let rated = Limits {
        rate: Rate::new(10.0, 1).ok(),
        ..limits(4)
    };
    let delayed = Limits {
        host_delay: ms(100),
        ..limits(4)
    };
    for strategy in [
        Strategy::Semaphore,
        Strategy::WorkerPool,
        Strategy::Pipeline,
    ] {
        for limits in [rated, delayed] {
            let world = World::new(limits);
            world.go(strategy, list(["delay/1000"; 4]), &[(50, &one)]);
            let starts_ms: Vec<_> = world
                .net
                .arrivals_us()
                .iter()
                .map(|us| us / 1_000)
                .collect();
            assert_eq!(starts_ms, [0, 1_000, 2_000, 3_000], "{}", strategy.name());
        }
        // As many as there are places for again go out when there are.
        let three = set(|limits| limits.concurrency = 3);
        let world = World::new(rated);
        let script: &[Timed<'_>] = &[(50, &one), (450, &three)];
        world.go(strategy, list(["delay/1000"; 4]), script);
        let starts_ms: Vec<_> = world
            .net
            .arrivals_us()
            .iter()
            .map(|us| us / 1_000)
            .collect();
        assert_eq!(starts_ms, [0, 450, 550, 1_000], "{}", strategy.name());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn whatever_the_number_becomes_hands_send_when_a_semaphore_lets_them(
        first in 1..6_usize,
        spans_ms in prop::collection::vec(1..60_u64, 0..30),
        changes in prop::collection::btree_map(0..120_u64, 1..6_usize, 0..6),
        per_second in prop::option::of(20..500_u32),
        delay_ms in prop_oneof![Just(0), 1..30_u64],
    ) {
        let rate = per_second.and_then(|per_second| Rate::new(f64::from(per_second), 2).ok());
        let sets: Vec<_> = changes
            .iter()
            .map(|(_, &concurrency)| set(move |limits| limits.concurrency = concurrency))
            .collect();
        let arrivals = |strategy| {
            let limits = Limits { rate, host_delay: ms(delay_ms), ..limits(first) };
            let world = World::new(limits);
            let tasks = spans_ms.iter().map(|span| format!("delay/{}", 2 * span));
            // At odd milliseconds, where nothing else happens.
            let script: Vec<Timed<'_>> = changes
                .iter()
                .zip(&sets)
                .map(|((at_ms, _), set)| (2 * at_ms + 1, set as &dyn Fn(&Run)))
                .collect();
            world.go(strategy, list(tasks), &script);
            world.net.arrivals_us()
        };
        let expected = arrivals(Strategy::Semaphore);
        prop_assert_eq!(expected.len(), spans_ms.len());
        prop_assert_eq!(&arrivals(Strategy::WorkerPool), &expected);
        prop_assert_eq!(&arrivals(Strategy::Pipeline), &expected);
    }
}
