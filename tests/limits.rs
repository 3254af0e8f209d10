//! Limits, one by one and composed: what holds a task back, for exactly how long, and what the network sees of it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

#[allow(dead_code, reason = "each test crate uses its part")]
#[path = "support/lab.rs"]
mod lab;
#[allow(dead_code, reason = "each test crate uses its part")]
#[path = "support/world.rs"]
mod world;

#[path = "limits/any_limits.rs"]
mod any_limits;
#[path = "limits/breaks.rs"]
mod breaks;
#[path = "limits/hands.rs"]
mod hands;
#[path = "limits/hosts.rs"]
mod hosts;
#[path = "limits/live.rs"]
mod live;
#[path = "limits/paused.rs"]
mod paused;
#[path = "limits/retries.rs"]
mod retries;
#[path = "limits/timeouts.rs"]
mod timeouts;
#[path = "limits/work.rs"]
mod work;
