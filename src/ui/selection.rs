//! The one bar that is selected, in every view: to choose it, to let it go, and to say what it is.

use super::playground::Playground;
use crate::engine::trace::TaskId;
use crate::engine::wait::Wait;
use crate::report::table::cells;

impl Playground {
    /// Selects a bar, or lets it go if it is selected already; and says so.
    pub(super) fn toggle(self, lane: usize, task: TaskId) {
        let bar = Some((lane, task));
        if self.selected.get_untracked() == bar {
            return self.clear_selection();
        }
        self.selected.set(bar);
        self.tell_bar(lane, task);
    }

    /// Whether nothing runs and nothing is asked, so that there is nothing to stop.
    pub(super) fn is_idle(self) -> bool {
        !self.is_running.get_untracked() && self.question.with_untracked(Option::is_none)
    }

    /// Lets go of what is selected.
    pub(super) fn clear_selection(self) {
        if self.selected.get_untracked().is_some() {
            self.selected.set(None);
            self.status.set("Nothing is selected.".into());
        }
    }

    /// Says what the bar says.
    pub(super) fn tell_bar(self, lane: usize, task: TaskId) {
        let told = self.read(|stage| {
            let lane = stage.lanes.get(lane)?;
            let row = lane.rows.rows().get(task.index())?;
            let cells = cells(task.index(), row, &lane.run.as_ref()?.trace(), lane.now());
            let spent = row.spent_us(lane.now());
            let waits = Wait::ALL
                .into_iter()
                .filter(|wait| spent[wait.index()] > 0)
                .map(|wait| {
                    let ms = &cells.waits_ms[wait.index()];
                    format!(", {} {ms}\u{a0}ms", wait.name())
                });
            let waits: String = waits.collect();
            Some(format!(
                "{}, task {} of {}: {}. {}. From {}\u{a0}ms{waits}; {}\u{a0}ms in all.",
                lane.name(),
                cells.number,
                lane.rows.rows().len(),
                cells.target,
                cells.outcome,
                cells.start_ms,
                cells.total_ms
            ))
        });
        if let Some(told) = told.flatten() {
            self.status.set(told);
        }
    }
}
