//! The Lab's service worker.
fn main() {}
