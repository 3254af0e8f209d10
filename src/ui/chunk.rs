//! Code that the page loads when it is first needed, so that the first paint does not wait for it.
//!
//! `make dist` cuts the page's wasm at the functions here (see `scripts/split.mjs`): what can be reached through one of
//! them, and not otherwise, becomes a file of its own. So each gives a table of all that its chunk is good for, and
//! nobody else may name what stands in a table. Without that cut, as after a plain `trunk build`, they are ordinary
//! functions, and the page is one file.
//!
//! The macro that marks such a function declares it as an import of the wasm, which Rust calls unsafe. It is the only
//! unsafe code, and there is none that is written by hand.
#![cfg_attr(
    split,
    allow(
        unsafe_code,
        reason = "the marking macro makes an import of a function"
    )
)]

use super::crawling::{CRAWLING, Crawling};

macro_rules! chunk {
    ($(#[$doc:meta])* $name:ident, $load:ident: $table:ident = $value:expr) => {
        $(#[$doc])*
        ///
        /// `None` if it could not be loaded, as when the network is gone. A later call tries again.
        pub(super) async fn $load() -> Option<&'static $table> {
            #[cfg(split)]
            #[wasm_split_helpers::wasm_split($name, fallible)]
            fn $load() -> Result<&'static $table, wasm_split_helpers::SplitLoaderError> {
                Ok($value)
            }
            #[cfg(not(split))]
            async fn $load() -> Result<&'static $table, ()> {
                Ok($value)
            }
            $load().await.ok()
        }
    };
}

chunk! {
    /// What the page needs to crawl.
    crawl, crawling: Crawling = &CRAWLING
}
