//! The strategies: ways to combine tasks. One short file each, because its source is shown on the page as the lesson:
//! what is read there is what ran.

use super::run::Run;
use super::task::{Failed, Task};

mod adaptive;
mod all_at_once;
mod auto_throttle;
mod buffer_unordered;
mod buffered;
mod pipeline;
mod race;
mod rate_limited;
mod semaphore;
mod sequential;
mod worker_pool;

/// How tasks are combined.
///
/// ```
/// use crawl_playground::engine::strategy::Strategy;
///
/// let names: Vec<_> = Strategy::ALL.iter().map(|strategy| strategy.name()).collect();
/// assert_eq!((names[0], names[10]), ("sequential", "race"));
/// assert!(Strategy::Sequential.source().contains("for mut task in tasks"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Strategy {
    /// One after another.
    Sequential,
    /// All started together.
    AllAtOnce,
    /// All started together, and at most n let through at a time.
    Semaphore,
    /// n side by side, results in order.
    Buffered,
    /// n side by side, results as they are completed.
    BufferUnordered,
    /// n workers that take tasks from a bounded queue.
    WorkerPool,
    /// So many starts a second.
    RateLimited,
    /// A semaphore whose limit follows what the server bears.
    Adaptive,
    /// A time between requests that follows what the server bears.
    AutoThrottle,
    /// Fetch, parse and store as stages with queues between them.
    Pipeline,
    /// All started together, and the first success cancels the others.
    Race,
}

/// A setting that some strategies follow and others have no use for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Setting {
    /// The slider `Concurrency`.
    Concurrency,
    /// The rate, a start's token each.
    Rate,
    /// The consumer's time for each result.
    Store,
    /// The switch "keep the permit during the pause".
    KeepPermit,
    /// The slider `Delay`.
    Delay,
    /// The switch "stop at the first failure".
    StopAtFirst,
}

/// What a setting is to a strategy.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Use {
    /// It follows at once, also in the middle of a run.
    Live,
    /// It is read when a run starts.
    AtStart,
    /// It means nothing there.
    No,
}

impl Strategy {
    /// All of them, simplest first.
    pub const ALL: [Self; 11] = [
        Self::Sequential,
        Self::AllAtOnce,
        Self::Semaphore,
        Self::Buffered,
        Self::BufferUnordered,
        Self::WorkerPool,
        Self::RateLimited,
        Self::Adaptive,
        Self::AutoThrottle,
        Self::Pipeline,
        Self::Race,
    ];

    /// The name, the same in code, page, links and documents.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sequential => "sequential",
            Self::AllAtOnce => "all at once",
            Self::Semaphore => "semaphore",
            Self::Buffered => "buffered",
            Self::BufferUnordered => "buffer unordered",
            Self::WorkerPool => "worker pool",
            Self::RateLimited => "rate limited",
            Self::Adaptive => "adaptive",
            Self::AutoThrottle => "auto throttle",
            Self::Pipeline => "pipeline",
            Self::Race => "race",
        }
    }

    /// The strategy's own source file.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::Sequential => include_str!("strategy/sequential.rs"),
            Self::AllAtOnce => include_str!("strategy/all_at_once.rs"),
            Self::Semaphore => include_str!("strategy/semaphore.rs"),
            Self::Buffered => include_str!("strategy/buffered.rs"),
            Self::BufferUnordered => include_str!("strategy/buffer_unordered.rs"),
            Self::WorkerPool => include_str!("strategy/worker_pool.rs"),
            Self::RateLimited => include_str!("strategy/rate_limited.rs"),
            Self::Adaptive => include_str!("strategy/adaptive.rs"),
            Self::AutoThrottle => include_str!("strategy/auto_throttle.rs"),
            Self::Pipeline => include_str!("strategy/pipeline.rs"),
            Self::Race => include_str!("strategy/race.rs"),
        }
    }

    /// What a setting is to this strategy.
    ///
    /// ```
    /// use crawl_playground::engine::strategy::{Setting, Strategy, Use};
    ///
    /// assert_eq!(Strategy::Semaphore.uses(Setting::Concurrency), Use::Live);
    /// assert_eq!(Strategy::WorkerPool.uses(Setting::Concurrency), Use::Live); // workers are hired, and go
    /// assert_eq!(Strategy::Buffered.uses(Setting::Concurrency), Use::AtStart); // a stream is made for so many
    /// assert_eq!(Strategy::Sequential.uses(Setting::Concurrency), Use::No);
    /// ```
    #[must_use]
    pub const fn uses(self, setting: Setting) -> Use {
        match (setting, self) {
            // A race has no time for pauses, and is not over while one can still win.
            (Setting::Delay | Setting::StopAtFirst, Self::Race) => Use::No,
            (Setting::Delay, _) => Use::Live,
            (Setting::StopAtFirst, _) => Use::AtStart,
            (Setting::Concurrency, Self::Buffered | Self::BufferUnordered) => Use::AtStart,
            (
                Setting::Concurrency,
                Self::Semaphore
                | Self::Adaptive
                | Self::AutoThrottle
                | Self::WorkerPool
                | Self::Pipeline,
            )
            | (Setting::KeepPermit, Self::Semaphore)
            | (Setting::Rate, _)
            | (Setting::Store, Self::Buffered | Self::BufferUnordered | Self::Pipeline) => {
                Use::Live
            }
            _ => Use::No,
        }
    }

    /// What it is in a crawl: whatever is to combine a crawl's pages, but for one at a time, does as the semaphore does.
    #[must_use]
    pub const fn in_crawl(self) -> Self {
        match self {
            Self::Sequential => self,
            _ => Self::Semaphore,
        }
    }

    /// Whether tasks are lent permits of the run's semaphore.
    #[must_use]
    pub const fn uses_permits(self) -> bool {
        matches!(self, Self::Semaphore | Self::Adaptive)
    }

    /// Whether tasks wait in the queue until one of n hands takes them.
    #[must_use]
    pub const fn has_hands(self) -> bool {
        matches!(
            self,
            Self::Buffered | Self::BufferUnordered | Self::WorkerPool | Self::Pipeline
        )
    }

    /// Takes all tasks to their ends.
    ///
    /// # Errors
    /// [`Failed`] at the first failure of a run that stops there; what was not done then is dropped.
    pub async fn drive(self, run: &Run, tasks: Vec<Task>) -> Result<(), Failed> {
        match self {
            Self::Sequential => sequential::sequential(tasks).await,
            Self::AllAtOnce => all_at_once::all_at_once(tasks).await,
            Self::Semaphore => semaphore::semaphore(run, tasks).await,
            Self::Buffered => buffered::buffered(run, tasks).await,
            Self::BufferUnordered => buffer_unordered::buffer_unordered(run, tasks).await,
            Self::WorkerPool => worker_pool::worker_pool(run, tasks).await,
            Self::RateLimited => rate_limited::rate_limited(tasks).await,
            Self::Adaptive => adaptive::adaptive(run, tasks).await,
            Self::AutoThrottle => auto_throttle::auto_throttle(run, tasks).await,
            Self::Pipeline => pipeline::pipeline(run, tasks).await,
            Self::Race => race::race(tasks).await,
        }
    }
}
