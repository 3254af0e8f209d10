//! Starts the page, or one of its workers. Everything else is in the library.

fn main() {
    #[cfg(target_arch = "wasm32")]
    crawl_playground::start();
}
