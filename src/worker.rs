//! What the page's workers do: the service worker answers the page's own requests below `lab/`, without a server, and the
//! other one counts primes.
//!
//! They run the page's own wasm, which the browser has already: a second one would be sent beside it. The scripts in this
//! folder are what the browser runs; they load that wasm by `worker.js`, which `scripts/worker.mjs` makes of the page's
//! script, since a service worker can't import a module whose name changes with each build.

mod answer;
mod body;
mod compute;
mod time;
