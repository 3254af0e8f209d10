//! Holds nothing: the worker's glue is in `src/bin/lab_worker/`, the page's is `lab::network`. To be removed with its line in `browser.rs`.
