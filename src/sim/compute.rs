//! Work for the processor in virtual time: it costs time by a model, and on the loop it costs everybody's.

use std::rc::Rc;
use std::time::Duration;

use futures::FutureExt;
use futures::future::LocalBoxFuture;

use super::Sim;
use crate::engine::compute::{Job, Place, SLICE, Work};
use crate::engine::ports::Compute;
use crate::engine::semaphore::Semaphore;

/// What a trial division is taken to cost. A processor of 2020 takes between one and three nanoseconds.
const NS_PER_DIVISION: f64 = 2.0;
/// What a byte of a page is taken to cost the tokenizer.
const NS_PER_BYTE: u64 = 7;

/// The processor of a virtual world, and its one worker.
pub(super) struct VirtualProcessor {
    sim: Sim,
    worker: Semaphore,
    /// Of all who work in slices one has a slice in each turn of the loop.
    slices: Semaphore,
}

impl VirtualProcessor {
    pub(super) fn new(sim: &Sim) -> Rc<Self> {
        Rc::new(Self {
            sim: sim.clone(),
            worker: Semaphore::new(1),
            slices: Semaphore::new(1),
        })
    }
}

/// How long a job takes in virtual time. To count the primes below n takes about n^1.5 / ln n divisions, since it is the
/// primes themselves that take the square root of n of them (π(n) ≈ n / ln n, Gauss); to parse a page takes as long as it is.
///
/// ```
/// use crawl_playground::{engine::compute::Job, sim::compute::work_span};
///
/// assert!((300..500).contains(&work_span(Job::PrimesBelow(2_000_000)).as_millis()));
/// assert_eq!(work_span(Job::LinksIn(40_000_000)).as_millis(), 280);
/// ```
#[must_use]
pub fn work_span(job: Job) -> Duration {
    match job {
        Job::PrimesBelow(below) => {
            let n = f64::from(below.max(3));
            Duration::from_nanos((NS_PER_DIVISION * n * n.sqrt() / n.ln()) as u64)
        }
        Job::LinksIn(bytes) => Duration::from_nanos(u64::from(bytes) * NS_PER_BYTE),
    }
}

impl Compute for VirtualProcessor {
    fn work(&self, work: Work) -> LocalBoxFuture<'static, u32> {
        let sim = self.sim.clone();
        let (worker, slices) = (self.worker.clone(), self.slices.clone());
        let span = work_span(work.job);
        async move {
            match work.place {
                Place::OnLoop => sim.block(span),
                Place::Sliced => {
                    let mut rest = span;
                    while !rest.is_zero() {
                        let _mine = slices.acquire().await;
                        sim.block(rest.min(SLICE));
                        rest = rest.saturating_sub(SLICE);
                        sim.sleep(Duration::from_micros(1)).await;
                    }
                }
                Place::Worker => {
                    let _worker = worker.acquire().await;
                    sim.sleep(span).await;
                }
            }
            // The count itself is of no use here, and takes real time.
            0
        }
        .boxed_local()
    }
}
