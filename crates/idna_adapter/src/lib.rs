//! The Unicode tables behind the `idna` crate, which `url` reads host names with.
//!
//! Natively these are ICU's. In the page those tables would be 107 kB of the wasm, some
//! 38 kB as it is sent, and the browser has its own: so here names must be ASCII already, and the page has the
//! browser write those that are not (`browser::link::in_ascii`) before they get here. `idna` foresees such a choice:
//! its adapter is a crate of its own so that a lock file or a patch can exchange it.
#![no_std]

#[cfg(not(target_arch = "wasm32"))]
mod icu;
#[cfg(not(target_arch = "wasm32"))]
pub use icu::*;

#[cfg(target_arch = "wasm32")]
mod ascii;
#[cfg(target_arch = "wasm32")]
pub use ascii::*;
