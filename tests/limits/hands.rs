//! How many hands there are, changed while they work.

use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;
use proptest::prelude::{ProptestConfig, prop, prop_assert_eq, proptest};

use super::lab::{limits, list};
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn whatever_the_number_becomes_hands_send_when_a_semaphore_lets_them(
        first in 1..6_usize,
        spans_ms in prop::collection::vec(1..60_u64, 0..30),
        changes in prop::collection::btree_map(0..120_u64, 1..6_usize, 0..6),
    ) {
        let sets: Vec<_> = changes
            .iter()
            .map(|(_, &concurrency)| set(move |limits| limits.concurrency = concurrency))
            .collect();
        let arrivals = |strategy| {
            let world = World::new(limits(first));
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
