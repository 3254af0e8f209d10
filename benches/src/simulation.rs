//! The run that is measured in several ways: in virtual time, 64 requests at a time, each of 100 to 300 ms. The page makes
//! the same of `latency=uniform 100 300&n=64`, to the bit.

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::sim::Sim;
use crawl_playground::sim::drawn::{Drawn, Failures};
use crawl_playground::sim::latency::Latency;
use crawl_playground::sim::network::targets;

/// What chance is drawn from, unless a link says otherwise.
const SEED: u64 = 1;

/// A finished run of so many tasks.
pub(crate) fn simulation(tasks: usize) -> Run {
    let law = Latency::uniform(100.0, 300.0).expect("a law within its bounds");
    let limits = Limits {
        concurrency: 64,
        ..Limits::default()
    };
    let sim = Sim::new();
    let run = Run::new(sim.simulated(Drawn::new(law, Failures::NONE, SEED)), limits);
    let ended = sim.block_on(run.go(Strategy::Semaphore, targets(tasks)));
    ended.expect("every simulated answer comes");
    run
}
