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
use super::worker;
use crate::engine::compute::{Place, PrimeCount, SLICE, Work};
use crate::engine::ports::Compute;
use crate::engine::semaphore::Semaphore;

/// Numbers looked at between two looks at the clock.
const STRIDE: u32 = 500;

thread_local! {
    /// Whose slice it is. The loop is one, so all that is counted on it takes turns, whichever run it is for.
    static SLICES: Semaphore = Semaphore::new(1);
}

/// The page's processor, and its worker, which is started when it is first needed and ended when nobody has the
/// processor any more.
#[derive(Clone)]
pub struct BrowserProcessor(Rc<Bench>);

/// A worker that counts for one at a time. So what is given up before its turn is never asked for, and what is given up
/// in the middle ends with the worker, the only way to interrupt one; the next gets another.
struct Bench {
    script: String,
    turn: Semaphore,
    /// While nobody uses it.
    idle: RefCell<Option<Worker>>,
    /// It broke down once, and would again.
    is_broken: Cell<bool>,
}

impl Default for BrowserProcessor {
    fn default() -> Self {
        Self::by(&format!("compute.js?build={}", worker::build()))
    }
}

impl BrowserProcessor {
    /// A processor whose worker runs the script at this address: it answers a number with a number.
    #[must_use]
    pub fn by(script: &str) -> Self {
        Self(Rc::new(Bench {
            script: script.to_owned(),
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
            worker: idle.or_else(|| Worker::new(&self.script).ok())?,
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

/// Counts for a slice's time, then lets the loop do other things, and so on. Of all who count so, one has a slice in each
/// turn of the loop: if each had its own, the loop would be late by all of them together.
async fn sliced(mut count: PrimeCount) -> u32 {
    let slice_ms = SLICE.as_secs_f64() * 1e3;
    let slices = SLICES.with(Semaphore::clone);
    loop {
        let _mine = slices.acquire().await;
        let start_ms = now_ms();
        let mut is_done = false;
        while !is_done && now_ms() - start_ms < slice_ms {
            is_done = count.step(STRIDE);
        }
        // A turn of the loop, and only then the next one's slice; also after the last, since that took its time too.
        alarm::turn().await;
        if is_done {
            return count.found();
        }
    }
}
