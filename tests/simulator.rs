//! The simulator: networks of nothing but times, replays of finished runs, predictions and sweeps.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

#[allow(dead_code, reason = "each test crate uses its part")]
#[path = "support/lab.rs"]
mod lab;

#[path = "simulator/lifted.rs"]
mod lifted;
#[path = "simulator/network.rs"]
mod network;
#[path = "simulator/replay.rs"]
mod replay;
#[path = "simulator/rests.rs"]
mod rests;
#[path = "simulator/schedule.rs"]
mod schedule;
#[path = "simulator/sweep.rs"]
mod sweep;
