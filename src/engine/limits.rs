//! What holds a run back: its limits, as they are set, and what a failure does to it.
//!
//! Limits compose, and each is drawn as its own wait. A task that is held by a clock (its host's, the rate's, its own
//! back-off) holds no permit meanwhile.

use std::time::Duration;

use super::compute::Work;
use super::rate::Rate;
use super::retry::Retry;

/// The limits of a run.
///
/// ```
/// use crawl_playground::engine::limits::Limits;
///
/// let limits = Limits { concurrency: 5, ..Limits::default() };
/// assert_eq!((limits.concurrency, limits.per_host, limits.retry.retries), (5, None, 0));
/// ```
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Limits {
    /// Permits of the semaphore, or how many a strategy runs side by side.
    pub concurrency: usize,
    /// The deliberate delay after each request.
    pub delay: Duration,
    /// Whether a task keeps its permit during that delay, as the classic tutorials do.
    pub keep_permit: bool,
    /// How long one attempt may take, headers and body together.
    pub timeout: Duration,
    /// How long the whole run may take.
    pub run_timeout: Option<Duration>,
    /// How many requests one host gets at a time.
    pub per_host: Option<usize>,
    /// The time between the starts of two requests to one host.
    pub host_delay: Duration,
    /// How far that time may be off, either way, in per cent of it: 0 to 100.
    pub jitter_percent: u32,
    /// How many requests a second, all hosts together.
    pub rate: Option<Rate>,
    /// What is tried again, when, and how often.
    pub retry: Retry,
    /// How long answers of 429 and 503 may put a task off in all.
    pub stall: Duration,
    /// What a failed task does to the others.
    pub on_failure: OnFailure,
    /// What each page costs the processor when it is parsed.
    pub work: Option<Work>,
    /// How long the consumer takes with each result, in strategies that have one.
    pub store: Duration,
    /// Whether the event loop's lag is measured meanwhile.
    pub watch_lag: bool,
    /// Whether the run is paused: requests that are out go on, and no other is sent.
    pub is_paused: bool,
    /// What jitter and back-off are drawn from.
    pub seed: u64,
}

/// What a failed task does to the others.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum OnFailure {
    /// Nothing: all outcomes are collected.
    #[default]
    CollectAll,
    /// The first failure stops the run, and cancels the rest.
    StopAtFirst,
}

impl Limits {
    /// Whether runs within these and within `other` are held back alike. What they draw by lot may differ.
    #[must_use]
    pub fn are_like(&self, other: &Self) -> bool {
        let seed = self.seed;
        *self == Self { seed, ..*other }
    }

    /// The same where no host takes more than so many connections, which hold requests back as its limit does.
    #[must_use]
    pub fn within(self, connections: Option<usize>) -> Self {
        let per_host = match (self.per_host, connections) {
            (Some(limit), Some(connections)) => Some(limit.min(connections)),
            (limit, connections) => limit.or(connections),
        };
        Self { per_host, ..self }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            concurrency: 1,
            delay: Duration::ZERO,
            keep_permit: false,
            timeout: Duration::from_secs(60),
            run_timeout: None,
            per_host: None,
            host_delay: Duration::ZERO,
            jitter_percent: 0,
            rate: None,
            retry: Retry::NONE,
            stall: Duration::from_secs(900),
            on_failure: OnFailure::CollectAll,
            work: None,
            store: Duration::ZERO,
            watch_lag: false,
            is_paused: false,
            seed: 0,
        }
    }
}
