//! What a finished simulation keeps, in the page's wasm.

use core::arch::wasm32::memory_size;

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::report::log::Log;
use crawl_playground::sim::Sim;
use crawl_playground::sim::drawn::{Drawn, Failures};
use crawl_playground::sim::latency::Latency;
use crawl_playground::sim::network::targets;
use crawl_playground::timeline::rows::Rows;
use wasm_bindgen::prelude::wasm_bindgen;

const PAGE_BYTES: usize = 65_536;

/// Makes simulations of `tasks` tasks one after another, and keeps them as the page does: the run with its trace, rows
/// and log. Returns by how many bytes a task the memory has grown in all but the first, whose needs on the way are
/// the others' room; so it counts what is kept, and nothing else.
#[expect(
    unreachable_pub,
    reason = "JavaScript reaches it, and wasm-bindgen wants it public"
)]
#[wasm_bindgen]
pub fn kept_bytes(tasks: usize, simulations: usize) -> f64 {
    let mut kept = vec![simulation(tasks)];
    let before = memory_size::<0>();
    kept.extend((0..simulations).map(|_| simulation(tasks)));
    let grown = (memory_size::<0>() - before) * PAGE_BYTES;
    let is_whole = |(_, rows, _): &(Run, Rows, Log)| rows.ended() == tasks;
    if kept.iter().all(is_whole) {
        grown as f64 / (simulations * tasks) as f64
    } else {
        f64::NAN
    }
}

fn simulation(tasks: usize) -> (Run, Rows, Log) {
    let law = Latency::log_normal(200.0, 0.5).expect("a law within its bounds");
    let limits = Limits {
        concurrency: 64,
        ..Limits::default()
    };
    let sim = Sim::new();
    let run = Run::new(sim.simulated(Drawn::new(law, Failures::NONE, 1)), limits);
    let ended = sim.block_on(run.go(Strategy::Semaphore, targets(tasks)));
    ended.expect("every simulated answer comes");
    let (mut rows, mut log) = (Rows::default(), Log::default());
    rows.advance(&run.trace());
    log.advance(&run.trace());
    (run, rows, log)
}
