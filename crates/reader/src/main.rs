//! The worker that reads pages for a crawl, away from the page's event loop; and where a run's work is to parse a page, that.
//!
//! A wasm of its own: the tokenizer of HTML is larger than what the page can spare before it is first seen, and few who
//! open the page start a crawl. `src/worker/read.js` is the script that loads it for a crawl, and `src/browser/reader.rs` who
//! asks; for work those are `src/worker/parse.js` and `src/browser/compute.rs`.

#[cfg(target_arch = "wasm32")]
mod built_in;
#[cfg(target_arch = "wasm32")]
mod count;
#[cfg(target_arch = "wasm32")]
mod read;

fn main() {}
