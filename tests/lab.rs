//! The Lab as a function and as a network in virtual time.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

mod lab {
    mod ask;
    mod network;
    mod news;
    mod pace;
    mod refusals;
    mod routes;
    mod site_files;
    mod site_html;
    mod site_mixed;
    mod sites;
}
