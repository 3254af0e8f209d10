//! What each strategy makes of known tasks: whole schedules, to the microsecond.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

#[allow(dead_code, reason = "each test crate uses its part")]
#[path = "support/lab.rs"]
mod lab;
#[allow(dead_code, reason = "each test crate uses its part")]
#[path = "support/world.rs"]
mod world;

#[path = "strategies/controlled.rs"]
mod controlled;
#[path = "strategies/failures.rs"]
mod failures;
#[path = "strategies/ordered.rs"]
mod ordered;
#[path = "strategies/pipeline.rs"]
mod pipeline;
#[path = "strategies/pool.rs"]
mod pool;
#[path = "strategies/race.rs"]
mod race;
#[path = "strategies/rated.rs"]
mod rated;
