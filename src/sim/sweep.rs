//! What if: one setting swept over its range, all else as it is.
//!
//! A sweep is an iterator, a setting at a time, so that a page can spread a slow one over several frames. Where the
//! schedule can be worked out ([`World::predict`] says when) 64 settings of a thousand tasks take a few milliseconds.

use std::time::Duration;

use super::prediction::Prediction;
use super::schedule::Schedule;
use super::world::{Flights, World};
use crate::engine::limits::Limits;
use crate::engine::strategy::Strategy;

/// How much longer than the best a run may take to count as good: one in a hundred.
pub const TOLERANCE: f64 = 0.01;
/// The most that a sweep lets run side by side.
pub const MAX_CONCURRENCY: u32 = 64;

/// The delays of a sweep, in milliseconds: finer where a difference is felt.
const DELAYS_MS: [u32; 21] = [
    0, 10, 20, 50, 100, 150, 200, 250, 300, 400, 500, 600, 800, 1_000, 1_250, 1_500, 2_000, 2_500,
    3_000, 4_000, 5_000,
];

/// The setting that is swept.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Axis {
    /// The concurrency, from 1 to [`MAX_CONCURRENCY`].
    Concurrency,
    /// The deliberate delay after each request, from 0 to 5 000 ms.
    DelayMs,
}

/// A setting, and what it would make of the run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Point {
    /// The concurrency, or the delay in milliseconds.
    pub setting: u32,
    /// `None` if the run would never end.
    pub prediction: Option<Prediction>,
}

/// A sweep that goes on: an iterator over its [`Point`]s, in ascending order of the setting.
///
/// ```
/// use crawl_playground::engine::{limits::Limits, strategy::Strategy};
/// use crawl_playground::sim::{drawn::{Drawn, Failures}, latency::Latency, sweep::{Axis, Curve, Sweep}, world::World};
///
/// let world = World::drawn(Drawn::new(Latency::fixed(200.0).unwrap(), Failures::NONE, 7), 12);
/// let limits = Limits { concurrency: 5, ..Limits::default() };
/// let sweep = Sweep::new(&world, Strategy::Semaphore, limits, Axis::Concurrency);
/// let curve = Curve::of(sweep.axis(), &limits, sweep.collect());
/// assert_eq!(curve.points.len(), 64);
/// assert_eq!(curve.points[curve.knee.unwrap()].setting, 12); // all at once: any fewer need a second round
/// assert_eq!(curve.points[curve.current.unwrap()].setting, 5);
/// ```
pub struct Sweep {
    world: World,
    strategy: Strategy,
    limits: Limits,
    axis: Axis,
    settings: std::vec::IntoIter<u32>,
    flights: Flights,
    schedule: Schedule,
}

impl Sweep {
    /// A sweep of one setting of `limits`. The setting that they have is among its points, even where the range has none.
    #[must_use]
    pub fn new(world: &World, strategy: Strategy, limits: Limits, axis: Axis) -> Self {
        let mut settings: Vec<u32> = match axis {
            Axis::Concurrency => (1..=MAX_CONCURRENCY).collect(),
            Axis::DelayMs => DELAYS_MS.to_vec(),
        };
        let current = axis.of(&limits);
        if let Err(place) = settings.binary_search(&current) {
            settings.insert(place, current);
        }
        Self {
            flights: world.flights(limits.timeout),
            world: world.clone(),
            strategy,
            limits,
            axis,
            settings: settings.into_iter(),
            schedule: Schedule::default(),
        }
    }

    /// What is swept.
    #[must_use]
    pub const fn axis(&self) -> Axis {
        self.axis
    }
}

impl Iterator for Sweep {
    type Item = Point;

    fn next(&mut self) -> Option<Point> {
        let setting = self.settings.next()?;
        let limits = self.axis.set(self.limits, setting);
        let prediction =
            self.world
                .predict_with(&mut self.schedule, &self.flights, self.strategy, &limits);
        Some(Point {
            setting,
            prediction,
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.settings.size_hint()
    }
}

impl ExactSizeIterator for Sweep {}

impl Axis {
    /// The setting as `limits` have it.
    #[must_use]
    pub fn of(self, limits: &Limits) -> u32 {
        let setting = match self {
            Self::Concurrency => limits.concurrency as u128,
            Self::DelayMs => limits.delay.as_millis(),
        };
        u32::try_from(setting).unwrap_or(u32::MAX)
    }

    /// `limits` with this setting.
    #[must_use]
    pub fn set(self, limits: Limits, setting: u32) -> Limits {
        match self {
            Self::Concurrency => Limits {
                concurrency: setting as usize,
                ..limits
            },
            Self::DelayMs => Limits {
                delay: Duration::from_millis(setting.into()),
                ..limits
            },
        }
    }
}

/// What a sweep says, ready to be drawn.
#[derive(Clone, PartialEq, Debug)]
pub struct Curve {
    /// What was swept.
    pub axis: Axis,
    /// In ascending order of the setting.
    pub points: Vec<Point>,
    /// The place of the knee: the setting that is kindest to the servers among those that bring the most pages, in a
    /// total within [`TOLERANCE`] of the best. That is the least concurrency, or the longest delay. `None` if no run has
    /// anything to do, or none ends.
    pub knee: Option<usize>,
    /// The most pages that any setting brings. One that is cut off brings fewer, so a short total is no merit of it.
    pub most: usize,
    /// The place of the setting as it is.
    pub current: Option<usize>,
}

impl Curve {
    /// The curve through these points of a sweep of `limits`; they may be the first ones of a sweep that goes on.
    #[must_use]
    pub fn of(axis: Axis, limits: &Limits, points: Vec<Point>) -> Self {
        let current = axis.of(limits);
        let runs = || points.iter().filter_map(|point| point.prediction);
        let most = runs().map(|run| run.brought).max().unwrap_or_default();
        let whole = runs().filter(|run| run.brought == most);
        let best = whole.map(|run| run.total).min().unwrap_or_default();
        let good_enough = best.mul_f64(1.0 + TOLERANCE);
        let is_good = |point: &Point| {
            point.prediction.is_some_and(|run| {
                run.done_p95.is_some() && run.brought == most && run.total <= good_enough
            })
        };
        let knee = match axis {
            Axis::Concurrency => points.iter().position(is_good),
            Axis::DelayMs => points.iter().rposition(is_good),
        };
        Self {
            axis,
            knee,
            most,
            current: points.iter().position(|point| point.setting == current),
            points,
        }
    }
}
