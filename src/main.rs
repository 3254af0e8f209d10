//! Starts the page. Everything else is in the library.

fn main() {
    #[cfg(all(target_arch = "wasm32", feature = "page"))]
    crawl_playground::start();
}
