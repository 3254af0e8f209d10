//! What would change without one of a run's bounds, all else as it was.
//!
//! A bound is lifted in thought: the tasks of a finished run are run again, with the times that their servers took, under
//! limits that lack one. Each is lifted alone, so gains don't add up: behind a bound that is lifted stands the next.

use std::time::Duration;

use super::prediction::Prediction;
use super::replay::Replay;
use super::world::World;
use crate::engine::compute::{Place, Work};
use crate::engine::limits::Limits;
use crate::engine::run::MAX_IN_FLIGHT;
use crate::engine::strategy::{Setting, Strategy, Use};
use crate::engine::trace::TaskId;

/// A bound that can be lifted in thought.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Bound {
    /// So many at a time.
    Concurrency,
    /// A permit is kept during the deliberate delay.
    KeptPermit,
    /// The deliberate delay after each request.
    Delay,
    /// So many at a time at one host.
    HostPermits,
    /// The time between two requests to one host.
    HostClock,
    /// So many a second.
    Rate,
    /// So few connections as the browser opens to a host by HTTP/1.1.
    Connections,
    /// Requests that failed and were made again, and the back-off before.
    Retries,
    /// What each page costs the processor.
    Work,
    /// The consumer's time for each result.
    Consumer,
    /// The task whose requests took longest.
    Slowest,
}

/// All bounds, in the order in which a request meets them.
const ALL: [Bound; 11] = [
    Bound::Concurrency,
    Bound::KeptPermit,
    Bound::HostPermits,
    Bound::HostClock,
    Bound::Rate,
    Bound::Connections,
    Bound::Retries,
    Bound::Work,
    Bound::Consumer,
    Bound::Delay,
    Bound::Slowest,
];

/// Strategies that choose their own pace by how fast answers come; what servers would do under another is not known.
pub const SELF_PACED: [Strategy; 2] = [Strategy::Adaptive, Strategy::AutoThrottle];

impl Bound {
    /// The bounds that `strategy` has within `limits` for so many tasks and that can be lifted, in the order in which a
    /// request meets them; where the browser has so many `connections` to the host of all requests, these too. None where
    /// [`hides_times`].
    ///
    /// ```
    /// use crawl_playground::engine::{limits::Limits, strategy::Strategy};
    /// use crawl_playground::sim::lifted::Bound;
    ///
    /// let limits = Limits { concurrency: 3, per_host: Some(2), ..Limits::default() };
    /// let bounds = Bound::of(Strategy::Semaphore, &limits, 10, None);
    /// assert_eq!(bounds, [Bound::Concurrency, Bound::HostPermits, Bound::Slowest]);
    /// ```
    #[must_use]
    pub fn of(
        strategy: Strategy,
        limits: &Limits,
        tasks: usize,
        connections: Option<usize>,
    ) -> Vec<Self> {
        // The first success ends a race, whatever bounds the others.
        if strategy == Strategy::Race || hides_times(strategy, limits) {
            return Vec::new();
        }
        let follows = |setting| strategy.uses(setting) != Use::No;
        let at_most = match strategy {
            Strategy::Sequential => 1,
            // What it aims at is no bound.
            Strategy::AutoThrottle => tasks,
            _ if follows(Setting::Concurrency) => limits.concurrency.min(tasks),
            _ => tasks,
        };
        let at_host = limits.per_host.map_or(at_most, |most| most.min(at_most));
        let binds = |bound: &Self| match bound {
            Self::Concurrency => tasks > at_most && !SELF_PACED.contains(&strategy),
            Self::Connections => connections.is_some_and(|most| at_host > most),
            Self::KeptPermit => {
                limits.keep_permit && follows(Setting::KeepPermit) && !limits.delay.is_zero()
            }
            Self::Delay => follows(Setting::Delay) && !limits.delay.is_zero(),
            Self::HostPermits => limits.per_host.is_some(),
            Self::HostClock => !limits.host_delay.is_zero(),
            Self::Rate => limits.rate.is_some(),
            Self::Retries => limits.retry.retries > 0,
            Self::Work => limits.work.is_some(),
            Self::Consumer => follows(Setting::Store) && !limits.store.is_zero(),
            Self::Slowest => tasks > 1,
        };
        ALL.into_iter().filter(binds).collect()
    }

    /// `limits` without it.
    fn lifted(self, mut limits: Limits) -> Limits {
        match self {
            // The ceiling stays: no run has more in flight.
            Self::Concurrency => limits.concurrency = limits.concurrency.max(MAX_IN_FLIGHT),
            Self::KeptPermit => limits.keep_permit = false,
            Self::HostPermits => limits.per_host = None,
            Self::HostClock => limits.host_delay = Duration::ZERO,
            Self::Rate => limits.rate = None,
            Self::Work => limits.work = None,
            Self::Consumer => limits.store = Duration::ZERO,
            Self::Delay => limits.delay = Duration::ZERO,
            // No limits: what the servers or the browser did is another.
            Self::Connections | Self::Retries | Self::Slowest => {}
        }
        limits
    }
}

/// Whether a run of `strategy` within `limits` can't tell what its requests took: where a consumer that polls them itself
/// has other work to do, or pages are worked on by the event loop, answers that are there go unnoticed meanwhile, and
/// that time counts as the request's.
#[must_use]
pub fn hides_times(strategy: Strategy, limits: &Limits) -> bool {
    let polls_itself = matches!(strategy, Strategy::Buffered | Strategy::BufferUnordered);
    let is_on_loop = |work: Work| work.place != Place::Worker;
    (polls_itself && !limits.store.is_zero()) || limits.work.is_some_and(is_on_loop)
}

/// A bound, and what the run would have been without it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Lifted {
    /// The bound.
    pub bound: Bound,
    /// For [`Bound::Slowest`], which task that is.
    pub task: Option<TaskId>,
    /// The run without it. `None` if it would never end.
    pub prediction: Option<Prediction>,
}

/// Lifts one bound of a finished run after the other: an iterator, so that a page can spread them over several frames.
///
/// ```
/// use crawl_playground::engine::{limits::Limits, run::Run, strategy::Strategy};
/// use crawl_playground::sim::lifted::{Bound, Lifts};
/// use crawl_playground::sim::{Sim, drawn::{Drawn, Failures}, latency::Latency, network::targets, replay::Replay};
///
/// let drawn = Drawn::new(Latency::fixed(200.0).unwrap(), Failures::NONE, 7);
/// let limits = Limits { concurrency: 2, ..Limits::default() };
/// let sim = Sim::new();
/// let run = Run::new(sim.simulated(drawn), limits);
/// sim.block_on(run.go(Strategy::Semaphore, targets(6))).unwrap();
///
/// let lifts = Lifts::new(Replay::of(&run.trace()), Strategy::Semaphore, limits);
/// assert_eq!(lifts.as_it_was().unwrap().total.as_millis(), 600);
/// let totals: Vec<_> = lifts.map(|lifted| (lifted.bound, lifted.prediction.unwrap().total.as_millis())).collect();
/// assert_eq!(totals, [(Bound::Concurrency, 200), (Bound::Slowest, 600)]);
/// ```
pub struct Lifts {
    replay: Replay,
    world: World,
    strategy: Strategy,
    limits: Limits,
    bounds: std::vec::IntoIter<Bound>,
    connections: Option<usize>,
}

impl Lifts {
    /// The bounds of a run of `strategy` within `limits`, over what its requests took.
    #[must_use]
    pub fn new(replay: Replay, strategy: Strategy, limits: Limits) -> Self {
        Self {
            bounds: Bound::of(strategy, &limits, replay.tasks(), None).into_iter(),
            world: World::replayed(replay.clone()),
            replay,
            strategy,
            limits,
            connections: None,
        }
    }

    /// The same where the browser has so many connections to the host of all requests, none of which was lifted yet.
    #[must_use]
    pub fn within(mut self, connections: Option<usize>) -> Self {
        self.connections = connections;
        let tasks = self.replay.tasks();
        self.bounds = Bound::of(self.strategy, &self.limits, tasks, connections).into_iter();
        self
    }

    /// What the model makes of the run as it was: what the others are to be held against.
    #[must_use]
    pub fn as_it_was(&self) -> Option<Prediction> {
        let limits = self.limits.within(self.connections);
        self.world.predict(self.strategy, &limits)
    }

    fn lift(&self, bound: Bound) -> Lifted {
        let task = match bound {
            Bound::Slowest => self.replay.slowest(),
            _ => None,
        };
        let other = match bound {
            Bound::Retries => Some(self.replay.at_first_try()),
            Bound::Slowest => task.map(|task| self.replay.without(task)),
            _ => None,
        };
        let world = other.map_or_else(|| self.world.clone(), World::replayed);
        let strategy = match bound {
            // One at a time is no number that could be another.
            Bound::Concurrency if self.strategy == Strategy::Sequential => Strategy::AllAtOnce,
            _ => self.strategy,
        };
        let connections = self.connections.filter(|_| bound != Bound::Connections);
        let limits = bound.lifted(self.limits).within(connections);
        Lifted {
            bound,
            task,
            prediction: world.predict(strategy, &limits),
        }
    }
}

impl Iterator for Lifts {
    type Item = Lifted;

    fn next(&mut self) -> Option<Lifted> {
        let bound = self.bounds.next()?;
        Some(self.lift(bound))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.bounds.size_hint()
    }
}

impl ExactSizeIterator for Lifts {}
