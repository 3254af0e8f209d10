//! The picture of the settings after a run was measured: what the same requests would make of them.

use leptos::prelude::*;

use super::forecast::Before;
use super::playground::Playground;
use super::stage::{Foreseen, Stage};
use crate::report::prediction::Basis;
use crate::scenario::Scenario;

/// Draws below the measured runs what the run of these settings would be like; nothing where that is not known. Where it was
/// measured so, nothing new is drawn, and what is there stays: it is not to come and go while a slider is dragged.
pub(super) fn foresee(playground: Playground) {
    let scenario = playground.scenario.get_untracked();
    let foreseen = playground
        .read(|stage| stage.foreseen().is_some() || !is_measured(stage, &scenario))
        .filter(|is_wanted| *is_wanted && playground.refusal.with_untracked(Option::is_none))
        .and_then(|_| {
            by_what_was_measured(playground, &scenario).or_else(|| by_delays(playground))
        });
    let told = foreseen.as_ref().map(|foreseen| foreseen.told.clone());
    let had = playground
        .stage
        .try_update_value(|stage| stage.as_mut()?.foresee(foreseen));
    let had = had.flatten().is_some();
    if !had && told.is_none() {
        return;
    }
    playground.changed();
    if !had {
        // Once the picture has grown by it.
        request_animation_frame(scroll_there);
    }
    if let Some(told) = told {
        playground.status.set(told);
    }
}

fn by_what_was_measured(playground: Playground, scenario: &Scenario) -> Option<Foreseen> {
    let before = playground.read(|stage| Before::of(stage, scenario))?;
    let run = before.run(scenario.strategy, scenario)?;
    Some(Foreseen::new(scenario.strategy, run, Basis::Before))
}

/// In the Lab, where the runs on show don't tell.
fn by_delays(playground: Playground) -> Option<Foreseen> {
    let mut simulated = playground.simulate()?;
    let lane = simulated.lanes.pop()?;
    Some(Foreseen::new(lane.strategy, lane.run?, Basis::Delays))
}

/// Whether the last run on `stage` was made as `scenario` says.
fn is_measured(stage: &Stage, scenario: &Scenario) -> bool {
    let last = stage.lanes.last().map(|lane| lane.strategy);
    last == Some(scenario.strategy) && stage.has_followed(scenario)
}

/// It is the last of the picture, which may be higher than its view.
fn scroll_there() {
    let view = document().query_selector(".chart .viewport").ok().flatten();
    if let Some(view) = view {
        view.set_scroll_top(view.scroll_height());
    }
}
