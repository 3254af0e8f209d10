//! One run: the ports, the limits, the trace, and the tasks that join it.

use std::cell::{Cell, Ref, RefCell};
use std::future::pending;
use std::iter::repeat_n;
use std::pin::pin;
use std::rc::Rc;
use std::time::{Duration, SystemTime};

use futures::future::{Either, select};

use super::cancel::Cancels;
use super::exchange::{Exchange, Stall, Stalled, Timing};
use super::gate::Rated;
use super::heartbeat::heartbeat;
use super::host::Host;
use super::join::collect;
use super::limits::Limits;
use super::live::Live;
use super::moment::Moment;
use super::origins::Origins;
use super::page;
use super::ports::Ports;
use super::random::Random;
use super::rate::TokenBucket;
use super::semaphore::Semaphore;
use super::source::{Source, Target};
use super::strategy::Strategy;
use super::task::Failed;
use super::trace::{Ending, Note, OriginId, QueueId, TaskId, TextId, Trace, What};
use super::wait::State;

mod failures;
mod found;
mod settings;
mod tasks;

use settings::Follows;

/// Most requests that are ever in flight in one run, whatever the strategy. Browsers fail some way above 1 400.
pub const MAX_IN_FLIGHT: usize = 256;
/// Most tasks in one run over a network.
pub const MAX_TASKS: usize = 10_000;
/// Most bytes read of one body; the rest is dropped, and that is said.
pub const MAX_BODY_BYTES: usize = 10_000_000;

/// A run. Cloning gives another handle to the same one.
///
/// ```
/// use crawl_playground::engine::{limits::Limits, run::Run, source::{Source, Target}, strategy::Strategy};
/// use crawl_playground::sim::Sim;
/// use url::Url;
///
/// let sim = Sim::new();
/// let run = Run::new(sim.lab(), Limits { concurrency: 2, ..Limits::default() });
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
    limits: Live<Limits>,
    permits: Semaphore,
    ceiling: Semaphore,
    hosts: RefCell<Vec<Rc<Host>>>,
    rated: RefCell<Rated>,
    token_turn: Semaphore,
    random: RefCell<Random>,
    /// What its strategy follows while it goes on: known when it goes.
    follows: Cell<Follows>,
    /// A controller has the semaphore's limit.
    is_adapting: Cell<bool>,
    cancels: Cancels,
    /// When the heart beats next, if it does.
    beat_due: Cell<Option<Moment>>,
    joined: Cell<u32>,
    /// Where each task stands.
    states: RefCell<Vec<State>>,
    queues: Cell<u8>,
    origins: RefCell<Origins>,
    failed: RefCell<Vec<failures::Failure>>,
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
            limits: Live::new(limits),
            permits: Semaphore::new(limits.concurrency),
            ceiling: Semaphore::new(MAX_IN_FLIGHT),
            hosts: RefCell::default(),
            rated: RefCell::new(Rated {
                bucket: limits.rate.map(TokenBucket::new),
            }),
            token_turn: Semaphore::new(1),
            random: RefCell::new(Random::seeded(limits.seed)),
            follows: Cell::new(Follows::Everything),
            is_adapting: Cell::new(false),
            cancels: Cancels::default(),
            beat_due: Cell::new(None),
            joined: Cell::new(0),
            states: RefCell::default(),
            queues: Cell::new(0),
            origins: RefCell::default(),
            failed: RefCell::default(),
        }));
        run.record_settings();
        run
    }

    /// Fetches all of `source` by `strategy`.
    ///
    /// Dropping the future stops everything at once: requests are aborted, and every task that had not ended is
    /// recorded as cancelled. The same happens when the run's time is up, or at the first failure if it is set so.
    pub async fn go(&self, strategy: Strategy, source: Source) {
        let finish = Finish {
            run: self.clone(),
            ending: Cell::new(Ending::Stopped),
        };
        self.follow(Follows::of(strategy, &source));
        let work = pin!(self.work(strategy, source));
        let watch = pin!(self.watch());
        finish.ending.set(match select(work, watch).await {
            Either::Left((Ok(()), _)) => Ending::Done,
            Either::Left((Err(Failed), _)) => Ending::FirstFailure,
            Either::Right(_) => Ending::OutOfTime,
        });
    }

    async fn work(&self, strategy: Strategy, source: Source) -> Result<(), Failed> {
        if let Source::Course(course) = source {
            return course.go(self.clone(), strategy).await;
        }
        let targets = self.targets(source).await?;
        let tasks = collect(targets.map(|target| self.join(target))).await;
        strategy.drive(self, tasks).await
    }

    /// What goes on beside the work: the heart beats, and the time for the run goes by.
    async fn watch(&self) {
        let deadline = async {
            match self.limits().run_timeout {
                Some(span) => self.ports().sleep.sleep(span).await,
                None => pending().await,
            }
        };
        if self.limits().watch_lag {
            select(pin!(deadline), pin!(heartbeat(self))).await;
        } else {
            deadline.await;
        }
    }

    async fn targets(&self, source: Source) -> Result<Box<dyn Iterator<Item = Target>>, Failed> {
        let (list, item, take) = match source {
            Source::List(targets) => return Ok(Box::new(targets.into_iter())),
            Source::Repeat(target, count) => return Ok(Box::new(repeat_n(target, count))),
            Source::Listing { list, item, take } => (list, item, take),
            Source::Course(_) => return Ok(Box::new(std::iter::empty())), // makes its tasks as it goes
        };
        let mut listing = self.join(list);
        listing.download().await?;
        let ids = page::numbers(listing.body());
        listing.parse().await;
        let ids = ids.unwrap_or_else(|| {
            // A list that did not come at all has its reason already.
            if listing.is_ok() {
                let words = "the answer is no list of numbers, so it names nothing to fetch";
                self.note(listing.id(), Note::Error, words);
            }
            Vec::new()
        });
        let targets = ids.into_iter().take(take);
        Ok(Box::new(targets.filter_map(move |id| item.target(id))))
    }

    /// The semaphore that [`Strategy::Semaphore`] lends from.
    #[must_use]
    pub fn permits(&self) -> &Semaphore {
        &self.0.permits
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

    /// What its network tells of an attempt of a task: after so many attempts that the task had made before.
    #[must_use]
    pub fn recall(&self, task: TaskId, attempts_before: u32) -> Option<Exchange> {
        let told = self.0.ports.fetch.recall(task, attempts_before)?;
        let since = |timing: Timing| timing.since(self.0.zero);
        Some(Exchange {
            timing: told.timing.map(since),
            ..told
        })
    }

    /// How long its requests were stalled before they were sent, as far as its network tells.
    #[must_use]
    pub fn stalled(&self) -> Option<Stalled> {
        self.0.ports.fetch.stalled()
    }

    /// How long each attempt was stalled before it was sent, as far as its network tells; in any order.
    #[must_use]
    pub fn stalls(&self) -> Vec<Stall> {
        self.0.ports.fetch.stalls()
    }

    pub(super) fn record(&self, what: What) {
        let at = self.elapsed();
        self.0.trace.borrow_mut().push(at, what);
    }

    pub(super) fn note(&self, task: TaskId, note: fn(TextId) -> Note, text: &str) {
        let text = self.0.trace.borrow_mut().text(text);
        self.record(What::Noted(task, note(text)));
    }

    pub(super) fn ports(&self) -> &Ports {
        &self.0.ports
    }

    pub(super) fn ceiling(&self) -> &Semaphore {
        &self.0.ceiling
    }

    pub(super) fn cancels(&self) -> &Cancels {
        &self.0.cancels
    }

    /// How many origins its tasks belong to so far.
    pub(super) fn origins(&self) -> usize {
        self.0.origins.borrow().len()
    }

    /// The host at an origin, as this run treats it.
    pub(super) fn host(&self, origin: OriginId) -> Rc<Host> {
        let mut hosts = self.0.hosts.borrow_mut();
        while hosts.len() <= origin.index() {
            hosts.push(Rc::new(Host::new(self.limits().per_host)));
        }
        Rc::clone(&hosts[origin.index()])
    }

    /// Whether a request may go to `host` by its clock, for who has the turn there or, if nobody has, for anyone.
    pub(super) fn is_host_open(&self, host: &Host, has_turn: bool) -> bool {
        let is_in_line = !has_turn && host.turn.in_use() > 0;
        !is_in_line && self.host_rest(host).is_zero()
    }

    /// How long `host`'s clock holds whoever is next: without end while the run is paused.
    pub(super) fn host_rest(&self, host: &Host) -> Duration {
        let limits = self.limits();
        if limits.is_paused {
            Duration::MAX
        } else {
            host.rest(self.elapsed(), &limits)
        }
    }

    /// Whether a request may go by the rate, for who has the turn or, if nobody has, for anyone.
    pub(super) fn is_token_there(&self, has_turn: bool) -> bool {
        (has_turn || self.0.token_turn.in_use() == 0) && self.token_rest().is_zero()
    }

    /// How long the rate holds whoever is next.
    pub(super) fn token_rest(&self) -> Duration {
        let now = self.elapsed();
        self.0.rated.borrow_mut().rest(now)
    }

    pub(super) fn token_turn(&self) -> &Semaphore {
        &self.0.token_turn
    }

    /// A request to `host` goes out now: takes a token for it, and sets the host's clock.
    pub(super) fn take_turn(&self, host: &Host) -> bool {
        let now = self.elapsed();
        let is_taken = self.0.rated.borrow_mut().take(now);
        if is_taken {
            let is_off = self.limits().jitter_percent > 0;
            let draw = if is_off {
                2.0 * self.with_random(Random::unit) - 1.0
            } else {
                0.0
            };
            host.sent(now, draw);
        }
        is_taken
    }

    pub(super) fn expect_beat(&self, due: Moment) {
        self.0.beat_due.set(Some(due));
    }

    pub(super) fn with_random<T>(&self, draw: impl FnOnce(&mut Random) -> T) -> T {
        draw(&mut self.0.random.borrow_mut())
    }

    /// Reads a `Retry-After`. A date is read by the clock of the wall, if there is one.
    pub(super) fn retry_after(&self, value: &str) -> Option<Duration> {
        let now = SystemTime::UNIX_EPOCH + self.0.ports.clock.since_epoch();
        super::retry::retry_after(value, now)
    }

    pub(super) fn next_queue(&self) -> QueueId {
        let id = self.0.queues.get();
        self.0.queues.set(id.saturating_add(1));
        QueueId(id)
    }
}

/// Records the end of a run, also when the run is dropped.
struct Finish {
    run: Run,
    ending: Cell<Ending>,
}

impl Drop for Finish {
    fn drop(&mut self) {
        // A loop that was blocked to the end never got round to the last beat.
        if let Some(due) = self.run.0.beat_due.take() {
            let now = self.run.elapsed();
            if now > due {
                self.run.record(What::Lag((now - due).into()));
            }
        }
        self.run.record(What::Finished(self.ending.get()));
    }
}
