//! The bars of all runs on show as one list, lane after lane.

use super::Stage;
use crate::engine::trace::TaskId;

impl Stage {
    /// How many rows each lane has.
    fn row_numbers(&self) -> impl Iterator<Item = usize> + '_ {
        self.lanes.iter().map(|lane| lane.rows.rows().len())
    }

    /// How many bars there are.
    pub(in crate::ui) fn bars(&self) -> usize {
        self.row_numbers().sum()
    }

    /// The place of a bar among all, from 0.
    pub(in crate::ui) fn bar_place(&self, lane: usize, task: TaskId) -> usize {
        self.row_numbers().take(lane).sum::<usize>() + task.index()
    }

    /// The bar at a place among all, from 0: its lane and its task.
    pub(in crate::ui) fn bar_at(&self, mut place: usize) -> Option<(usize, TaskId)> {
        for (lane, count) in self.row_numbers().enumerate() {
            if place < count {
                return Some((lane, TaskId(u32::try_from(place).ok()?)));
            }
            place -= count;
        }
        None
    }
}
