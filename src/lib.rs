//! Crawl Playground: where does a crawl's time go, and what would change it?
//!
//! Data goes one way:
//!
//! ```text
//! scenario ──► strategy ──► task ──► ports ──► network
//!                             │
//!                             ▼
//!                           trace ──► rows ──► scene ──► canvas
//!                             └─────► report: summary, table, log
//! ```
//!
//! [`engine`], [`timeline`], [`sim`], [`lab`], [`scenario`], [`report`] and [`replay`] are pure Rust: they name nothing of a
//! browser, take their time from a [`engine::ports::Clock`] only, and run in `cargo test`. `browser` and `ui` exist
//! for `wasm32` and the feature `page` alone, and hold as little logic as they can.

// The cut of the page's wasm needs a macro that declares imports, which counts as unsafe; see `ui::chunk`.
#![cfg_attr(not(split), forbid(unsafe_code))]

pub mod engine;
pub mod lab;
pub mod replay;
pub mod report;
pub mod results;
pub mod scenario;
pub mod sim;
pub mod timeline;

#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod browser;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod ui;

/// Mounts the page.
#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub fn start() {
    ui::mount();
}
