//! Those who stand in line: first come, first served, and anyone may leave.

use std::collections::{BTreeMap, VecDeque};

use crate::engine::trace::TaskId;

/// A line of tasks. All that is done to it is O(log n), in the long run: a run that is stopped has everyone leave at once.
#[derive(Clone, Default)]
pub(in crate::report) struct Line {
    /// Who came, with the number that was drawn. Who has left is found out when it would be their turn.
    came: VecDeque<(TaskId, u32)>,
    /// The numbers of those who still stand in it.
    standing: BTreeMap<TaskId, u32>,
    drawn: u32,
}

impl Line {
    /// Takes the place at the end.
    pub(super) fn join(&mut self, task: TaskId) {
        self.drawn = self.drawn.wrapping_add(1);
        self.came.push_back((task, self.drawn));
        self.standing.insert(task, self.drawn);
    }

    /// Leaves, from wherever it stands; nothing happens if it doesn't.
    pub(super) fn leave(&mut self, task: TaskId) {
        self.standing.remove(&task);
    }

    /// How many stand in it.
    pub(in crate::report) fn len(&self) -> usize {
        self.standing.len()
    }

    /// Those who stand in it, the first first.
    pub(in crate::report) fn iter(&self) -> impl Iterator<Item = TaskId> + '_ {
        let stands = |(task, number): &&(TaskId, u32)| self.standing.get(task) == Some(number);
        self.came.iter().filter(stands).map(|(task, _)| *task)
    }

    /// Calls the first.
    pub(super) fn next(&mut self) -> Option<TaskId> {
        while let Some((task, number)) = self.came.pop_front() {
            if self.standing.get(&task) == Some(&number) {
                self.standing.remove(&task);
                return Some(task);
            }
        }
        None
    }
}
