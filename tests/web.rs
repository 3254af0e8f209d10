//! The browser's side of the ports, in a browser: `make test-web`.
//!
//! The runner serves its own page at `/` and this directory's files, so there is something to fetch without a Lab.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test may")]

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

mod web {
    mod alarm;
    mod clock;
    mod compute;
    mod fetch;
    mod lab;
    mod reader;
    mod semaphore;
    mod spy;
}
