//! The region `Comparison`: a run held against one that is pinned, task by task; in a replay at its moment. Those are the first
//! and the last; of more, the visitor chooses.

use std::sync::Arc;
use std::time::Duration;

use leptos::html;
use leptos::prelude::*;

use super::dynamic::{each, effect, flag, part, text};
use super::playground::Playground;
use super::replay::told;
use super::scrolled::{Scrolled, scrolled};
use super::setup::select;
use super::stage::{Lane, Pin, Stage};
use super::state::{Derived, State};
use crate::engine::moment::Moment;
use crate::report::compared::choice::{Choice, Side};
use crate::report::compared::{Pair, Times, pairs};
use crate::report::difference::change;
use crate::report::units::{ms, span};

/// The lists from which the two are chosen.
const FIELDS: [(&str, &str, Side); 2] = [
    ("baseline", "Baseline", Side::Before),
    ("compared", "Compared run", Side::Now),
];

/// What is compared.
#[derive(Clone, PartialEq, Default)]
struct Shown {
    /// Both runs' places among those on show.
    places: (usize, usize),
    /// Both runs' totals in a sentence.
    total: String,
    before: String,
    now: String,
    /// What follows “Done” above the times of each.
    heads: (String, String),
    pairs: Arc<Vec<Pair>>,
    targets: Arc<Vec<String>>,
}

/// A run beside one that is pinned; nothing where none is.
#[component]
pub(super) fn Comparison() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let choice = State::new(Choice::default());
    effect(move || {
        playground.ended.track();
        let letters = playground.read(letters).unwrap_or_default();
        choice.renew(choice.get_untracked().kept(&letters));
    });
    let shown = Derived::new(move || {
        playground.ended.track();
        let choice = choice.get();
        match playground.is_running.get() {
            true => None,
            false => playground.read(|stage| shown(stage, choice)).flatten(),
        }
    });
    // Two need no choice.
    let has_choice = Derived::new(move || {
        playground.ended.track();
        playground.read(|stage| stage.lanes.len() > 2) == Some(true)
    });
    let field = move |(id, name, side): (&'static str, &'static str, Side)| {
        let options = move || {
            playground.ended.track();
            let chosen = shown.with(|shown| shown.as_ref().map(|shown| shown.places));
            let chosen = chosen.map(|(before, now)| match side {
                Side::Before => before,
                Side::Now => now,
            });
            let names = playground.read(|stage| stage.lanes.iter().map(Lane::name).collect());
            let names: Vec<String> = names.unwrap_or_default();
            let option =
                |(place, name): (usize, String)| (name.clone(), name, chosen == Some(place));
            names.into_iter().enumerate().map(option).collect()
        };
        let choose = move |place| {
            let letters = playground.read(letters).unwrap_or_default();
            choice.update(|choice| *choice = choice.choose(side, place, &letters));
        };
        let select = select(
            (id, name),
            Box::new(options),
            Box::new(choose),
            flag(|| false),
        );
        view! { <label for=id>{name}</label>{select} }.into_any()
    };
    let is_empty = move || shown.with(Option::is_none);
    view! {
        <section class="tasks comparison" class:none=flag(is_empty) aria-labelledby="comparison-name">
            <div class="heading"><h2 id="comparison-name">"Comparison"</h2></div>
            <p class="two">
                {part(move || each(FIELDS.into_iter().filter(|_| has_choice.get()), field))}
            </p>
            {part(move || each(shown.get(), |shown| table(playground, shown)))}
        </section>
    }
}

fn table(playground: Playground, shown: Shown) -> AnyView {
    let Shown {
        places,
        total,
        before,
        now,
        heads,
        pairs,
        targets,
    } = shown;
    let count = pairs.len();
    let head = view! {
        <th scope="col">"#"</th>
        <th scope="col" class="text">"Target"</th>
        <th scope="col">{format!("Done{}", heads.0)}</th>
        <th scope="col">{format!("Done{}", heads.1)}</th>
        <th scope="col">"Change"</th>
        <th scope="col">{format!("In flight{}", heads.0)}</th>
        <th scope="col">{format!("In flight{}", heads.1)}</th>
        <th scope="col">"Change"</th>
    };
    let row = move |index: usize| {
        let pair = pairs.get(index).copied();
        let target = targets.get(index).cloned().unwrap_or_default();
        let row = move || {
            playground.tick.track();
            let pair = pair.map(|pair| {
                let then = playground.read(|stage| at_cursor(stage, places, pair));
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

/// The letters of the runs on show.
fn letters(stage: &Stage) -> Vec<Option<char>> {
    let pins = stage.lanes.iter().map(|lane| lane.pin.as_ref());
    pins.map(|pin| pin.map(Pin::letter)).collect()
}

/// The two that are compared, where one came from an earlier stage.
fn shown(stage: &Stage, choice: Choice) -> Option<Shown> {
    let places = choice.places(&letters(stage));
    let before = stage.lanes.get(places.0).filter(|_| stage.carried > 0)?;
    let now = stage.lanes.get(places.1)?;
    let (was, is) = (total(before)?, total(now)?);
    let (old, new) = (before.run.as_ref()?.trace(), now.run.as_ref()?.trace());
    let (old_rows, new_rows) = (before.whole_rows(), now.whole_rows());
    let targets = new_rows.rows().iter();
    let targets = targets.map(|row| new.read(row.target).to_owned());
    let head = |lane: &Lane, unpinned: &str| match &lane.pin {
        Some(pin) => format!(", {}", pin.letter()),
        None => unpinned.to_owned(),
    };
    Some(Shown {
        places,
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
        heads: (head(before, ",\nbaseline"), head(now, "")),
        pairs: Arc::new(pairs((old_rows, &old), (new_rows, &new))),
        targets: Arc::new(targets.collect()),
    })
}

/// A pair at the moment that a replay shows.
fn at_cursor(stage: &Stage, (before, now): (usize, usize), pair: Pair) -> Option<Pair> {
    let (before, now) = (stage.lanes.get(before)?, stage.lanes.get(now)?);
    let replay = stage.replay.as_ref()?;
    let at = replay.cursor.at();
    Some(pair.at((&before.rows, at), (&now.rows, at)))
}

fn total(lane: &Lane) -> Option<Duration> {
    Some(lane.whole_verdict()?.figures.total)
}
