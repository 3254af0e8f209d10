//! The worker that reads pages for a crawl, away from the page's event loop.
//!
//! A wasm of its own: the tokenizer of HTML is larger than what the page can spare before it is first seen, and few who
//! open the page start a crawl. `src/worker/read.js` is the script that loads it, and `src/browser/reader.rs` who asks.

#[cfg(target_arch = "wasm32")]
mod built_in;
#[cfg(target_arch = "wasm32")]
mod read;

fn main() {}
