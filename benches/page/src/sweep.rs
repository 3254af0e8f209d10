//! What the page does at each step of the slider while “What if?” is on show.

use std::cell::RefCell;
use std::time::Duration;

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::sim::Sim;
use crawl_playground::sim::drawn::{Drawn, Failures};
use crawl_playground::sim::latency::Latency;
use crawl_playground::sim::network::targets;
use crawl_playground::sim::replay::Replay;
use crawl_playground::sim::sweep::{Axis, Curve, Sweep};
use crawl_playground::sim::world::World;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static FINISHED: RefCell<Option<Run>> = const { RefCell::new(None) };
}

/// Sweeps the concurrency over a finished run of `tasks` tasks, by the latencies that they had, and returns how many
/// settings it tried. The run itself is made by the first call, and kept.
#[expect(
    unreachable_pub,
    reason = "JavaScript reaches it, and wasm-bindgen wants it public"
)]
#[wasm_bindgen]
pub fn sweep(tasks: usize) -> usize {
    let run =
        FINISHED.with_borrow_mut(|finished| finished.get_or_insert_with(|| run(tasks)).clone());
    let world = World::replayed(Replay::of(&run.trace()));
    let limits = limits();
    let sweep = Sweep::new(&world, Strategy::Semaphore, limits, Axis::Concurrency);
    let curve = Curve::of(sweep.axis(), &limits, sweep.collect());
    let known = curve
        .points
        .iter()
        .filter(|point| point.prediction.is_some());
    known.count()
}

fn run(tasks: usize) -> Run {
    let law = Latency::log_normal(200.0, 0.6).expect("a law within its bounds");
    let sim = Sim::new();
    let run = Run::new(sim.simulated(Drawn::new(law, Failures::NONE, 7)), limits());
    let ended = sim.block_on(run.go(Strategy::Semaphore, targets(tasks)));
    ended.expect("every simulated answer comes");
    run
}

fn limits() -> Limits {
    Limits {
        concurrency: 5,
        delay: Duration::from_millis(100),
        ..Limits::default()
    }
}
