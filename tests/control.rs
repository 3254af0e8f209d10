//! The controllers that set a limit from what comes back.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

#[path = "control/aimd.rs"]
mod aimd;
#[path = "control/autothrottle.rs"]
mod autothrottle;
