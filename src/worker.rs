//! What the page's workers do: the service worker answers the page's own requests below `lab/`, without a server, and the
//! other one counts primes.
//!
//! These two run the page's own wasm, which the browser has already: a second one would be sent beside it. The scripts in this
//! folder are what the browser runs; they load that wasm by `worker.js`, which `scripts/worker.mjs` makes of the page's
//! script, since a service worker can't import a module whose name changes with each build.
//!
//! The third, which reads pages for a crawl (`read.js`), has a wasm of its own, `crates/reader`: what that brings, the page
//! does without until a crawl starts.

mod answer;
mod body;
mod compute;
mod time;
