//! One run: the ports, the limits, the trace, and the tasks that join it.

use std::cell::{Cell, Ref, RefCell};
use std::rc::Rc;
use std::time::Duration;

use futures::future::join_all;
use url::Url;

use super::live::Live;
use super::moment::Moment;
use super::origins::Origins;
use super::page;
use super::ports::Ports;
use super::probes::Probes;
use super::semaphore::Semaphore;
use super::source::{Source, Target};
use super::strategy::Strategy;
use super::task::Task;
use super::trace::{Note, OriginId, TaskId, Trace, What};

/// Most requests that are ever in flight in one run, whatever the strategy. Browsers fail some way above 1 400.
pub const MAX_IN_FLIGHT: usize = 256;
/// Most tasks in one run.
pub const MAX_TASKS: usize = 10_000;
/// Most bytes read of one body; the rest is dropped, and that is said.
pub const MAX_BODY_BYTES: usize = 10_000_000;

/// The limits of a run as they are set at its start.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Permits of the semaphore.
    pub concurrency: usize,
    /// The deliberate delay after each request.
    pub delay: Duration,
    /// Whether a task keeps its permit during that delay, as the classic tutorials do.
    pub keep_permit: bool,
    /// How long one attempt may take, headers and body together.
    pub timeout: Duration,
}

/// A run. Cloning gives another handle to the same one.
///
/// ```
/// use crawl_playground::engine::{run::{Limits, Run}, source::{Source, Target}, strategy::Strategy};
/// use crawl_playground::sim::Sim;
/// use std::time::Duration;
/// use url::Url;
///
/// let sim = Sim::new();
/// let limits = Limits { concurrency: 2, delay: Duration::ZERO, keep_permit: false, timeout: Duration::from_secs(9) };
/// let run = Run::new(sim.lab(), limits);
/// let url = Url::parse("http://lab.test/lab/delay/1000").unwrap();
/// let targets = vec![Target { url, written: "lab/delay/1000".into() }; 3];
/// sim.block_on(run.go(Strategy::Semaphore, Source::List(targets)));
/// assert_eq!(sim.now().as_ms(), 2_000.0); // two at a time, then one
/// ```
#[derive(Clone)]
pub struct Run(Rc<Inner>);

struct Inner {
    ports: Ports,
    zero: Moment,
    trace: RefCell<Trace>,
    permits: Semaphore,
    delay: Live<Duration>,
    keep_permit: Cell<bool>,
    timeout: Duration,
    ceiling: Semaphore,
    joined: Cell<u32>,
    origins: RefCell<Origins>,
    failed: RefCell<Vec<Failure>>,
}

impl Run {
    /// A run that starts now. Nothing is sent before [`Run::go`].
    #[must_use]
    pub fn new(ports: Ports, limits: Limits) -> Self {
        let zero = ports.clock.now();
        let run = Self(Rc::new(Inner {
            ports,
            zero,
            trace: RefCell::default(),
            permits: Semaphore::new(limits.concurrency),
            delay: Live::new(limits.delay),
            keep_permit: Cell::new(limits.keep_permit),
            timeout: limits.timeout,
            ceiling: Semaphore::new(MAX_IN_FLIGHT),
            joined: Cell::new(0),
            origins: RefCell::default(),
            failed: RefCell::default(),
        }));
        run.record(What::Limit(
            u32::try_from(limits.concurrency).unwrap_or(u32::MAX),
        ));
        run.record(What::Delay(limits.delay));
        run
    }

    /// Fetches all of `source` by `strategy`.
    ///
    /// Dropping the future stops everything at once: requests are aborted, and every task that had not ended is
    /// recorded as cancelled.
    pub async fn go(&self, strategy: Strategy, source: Source) {
        let finish = Finish {
            run: self.clone(),
            stopped: Cell::new(true),
        };
        let targets = self.targets(source).await;
        let tasks = targets
            .into_iter()
            .map(|target| self.join(target))
            .collect();
        strategy.drive(self, tasks).await;
        finish.stopped.set(false);
    }

    /// Tells "nobody answers" from "CORS forbids it": asks once, without being allowed to read the answer, each origin
    /// that failed and of which nothing was readable. `probes` are the answers that are known already; runs that share
    /// them ask no origin twice.
    pub async fn probe_failed(&self, probes: &Probes) {
        let failures = self.0.failed.take().into_iter();
        let silent =
            failures.filter(|failure| !self.0.origins.borrow().has_answered(failure.origin));
        join_all(silent.map(async |Failure { task, url, .. }| {
            let answered = probes.ask(&self.0.ports, &url).await;
            self.record(What::Noted(task, Note::Probed(answered)));
        }))
        .await;
    }

    async fn targets(&self, source: Source) -> Vec<Target> {
        let (list, item, take) = match source {
            Source::List(targets) => return targets,
            Source::Listing { list, item, take } => (list, item, take),
        };
        let mut listing = self.join(list);
        let body = listing.fetch().await.unwrap_or_default();
        let ids = page::numbers(&body).unwrap_or_else(|| {
            // A list that did not come at all has its reason already.
            if listing.is_ok() {
                let words = "the answer is no list of numbers, so it names nothing to fetch";
                self.note(listing.id(), Note::Error, words);
            }
            Vec::new()
        });
        ids.into_iter()
            .take(take)
            .filter_map(|id| item.target(id))
            .collect()
    }

    fn join(&self, target: Target) -> Task {
        let id = TaskId(self.0.joined.get());
        self.0.joined.set(id.0 + 1);
        let written = self.0.trace.borrow_mut().text(&target.written);
        let origin = self.0.origins.borrow_mut().number(&target.url);
        self.record(What::Joined(id, written, origin));
        Task::new(self.clone(), id, target.url, origin)
    }

    /// The semaphore that [`Strategy::Semaphore`] lends from.
    #[must_use]
    pub fn permits(&self) -> &Semaphore {
        &self.0.permits
    }

    /// Whether tasks keep their permits during the deliberate delay.
    #[must_use]
    pub fn keeps_permit(&self) -> bool {
        self.0.keep_permit.get()
    }

    /// Changes what can be changed while the run goes on, at once, and records what did change: the concurrency (a
    /// shrink takes effect as permits come back), the delay (pauses that go on are measured anew from their start), and
    /// whether permits are kept (by tasks that begin to pause later). The timeout stays.
    pub fn set_limits(&self, limits: Limits) {
        if limits.concurrency != self.0.permits.limit() {
            self.set_concurrency(limits.concurrency);
        }
        if limits.delay != self.0.delay.get() {
            self.set_delay(limits.delay);
        }
        if limits.keep_permit != self.0.keep_permit.replace(limits.keep_permit) {
            self.record(What::KeepPermit(limits.keep_permit));
        }
    }

    /// Changes the limit of the semaphore, at once.
    pub fn set_concurrency(&self, limit: usize) {
        self.record(What::Limit(u32::try_from(limit).unwrap_or(u32::MAX)));
        self.0.permits.set_limit(limit);
    }

    /// Changes the deliberate delay, at once.
    pub fn set_delay(&self, delay: Duration) {
        self.record(What::Delay(delay));
        self.0.delay.set(delay);
    }

    /// Records that the page was hidden or shown again: a hidden page's timers are late.
    pub fn set_hidden(&self, hidden: bool) {
        self.record(What::Hidden(hidden));
    }

    /// What happened so far.
    #[must_use]
    pub fn trace(&self) -> Ref<'_, Trace> {
        self.0.trace.borrow()
    }

    /// How much time has passed since the run began.
    #[must_use]
    pub fn elapsed(&self) -> Moment {
        Moment::ZERO + (self.0.ports.clock.now() - self.0.zero)
    }

    pub(super) fn record(&self, what: What) {
        let at = self.elapsed();
        self.0.trace.borrow_mut().push(at, what);
    }

    pub(super) fn note(&self, task: TaskId, note: fn(super::trace::TextId) -> Note, text: &str) {
        let text = self.0.trace.borrow_mut().text(text);
        self.record(What::Noted(task, note(text)));
    }

    pub(super) fn ports(&self) -> &Ports {
        &self.0.ports
    }

    pub(super) fn delay(&self) -> &Live<Duration> {
        &self.0.delay
    }

    pub(super) fn timeout(&self) -> Duration {
        self.0.timeout
    }

    pub(super) fn ceiling(&self) -> &Semaphore {
        &self.0.ceiling
    }

    pub(super) fn saw_answer(&self, origin: OriginId) {
        self.0.origins.borrow_mut().saw_answer(origin);
    }

    pub(super) fn saw_failure(&self, task: TaskId, url: &Url, origin: OriginId) {
        // One failure is enough to probe its origin with.
        if self.0.origins.borrow_mut().saw_failure(origin) {
            self.0.failed.borrow_mut().push(Failure {
                task,
                url: url.clone(),
                origin,
            });
        }
    }
}

/// The first failure of an origin.
struct Failure {
    task: TaskId,
    url: Url,
    origin: OriginId,
}

/// Records the end of a run, also when the run is dropped.
struct Finish {
    run: Run,
    stopped: Cell<bool>,
}

impl Drop for Finish {
    fn drop(&mut self) {
        self.run.record(What::Finished(self.stopped.get()));
    }
}
