//! The sweep “What if?”: the times and the peak over the range of a setting, worked out from the run on show.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::dynamic::{each, effect, flag, part, text};
use super::hindsight;
use super::playground::Playground;
use super::stage::Stage;
use super::state::{Derived, State};
use super::summary::KNOWN_LATER;
use crate::browser::alarm;
use crate::browser::clock::now_ms;
use crate::engine::limits::Limits;
use crate::engine::strategy::Strategy;
use crate::report::what_if::what_if_by;
use crate::scenario::Network;
use crate::sim::lifted::SELF_PACED;
use crate::sim::sweep::{Axis, Curve, Sweep};
use crate::sim::world::World;
use drawing::drawing;

mod drawing;

/// How long a sweep works before others get their say.
const SLICE_MS: f64 = 8.0;

const SLOWED_DOWN: &str = "Not known: the server asked to slow down (429 or 503) at the pace that this run had, and would answer \
                           otherwise at another.";
const ITS_OWN_PACE: &str = "Not known: it set its own pace by what the server bore, and what that would bear of another was not seen.";

/// What a sweep is made of: when one of these changes it is made anew.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Question {
    /// Of which picture.
    ended: u32,
    strategy: Strategy,
    limits: Limits,
    axis: Axis,
}

/// The curve, and its finding in words.
#[component]
pub(super) fn WhatIf() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let axis = State::new(Axis::Concurrency);
    let curve = State::new(None::<Curve>);
    let asked = StoredValue::new(0_u32);
    // The tasks of the picture on show, which stay the same while a slider moves.
    let known = StoredValue::new_local(None::<(u32, Result<World, &'static str>)>);
    // Why there is no curve.
    let reason = State::new("");
    let question = Derived::new(move || {
        let (axis, ended) = (axis.get(), playground.ended.get());
        // What was known of the run before says nothing of one that goes on.
        if playground.is_running.get() {
            return None;
        }
        let strategy = playground.read(|stage| Some(stage.lanes.last()?.strategy));
        let strategy = strategy.flatten()?;
        // Of the run on show, whatever strategy is chosen for the next.
        let limits = playground
            .scenario
            .with(|scenario| scenario.limits_for(strategy));
        let connections = playground.read(hindsight::connections).flatten();
        let limits = limits.within(connections);
        Some(Question {
            ended,
            strategy,
            limits,
            axis,
        })
    });
    effect(move || {
        asked.update_value(|asked| *asked = asked.wrapping_add(1));
        let mine = asked.get_value();
        let question = question.get();
        let world = question.and_then(|question| {
            let kept = known.try_update_value(Option::take).flatten();
            let kept = kept.filter(|(ended, _)| *ended == question.ended);
            let kept = kept.or_else(|| Some((question.ended, playground.read(world)?)));
            known.set_value(kept.clone());
            Some(kept?.1)
        });
        let (question, world) = match (question, world) {
            (Some(question), Some(Ok(world))) => (question, world),
            (_, world) => {
                reason.set(world.and_then(Result::err).unwrap_or_default());
                return curve.set(None);
            }
        };
        reason.set("");
        spawn_local(async move {
            let Question {
                strategy,
                limits,
                axis,
                ..
            } = question;
            let mut sweep = Sweep::new(&world, strategy, limits, axis);
            let mut points = Vec::with_capacity(sweep.len());
            loop {
                let start_ms = now_ms();
                while now_ms() - start_ms < SLICE_MS {
                    match sweep.next() {
                        Some(point) => points.push(point),
                        None => return curve.set(Some(Curve::of(axis, &limits, points))),
                    }
                }
                alarm::turn().await;
                // Somebody asked for another one meanwhile.
                if asked.try_get_value() != Some(mine) {
                    return;
                }
            }
        });
    });
    let words = move || match playground.is_running.get() {
        true => KNOWN_LATER.into(),
        false => curve.with(|curve| match curve {
            Some(curve) => {
                let strategy = playground.read(|stage| Some(stage.lanes.last()?.strategy));
                let found = strategy
                    .flatten()
                    .map(|strategy| what_if_by(curve, strategy));
                playground.of_the_whole().to_owned() + &found.unwrap_or_default()
            }
            None => reason.get().into(),
        }),
    };
    let choice = move |(choice, name): (Axis, &'static str)| {
        view! {
            <label>
                <input
                    type="radio"
                    name="what-if"
                    prop:checked=flag(move || axis.get() == choice)
                    on:change=move |_| axis.set(choice)
                />
                <span>{name}</span>
            </label>
        }
    };
    view! {
        <section class="what-if" aria-labelledby="what-if-name">
            <h2 id="what-if-name">"What if?"</h2>
            <fieldset class="seg">
                <legend class="visually-hidden">"Setting swept"</legend>
                {each([(Axis::Concurrency, "concurrency"), (Axis::DelayMs, "delay")], choice)}
            </fieldset>
            <div class="plot">{part(move || each(curve.get(), |curve| drawing(&curve)))}</div>
            <p class="hint">{text(words)}</p>
        </section>
    }
}

/// The tasks of the last run, with the latencies that they had; or why they tell nothing of other settings.
fn world(stage: &Stage) -> Result<World, &'static str> {
    if let Some(reason) = hindsight::why_unknown(stage) {
        return Err(reason);
    }
    let strategy = stage.lanes.last().map(|lane| lane.strategy);
    let is_simulation = stage.scenario.network == Network::Simulation;
    if !is_simulation && strategy.is_some_and(|strategy| SELF_PACED.contains(&strategy)) {
        return Err(ITS_OWN_PACE);
    }
    let replay = hindsight::replay(stage).ok_or(hindsight::STOPPED)?;
    // Chance has nothing to do with the pace.
    if !is_simulation && replay.was_slowed_down() {
        return Err(SLOWED_DOWN);
    }
    Ok(World::replayed(replay))
}
