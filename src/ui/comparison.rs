//! The region `Comparison`: the last run held against the one that is pinned, task by task; in a replay at its moment.

use std::sync::Arc;
use std::time::Duration;

use leptos::html;
use leptos::prelude::*;

use super::dynamic::{each, flag, part, text};
use super::playground::Playground;
use super::replay::told;
use super::scrolled::{Scrolled, scrolled};
use super::stage::{Lane, Stage};
use super::state::Derived;
use crate::engine::moment::Moment;
use crate::report::compared::{Pair, Times, pairs};
use crate::report::difference::change;
use crate::report::units::{ms, span};

/// What is compared.
#[derive(Clone, PartialEq, Default)]
struct Shown {
    /// Both runs' totals in a sentence.
    total: String,
    before: String,
    now: String,
    pairs: Arc<Vec<Pair>>,
    targets: Arc<Vec<String>>,
}

/// The last run beside the first one that is pinned; nothing where none is.
#[component]
pub(super) fn Comparison() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let shown = Derived::new(move || {
        playground.ended.track();
        match playground.is_running.get() {
            true => None,
            false => playground.read(shown).flatten(),
        }
    });
    let is_empty = move || shown.with(Option::is_none);
    view! {
        <section class="tasks comparison" class:none=flag(is_empty) aria-labelledby="comparison-name">
            <div class="heading"><h2 id="comparison-name">"Comparison"</h2></div>
            {part(move || each(shown.get(), |shown| table(playground, shown)))}
        </section>
    }
}

fn table(playground: Playground, shown: Shown) -> AnyView {
    let Shown {
        total,
        before,
        now,
        pairs,
        targets,
    } = shown;
    let count = pairs.len();
    // The letter that the pinned run goes by.
    let letter: String = before.chars().take(1).collect();
    let head = view! {
        <th scope="col">"#"</th>
        <th scope="col" class="text">"Target"</th>
        <th scope="col">{format!("Done, {letter}")}</th>
        <th scope="col">"Done"</th>
        <th scope="col">"Change"</th>
        <th scope="col">{format!("In flight, {letter}")}</th>
        <th scope="col">"In flight"</th>
        <th scope="col">"Change"</th>
    };
    let row = move |index: usize| {
        let pair = pairs.get(index).copied();
        let target = targets.get(index).cloned().unwrap_or_default();
        let row = move || {
            playground.tick.track();
            let pair = pair.map(|pair| {
                let then = playground.read(|stage| at_cursor(stage, pair));
                then.flatten().unwrap_or(pair)
            });
            each(pair, |pair| row(index, pair, target.clone()))
        };
        view! { {part(row)} }.into_any()
    };
    let total = move || {
        playground.tick.track();
        match playground.read(told).flatten() {
            Some((moment, _)) => format!("{moment}. Each task as it was then."),
            None => total.clone(),
        }
    };
    let table = scrolled(Scrolled {
        name: "Comparison, task by task",
        frame: NodeRef::<html::Div>::new(),
        count: Derived::new(move || count),
        is_dense: true,
        least_width: text(|| "640px"),
        head: head.into_any(),
        row: Arc::new(row),
    });
    view! {
        <p>{text(total)}</p>
        <p class="hint">{format!("All times in ms. Each task of “{now}” stands beside the one of “{before}” that has the same target.")}</p>
        {table}
    }
    .into_any()
}

fn row(index: usize, pair: Pair, target: String) -> AnyView {
    let number = |moment: Option<Moment>| moment.map_or_else(|| "–".into(), |at| ms(at.as_us()));
    let before = pair.before.map(|(_, times)| times);
    let done = |times: Times| times.done;
    let in_flight = |times: Times| Some(Moment::ZERO + times.in_flight);
    // Of what goes on nobody can say by how much it is less.
    let ended = before.filter(|before| before.done.and(pair.now.done).is_some());
    let changed = |of: fn(Times) -> Option<Moment>| {
        let both = ended.and_then(|before| of(before).zip(of(pair.now)));
        both.map_or_else(String::new, |(before, now)| {
            change(before - Moment::ZERO, now - Moment::ZERO)
        })
    };
    view! {
        <tr aria-rowindex=(index + 2).to_string()>
            <td>{(index + 1).to_string()}</td>
            <td class="text">{target}</td>
            <td>{number(before.and_then(done))}</td>
            <td>{number(done(pair.now))}</td>
            <td>{changed(done)}</td>
            <td>{number(before.and_then(in_flight))}</td>
            <td>{number(in_flight(pair.now))}</td>
            <td>{changed(in_flight)}</td>
        </tr>
    }
    .into_any()
}

/// The first run that came from an earlier stage, beside the last.
fn shown(stage: &Stage) -> Option<Shown> {
    let before = stage.lanes.first().filter(|_| stage.carried > 0)?;
    let now = stage.lanes.last()?;
    let (was, is) = (total(before)?, total(now)?);
    let (old, new) = (before.run.as_ref()?.trace(), now.run.as_ref()?.trace());
    let targets = now.rows.rows().iter();
    let targets = targets.map(|row| new.read(row.target).to_owned());
    Some(Shown {
        total: format!(
            "“{}” took {}, “{}” {}: {}.",
            now.name(),
            span(is),
            before.name(),
            span(was),
            change(was, is)
        ),
        before: before.name(),
        now: now.name(),
        pairs: Arc::new(pairs((&before.rows, &old), (&now.rows, &new))),
        targets: Arc::new(targets.collect()),
    })
}

/// A pair at the moment that a replay shows.
fn at_cursor(stage: &Stage, pair: Pair) -> Option<Pair> {
    let (before, now) = (stage.lanes.first()?, stage.lanes.last()?);
    let replay = stage.replay.as_ref()?;
    let at = replay.cursor.at();
    Some(pair.at((&before.rows, at), (&now.rows, at)))
}

fn total(lane: &Lane) -> Option<Duration> {
    Some(lane.verdict.as_ref()?.figures.total)
}
