//! The permits in words, for somebody who has never heard of a semaphore.

use super::{Holding, Lending, Slot};
use crate::engine::strategy::Strategy;
use crate::engine::trace::TaskId;
use crate::engine::wait::Wait;
use crate::report::units::grouped;

/// Whether a strategy lends permits: whether it has a semaphore.
#[must_use]
pub const fn lends(strategy: Strategy) -> bool {
    matches!(strategy, Strategy::Semaphore | Strategy::Adaptive)
}

/// How a task is called.
#[must_use]
pub fn task_name(task: TaskId) -> String {
    format!("task {}", task.index() + 1)
}

impl Slot {
    /// What is in it, in words: `task 4: request`.
    #[must_use]
    pub fn words(self) -> (String, &'static str) {
        match self.holding {
            Holding::Free => ("free".into(), ""),
            Holding::KeptBack => ("kept back".into(), ""),
            Holding::Handed(task) => (task_name(task), "is handed it"),
            Holding::Held(task, wait) => (
                task_name(task),
                match wait {
                    Wait::Permit => "has it",
                    wait => wait.name(),
                },
            ),
        }
    }
}

impl Lending {
    /// What happens with the permits, in two or three sentences.
    #[must_use]
    pub fn sentence(&self, strategy: Strategy) -> String {
        if !lends(strategy) {
            return self.without_permits(strategy);
        }
        let limit = self.limit();
        let rule = match limit {
            0 => "There are no permits, so no request may go out.".to_owned(),
            1 => "A task needs a permit to send its request, and there is 1: only 1 request may be out at a time.".to_owned(),
            _ => format!(
                "A task needs a permit to send its request, and there are {limit}: at most {limit} may be out at once."
            ),
        };
        format!("{rule} {}", self.state())
    }

    /// How it stands with the permits.
    fn state(&self) -> String {
        let (limit, in_use, waiting) = (self.limit(), self.in_use(), self.waiting());
        let first = self.line().next().map(task_name).unwrap_or_default();
        if in_use > limit {
            let out = grouped(in_use);
            return format!(
                "The limit was lowered while {out} were lent: none is lent anew until fewer than {limit} are out."
            );
        }
        let behind = match waiting.saturating_sub(1) {
            0 => "nobody waits behind it".to_owned(),
            1 => "1 more waits behind it".to_owned(),
            more => format!("{} more wait behind it", grouped(more)),
        };
        match (in_use, waiting) {
            (_, 1..) => {
                let which = if limit == 1 {
                    "It is lent"
                } else {
                    "All are lent"
                };
                format!(
                    "{which}: {first} is first in line and gets the next that comes back; {behind}."
                )
            }
            (0, 0) if self.has_lent => "All have come back, and nobody waits.".into(),
            (0, 0) => "Nobody has asked yet.".into(),
            (_, 0) if in_use == limit => {
                let which = if limit == 1 {
                    "It is lent"
                } else {
                    "All are lent"
                };
                format!("{which}, and nobody waits.")
            }
            (_, 0) => {
                let free = limit - in_use;
                let is = if free == 1 { "is" } else { "are" };
                format!("{free} {is} free: who asks now waits for nobody.")
            }
        }
    }

    /// What bounds a strategy that has no semaphore, and how many requests are out.
    fn without_permits(&self, strategy: Strategy) -> String {
        let rule = match strategy {
            Strategy::Sequential => "each task begins when the one before it has ended",
            Strategy::AllAtOnce | Strategy::Race => {
                "all tasks ask at once, and only the browser and the page’s ceiling of 256 hold them back"
            }
            Strategy::Buffered => {
                "at most as many go on as its buffer has room for, in the order of the list"
            }
            Strategy::BufferUnordered => "at most as many go on as its buffer has room for",
            Strategy::WorkerPool => {
                "as many go on as there are workers, and the others lie in their queue"
            }
            Strategy::Pipeline => {
                "as many are fetched as there are fetchers, and a full queue holds these back"
            }
            Strategy::RateLimited => {
                "tokens say when a request goes out, and none says how many are out"
            }
            Strategy::AutoThrottle => {
                "the time between two requests to a host is what holds them back"
            }
            Strategy::Semaphore | Strategy::Adaptive => "",
        };
        let out = match self.in_flight.len() {
            0 => "No request is out now.".to_owned(),
            1 => "1 request is out now.".to_owned(),
            out => format!("{out} requests are out now."),
        };
        format!("No semaphore here: {rule}. {out}")
    }
}
