//! Stands in for the `wasm-streams` crate, which Leptos' server functions stream their bodies with.
//!
//! The page has no server functions, so nothing of this is ever called. But the real crate exports its classes to
//! JavaScript, and what is exported stays in the wasm, used or not: in the page's and once more in its worker's.
#![cfg(target_arch = "wasm32")]

use futures_core::Stream;
use wasm_bindgen::{JsValue, UnwrapThrowExt};

/// A stream of the browser's, as far as `server_fn` names it.
#[derive(Debug)]
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// Wraps `stream`.
    #[must_use]
    pub fn from_raw(stream: web_sys::ReadableStream) -> Self {
        Self(stream)
    }

    /// An empty stream: there is nothing here that the browser could draw the items of `_stream` from.
    ///
    /// # Panics
    /// Where the browser has no streams.
    #[must_use]
    pub fn from_stream(_stream: impl Stream<Item = Result<JsValue, JsValue>> + 'static) -> Self {
        Self(web_sys::ReadableStream::new().unwrap_throw())
    }

    /// The browser's stream.
    #[must_use]
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// A stream without items: nothing here reads.
    pub fn into_stream(self) -> futures_util::stream::Empty<Result<JsValue, JsValue>> {
        futures_util::stream::empty()
    }
}
