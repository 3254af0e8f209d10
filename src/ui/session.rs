//! A session: from Run to the last byte, or to Stop. Starts the runs one after the other or as a race, and folds their
//! traces once an animation frame.

use std::cell::Cell;
use std::time::Duration;

use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::{AbortHandle, Abortable, join, select};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::crawling::source;
use super::forecast::Before;
use super::headline::{SIMULATING, progress, verdict};
use super::hindsight::{connections, were_stalled};
use super::playground::{Playground, TICK_MS};
use super::room::keep_room;
use super::stage::{Stage, simulated_ports};
use crate::browser::clock::{BrowserClock, now_ms};
use crate::browser::compute::NO_PARSER;
use crate::browser::{self, alarm, link};
use crate::engine::ports::{Ports, Sleep};
use crate::engine::probes::Probes;
use crate::engine::run::Run;
use crate::engine::source::Source;
use crate::scenario::{Network, Scenario};
use crate::sim::Sim;
use crate::sim::replay::Replay;
use crate::timeline::window::Window;
use network::ports_for;

mod network;

/// How long a simulation works before others get their say, and after how many steps it looks at the clock.
const SLICE_MS: f64 = 8.0;
const STEPS: u32 = 8;
/// After so many slices, which is every few seconds, a screen reader is told how far it is.
const SLICES_TOLD: u32 = 256;

/// So many latencies of a run can stand in a link.
const MOST_LATENCIES: usize = 1_000;

/// How long a frame is waited for.
const PATIENCE: Duration = Duration::from_millis(100);

/// Starts a session, unless one goes on or there is nothing to run.
pub(super) fn start(playground: Playground) {
    let is_refused = playground.refusal.with_untracked(Option::is_some);
    if playground.is_running.get_untracked() || is_refused || playground.asks_first() {
        return;
    }
    let list = playground.list.get_untracked();
    let scenario = playground.scenario.get_untracked();
    let page = link::page();
    let is_simulation = scenario.network == Network::Simulation;
    let preview = (!is_simulation).then(|| playground.simulate()).flatten();
    let crawling = playground.crawling_for(&scenario);
    let mut stage =
        Stage::new(&scenario, &list.targets, &page, crawling).with_axis_of(preview.as_ref());
    if !is_simulation {
        let before = playground.read(|before| Before::of(before, &scenario));
        let before = before.unwrap_or_default();
        for lane in &mut stage.lanes {
            lane.predicted = before.expected(lane.strategy, &scenario).or(lane.predicted);
        }
    }
    keep_room();
    playground.show(stage);
    playground.window.set(Window::WHOLE);
    playground.selected.set(None);
    playground.is_running.set(true);
    let said = if is_simulation {
        SIMULATING
    } else {
        "Run started."
    };
    playground.status.set(said.into());
    playground.changed();
    let session = playground.next_session();
    animate(playground, session, 0.0, false);

    // Each run has a number of its own, also the one that it is compared with: a server that remembers the first would be
    // another one to the second.
    let (first, made_from) = (run_number(), scenario.clone());
    let source = move |place: u64| {
        source(
            crawling,
            &made_from,
            list.targets.clone(),
            &page,
            first + place,
        )
    };
    let (stop, stopped) = AbortHandle::new_pair();
    playground.stop.set_value(Some(stop));
    spawn_local(async move {
        let all = async {
            if is_simulation {
                simulate_all(playground, scenario, source).await;
            } else {
                run_all(playground, scenario, source).await;
            }
        };
        // Dropped by the abort, the runs record their own ends.
        let _ = Abortable::new(all, stopped).await;
        finish(playground);
    });
}

async fn run_all(playground: Playground, scenario: Scenario, source: impl Fn(u64) -> Source) {
    let ports = ports_for(playground, &scenario).await;
    playground.unsay(NO_PARSER);
    if let Some(work) = scenario.limits().work
        && let Err(why) = ports.compute.prepare(work).await
    {
        playground.notice.set(Some(why.into()));
        return;
    }
    if playground.read(|stage| stage.carried) == Some(0) {
        // What the browser keeps of the requests of runs before; pinned ones are still asked about.
        browser::resource_timing::begin();
    }
    let lanes = playground.read(Stage::own_lanes).unwrap_or_default();
    let begun = if scenario.races() && lanes.len() == 2 {
        painted().await;
        let slow = enter(playground, lanes.start, &scenario, ports.clone());
        let fast = enter(playground, lanes.start + 1, &scenario, ports);
        join(go(&slow, source(0)), go(&fast, source(1))).await;
        vec![slow, fast]
    } else {
        let mut begun = Vec::new();
        for (lane, place) in lanes.zip(0..) {
            painted().await;
            // With the settings of this moment: they may have been changed during the run before.
            let settings = playground.in_force();
            predict(playground, lane, &scenario, &settings);
            let entered = enter(playground, lane, &settings, ports.clone());
            go(&entered, source(place)).await;
            begun.push(entered);
        }
        begun
    };
    // The browser's own record of the last requests comes a moment after their answers.
    painted().await;
    playground.stage.try_update_value(|stage| {
        for lane in stage.iter_mut().flat_map(|stage| &mut stage.lanes) {
            let told = lane.run.as_ref().and_then(Run::stalled);
            lane.stalled = told.or(lane.stalled);
        }
    });
    // Once for each origin, whichever run it failed in, and only when nothing is being measured any more.
    let probes = Probes::default();
    for (run, _) in begun.into_iter().flatten() {
        run.probe_failed(&probes).await;
    }
}

/// Waits until the page has drawn what has just changed: all of it, which takes longer than a frame has, and would make
/// the first moments of a run late. A hidden page draws nothing, and is not waited for.
async fn painted() {
    let (sender, drawn) = oneshot::channel::<()>();
    request_animation_frame(move || drop(sender));
    select(drawn, BrowserClock.sleep(PATIENCE)).await;
    alarm::turn().await;
}

/// Runs the simulated network in slices, so that the page stays at hand: it draws what there is, and Stop works.
async fn simulate_all(playground: Playground, scenario: Scenario, source: impl Fn(u64) -> Source) {
    let lanes = playground.read(Stage::own_lanes).unwrap_or_default();
    let (mut steps, mut slices) = (0_u32, 0_u32);
    let start_ms = &Cell::new(now_ms());
    let mut rest = || {
        steps = steps.wrapping_add(1);
        if !steps.is_multiple_of(STEPS) || now_ms() - start_ms.get() < SLICE_MS {
            return None;
        }
        slices += 1;
        if slices.is_multiple_of(SLICES_TOLD) {
            playground.status.set(progress(playground));
        }
        Some(alarm::turn().inspect(|()| start_ms.set(now_ms())))
    };
    for lane in lanes {
        let sim = Sim::new();
        let Some(ports) = simulated_ports(&sim, &scenario) else {
            return;
        };
        if let Some((run, strategy)) = enter(playground, lane, &scenario, ports) {
            // A run in which nothing can happen any more is drawn as far as it went.
            let go = run.go(strategy, source(0));
            let _ = sim.run_with_rests(go, &mut rest).await;
        }
    }
    // The picture is there at once, and the end is told after the beginning was: who only listens would miss both.
    playground
        .stage
        .update_value(|stage| stage.iter_mut().for_each(Stage::conclude));
    playground.changed();
    alarm::turn().await;
}

/// Where nothing was known in advance, or what was is of settings that were changed since, the runs of this session that
/// are over tell of the next.
fn predict(playground: Playground, lane: usize, foreseen: &Scenario, scenario: &Scenario) {
    playground.stage.update_value(|stage| {
        let Some(stage) = stage else { return };
        stage.advance();
        let before = Before::of(stage, scenario);
        let Some(lane) = stage.lanes.get_mut(lane) else {
            return;
        };
        let strategy = lane.strategy;
        let is_as_foreseen = foreseen.limits_for(strategy) == scenario.limits_for(strategy);
        if !is_as_foreseen || lane.predicted.is_none() {
            lane.predicted = before.expected(strategy, scenario);
        }
    });
}

type Entered = Option<(Run, crate::engine::strategy::Strategy)>;

/// Puts a new run into its lane.
fn enter(playground: Playground, lane: usize, scenario: &Scenario, ports: Ports) -> Entered {
    playground.stage.try_update_value(|stage| {
        let lane = stage.as_mut()?.lanes.get_mut(lane)?;
        let limits = scenario.limits_of_run(lane.strategy, run_number());
        let run = Run::new(ports.for_run(), limits);
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

/// Folds and draws, frame by frame, while the session goes on. The frame after a tick renews what follows a late one.
fn animate(playground: Playground, session: u32, ticked_ms: f64, is_late_due: bool) {
    request_animation_frame(move || {
        // A run that was stopped and begun anew within a frame has a loop of its own.
        if !playground.is_running.get_untracked() || playground.session.get_value() != session {
            return;
        }
        playground
            .stage
            .update_value(|stage| stage.iter_mut().for_each(Stage::advance));
        let now = now_ms();
        // Where frames take longer than that, every other one is late.
        let is_due = now - ticked_ms >= TICK_MS && !is_late_due;
        // To draw a simulation takes the time that it could go on in; and what is measured would be late by what is drawn, so
        // a frame that renews the tables leaves the picture as it is.
        if playground.read(|stage| stage.is_simulated) == Some(true) {
            if is_due {
                playground.changed();
            }
        } else {
            let next = match (is_due, is_late_due) {
                (true, _) => playground.tick,
                (_, true) => playground.late_tick,
                _ => playground.frame,
            };
            next.update(|count| *count = count.wrapping_add(1));
        }
        let ticked_ms = if is_due { now } else { ticked_ms };
        animate(playground, session, ticked_ms, is_due);
    });
}

fn finish(playground: Playground) {
    playground.stage.update_value(|stage| {
        if let Some(stage) = stage {
            stage.conclude();
            let now = playground.in_force();
            if !stage.is_simulated && stage.has_followed(&now) {
                stage.scenario = now;
            }
            // A run that was never begun leaves no lane behind, unless there was none at all.
            if stage.has_run() {
                stage.lanes.retain(|lane| lane.run.is_some());
            }
        }
    });
    remember_latencies(playground);
    playground.is_running.set(false);
    playground.take_question_back();
    let said = verdict(playground).unwrap_or_else(|| "Run stopped.".into());
    playground.status.set(match playground.crawl_told() {
        Some(told) => format!("{said} {told}"),
        None => said,
    });
    playground.has_ended();
    playground
        .finished
        .update(|finished| *finished = finished.wrapping_add(1));
}

/// Keeps what the last run's requests took, if they were measured, for a simulation to follow.
fn remember_latencies(playground: Playground) {
    let measured = playground.read(|stage| {
        let lane = stage.lanes.last().filter(|_| stage.is_measured())?;
        let run = lane.run.as_ref()?;
        let is_stalled = were_stalled(lane, connections(stage));
        let stalls = if is_stalled { run.stalls() } else { Vec::new() };
        let law = Replay::law(&run.trace(), &stalls, MOST_LATENCIES)?;
        let tasks = lane.rows.rows().len().try_into().ok()?;
        Some((law.to_string(), tasks))
    });
    if let Some(measured) = measured.flatten() {
        playground.measured.set(Some(measured));
    }
}

/// A number that no run had before, also of visits before this one: the Lab's worker may remember those.
fn run_number() -> u64 {
    js_sys::Date::now() as u64
}
