//! Strategies whose limits set themselves, while they run.

use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;

use super::lab::{limits, list};
use super::world::World;

/// How many requests go out in each of the first rounds of 100 ms.
fn rounds<const N: usize>(world: &World) -> [usize; N] {
    let starts = world.net.arrivals_us();
    std::array::from_fn(|round| {
        let at = round as u64 * 100_000;
        starts.iter().filter(|us| **us == at).count()
    })
}

#[test]
fn a_maximum_that_is_lowered_and_raised_again_between_two_answers_changes_nothing() {
    let world = World::new(limits(4));
    let lower = |run: &Run| run.set_concurrency(1);
    let raise = |run: &Run| run.set_concurrency(4);
    let tasks = list(["delay/100"; 26]);
    world.go(Strategy::Adaptive, tasks, &[(450, &lower), (460, &raise)]);
    assert_eq!(rounds(&world), [1, 2, 3, 4, 4, 4, 4, 4]);
}
