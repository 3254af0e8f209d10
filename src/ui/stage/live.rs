//! Runs that go on, and what they are told of the page.

use super::{Lane, Stage};
use crate::engine::run::Run;
use crate::engine::strategy::{Setting, Use};
use crate::scenario::Scenario;

impl Stage {
    /// Gives the runs that go on the settings of `scenario`. What is simulated follows from its settings alone, however fast
    /// they are changed.
    pub(in crate::ui) fn adjust(&self, scenario: &Scenario) {
        if !self.is_simulated {
            for (lane, run) in self.going_on() {
                run.set_limits(scenario.limits_for(lane.strategy));
            }
        }
    }

    /// Marks on the traces of the runs that go on that the page was hidden or shown.
    pub(in crate::ui) fn set_hidden(&self, is_hidden: bool) {
        self.going_on()
            .for_each(|(_, run)| run.set_hidden(is_hidden));
    }

    fn going_on(&self) -> impl Iterator<Item = (&Lane, &Run)> {
        let lanes = self.lanes.iter();
        let unfinished = lanes.filter(|lane| lane.rows.finished().is_none());
        unfinished.filter_map(|lane| Some((lane, lane.run.as_ref()?)))
    }

    /// Whether its last run has followed all changes to `scenario`, so that these settings are what was measured. Some
    /// are read when a run starts, and are not.
    pub(in crate::ui) fn has_followed(&self, scenario: &Scenario) -> bool {
        self.lanes.last().is_some_and(|lane| {
            let limits = lane.run.as_ref().map(Run::limits);
            limits.is_some_and(|limits| {
                let mut wanted = scenario.limits_for(lane.strategy);
                if lane.strategy.uses(Setting::Concurrency) == Use::No {
                    wanted.concurrency = limits.concurrency;
                }
                limits.are_like(&wanted)
            })
        })
    }
}
