//! What the benchmark of the reader needs beside it.

use crawl_playground::engine::compute;
use crawl_playground::engine::crawl::facts::wire;
use wasm_bindgen::prelude::wasm_bindgen;

/// As large as the page is to be, in bytes.
const BYTES: usize = 100_000;

/// The page that is read.
#[expect(
    unreachable_pub,
    reason = "JavaScript reaches it, and wasm-bindgen wants it public"
)]
#[wasm_bindgen]
pub fn sample_page() -> String {
    compute::sample_page(BYTES)
}

/// How many links the reader's answer holds, taken apart as the page does it.
#[expect(
    unreachable_pub,
    reason = "JavaScript reaches it, and wasm-bindgen wants it public"
)]
#[wasm_bindgen]
pub fn count_links(facts: &[u8]) -> usize {
    wire::decode(facts).map_or(0, |facts| facts.links.len())
}
