//! What a run would take, and how far off that was.

use std::time::Duration;

use crate::engine::limits::Limits;
use crate::engine::moment::Moment;
use crate::engine::order::percentile;
use crate::engine::outcome::Outcome;
use crate::engine::run::Run;
use crate::engine::source::Source;
use crate::engine::strategy::Strategy;
use crate::engine::trace::Trace;
use crate::engine::wait::Wait;
use crate::timeline::rows::{Row, Rows};

use super::Sim;
use super::replay::Replay;
use super::world::World;

/// A run in a few figures, before it was made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Prediction {
    /// From the start to the end of the last task.
    pub total: Duration,
    /// How many tasks brought their pages. A run that is cut off, by its time or at the first failure, may be a short
    /// one, and brings fewer.
    pub brought: usize,
    /// Most requests in flight together, for any length of time. Those that end in the moment in which others are sent
    /// don't count beside them, in whatever order that moment saw them.
    pub peak: u32,
    /// Nineteen of twenty tasks were in flight no longer than this, all their attempts together; `None` without any.
    pub latency_p95: Option<Duration>,
    /// By then, from the start of the run, nineteen of twenty tasks had ended; `None` without any.
    pub done_p95: Option<Duration>,
}

impl Prediction {
    /// The figures of a run that is over. O(n).
    ///
    /// Of a measured run they are what a prediction is held against.
    #[must_use]
    pub fn of(rows: &Rows) -> Self {
        let latency_us = |row: &Row| {
            let spent_us = row.spent_us(Moment::ZERO);
            spent_us[Wait::Request.index()] + spent_us[Wait::Download.index()]
        };
        let asked = rows.rows().iter();
        let asked = asked.filter(|row| row.outcome != Some(Outcome::Cancelled));
        let latencies_us: Vec<u64> = asked.map(latency_us).filter(|us| *us > 0).collect();
        let ends = rows.rows().iter().map(|row| row.end_at(Moment::ZERO));
        let ends_us: Vec<u64> = ends.map(Moment::as_us).collect();
        Self {
            total: rows.last_end() - Moment::ZERO,
            brought: rows
                .rows()
                .iter()
                .filter(|row| row.outcome.is_some_and(Outcome::is_ok))
                .count(),
            peak: rows.in_flight().highest(Moment::ZERO, rows.last_end()),
            latency_p95: p95(&latencies_us),
            done_p95: p95(&ends_us),
        }
    }
}

/// What another strategy or other limits would have made of a run that is over, as if its servers had taken the same
/// time for each task again. `None` if it would never end.
///
/// ```
/// use crawl_playground::engine::{limits::Limits, run::Run, strategy::Strategy};
/// use crawl_playground::sim::{Sim, drawn::{Drawn, Failures}, latency::Latency, network::targets, prediction::predict};
///
/// let drawn = Drawn::new(Latency::fixed(200.0).unwrap(), Failures::NONE, 7);
/// let sim = Sim::new();
/// let run = Run::new(sim.simulated(drawn), Limits::default());
/// sim.block_on(run.go(Strategy::Sequential, targets(6))).unwrap();
///
/// let limits = Limits { concurrency: 3, ..Limits::default() };
/// let prediction = predict(&run.trace(), Strategy::Semaphore, &limits).unwrap();
/// assert_eq!(prediction.total.as_millis(), 400);
/// ```
#[must_use]
pub fn predict(trace: &Trace, strategy: Strategy, limits: &Limits) -> Option<Prediction> {
    World::replayed(Replay::of(trace)).predict(strategy, limits)
}

/// What the Lab makes of a run before it was made. `None` if it would never end.
#[must_use]
pub fn predict_in_lab(source: Source, strategy: Strategy, limits: &Limits) -> Option<Prediction> {
    let sim = Sim::new();
    let run = Run::new(sim.lab(), *limits);
    sim.block_on(run.go(strategy, source)).ok()?;
    let mut rows = Rows::default();
    rows.advance(&run.trace());
    Some(Prediction::of(&rows))
}

/// How far `predicted` was from `measured`, either way, in per cent of it. `None` when nothing was measured, unless
/// nothing was predicted either.
///
/// ```
/// use crawl_playground::sim::prediction::error_percent;
/// use std::time::Duration;
///
/// let ms = Duration::from_millis;
/// assert_eq!(error_percent(ms(98), ms(100)).unwrap().round(), 2.0);
/// assert_eq!(error_percent(ms(0), ms(0)), Some(0.0));
/// assert_eq!(error_percent(ms(1), ms(0)), None);
/// ```
#[must_use]
pub fn error_percent(predicted: Duration, measured: Duration) -> Option<f64> {
    let off = predicted.abs_diff(measured);
    if off.is_zero() {
        return Some(0.0);
    }
    (!measured.is_zero()).then(|| off.as_secs_f64() / measured.as_secs_f64() * 100.0)
}

/// The smallest of `us` that at least 95 % do not exceed (nearest rank).
pub(super) fn p95(us: &[u64]) -> Option<Duration> {
    percentile(us, 95).map(Duration::from_micros)
}
