//! Who hands a permit to whom: the semaphore's line once more, read from a trace.

use std::collections::BTreeMap;

use super::line::Line;
use super::{By, Release};
use crate::engine::moment::Moment;
use crate::engine::trace::TaskId;

/// The permits of a run. As in the semaphore a permit that comes back goes straight to the first in line.
#[derive(Default)]
pub(super) struct Permits {
    limit: usize,
    /// Lent or granted.
    in_use: usize,
    line: Line,
    /// Granted, and not yet taken; with the one who gave it back, unless it was there.
    granted: BTreeMap<TaskId, Option<Release>>,
    /// The last that came back, for a grant that the trace does not explain.
    last: Option<Release>,
}

impl Permits {
    /// A task gets in line.
    pub(super) fn ask(&mut self, task: TaskId) {
        if self.in_use < self.limit {
            self.in_use += 1;
            self.granted.insert(task, None);
        } else {
            self.line.join(task);
        }
    }

    /// A task has its permit. Returns who handed it on.
    pub(super) fn lend(&mut self, task: TaskId) -> Option<Release> {
        if let Some(granted) = self.granted.remove(&task) {
            return granted;
        }
        self.line.leave(task);
        self.in_use += 1;
        self.last
    }

    /// A task goes away without a permit. What it was granted goes on to the next.
    pub(super) fn leave(&mut self, task: TaskId) {
        match self.granted.remove(&task) {
            Some(from) => {
                self.in_use = self.in_use.saturating_sub(1);
                self.grant(from.or(self.last));
            }
            None => self.line.leave(task),
        }
    }

    /// A permit comes back.
    pub(super) fn give_back(&mut self, from: Release) {
        self.last = Some(from);
        self.in_use = self.in_use.saturating_sub(1);
        self.grant(Some(from));
    }

    /// The limit is another.
    pub(super) fn set_limit(&mut self, limit: u32, at: Moment) {
        self.limit = limit as usize;
        self.grant(Some(Release {
            by: By::Limit,
            task: None,
            at,
            turn: None,
        }));
    }

    fn grant(&mut self, from: Option<Release>) {
        while self.in_use < self.limit {
            let Some(first) = self.line.next() else {
                return;
            };
            self.in_use += 1;
            self.granted.insert(first, from);
        }
    }
}
