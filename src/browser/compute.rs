//! Work for the processor, in the three places where a page can do it: on the event loop, on it in slices, or in a worker.

use std::cell::{Cell, RefCell};
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
use crate::engine::semaphore::Semaphore;

/// How long a slice lasts: a frame has some 16 ms, and others want their share.
const SLICE_MS: f64 = 5.0;
/// Numbers looked at between two looks at the clock.
const STRIDE: u32 = 500;

/// The page's processor, and its worker, which is started when it is first needed and ended when nobody has the
/// processor any more.
#[derive(Clone)]
pub struct BrowserProcessor(Rc<Bench>);

/// A worker that counts for one at a time. So what is given up before its turn is never asked for, and what is given up
/// in the middle ends with the worker, the only way to interrupt one; the next gets another.
struct Bench {
    script: &'static str,
    turn: Semaphore,
    /// While nobody uses it.
    idle: RefCell<Option<Worker>>,
    /// It broke down once, and would again.
    is_broken: Cell<bool>,
}

impl Default for BrowserProcessor {
    fn default() -> Self {
        Self::by("compute.js")
    }
}

impl BrowserProcessor {
    /// A processor whose worker runs the script at this address: it answers a number with a number.
    #[must_use]
    pub fn by(script: &'static str) -> Self {
        Self(Rc::new(Bench {
            script,
            turn: Semaphore::new(1),
            idle: RefCell::default(),
            is_broken: Cell::new(false),
        }))
    }
}

impl Compute for BrowserProcessor {
    fn primes(&self, work: Work) -> LocalBoxFuture<'static, u32> {
        let count = PrimeCount::below(work.primes_below);
        match work.place {
            Place::OnLoop => async move { count.finish() }.boxed_local(),
            Place::Sliced => sliced(count).boxed_local(),
            Place::Worker => {
                let bench = Rc::clone(&self.0);
                async move {
                    match bench.ask(work.primes_below).await {
                        Some(found) => found,
                        // What the worker was asked for is still wanted.
                        None => sliced(count).await,
                    }
                }
                .boxed_local()
            }
        }
    }
}

impl Bench {
    /// Asks the worker when its turn has come. `None` where the browser gives none, or where it breaks down.
    async fn ask(&self, primes_below: u32) -> Option<u32> {
        let _turn = self.turn.acquire().await;
        if self.is_broken.get() {
            return None;
        }
        let idle = self.idle.take();
        let mut job = Job {
            worker: idle.or_else(|| Worker::new(self.script).ok())?,
            bench: self,
            is_done: false,
        };
        let (sender, receiver) = oneshot::channel();
        let sender = Cell::new(Some(sender));
        // An error has no data.
        let on_event = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(sender) = sender.take() {
                let _ = sender.send(event.data().as_f64());
            }
        });
        let handler = Some(on_event.as_ref().unchecked_ref());
        job.worker.set_onmessage(handler);
        job.worker.set_onerror(handler);
        job.worker.post_message(&primes_below.into()).ok()?;
        let answer = receiver.await.ok().flatten();
        job.is_done = answer.is_some();
        self.is_broken.set(answer.is_none());
        answer.map(|found| found as u32)
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        self.idle.take().iter().for_each(Worker::terminate);
    }
}

/// A worker at its work. Dropped before it is done, it ends.
struct Job<'a> {
    worker: Worker,
    bench: &'a Bench,
    is_done: bool,
}

impl Drop for Job<'_> {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        if self.is_done {
            self.bench.idle.replace(Some(self.worker.clone()));
        } else {
            self.worker.terminate();
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
