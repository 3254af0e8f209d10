//! What a crawl found, as it is sorted, laid out, told and exported.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

#[allow(dead_code, reason = "each test crate uses its part")]
#[path = "support/lab.rs"]
mod lab;
#[allow(dead_code, reason = "each test crate uses its part")]
#[path = "crawler/world.rs"]
mod world;

mod results {
    mod export;
    mod order;
    mod progress;
    mod round_trip;
    mod tree;
    mod watched;
}
