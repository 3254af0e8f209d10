//! Work for the processor, in the three places where a page can do it: on the event loop, on it in slices, or in a worker.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::LocalBoxFuture;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{MessageEvent, Worker};

use super::alarm;
use super::clock::now_ms;
use crate::engine::compute::{Place, PrimeCount, Work};
use crate::engine::ports::Compute;

/// How long a slice lasts: a frame has some 16 ms, and others want their share.
const SLICE_MS: f64 = 5.0;
/// Numbers looked at between two looks at the clock.
const STRIDE: u32 = 500;

/// The page's processor, and its worker, which is started when it is first needed.
#[derive(Clone, Default)]
pub struct BrowserProcessor(Rc<RefCell<Option<Bench>>>);

/// A worker and those who wait for it. It works through what it gets in order.
struct Bench {
    worker: Worker,
    waiting: Rc<RefCell<VecDeque<oneshot::Sender<u32>>>>,
}

impl Compute for BrowserProcessor {
    fn primes(&self, work: Work) -> LocalBoxFuture<'static, u32> {
        let count = PrimeCount::below(work.primes_below);
        match work.place {
            Place::OnLoop => async move { count.finish() }.boxed_local(),
            Place::Sliced => sliced(count).boxed_local(),
            Place::Worker => match self.ask(work.primes_below) {
                Some(answer) => async move {
                    match answer.await {
                        Ok(found) => found,
                        // The worker broke down. What it was asked for is still wanted.
                        Err(oneshot::Canceled) => sliced(count).await,
                    }
                }
                .boxed_local(),
                None => sliced(count).boxed_local(),
            },
        }
    }
}

/// Counts for some milliseconds, then lets the loop do other things, and so on.
async fn sliced(mut count: PrimeCount) -> u32 {
    loop {
        let start_ms = now_ms();
        while now_ms() - start_ms < SLICE_MS {
            if count.step(STRIDE) {
                return count.found();
            }
        }
        // A turn of the loop: what is awaited and ready at once would not let go of it.
        alarm::turn().await;
    }
}

impl BrowserProcessor {
    /// Asks the worker. `None` where the browser gives none.
    fn ask(&self, primes_below: u32) -> Option<oneshot::Receiver<u32>> {
        let mut bench = self.0.borrow_mut();
        if bench.is_none() {
            *bench = Bench::open();
        }
        let bench = bench.as_ref()?;
        let (sender, receiver) = oneshot::channel();
        bench.worker.post_message(&primes_below.into()).ok()?;
        bench.waiting.borrow_mut().push_back(sender);
        Some(receiver)
    }
}

impl Bench {
    fn open() -> Option<Self> {
        let worker = Worker::new("compute.js").ok()?;
        let waiting: Rc<RefCell<VecDeque<oneshot::Sender<u32>>>> = Rc::default();
        let answered = Rc::clone(&waiting);
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let sender = answered.borrow_mut().pop_front();
            if let (Some(sender), Some(found)) = (sender, event.data().as_f64()) {
                // Whoever was cancelled meanwhile does not hear it.
                let _ = sender.send(found as u32);
            }
        });
        worker.set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
        let failed = Rc::clone(&waiting);
        // To drop the senders tells those who wait.
        let on_error = Closure::<dyn Fn()>::new(move || drop(failed.take()));
        worker.set_onerror(Some(on_error.into_js_value().unchecked_ref()));
        Some(Self { worker, waiting })
    }
}
