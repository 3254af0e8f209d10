//! Runs with rests: what happens in them is the same, however often the world stands still for others.

use std::future;
use std::pin::pin;

use crawl_playground::engine::outcome::Outcome;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::{Ending, What};
use crawl_playground::sim::Sim;
use crawl_playground::sim::drawn::{Drawn, Failures};
use crawl_playground::sim::latency::Latency;
use crawl_playground::sim::network::targets;
use futures::{FutureExt, pending};

use super::lab::limits;

/// More than begin in one go.
const TASKS: usize = 1_100;

fn run() -> (Sim, Run) {
    let law = Latency::log_normal(200.0, 0.6).unwrap();
    let sim = Sim::new();
    let drawn = Drawn::new(law, Failures::new(50, 20).unwrap(), 7);
    let run = Run::new(sim.simulated(drawn), limits(64));
    (sim, run)
}

#[test]
fn rests_change_nothing_of_any_strategy() {
    for strategy in Strategy::ALL {
        let (sim, without) = run();
        sim.block_on(without.go(strategy, targets(TASKS))).unwrap();
        for every in [1, 500] {
            let (sim, with) = run();
            let mut step = 0;
            let rest = || {
                step += 1;
                (step % every == 0).then_some(async { pending!() })
            };
            let mut all = pin!(sim.run_with_rests(with.go(strategy, targets(TASKS)), rest));
            // Each rest gives the word back once.
            while all.as_mut().now_or_never().is_none() {}
            assert!(
                with.trace().events() == without.trace().events(),
                "{} with a rest every {every} steps",
                strategy.name()
            );
        }
    }
}

#[test]
fn a_run_that_is_dropped_at_a_rest_is_stopped() {
    let (sim, run) = run();
    let mut step = 0;
    let rest = || {
        step += 1;
        (step == 1_000).then(future::pending)
    };
    let all = sim.run_with_rests(run.go(Strategy::Semaphore, targets(TASKS)), rest);
    assert_eq!(all.now_or_never(), None);
    let trace = run.trace();
    let ended = |is_such: fn(Outcome) -> bool| {
        let ends = trace.events().iter();
        ends.filter(|event| matches!(event.what, What::Ended(_, outcome) if is_such(outcome)))
            .count()
    };
    assert_eq!(ended(|_| true), TASKS);
    assert!((1..TASKS).contains(&ended(|outcome| outcome == Outcome::Cancelled)));
    assert_eq!(
        trace.events().last().unwrap().what,
        What::Finished(Ending::Stopped)
    );
}
