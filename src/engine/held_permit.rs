//! A permit in a task's hands: the trace knows when it was lent and when it came back.

use std::rc::Rc;

use super::holdings::Holdings;
use super::run::Run;
use super::semaphore::Permit;
use super::task::Task;
use super::trace::{TaskId, What};

/// A permit that a task holds. Dropping it gives it back; if the task is cancelled, that has happened before.
#[must_use = "a permit returns itself when dropped"]
pub struct HeldPermit(Rc<Holdings>);

impl HeldPermit {
    pub(super) fn new(task: &mut Task, permit: Permit) -> Self {
        task.run().record(What::Lent(task.id()));
        let holdings = task.holdings();
        holdings.hold_permit(LentPermit {
            run: task.run().clone(),
            id: task.id(),
            _permit: permit,
        });
        Self(holdings)
    }
}

impl Drop for HeldPermit {
    fn drop(&mut self) {
        self.0.give_back_permit();
    }
}

/// The permit itself. Dropping it gives it back, and records that.
pub(super) struct LentPermit {
    run: Run,
    id: TaskId,
    _permit: Permit,
}

impl Drop for LentPermit {
    fn drop(&mut self) {
        // Recorded before the permit goes on to the next, so that the trace never shows one too many.
        self.run.record(What::Returned(self.id));
    }
}
