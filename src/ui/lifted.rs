//! What lifting each bound of the last run would bring, as a table.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::dynamic::{each, effect, flag, part, text};
use super::hindsight::{self, connections, limits, replay};
use super::playground::Playground;
use super::stage::Stage;
use super::state::{Derived, State};
use super::summary::KNOWN_LATER;
use crate::browser::alarm;
use crate::report::lifted::{Line, finding, name, table};
use crate::sim::lifted::{Bound, Lifted, Lifts};

const CHANGED: &str =
    "The settings changed on the way, so there is no one run that it could be held against.";
const NO_BOUNDS: &str = "It has no bound that could be lifted.";

/// What was found out of a run.
#[derive(Clone, PartialEq, Default)]
struct Found {
    was: Duration,
    /// As many as are known.
    lifted: Vec<Lifted>,
}

/// A line for each bound, and which of them is the one to lift.
#[component]
pub(super) fn LiftedBounds() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let found = State::new(Found::default());
    let asked = StoredValue::new(0_u32);
    effect(move || {
        playground.ended.track();
        asked.update_value(|asked| *asked = asked.wrapping_add(1));
        let mine = asked.get_value();
        let is_running = playground.is_running.get();
        let lifts = playground.read(lifts).flatten().filter(|_| !is_running);
        found.set(Found::default());
        let Some(mut lifts) = lifts else { return };
        spawn_local(async move {
            let mut new = Found::default();
            let mut as_it_was = None;
            loop {
                alarm::turn().await;
                // There is another run meanwhile, or no page any more.
                if asked.try_get_value() != Some(mine) {
                    return;
                }
                // Each of them may be a run of its own, so each has a turn of its own.
                match as_it_was {
                    None => as_it_was = Some(lifts.as_it_was()),
                    Some(was) => match lifts.next() {
                        Some(one) => new.lifted.push(one),
                        None => {
                            new.was = was.unwrap_or_default().total;
                            return found.set(new);
                        }
                    },
                }
            }
        });
    });
    let lines = Derived::new(move || {
        playground.ended.track();
        let Found { was, lifted } = found.get();
        match lifted.is_empty() {
            true => playground.read(unknown).unwrap_or_default(),
            false => table(was, &lifted),
        }
    });
    let words = move || {
        playground.ended.track();
        if playground.is_running.get() {
            return KNOWN_LATER.to_owned();
        }
        if let Some(reason) = playground.read(why_unknown).flatten() {
            return reason.to_owned();
        }
        found.with(|found| match found.lifted.is_empty() {
            true => String::new(),
            false => playground.of_the_whole().to_owned() + &finding(found.was, &found.lifted),
        })
    };
    view! {
        <section class="lifted" aria-labelledby="lifted-name" class:has-lines=flag(move || !lines.get().is_empty())>
            <h2 id="lifted-name">"If one bound were lifted"</h2>
            <table class="figures num" aria-labelledby="lifted-name">
                <thead>
                    <tr><td></td><th scope="col">"Total"</th><th scope="col">"Change"</th></tr>
                </thead>
                <tbody>
                    {part(move || each(lines.get(), |Line { name, total, change, is_best }| view! {
                        <tr class:best=is_best>
                            <th scope="row">{name}</th>
                            <td>{total}</td>
                            <td>{change}</td>
                        </tr>
                    }))}
                </tbody>
            </table>
            <p class="hint">{text(words)}</p>
        </section>
    }
}

/// The bounds of the last run, if it came to its end as it was set.
fn lifts(stage: &Stage) -> Option<Lifts> {
    if why_unknown(stage).is_some() {
        return None;
    }
    let lane = stage.lanes.last()?;
    let lifts = Lifts::new(replay(stage)?, lane.strategy, limits(stage, lane));
    Some(lifts.within(connections(stage)))
}

/// The lines of a run of which nothing is known yet: the same ones, so that nothing moves when it is.
fn unknown(stage: &Stage) -> Vec<Line> {
    let line = |bound| Line {
        name: name(&Lifted {
            bound,
            task: None,
            prediction: None,
        }),
        total: "–".into(),
        change: String::new(),
        is_best: false,
    };
    bounds(stage).into_iter().map(line).collect()
}

fn bounds(stage: &Stage) -> Vec<Bound> {
    let lane = stage.lanes.last().filter(|_| !stage.scenario.crawls());
    let tasks = stage.row_counts().last().copied().unwrap_or_default();
    lane.map_or_else(Vec::new, |lane| {
        Bound::of(
            lane.strategy,
            &limits(stage, lane),
            tasks,
            connections(stage),
        )
    })
}

/// Why nothing can be said of a run that is over.
fn why_unknown(stage: &Stage) -> Option<&'static str> {
    let reason = hindsight::why_unknown(stage);
    if reason.is_some_and(|reason| reason != hindsight::STOPPED) {
        return reason;
    }
    let lane = stage.lanes.last()?;
    if bounds(stage).is_empty() {
        return Some(NO_BOUNDS);
    }
    let is_changed = !lane.whole_rows().changes().is_empty();
    if is_changed { Some(CHANGED) } else { reason }
}
