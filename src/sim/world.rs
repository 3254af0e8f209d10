//! Tasks and what a network does for them: all that a prediction needs beside a strategy and its limits.

use std::rc::Rc;
use std::time::Duration;

use super::Sim;
use super::drawn::Drawn;
use super::network::{Answers, End, Exchange, MAX_SIMULATED_TASKS, SimulatedNetwork, targets};
use super::prediction::{Prediction, p95};
use super::replay::Replay;
use super::schedule::{Rules, Schedule};
use crate::engine::limits::Limits;
use crate::engine::moment::Moment;
use crate::engine::outcome::Outcome;
use crate::engine::retry::is_retryable;
use crate::engine::run::Run;
use crate::engine::source::Source;
use crate::engine::strategy::Strategy;
use crate::engine::trace::TaskId;
use crate::timeline::rows::Rows;

/// Tasks and their network, for as many predictions as are asked for. Cloning gives another handle to the same one.
///
/// ```
/// use crawl_playground::engine::{limits::Limits, strategy::Strategy};
/// use crawl_playground::sim::{drawn::{Drawn, Failures}, latency::Latency, world::World};
///
/// let world = World::drawn(Drawn::new(Latency::fixed(1_000.0).unwrap(), Failures::NONE, 7), 10);
/// let limits = Limits { concurrency: 3, ..Limits::default() };
/// let prediction = world.predict(Strategy::Semaphore, &limits).unwrap();
/// assert_eq!((prediction.total.as_secs(), prediction.peak), (4, 3));
/// ```
#[derive(Clone)]
pub struct World(Rc<Inner>);

struct Inner {
    answers: Rc<dyn Answers>,
    source: Source,
    firsts: Vec<Exchange>,
    is_listing: bool,
    has_one_origin: bool,
}

/// The first attempts of all tasks, each cut at the timeout.
pub(super) struct Flights {
    /// From the request until the response was complete, or had failed.
    pub(super) us: Vec<u64>,
    /// How many brought their pages.
    pub(super) brought: usize,
    pub(super) any_failed: bool,
    pub(super) any_is_retryable: bool,
    pub(super) is_listing: bool,
    pub(super) has_one_origin: bool,
    pub(super) p95: Option<Duration>,
}

impl World {
    /// The tasks of a run as it was measured.
    #[must_use]
    pub fn replayed(replay: Replay) -> Self {
        Self(Rc::new(Inner {
            source: replay.source(),
            firsts: replay.first_exchanges().collect(),
            is_listing: replay.is_listing(),
            has_one_origin: replay.has_one_origin(),
            answers: Rc::new(replay),
        }))
    }

    /// So many tasks at one host whose answers are drawn; at most [`MAX_SIMULATED_TASKS`].
    #[must_use]
    pub fn drawn(drawn: Drawn, tasks: usize) -> Self {
        let tasks = tasks.min(MAX_SIMULATED_TASKS);
        let first = |task| drawn.exchange(TaskId(task), 0);
        Self(Rc::new(Inner {
            source: targets(tasks),
            firsts: (0..tasks as u32).map(first).collect(),
            is_listing: false,
            has_one_origin: true,
            answers: Rc::new(drawn),
        }))
    }

    /// How many tasks there are.
    #[must_use]
    pub fn tasks(&self) -> usize {
        self.0.firsts.len()
    }

    /// What `strategy` makes of these tasks within these limits. `None` if it would never end.
    ///
    /// Where a strategy is a rule for when the next task starts, that rule is worked out task by task, in O(n log n); all
    /// else is run by the engine in virtual time. Both say the same to the microsecond.
    #[must_use]
    pub fn predict(&self, strategy: Strategy, limits: &Limits) -> Option<Prediction> {
        let flights = self.flights(limits.timeout);
        self.predict_with(&mut Schedule::default(), &flights, strategy, limits)
    }

    /// Whether [`World::predict`] works these out, which takes microseconds, or has to run them.
    #[must_use]
    pub fn is_worked_out(&self, strategy: Strategy, limits: &Limits) -> bool {
        Rules::of(strategy, limits, &self.flights(limits.timeout)).is_some()
    }

    /// What [`World::predict`] says, always by the engine.
    #[must_use]
    pub fn run(&self, strategy: Strategy, limits: &Limits) -> Option<Prediction> {
        let run = self.simulated(strategy, limits)?;
        let mut rows = Rows::default();
        rows.advance(&run.trace());
        Some(Prediction::of(&rows))
    }

    /// The run that [`World::run`] takes the figures of, over in virtual time. `None` if it would never end.
    #[must_use]
    pub fn simulated(&self, strategy: Strategy, limits: &Limits) -> Option<Run> {
        let sim = Sim::new();
        let network = SimulatedNetwork::new(&sim, Rc::clone(&self.0.answers));
        let limits = Limits {
            watch_lag: false, // in virtual time the loop is never late by itself
            ..*limits
        };
        let run = Run::new(sim.ports(Rc::new(network)), limits);
        sim.block_on(run.go(strategy, self.0.source.clone())).ok()?;
        Some(run)
    }

    pub(super) fn predict_with(
        &self,
        schedule: &mut Schedule,
        flights: &Flights,
        strategy: Strategy,
        limits: &Limits,
    ) -> Option<Prediction> {
        let closed = Rules::of(strategy, limits, flights).map(|rules| schedule.of(&rules, flights));
        let is_in_time = |prediction: &Prediction| {
            limits
                .run_timeout
                .is_none_or(|span| prediction.total < span)
        };
        match closed.filter(is_in_time) {
            Some(prediction) => Some(prediction),
            None => self.run(strategy, limits),
        }
    }

    pub(super) fn flights(&self, timeout: Duration) -> Flights {
        let ends = |exchange: &Exchange| flight(exchange, timeout);
        let us: Vec<u64> = self.0.firsts.iter().map(|first| ends(first).0).collect();
        let spent_us: Vec<u64> = us.iter().copied().filter(|us| *us > 0).collect();
        let outcomes = || self.0.firsts.iter().map(|first| ends(first).1);
        let brought = outcomes().filter(|outcome| outcome.is_ok()).count();
        Flights {
            brought,
            any_failed: brought < us.len(),
            any_is_retryable: outcomes().any(is_retryable),
            is_listing: self.0.is_listing,
            has_one_origin: self.0.has_one_origin,
            p95: p95(&spent_us),
            us,
        }
    }
}

/// How long an attempt is in flight, in microseconds, and how it ends.
fn flight(exchange: &Exchange, timeout: Duration) -> (u64, Outcome) {
    let us = |span| (Moment::ZERO + span).as_us();
    // Two sleeps, each of whole microseconds.
    let time_us = us(exchange.request).saturating_add(match exchange.status {
        Some(_) => us(exchange.download),
        None => 0,
    });
    if exchange.end == End::Never || time_us > us(timeout) {
        return (us(timeout), Outcome::Timeout);
    }
    let outcome = match (exchange.status, exchange.end) {
        (Some(status), End::Whole) => Outcome::of_status(status),
        _ => Outcome::Network,
    };
    (time_us, outcome)
}
