//! A run once more: its cursor, its pace, what is folded up to the cursor, and the permits as slots and a line.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

#[allow(dead_code, reason = "each test crate uses its part")]
#[path = "support/lab.rs"]
mod lab;
#[allow(dead_code, reason = "each test crate uses its part")]
#[path = "support/preset.rs"]
mod preset;

#[path = "replay/checkpoints.rs"]
mod checkpoints;
#[path = "replay/cursor.rs"]
mod cursor;
#[path = "replay/folds.rs"]
mod folds;
#[path = "replay/lending.rs"]
mod lending;
#[path = "replay/moves.rs"]
mod moves;
#[path = "replay/pace.rs"]
mod pace;
#[path = "replay/words.rs"]
mod words;
