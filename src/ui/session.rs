//! A session: from Run to the last byte, or to Stop. Starts the runs one after the other or as a race, and folds their
//! traces once an animation frame.

use std::time::Duration;

use futures::future::{AbortHandle, Abortable, join};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::lab_host::{LabHost, lab_host};
use super::playground::Playground;
use super::stage::Stage;
use crate::browser::clock::now_ms;
use crate::browser::{self, link};
use crate::engine::ports::Ports;
use crate::engine::probes::Probes;
use crate::engine::run::Run;
use crate::engine::source::{Source, Target};
use crate::engine::trace::Ending;
use crate::report::headline::{Subject, headline};
use crate::scenario::{Network, Scenario};

/// How often what is read, and not watched, is renewed.
const TICK_MS: f64 = 200.0;

/// Starts a session, unless one goes on or there is nothing to run.
pub(super) fn start(playground: Playground) {
    let list = playground.list.get_untracked();
    if playground.is_running.get_untracked() || list.refusal().is_some() {
        return;
    }
    let scenario = playground.scenario.get_untracked();
    let page = link::page();
    if scenario.network == Network::Simulation {
        return simulate(playground, scenario, list.targets);
    }
    let preview = playground.simulate();
    let stage = Stage::new(&scenario, &list.targets, &page).with_axis_of(preview.as_ref());
    playground.stage.set_value(Some(stage));
    playground.is_running.set(true);
    playground.status.set("Run started.".into());
    playground.changed();
    let session = playground.next_session();
    animate(playground, session, 0.0);

    let source = scenario.source(list.targets, &page, run_number());
    let (stop, stopped) = AbortHandle::new_pair();
    playground.stop.set_value(Some(stop));
    spawn_local(async move {
        // Dropped by the abort, the runs record their own ends.
        let _ = Abortable::new(run_all(playground, scenario, source), stopped).await;
        finish(playground);
    });
}

async fn run_all(playground: Playground, scenario: Scenario, source: Source) {
    let ports = ports_for(playground, &scenario).await;
    let lanes = playground.read(|stage| stage.lanes.len()).unwrap_or(0);
    let begun = if scenario.races() && lanes == 2 {
        let slow = enter(playground, 0, ports.clone());
        let fast = enter(playground, 1, ports);
        join(go(&slow, source.clone()), go(&fast, source)).await;
        vec![slow, fast]
    } else {
        let mut begun = Vec::new();
        for lane in 0..lanes {
            let entered = enter(playground, lane, ports.clone());
            go(&entered, source.clone()).await;
            begun.push(entered);
        }
        begun
    };
    // Once for each origin, whichever run it failed in, and only when nothing is being measured any more.
    let probes = Probes::default();
    for (run, _) in begun.into_iter().flatten() {
        run.probe_failed(&probes).await;
    }
}

type Entered = Option<(Run, crate::engine::strategy::Strategy)>;

/// Puts a new run into its lane, with the settings of this moment.
fn enter(playground: Playground, lane: usize, ports: Ports) -> Entered {
    playground.stage.try_update_value(|stage| {
        let lane = stage.as_mut()?.lanes.get_mut(lane)?;
        let limits = playground
            .scenario
            .with_untracked(|scenario| scenario.limits_for(lane.strategy));
        let run = Run::new(ports, limits);
        if browser::is_hidden() {
            run.set_hidden(true);
        }
        lane.run = Some(run.clone());
        Some((run, lane.strategy))
    })?
}

async fn go(entered: &Entered, source: Source) {
    if let Some((run, strategy)) = entered {
        run.go(*strategy, source).await;
    }
}

/// The ports for the scenario's network; for the Lab, once it is known what answers it.
async fn ports_for(playground: Playground, scenario: &Scenario) -> Ports {
    if scenario.network == Network::Live || scenario.lab_at.is_some() {
        return browser::ports();
    }
    match lab_host(playground).await {
        LabHost::InPage(_) => browser::ports_in_page(),
        _ => browser::ports(),
    }
}

/// Folds and draws, frame by frame, while the session goes on.
fn animate(playground: Playground, session: u32, ticked_ms: f64) {
    request_animation_frame(move || {
        // A run that was stopped and begun anew within a frame has a loop of its own.
        if !playground.is_running.get_untracked() || playground.session.get_value() != session {
            return;
        }
        playground
            .stage
            .update_value(|stage| stage.iter_mut().for_each(Stage::advance));
        playground
            .frame
            .update(|frame| *frame = frame.wrapping_add(1));
        let now = now_ms();
        let is_due = now - ticked_ms >= TICK_MS;
        if is_due {
            playground.tick.update(|tick| *tick = tick.wrapping_add(1));
        }
        animate(playground, session, if is_due { now } else { ticked_ms });
    });
}

fn finish(playground: Playground) {
    playground.stage.update_value(|stage| {
        if let Some(stage) = stage {
            stage.conclude();
            // What was changed on the way was measured too.
            stage.scenario = playground.scenario.get_untracked();
            // A run that was never begun leaves no lane behind, unless there was none at all.
            if stage.is_measured() {
                stage.lanes.retain(|lane| lane.run.is_some());
            }
        }
    });
    playground.is_running.set(false);
    playground
        .status
        .set(verdict(playground).unwrap_or_else(|| "Run stopped.".into()));
    playground.changed();
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
        let compared = stage.compared().and_then(|lane| {
            let verdict = lane.verdict.as_ref()?;
            Some((lane.strategy, &verdict.figures))
        });
        Some(headline(subject, compared))
    })?
}

/// Runs the simulated network, all of it, after a frame in which the page says so.
fn simulate(playground: Playground, scenario: Scenario, targets: Vec<Target>) {
    playground.is_running.set(true);
    playground.status.set("Simulating.".into());
    request_animation_frame(move || {
        set_timeout(
            move || {
                // A million tasks are more than a gigabyte: the picture before them makes room.
                playground.stage.set_value(None);
                let stage = Stage::in_virtual_time(&scenario, targets, &link::page());
                let said = if stage.is_some() {
                    playground.stage.set_value(stage);
                    verdict(playground).unwrap_or_default()
                } else {
                    playground.preview();
                    "The latencies’ law makes no sense, so nothing was simulated.".into()
                };
                playground.is_running.set(false);
                playground.status.set(said);
                playground.changed();
            },
            Duration::ZERO,
        );
    });
}

/// A number that no run had before, also of visits before this one: the Lab's worker may remember those.
fn run_number() -> u64 {
    js_sys::Date::now() as u64
}
