//! Parsing a large page: for a worker, and for the page's own loop, which loads this wasm, too.

use crawl_playground::engine::compute;
use wasm_bindgen::prelude::wasm_bindgen;

/// A count of a page's links that can be interrupted; see [`compute::LinkCount`].
#[wasm_bindgen]
pub struct LinkCount(compute::LinkCount);

#[wasm_bindgen]
impl LinkCount {
    /// Nothing read yet of a page of `bytes`.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: u32) -> Self {
        Self(compute::LinkCount::in_page_of(bytes))
    }

    /// Goes on for so many steps, and tells whether that was the last.
    pub fn step(&mut self, steps: u32) -> bool {
        self.0.step(steps)
    }

    /// How many links there are, after the last step.
    pub fn found(&self) -> u32 {
        self.0.found()
    }
}
