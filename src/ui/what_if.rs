//! The sweep “What if?”: the times and the peak over the range of a setting, worked out from the run on show.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::dynamic::{each, flag, part, text};
use super::playground::Playground;
use super::stage::Stage;
use super::state::{Derived, State};
use super::summary::KNOWN_LATER;
use crate::browser::alarm;
use crate::browser::clock::now_ms;
use crate::engine::limits::Limits;
use crate::engine::run::MAX_TASKS;
use crate::engine::strategy::Strategy;
use crate::report::what_if::what_if;
use crate::sim::replay::Replay;
use crate::sim::sweep::{Axis, Curve, Sweep};
use crate::sim::world::World;
use drawing::drawing;

mod drawing;

/// How long a sweep works before others get their say.
const SLICE_MS: f64 = 8.0;
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
    let known = StoredValue::new_local(None::<(u32, World)>);
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
        Some(Question {
            ended,
            strategy,
            limits,
            axis,
        })
    });
    Effect::new(move |_| {
        asked.update_value(|asked| *asked = asked.wrapping_add(1));
        let mine = asked.get_value();
        let question = question.get();
        let world = question.and_then(|question| {
            let kept = known.try_update_value(Option::take).flatten();
            let kept = kept.filter(|(ended, _)| *ended == question.ended);
            let kept = kept.or_else(|| Some((question.ended, playground.read(world)??)));
            known.set_value(kept.clone());
            Some(kept?.1)
        });
        let (Some(question), Some(world)) = (question, world) else {
            return curve.set(None);
        };
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
    let is_crawl = move || {
        playground.ended.track();
        playground.read(|stage| stage.scenario.crawls()) == Some(true)
    };
    let words = move || match playground.is_running.get() {
        true => KNOWN_LATER.into(),
        false => curve.with(|curve| match curve {
            Some(curve) => playground.of_the_whole().to_owned() + &what_if(curve),
            None if is_crawl() => FOUND_ON_THE_WAY.into(),
            None => String::new(),
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

/// Said of a crawl: to replay its pages as if all had been known from the start would promise what none can keep.
pub(super) const FOUND_ON_THE_WAY: &str =
    "A crawl finds its pages as it goes, so its tasks can’t be tried anew in another order.";

/// The tasks of the last run, with the latencies that they had.
fn world(stage: &Stage) -> Option<World> {
    Some(World::replayed(replay(stage)?))
}

/// What the requests of the last run took. More tasks than a real run can have are not tried anew: a single setting would
/// hold up the page.
pub(super) fn replay(stage: &Stage) -> Option<Replay> {
    let lane = stage.lanes.last()?;
    let is_too_large = lane.rows.rows().len() > MAX_TASKS;
    if lane.verdict.is_none() || is_too_large || stage.scenario.crawls() {
        return None;
    }
    let trace = lane.run.as_ref()?.trace();
    Some(Replay::of(&trace))
}
