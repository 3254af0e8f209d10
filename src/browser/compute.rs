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
use crate::engine::compute::{Job, Place, SLICE, Work};
use crate::engine::ports::Compute;
use crate::engine::semaphore::Semaphore;
use count::Count;

mod count;
mod link_count;

/// Said where a page can't be parsed.
pub const NO_PARSER: &str = "What parses pages could not be loaded: the network or the page’s host did not answer. Press Run again once you are online, or choose another kind of work.";

thread_local! {
    /// Whose slice it is. The loop is one, so all that is counted on it takes turns, whichever run it is for.
    static SLICES: Semaphore = Semaphore::new(1);
}

/// The page's processor, and its workers, one for each kind of work, which are started when they are first needed and ended
/// when nobody has the processor any more.
#[derive(Clone)]
pub struct BrowserProcessor {
    primes: Rc<Bench>,
    links: Rc<Bench>,
}

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
        let build = worker::build();
        Self {
            primes: Bench::by(&format!("compute.js?build={build}")),
            links: Bench::by(&format!("parse.js?build={build}")),
        }
    }
}

impl BrowserProcessor {
    /// A processor whose workers run the script at this address: it answers a number with a number.
    #[must_use]
    pub fn by(script: &str) -> Self {
        Self {
            primes: Bench::by(script),
            links: Bench::by(script),
        }
    }

    /// Who does such jobs in a worker, and by which number it is told how much there is to do.
    fn bench(&self, job: Job) -> (Rc<Bench>, u32) {
        match job {
            Job::PrimesBelow(below) => (Rc::clone(&self.primes), below),
            Job::LinksIn(bytes) => (Rc::clone(&self.links), bytes),
        }
    }
}

impl Compute for BrowserProcessor {
    fn work(&self, work: Work) -> LocalBoxFuture<'static, u32> {
        let (bench, number) = self.bench(work.job);
        async move {
            if work.place == Place::Worker
                && let Some(found) = bench.ask(number).await
            {
                return found;
            }
            match (Count::of(work.job).await, work.place) {
                (Some(count), Place::OnLoop) => count.finish(),
                // What a worker was asked for is still wanted.
                (Some(count), Place::Sliced | Place::Worker) => sliced(count).await,
                (None, _) => 0,
            }
        }
        .boxed_local()
    }

    fn prepare(&self, work: Work) -> LocalBoxFuture<'static, Result<(), &'static str>> {
        let (bench, _) = self.bench(work.job);
        async move {
            // Nothing to count is counted at once, by a worker when that is up.
            if work.place == Place::Worker && bench.ask(0).await.is_some() {
                return Ok(());
            }
            let count = Count::of(work.job.emptied()).await;
            count.map(drop).ok_or(NO_PARSER)
        }
        .boxed_local()
    }
}

impl Bench {
    fn by(script: &str) -> Rc<Self> {
        Rc::new(Self {
            script: script.to_owned(),
            turn: Semaphore::new(1),
            idle: RefCell::default(),
            is_broken: Cell::new(false),
        })
    }

    /// Asks the worker when its turn has come. `None` where the browser gives none, or where it breaks down.
    async fn ask(&self, number: u32) -> Option<u32> {
        let _turn = self.turn.acquire().await;
        if self.is_broken.get() {
            return None;
        }
        let idle = self.idle.take();
        let mut errand = Errand {
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
        errand.worker.set_onmessage(handler);
        errand.worker.set_onerror(handler);
        errand.worker.post_message(&number.into()).ok()?;
        let answer = receiver.await.ok().flatten();
        errand.is_done = answer.is_some();
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
struct Errand<'a> {
    worker: Worker,
    bench: &'a Bench,
    is_done: bool,
}

impl Drop for Errand<'_> {
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
async fn sliced(mut count: Count) -> u32 {
    let slice_ms = SLICE.as_secs_f64() * 1e3;
    let slices = SLICES.with(Semaphore::clone);
    loop {
        let _mine = slices.acquire().await;
        let start_ms = now_ms();
        let mut is_done = false;
        while !is_done && now_ms() - start_ms < slice_ms {
            is_done = count.step();
        }
        // A turn of the loop, and only then the next one's slice; also after the last, since that took its time too.
        alarm::turn().await;
        if is_done {
            return count.found();
        }
    }
}
