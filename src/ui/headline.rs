//! The finding, in a sentence; under it what bounds it.

use leptos::prelude::*;

use super::dynamic::text;
use super::playground::Playground;
use super::stage::Lane;
use crate::engine::moment::Moment;
use crate::engine::strategy::Strategy;
use crate::engine::trace::Ending;
use crate::report::headline::{Compared, Subject, bound_sentence, headline};
use crate::report::units::{grouped, span};
use crate::scenario::Network;

/// Said while a simulation begins.
pub(super) const SIMULATING: &str = "Simulating.";

/// The page's headline.
#[component]
pub(super) fn Headline() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let title = move || {
        playground.tick.track();
        let is_running = playground.is_running.get();
        title_of(playground, is_running)
    };
    let detail = move || {
        playground.tick.track();
        let is_running = playground.is_running.get();
        detail_of(playground, is_running)
    };
    view! {
        <div class="headline">
            <div class="told">
                <h1>{text(title)}</h1>
                <p class="sub">{text(detail)}</p>
            </div>
            <p class="notice" role="alert">{text(move || playground.notice.get().unwrap_or_default())}</p>
        </div>
    }
}

fn title_of(playground: Playground, is_running: bool) -> String {
    if is_running {
        return progress(playground);
    }
    if let Some((title, _)) = replayed(playground) {
        return title;
    }
    verdict(playground)
        .unwrap_or_else(|| "How much faster is it to ask for several pages at once?".into())
}

/// What is said in a replay.
fn replayed(playground: Playground) -> Option<(String, String)> {
    let running = playground.running.get_untracked().table()?;
    playground.read(running.replayed).flatten()
}

fn detail_of(playground: Playground, is_running: bool) -> String {
    if let Some((_, detail)) = replayed(playground) {
        return detail;
    }
    if !is_running && playground.is_stale() {
        let foreseen = playground.read(|stage| Some(stage.foreseen()?.told.clone()));
        return match foreseen.flatten() {
            Some(told) => told + " Press Run to measure it.",
            None => "The settings are others now: press Run to measure with them.".into(),
        };
    }
    if is_running && playground.read(|stage| stage.is_simulated) == Some(true) {
        return "All of it in virtual time: it takes what working it out takes.".into();
    }
    if is_running && playground.read(|stage| stage.lanes.iter().any(Lane::is_paused)) == Some(true)
    {
        return "Paused: what is in flight ends, and nothing new is sent until you press Resume."
            .into();
    }
    if is_running {
        return "Each bar is a request, drawn as it happens. Move a slider and see what changes."
            .into();
    }
    let of_stage = playground.read(|stage| {
        let verdict = stage.lanes.last()?.verdict.as_ref()?;
        let bound = bound_sentence(&verdict.figures, verdict.why.bound);
        Some(match (stage.is_simulated, stage.scenario.network) {
            (true, Network::Simulation) => format!("{bound} All of it in virtual time."),
            (true, _) => format!("{bound} Simulated: press Run to do it for real."),
            (false, _) => bound,
        })
    });
    of_stage.flatten().unwrap_or_else(|| {
        playground.scenario.with(|scenario| {
            let strategies = scenario.strategies().map(Strategy::name);
            let runs: Vec<&str> = strategies.collect();
            format!(
                "Press Run to find out: it goes by “{}”.",
                runs.join("”, then by “")
            )
        })
    })
}

pub(super) fn progress(playground: Playground) -> String {
    let of_stage = playground.read(|stage| {
        let lane = stage
            .lanes
            .iter()
            .find(|lane| lane.run.is_some() && lane.rows.finished().is_none())?;
        let (ended, all) = (grouped(lane.rows.ended()), grouped(lane.rows.rows().len()));
        Some(format!(
            "{}: {ended} of {all} ended after {}.",
            lane.name(),
            span(lane.now() - Moment::ZERO)
        ))
    });
    of_stage
        .flatten()
        .unwrap_or_else(|| waiting_for(playground).into())
}

/// What a session without a run that goes on is waiting for.
fn waiting_for(playground: Playground) -> &'static str {
    let has_begun = playground
        .read(|stage| stage.lanes.iter().any(|lane| lane.run.is_some()))
        .unwrap_or(false);
    if playground.read(|stage| stage.is_simulated) == Some(true) {
        SIMULATING
    } else if has_begun {
        "Asking once more why requests failed."
    } else {
        "Starting."
    }
}

/// The headline of what is on the stage, if it is over.
pub(super) fn verdict(playground: Playground) -> Option<String> {
    playground.read(|stage| {
        let lane = stage.lanes.last()?;
        let limits = lane.limits();
        let subject = Subject {
            strategy: lane.strategy,
            limits: &limits,
            figures: &lane.verdict.as_ref()?.figures,
            was_stopped: lane.rows.finished().is_some_and(Ending::is_early),
        };
        let other = stage.compared();
        let pinned_as = other.filter(|lane| lane.pin.is_some()).map(Lane::name);
        let compared = other.and_then(|lane| {
            Some(Compared {
                strategy: lane.strategy,
                pinned_as: pinned_as.as_deref(),
                figures: &lane.verdict.as_ref()?.figures,
            })
        });
        Some(headline(subject, compared))
    })?
}
