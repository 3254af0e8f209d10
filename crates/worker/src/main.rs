//! What two of the page's workers do: the service worker answers the page's own requests below `lab/`, without a server, and
//! the other one counts primes.
//!
//! A wasm of its own: the page is seen before anything is asked of them. `src/worker/sw.js` and `src/worker/compute.js` are
//! the scripts that load it.

#[cfg(target_arch = "wasm32")]
mod answer;
#[cfg(target_arch = "wasm32")]
mod body;
#[cfg(target_arch = "wasm32")]
mod compute;
#[cfg(target_arch = "wasm32")]
mod time;

fn main() {}
