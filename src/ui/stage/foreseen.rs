//! What is foreseen of the next run, from what was measured.

use super::{Lane, Stage};
use crate::engine::moment::Moment;
use crate::engine::run::Run;
use crate::engine::strategy::Strategy;
use crate::engine::trace::Ending;
use crate::report::prediction::{Basis, foreseen};
use crate::timeline::rows::Row;

/// A run that was not made: in virtual time it was.
pub(in crate::ui) struct Foreseen {
    pub(in crate::ui) lane: Lane,
    /// What it is called. This and the sentence are made where a run is foreseen, so that the first paint need not know how.
    name: String,
    /// How long it would take, in a sentence.
    pub(in crate::ui) told: String,
    basis: Basis,
}

impl Foreseen {
    /// The run that was made in virtual time, and what that rests on.
    pub(in crate::ui) fn new(strategy: Strategy, run: Run, basis: Basis) -> Self {
        let mut lane = Lane::new(strategy, 0, None);
        lane.rows.advance(&run.trace());
        lane.run = Some(run);
        let is_cut_off = lane.rows.finished().is_none_or(Ending::is_early);
        Self {
            name: ["Predicted: ", &lane.name()].concat(),
            told: foreseen(lane.now() - Moment::ZERO, is_cut_off, basis),
            lane,
            basis,
        }
    }
}

impl Stage {
    /// Takes what is foreseen, or that nothing is, and returns what was before.
    pub(in crate::ui) fn foresee(&mut self, foreseen: Option<Foreseen>) -> Option<Box<Foreseen>> {
        let had = std::mem::replace(&mut self.foreseen, foreseen.map(Box::new));
        if had.is_some() || self.foreseen.is_some() {
            self.fit_axis();
        }
        had
    }

    /// What is foreseen.
    pub(in crate::ui) fn foreseen(&self) -> Option<&Foreseen> {
        self.foreseen.as_deref()
    }

    /// What the lanes of the picture are called: the runs, then what is foreseen.
    pub(in crate::ui) fn pictured_names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.lanes.iter().map(Lane::name).collect();
        names.extend(self.foreseen().map(|foreseen| foreseen.name.clone()));
        names
    }

    /// Rows to keep room for, by lane of the picture.
    pub(in crate::ui) fn pictured_counts(&self) -> Vec<usize> {
        let mut counts = self.row_counts();
        if let Some(foreseen) = self.foreseen() {
            counts.push(foreseen.lane.rows.rows().len());
        }
        counts
    }

    /// The lane at this place of the picture.
    pub(in crate::ui) fn pictured(&self, index: usize) -> Option<&Lane> {
        if index == self.lanes.len() {
            return Some(&self.foreseen()?.lane);
        }
        self.lanes.get(index)
    }

    /// What the task at `index` asks for, in the lane at this place of the picture. Where virtual time has no name for it, that is
    /// known from the runs.
    pub(in crate::ui) fn target(&self, lane: usize, index: usize) -> Option<String> {
        let read = |lane: &Lane| {
            let row: &Row = lane.whole_rows().rows().get(index)?;
            Some(lane.run.as_ref()?.trace().read(row.target).to_owned())
        };
        let is_replayed = lane == self.lanes.len() && self.foreseen()?.basis == Basis::Before;
        match self.lanes.get(self.own_lanes()).filter(|_| is_replayed) {
            Some(own) => own.iter().rev().find_map(read),
            None => read(self.pictured(lane)?),
        }
    }
}
