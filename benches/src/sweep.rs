//! `sweep/64x1000-native`: how long it takes to say what each of 64 settings would make of a thousand tasks, against the
//! time of one frame. The goal is set for `sweep/64x1000`, the same in the page; this one says what wasm costs.
//!
//! The tasks' times are drawn from a lognormal law, and the strategy is the semaphore, with a pause after each request.

use std::hint::black_box;
use std::time::{Duration, Instant};

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::sim::drawn::{Drawn, Failures};
use crawl_playground::sim::latency::Latency;
use crawl_playground::sim::sweep::{Axis, Curve, Sweep};
use crawl_playground::sim::world::World;

use crate::figure::{Better, Figure};
use crate::measure::medians;

pub(crate) const NAME: &str = "sweep/64x1000-native";
const TASKS: usize = 1_000;
const FRAME_MS: f64 = 16.0;

pub(crate) fn figures() -> Vec<Figure> {
    let value = medians(&[sweep_ms]);
    let figure = |value: &f64| Figure {
        name: NAME,
        unit: "ms",
        better: Better::Lower,
        value: *value,
        peer: "a frame",
        peer_value: FRAME_MS,
        goal: None,
    };
    value.iter().map(figure).collect()
}

fn sweep_ms() -> f64 {
    let law = Latency::log_normal(200.0, 0.6).expect("a law within its bounds");
    let world = World::drawn(Drawn::new(law, Failures::NONE, 7), TASKS);
    let limits = Limits {
        concurrency: 5,
        delay: Duration::from_millis(100),
        ..Limits::default()
    };
    let start = Instant::now();
    let sweep = Sweep::new(&world, Strategy::Semaphore, limits, Axis::Concurrency);
    let curve = Curve::of(sweep.axis(), &limits, sweep.collect());
    let elapsed = start.elapsed();
    assert_eq!(black_box(curve).points.len(), 64);
    elapsed.as_secs_f64() * 1e3
}
