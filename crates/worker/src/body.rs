//! A paced body as a stream of the browser's.

use std::cell::{Cell, RefCell};
use std::iter::Peekable;
use std::rc::Rc;

use crawl_playground::engine::moment::Moment;
use crawl_playground::lab::{Body, Pace};
use futures::future::{AbortHandle, abortable};
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::{ReadableStream, ReadableStreamDefaultController};

use super::time::promise;

/// The stream of `body`, whose times count from `headers_at`.
pub(super) fn stream(body: Body, headers_at: Moment) -> Result<ReadableStream, JsValue> {
    let pieces = Rc::new(RefCell::new(body.pace().peekable()));
    let source = BodySource {
        pieces,
        headers_at,
        waiting: Cell::default(),
    };
    ReadableStream::new_with_underlying_source(&JsValue::from(source).into())
}

/// What the browser draws the body from. It asks for a piece when it has room for one, so a body that nobody reads
/// is neither made nor kept.
#[wasm_bindgen]
pub struct BodySource {
    pieces: Rc<RefCell<Peekable<Pace>>>,
    headers_at: Moment,
    waiting: Cell<Option<AbortHandle>>,
}

#[wasm_bindgen]
impl BodySource {
    /// The browser has room: the next piece is put into the stream when its time has come.
    pub fn pull(&self, controller: ReadableStreamDefaultController) -> Promise {
        let pieces = Rc::clone(&self.pieces);
        let headers_at = self.headers_at;
        let (next, handle) = abortable(async move {
            let Some((offset, bytes)) = pieces.borrow_mut().next() else {
                return Ok(());
            };
            super::time::wait_until(headers_at + offset).await;
            controller.enqueue_with_chunk(&Uint8Array::from(&bytes[..]))?;
            // Closed with the last piece, or the end would be seen one turn late.
            if pieces.borrow_mut().peek().is_none() {
                controller.close()?;
            }
            Ok(())
        });
        self.waiting.set(Some(handle));
        promise(async move { next.await.unwrap_or(Ok(())).map(|()| JsValue::UNDEFINED) })
    }

    /// The page has left: what waits is dropped, and its timer with it.
    pub fn cancel(&self) {
        if let Some(waiting) = self.waiting.take() {
            waiting.abort();
        }
    }
}
