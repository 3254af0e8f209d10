//! A permit in a task's hands: the trace knows when it was lent and when it came back.

use super::run::Run;
use super::semaphore::Permit;
use super::task::Task;
use super::trace::{TaskId, What};

/// A permit that a task holds. Dropping it gives it back, and records that.
#[must_use = "a permit returns itself when dropped"]
pub struct HeldPermit {
    run: Run,
    id: TaskId,
    _permit: Permit,
}

impl HeldPermit {
    pub(super) fn new(task: &Task, permit: Permit) -> Self {
        task.run().record(What::Lent(task.id()));
        Self {
            run: task.run().clone(),
            id: task.id(),
            _permit: permit,
        }
    }
}

impl Drop for HeldPermit {
    fn drop(&mut self) {
        // Recorded before the permit goes on to the next, so that the trace never shows one too many.
        self.run.record(What::Returned(self.id));
    }
}
