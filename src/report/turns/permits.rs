//! Who hands a permit to whom: the semaphore's line once more, read from a trace. Who lets tasks go on is told from it
//! ([`super::fold`]), and the picture of the permits is ([`crate::report::lending`]).

use std::collections::BTreeMap;

use super::line::{Line, Ticket};
use super::{By, Release};
use crate::engine::moment::Moment;
use crate::engine::trace::TaskId;

/// Is told of each task that is granted a permit.
pub(in crate::report) type Granted<'a> = &'a mut dyn FnMut(TaskId);

/// The permits of a run. As in the semaphore a permit that comes back goes straight to the first in line.
#[derive(Clone, Default)]
pub(in crate::report) struct Permits {
    limit: usize,
    /// Lent or granted.
    in_use: usize,
    line: Line,
    /// The places in line that tasks drew last.
    tickets: Vec<Option<Ticket>>,
    /// Granted, and not yet taken; with the one who gave it back, unless it was there.
    granted: BTreeMap<TaskId, Option<Release>>,
    /// The last that came back, for a grant that the trace does not explain.
    last: Option<Release>,
}

impl Permits {
    /// A task gets in line.
    pub(in crate::report) fn ask(&mut self, task: TaskId, granted: Granted<'_>) {
        if self.in_use < self.limit {
            self.in_use += 1;
            self.granted.insert(task, None);
            granted(task);
        } else {
            let ticket = self.line.join(task);
            if self.tickets.len() <= task.index() {
                self.tickets.resize(task.index() + 1, None);
            }
            self.tickets[task.index()] = Some(ticket);
        }
    }

    /// A task has its permit. Returns who handed it on.
    pub(in crate::report) fn lend(&mut self, task: TaskId) -> Option<Release> {
        if let Some(granted) = self.granted.remove(&task) {
            return granted;
        }
        self.leave_line(task);
        self.in_use += 1;
        self.last
    }

    /// A task goes away without a permit. What it was granted goes on to the next.
    pub(in crate::report) fn leave(&mut self, task: TaskId, granted: Granted<'_>) {
        match self.granted.remove(&task) {
            Some(from) => {
                self.in_use = self.in_use.saturating_sub(1);
                self.grant(from.or(self.last), granted);
            }
            None => self.leave_line(task),
        }
    }

    fn leave_line(&mut self, task: TaskId) {
        let ticket = self.tickets.get_mut(task.index());
        if let Some(ticket) = ticket.and_then(Option::take) {
            self.line.leave(ticket);
        }
    }

    /// A permit comes back.
    pub(in crate::report) fn give_back(&mut self, from: Release, granted: Granted<'_>) {
        self.last = Some(from);
        self.in_use = self.in_use.saturating_sub(1);
        self.grant(Some(from), granted);
    }

    /// The limit is another.
    pub(in crate::report) fn set_limit(&mut self, limit: u32, at: Moment, granted: Granted<'_>) {
        self.limit = limit as usize;
        let from = Release {
            by: By::Limit,
            task: None,
            at,
            turn: None,
        };
        self.grant(Some(from), granted);
    }

    /// How many permits there are.
    pub(in crate::report) const fn limit(&self) -> usize {
        self.limit
    }

    /// How many of them are lent or granted; more than there are, after the limit was lowered.
    pub(in crate::report) const fn in_use(&self) -> usize {
        self.in_use
    }

    /// Those who stand in line.
    pub(in crate::report) const fn line(&self) -> &Line {
        &self.line
    }

    fn grant(&mut self, from: Option<Release>, granted: Granted<'_>) {
        while self.in_use < self.limit {
            let Some(first) = self.line.next() else {
                return;
            };
            self.in_use += 1;
            self.granted.insert(first, from);
            granted(first);
        }
    }
}
