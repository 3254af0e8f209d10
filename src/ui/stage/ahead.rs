//! The stage before there is what simulates.

use super::Stage;
use crate::report::first_picture::{FIRST_PICTURE, read};
use crate::scenario::Scenario;
use crate::scenario::urls::UrlList;

impl Stage {
    /// What is known of `scenario` beforehand: the finished picture if it is the default one, else that there are so many
    /// targets.
    pub(in crate::ui) fn ahead(scenario: &Scenario) -> Self {
        let lines = UrlList::counted(&scenario.urls).lines;
        let mut stage = Self::waiting(scenario, lines, false, None);
        if *scenario != Scenario::default() {
            return stage;
        }
        let runs = read(FIRST_PICTURE).unwrap_or_default();
        for (lane, run) in stage.lanes.iter_mut().zip(runs) {
            lane.rows.advance(&run.trace);
            lane.verdict = Some(run.verdict);
        }
        stage.is_simulated = true;
        stage.fit_axis();
        stage
    }
}
