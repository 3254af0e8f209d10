//! The picture of the settings after a run was measured with others: what the same requests would make of them.

use leptos::prelude::*;

use super::forecast::Before;
use super::playground::Playground;
use super::stage::Stage;
use crate::scenario::Scenario;

/// Draws below the measured runs what the run of these settings would be like; nothing where it was measured so, or where the
/// runs on show don't tell.
pub(super) fn foresee(playground: Playground) {
    let scenario = playground.scenario.get_untracked();
    playground.stage.update_value(|stage| {
        if let Some(stage) = stage {
            let run = (!is_measured(stage, &scenario))
                .then(|| Before::of(stage, &scenario).run(scenario.strategy, &scenario));
            stage.foresee(scenario.strategy, run.flatten());
        }
    });
    playground.changed();
}

/// Whether the last run on `stage` was made as `scenario` says.
fn is_measured(stage: &Stage, scenario: &Scenario) -> bool {
    let last = stage.lanes.last().map(|lane| lane.strategy);
    last == Some(scenario.strategy) && stage.has_followed(scenario)
}
