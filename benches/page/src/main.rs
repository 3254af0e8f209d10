//! Our side of the benchmarks in the page: what runs there when Run is pressed, without the user interface.
//!
//! The scripts beside this file load it into one page with its peers, and time both in the same way.

#[cfg(target_arch = "wasm32")]
mod links;
#[cfg(target_arch = "wasm32")]
mod memory;
#[cfg(target_arch = "wasm32")]
mod ours;
#[cfg(target_arch = "wasm32")]
mod sim;
#[cfg(target_arch = "wasm32")]
mod sweep;

fn main() {}
