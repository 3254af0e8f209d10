//! What the benchmark of the reader needs beside it.

use crawl_playground::engine::crawl::facts::wire;
use wasm_bindgen::prelude::wasm_bindgen;

#[path = "../../src/sample_page.rs"]
mod sample_page;

/// The page that is read.
#[expect(
    unreachable_pub,
    reason = "JavaScript reaches it, and wasm-bindgen wants it public"
)]
#[wasm_bindgen]
pub fn sample_page() -> String {
    sample_page::sample_page()
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
