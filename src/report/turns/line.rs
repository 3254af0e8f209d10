//! Those who stand in line: first come, first served, and anyone may leave.

use std::collections::VecDeque;

use crate::engine::trace::TaskId;

/// A place in a line, drawn by who joined it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::report) struct Ticket(u32);

/// A line of tasks. All that is done to it is O(1), in the long run: a run that is stopped has everyone leave at once.
#[derive(Clone, Default)]
pub(in crate::report) struct Line {
    /// Who came, from the first who may still stand in it. Who has left leaves a gap.
    came: VecDeque<Option<TaskId>>,
    /// How many came before those.
    gone: u32,
    standing: usize,
}

impl Line {
    /// Takes the place at the end.
    pub(super) fn join(&mut self, task: TaskId) -> Ticket {
        let behind = u32::try_from(self.came.len()).unwrap_or(u32::MAX);
        self.came.push_back(Some(task));
        self.standing += 1;
        Ticket(self.gone.wrapping_add(behind))
    }

    /// Leaves, from wherever it stands; nothing happens if it doesn't.
    pub(super) fn leave(&mut self, Ticket(number): Ticket) {
        let place = number.wrapping_sub(self.gone) as usize;
        if self.came.get_mut(place).and_then(Option::take).is_some() {
            self.standing -= 1;
        }
    }

    /// How many stand in it.
    pub(in crate::report) const fn len(&self) -> usize {
        self.standing
    }

    /// Those who stand in it, the first first.
    pub(in crate::report) fn iter(&self) -> impl Iterator<Item = TaskId> + '_ {
        self.came.iter().flatten().copied()
    }

    /// Calls the first.
    pub(super) fn next(&mut self) -> Option<TaskId> {
        while let Some(first) = self.came.pop_front() {
            self.gone = self.gone.wrapping_add(1);
            if first.is_some() {
                self.standing -= 1;
                return first;
            }
        }
        None
    }
}
