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

use std::future::Future;

use leptos::task::spawn_local;

use super::crawling::{CRAWLING, Crawling};
use super::running::{RUNNING, Running};
use super::state::State;

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
    /// What the page needs from its first run on.
    run, running: Running = &RUNNING
}

chunk! {
    /// What the page needs to crawl.
    crawl, crawling: Crawling = &CRAWLING
}

/// How far the loading of a chunk is.
pub(super) enum Loaded<T: 'static> {
    /// Not yet.
    Waiting,
    /// It could not be loaded.
    Failed,
    /// It is there.
    Here(&'static T),
}

impl<T> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Loaded<T> {}

impl<T> PartialEq for Loaded<T> {
    fn eq(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

impl<T> Loaded<T> {
    /// Its table, if it is there.
    pub(super) fn table(self) -> Option<&'static T> {
        match self {
            Self::Here(table) => Some(table),
            Self::Waiting | Self::Failed => None,
        }
    }
}

/// Loads a chunk unless it is there, and says so in `state`; then, in either case, does `next` with what came of it.
pub(super) fn load<T: Sync, F>(
    state: State<Loaded<T>>,
    chunk: fn() -> F,
    next: impl FnOnce(Loaded<T>) + 'static,
) where
    F: Future<Output = Option<&'static T>> + 'static,
{
    let now = state.get_untracked();
    if matches!(now, Loaded::Here(_)) {
        return next(now);
    }
    spawn_local(async move {
        let loaded = chunk().await.map_or(Loaded::Failed, Loaded::Here);
        // Two may wait for the same chunk. What is there already is not shown again.
        if state.get_untracked() != loaded {
            state.set(loaded);
        }
        next(loaded);
    });
}
