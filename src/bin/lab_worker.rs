//! The Lab's service worker: answers the page's own requests below `lab/`, without a server.
//!
//! `lab_worker/sw.js` is the script that the browser runs. It decides which requests are the Lab's and hands them
//! to [`worker::answer`]; what is answered is [`crawl_playground::lab`]'s alone. This program is loaded beside the
//! page, so it is kept small: no URL parser, no JSON, no Leptos.

#[cfg(target_arch = "wasm32")]
#[path = "lab_worker/worker.rs"]
mod worker;

#[cfg(target_arch = "wasm32")]
#[path = "lab_worker/body.rs"]
mod body;

#[cfg(target_arch = "wasm32")]
#[path = "lab_worker/time.rs"]
mod time;

fn main() {}
