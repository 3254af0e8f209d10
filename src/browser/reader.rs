//! Reads pages in a worker, whose wasm is loaded at the first of them.
//!
//! Nothing here fails and nothing hangs: a worker that does not load, breaks down or takes too long is given up, and
//! whoever waits is told so in [`PageFacts::problem`]; the next page gets a new one.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::{Either, LocalBoxFuture, select};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker};

use super::clock::BrowserClock;
use super::{frame_share, worker};
use crate::engine::crawl::facts::{PageFacts, Received, wire};
use crate::engine::ports::{Read, Sleep};

/// How long a page may take, with those before it. Ten megabytes take less than a second.
const PATIENCE: Duration = Duration::from_secs(30);

/// The page's reader, and its worker, which is started when it is first needed.
#[derive(Clone, Default)]
pub struct WorkerReader(Rc<RefCell<Option<Desk>>>);

/// Those who wait for an answer, by the number of what they asked.
type Waiting = Rc<RefCell<BTreeMap<u32, oneshot::Sender<Uint8Array>>>>;

/// A worker and those who wait for it.
struct Desk {
    worker: Worker,
    waiting: Waiting,
    asked: Cell<u32>,
    /// Set when the worker has broken down.
    is_closed: Rc<Cell<bool>>,
}

impl Read for WorkerReader {
    fn read(&self, received: Received) -> LocalBoxFuture<'static, PageFacts> {
        let reader = self.clone();
        async move {
            // What is done with a page on the event loop is done in two pieces, each in its turn.
            frame_share::turn().await;
            let Some(answer) = reader.ask(&received) else {
                return unread("this browser starts no worker to read pages with");
            };
            // In the worker now, and large.
            drop(received);
            match select(answer, BrowserClock.sleep(PATIENCE)).await {
                Either::Left((answer, _)) => {
                    frame_share::turn().await;
                    let facts = answer.ok().and_then(|facts| wire::decode(&facts.to_vec()));
                    let is_broken =
                        "the worker that reads pages could not be loaded, or broke down";
                    facts.unwrap_or_else(|| unread(is_broken))
                }
                Either::Right(_) => {
                    reader.0.take();
                    unread("the worker that reads pages took too long")
                }
            }
        }
        .boxed_local()
    }
}

/// The facts of a page that was not read.
fn unread(why: &str) -> PageFacts {
    PageFacts {
        problem: Some(["The page was not read: ", why, "."].concat()),
        ..PageFacts::default()
    }
}

impl WorkerReader {
    /// Asks the worker. `None` where the browser gives none.
    fn ask(&self, received: &Received) -> Option<oneshot::Receiver<Uint8Array>> {
        let mut desk = self.0.borrow_mut();
        if desk.as_ref().is_none_or(|desk| desk.is_closed.get()) {
            *desk = Desk::open();
        }
        desk.as_ref()?.ask(received)
    }
}

impl Desk {
    fn open() -> Option<Self> {
        let script = format!("read.js?build={}", worker::build());
        let worker = Worker::new(&script).ok()?;
        let waiting = Waiting::default();
        let answered = Rc::clone(&waiting);
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let Some((id, facts)) = answer(&event) else {
                return;
            };
            // Whoever was cancelled meanwhile does not hear it, and nothing is made of the answer.
            if let Some(sender) = answered.borrow_mut().remove(&id) {
                let _ = sender.send(facts);
            }
        });
        worker.set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
        let is_closed = Rc::new(Cell::new(false));
        let (failed, closed) = (Rc::clone(&waiting), Rc::clone(&is_closed));
        let on_error = Closure::<dyn Fn()>::new(move || {
            closed.set(true);
            // To drop the senders tells those who wait.
            drop(failed.take());
        });
        worker.set_onerror(Some(on_error.into_js_value().unchecked_ref()));
        Some(Self {
            worker,
            waiting,
            asked: Cell::new(0),
            is_closed,
        })
    }

    /// Sends a page to the worker, its body as a copy that is handed over.
    fn ask(&self, received: &Received) -> Option<oneshot::Receiver<Uint8Array>> {
        let id = self.asked.get();
        self.asked.set(id.wrapping_add(1));
        let body = Uint8Array::from(&received.body[..]);
        let link_header = received.link_header.as_deref();
        let items = received
            .options
            .items
            .as_ref()
            .map(|items| items.to_string());
        let message = Array::of5(
            &id.into(),
            &received.url.as_str().into(),
            &received.content_type.as_str().into(),
            &link_header.map_or(JsValue::UNDEFINED, JsValue::from),
            &received.options.relative_json.into(),
        );
        message.push(&items.map_or(JsValue::UNDEFINED, JsValue::from));
        message.push(&body);
        let handed_over = Array::of1(&body.buffer());
        let (sender, receiver) = oneshot::channel();
        self.worker
            .post_message_with_transfer(&message, &handed_over)
            .ok()?;
        self.waiting.borrow_mut().insert(id, sender);
        Some(receiver)
    }
}

/// The number and the bytes of an answer.
fn answer(event: &MessageEvent) -> Option<(u32, Uint8Array)> {
    let answer: Array = event.data().dyn_into().ok()?;
    let facts = answer.get(1).dyn_into().ok()?;
    Some((answer.get(0).as_f64()? as u32, facts))
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.worker.terminate();
        // Whoever still waits is told.
        drop(self.waiting.take());
    }
}
