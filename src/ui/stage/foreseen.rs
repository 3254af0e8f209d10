//! What is foreseen of the next run, from what was measured.

use super::{Lane, Stage};
use crate::engine::run::Run;
use crate::engine::strategy::Strategy;

impl Stage {
    /// Takes `run`, made in virtual time by `strategy`, as what is foreseen; or nothing.
    pub(in crate::ui) fn foresee(&mut self, strategy: Strategy, run: Option<Run>) {
        self.foreseen = run.map(|run| {
            let mut lane = Lane::new(strategy, 0, None);
            lane.run = Some(run);
            lane.advance();
            Box::new(lane)
        });
        self.fit_axis();
    }

    /// What is foreseen. A replay is of what was, so it has none.
    pub(in crate::ui) fn foreseen(&self) -> Option<&Lane> {
        self.foreseen.as_deref().filter(|_| self.replay.is_none())
    }

    /// What the lanes of the picture are called.
    pub(in crate::ui) fn pictured_names(&self) -> Vec<String> {
        let runs = self.lanes.iter().map(Lane::name);
        let foreseen = self
            .foreseen()
            .map(|lane| ["Predicted: ", &lane.name()].concat());
        runs.chain(foreseen).collect()
    }

    /// Rows to keep room for, by lane of the picture.
    pub(in crate::ui) fn pictured_counts(&self) -> Vec<usize> {
        let mut counts = self.row_counts();
        counts.extend(self.foreseen().map(|lane| lane.rows.rows().len()));
        counts
    }

    /// The lane at this place of the picture: the runs, then what is foreseen.
    pub(in crate::ui) fn pictured(&self, index: usize) -> Option<&Lane> {
        let runs = self.lanes.len();
        let foreseen = self.foreseen().filter(|_| index == runs);
        self.lanes.get(index).or(foreseen)
    }
}
