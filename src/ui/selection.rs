//! The one bar that is selected, in every view: to choose it, to let it go, and to say what it is.

use leptos::prelude::GetValue;

use super::playground::Playground;
use crate::engine::trace::TaskId;
use crate::report::sentence::bar;

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
        !self.is_running.get_untracked()
            && !self.waits_to_run.get_value()
            && self.question.with_untracked(Option::is_none)
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
        if let Some(told) = self.sentence(lane, task) {
            self.status.set(told);
        }
    }

    /// What the bar says.
    pub(super) fn sentence(self, lane: usize, task: TaskId) -> Option<String> {
        let told = self.read(|stage| {
            let lane = stage.lanes.get(lane)?;
            let trace = lane.run.as_ref()?.trace();
            bar(&lane.name(), task.index(), &lane.rows, &trace, lane.now())
        });
        told.flatten()
    }
}
