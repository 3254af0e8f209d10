//! The strategies: ways to combine tasks. One short file each, because its source is shown on the page as the lesson:
//! what is read there is what ran.

use super::run::Run;
use super::task::Task;

mod all_at_once;
mod semaphore;
mod sequential;

/// How tasks are combined.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Strategy {
    /// One after another.
    Sequential,
    /// All started together.
    AllAtOnce,
    /// All started together, and at most n let through at a time.
    Semaphore,
}

impl Strategy {
    /// All of them, simplest first.
    pub const ALL: [Self; 3] = [Self::Sequential, Self::AllAtOnce, Self::Semaphore];

    /// The name, the same in code, page, links and documents.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sequential => "sequential",
            Self::AllAtOnce => "all at once",
            Self::Semaphore => "semaphore",
        }
    }

    /// The strategy's own source file.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::Sequential => include_str!("strategy/sequential.rs"),
            Self::AllAtOnce => include_str!("strategy/all_at_once.rs"),
            Self::Semaphore => include_str!("strategy/semaphore.rs"),
        }
    }

    /// Whether the semaphore's limit, the slider `Concurrency`, means something to it.
    #[must_use]
    pub const fn uses_permits(self) -> bool {
        matches!(self, Self::Semaphore)
    }

    /// Takes all tasks to their ends.
    pub async fn drive(self, run: &Run, tasks: Vec<Task>) {
        match self {
            Self::Sequential => sequential::sequential(tasks).await,
            Self::AllAtOnce => all_at_once::all_at_once(tasks).await,
            Self::Semaphore => semaphore::semaphore(run, tasks).await,
        }
    }
}
