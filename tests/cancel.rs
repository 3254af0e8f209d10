//! Cancelling one task, wherever it stands: it ends at that moment, its request is dropped, what it held comes home, and
//! everything else goes on.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

#[allow(dead_code, reason = "each test crate uses its part")]
#[path = "support/lab.rs"]
mod lab;
#[allow(dead_code, reason = "each test crate uses its part")]
#[path = "support/wakers.rs"]
mod wakers;
#[allow(dead_code, reason = "each test crate uses its part")]
#[path = "support/world.rs"]
mod world;

#[path = "cancel/after.rs"]
mod after;
#[path = "cancel/at_once.rs"]
mod at_once;
#[path = "cancel/before.rs"]
mod before;
#[path = "cancel/edges.rs"]
mod edges;

use crawl_playground::engine::limits::{Limits, OnFailure};
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::{Ending, TaskId};
use lab::list;
use world::{World, assert_drawn, ending};

/// Cancels a task at a millisecond, and asserts the bars. To be cancelled is no failure, so the policy changes nothing.
fn assert_cancelled(
    strategy: Strategy,
    limits: Limits,
    tasks: &[&str],
    (task, at_ms): (u32, u64),
    expected: &str,
) -> Run {
    let policies = [OnFailure::StopAtFirst, OnFailure::CollectAll];
    let run = |on_failure| {
        let world = World::new(Limits {
            on_failure,
            ..limits
        });
        let cancel = |run: &Run| run.cancel(TaskId(task));
        world.go(strategy, list(tasks), &[(at_ms, &cancel)]);
        println!("{}", strategy.name());
        assert_drawn(&world.run, expected);
        assert_eq!(ending(&world.run), Ending::Done);
        world.run
    };
    let [_, last] = policies.map(run);
    last
}
