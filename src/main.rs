//! Mounts the page. Everything else is in the library.

fn main() {
    #[cfg(target_arch = "wasm32")]
    crawl_playground::ui::mount();
}
