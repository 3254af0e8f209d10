//! Counts primes for the page, away from its event loop.

use crawl_playground::engine::compute::PrimeCount;
use wasm_bindgen::prelude::wasm_bindgen;

/// How many primes are below `below`.
#[expect(
    unreachable_pub,
    reason = "JavaScript reaches it, and wasm-bindgen wants it public"
)]
#[wasm_bindgen]
pub fn count_primes(below: u32) -> u32 {
    PrimeCount::below(below).finish()
}
