//! The region `Task detail`: the task that is selected in full, and what each of its waits was for.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use exchange::{bars, headers, record};

use super::dynamic::{each, effect, part, text};
use super::playground::Playground;
use super::scrolled::ROW_PX;
use super::stage::Stage;
use super::state::Derived;
use crate::engine::exchange::{Exchange, Timing};
use crate::engine::moment::Moment;
use crate::engine::trace::TaskId;
use crate::report::detail::{Attempt, Part, detail};
use crate::report::exchange::hidden;
use crate::report::reason::reason;
use crate::report::table::cells;
use crate::report::units::{fixed, ms};

mod exchange;

/// What the region shows.
#[derive(Clone, PartialEq)]
struct Shown {
    heading: String,
    target: String,
    /// What else is known of it: the name of a fact, and what it is.
    facts: Vec<(&'static str, String)>,
    /// Each attempt, and what the network tells of it.
    attempts: Vec<(Attempt, Exchange)>,
    /// From when the task joined until it ended, or until now.
    life: Life,
    hidden: Option<&'static str>,
}

/// All of a task's time, which bars are drawn over.
#[derive(Clone, Copy, PartialEq)]
struct Life {
    start: Moment,
    total_us: f64,
}

impl Life {
    /// How much of it lies between two moments, in per cent.
    fn percent(self, start: Moment, end: Moment) -> f64 {
        (end - start).as_micros() as f64 / self.total_us * 100.0
    }
}

/// The detail of what is selected; nothing where nothing is.
#[component]
pub(super) fn TaskDetail() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let shown = Derived::new(move || {
        let (lane, task) = playground.selected.get()?;
        playground.tick.track();
        playground.read(|stage| read(stage, lane, task)).flatten()
    });
    show_everywhere(playground);
    let is_there = Derived::new(move || shown.with(Option::is_some));
    // The frame stays while what it shows goes on, with its place and its focus.
    view! {
        {part(move || each(is_there.get().then_some(()), |()| view! {
            <section class="task-detail" aria-label="Task detail">
                <div class="heading">
                    <h2>{text(move || shown.with(|shown| shown.as_ref().map(|shown| shown.heading.clone()).unwrap_or_default()))}</h2>
                    <span class="grow"></span>
                    <button class="plain" type="button" aria-label="Close task detail" on:click=move |_| close(playground)>"×"</button>
                </div>
                <div class="scroller" tabindex="0" role="group" aria-label="Task detail, scrollable">
                    {part(move || each(shown.get(), facts))}
                </div>
            </section>
        }))}
    }
}

/// All that stands in the frame.
fn facts(shown: Shown) -> AnyView {
    view! {
        <p class="address">{shown.target}</p>
        <dl>{each(shown.facts, |(name, fact)| view! { <div><dt>{name}</dt><dd>{fact}</dd></div> })}</dl>
        {bars(shown.life, &shown.attempts)}
        <table class="num" aria-label=format!("Waits of {}", shown.heading)>
            <thead>
                <tr>
                    <th scope="col" class="text">"Wait"</th>
                    <th scope="col">"Start, ms"</th>
                    <th scope="col">"Length, ms"</th>
                    <th scope="col">"Share"</th>
                    <th scope="col" class="text">"Waited for"</th>
                </tr>
            </thead>
            {each(shown.attempts.iter().enumerate(), |(index, (attempt, exchange))| {
                let seen = |timing: &&Timing| !timing.spans.is_empty();
                let timing = exchange.timing.as_ref().filter(seen);
                view! {
                    {rows(index, attempt)}
                    {timing.map(|timing| record(shown.life, timing))}
                }
            })}
        </table>
        {each(shown.attempts.iter().enumerate(), |(index, (_, exchange))| headers(index, exchange))}
        {each(shown.hidden, |hidden| view! { <p class="hint muted">{hidden}</p> })}
    }
    .into_any()
}

/// Closes the region. The focus, which was in it, goes to the picture above.
fn close(playground: Playground) {
    playground.clear_selection();
    let picture = document().query_selector(".chart .viewport").ok().flatten();
    if let Some(picture) = picture.and_then(|picture| picture.dyn_into::<HtmlElement>().ok()) {
        let _ = picture.focus();
    }
}

/// An attempt's rows, below its name.
fn rows(index: usize, attempt: &Attempt) -> AnyView {
    let name = match attempt.status {
        Some(status) => format!("Attempt {}: status {status}", index + 1),
        None => format!("Attempt {}", index + 1),
    };
    view! {
        <tbody>
            <tr><th scope="rowgroup" colspan="5" class="text attempt">{name}</th></tr>
            {each(&attempt.parts, row)}
        </tbody>
    }
    .into_any()
}

fn row(part: &Part) -> AnyView {
    let kind = ["wait-", part.wait.key()];
    let span = (part.start, part.length, part.share_percent);
    line(kind, part.wait.name(), span, part.waited_for())
}

/// A line of the table: its swatch, its name, start, length and share of the task's time in per cent, and what it was for.
fn line(
    kind: [&str; 2],
    name: &'static str,
    (start, length, share_percent): (Moment, Duration, f64),
    meaning: String,
) -> AnyView {
    let length_us = u64::try_from(length.as_micros()).unwrap_or(u64::MAX);
    let share = fixed(share_percent, 0) + "\u{a0}%";
    view! {
        <tr>
            <th scope="row" class="text"><i class=["swatch ", kind[0], kind[1]].concat() aria-hidden="true"></i>{name}</th>
            <td>{ms(start.as_us())}</td>
            <td>{ms(length_us)}</td>
            <td>{share}</td>
            <td class="text">{meaning}</td>
        </tr>
    }
    .into_any()
}

fn read(stage: &Stage, lane: usize, task: TaskId) -> Option<Shown> {
    let lane = stage.lanes.get(lane)?;
    let row = lane.rows.rows().get(task.index())?;
    let run = lane.run.as_ref()?;
    let trace = run.trace();
    let cells = cells(task.index(), row, &trace, lane.now());
    let known = detail(trace.between(0, lane.rows.cursor()), task, lane.now())?;
    let now = lane.now();
    let exchange = |(before, attempt): (usize, Attempt)| {
        let mut told = u32::try_from(before)
            .ok()
            .and_then(|before| run.recall(task, before))
            .unwrap_or_default();
        // At the moment of a replay it may not have been there yet.
        if attempt.status.is_none() {
            told.headers.clear();
        }
        let is_over = |timing: &Timing| timing.spans.last().is_none_or(|last| last.end <= now);
        told.timing = told.timing.filter(is_over);
        (attempt, told)
    };
    let attempts = known.attempts.into_iter().enumerate().map(exchange);
    let attempts: Vec<_> = attempts.collect();
    let facts = [
        ("Run", Some(lane.name())),
        ("Outcome", Some(cells.outcome)),
        ("Title", Some(cells.title)),
        (
            "Why",
            reason(row, &trace, run.limits().timeout, stage.host(lane, row)),
        ),
        (
            "Final URL",
            row.final_url().map(|url| trace.read(url).to_owned()),
        ),
        ("In all", Some(format!("{}\u{a0}ms", cells.total_ms))),
    ];
    let facts = facts
        .into_iter()
        .filter_map(|(name, fact)| Some((name, fact?)))
        .filter(|(_, fact)| !fact.is_empty());
    Some(Shown {
        heading: format!("Task {}", cells.number),
        target: cells.target,
        facts: facts.collect(),
        hidden: hidden(
            row,
            attempts.last().map(|(_, told)| told),
            stage.is_simulated,
        ),
        life: Life {
            start: known.start,
            total_us: (known.total.as_micros() as f64).max(1.0),
        },
        attempts,
    })
}

/// What is selected in one view is seen in the others: the table shows its run, and its row is in view.
fn show_everywhere(playground: Playground) {
    effect(move || {
        let Some((lane, task)) = playground.selected.get() else {
            return;
        };
        if untrack(|| playground.shown_lane()) != lane {
            playground.lane.set(Some(lane));
            playground.changed();
        }
        // The table of the other run is there in the next frame.
        request_animation_frame(move || {
            reveal_row(task);
        });
    });
}

/// Scrolls the tasks table in its frame, and not the page, to the row of `task`.
fn reveal_row(task: TaskId) -> Option<()> {
    let frame = document().query_selector(".tasks .scroller").ok()??;
    let row = format!("[aria-rowindex=\"{}\"]", task.index() + 2);
    let row: Option<HtmlElement> = frame
        .query_selector(&row)
        .ok()?
        .and_then(|row| row.dyn_into().ok());
    let height_px = f64::from(frame.client_height());
    let (top_px, row_px) = match &row {
        Some(row) => (f64::from(row.offset_top()), f64::from(row.offset_height())),
        None => (task.index() as f64 * ROW_PX, ROW_PX),
    };
    // The head stays at the top of the frame.
    let seen_px = f64::from(frame.scroll_top()) + ROW_PX;
    if top_px < seen_px || top_px + row_px > seen_px - ROW_PX + height_px {
        frame.set_scroll_top((top_px - height_px / 2.0).max(0.0) as i32);
    }
    // Who chose the row in the table still sees it when the detail has come above.
    let has_focus = document()
        .active_element()?
        .closest(".tasks")
        .ok()?
        .is_some();
    let row = row.filter(|row| has_focus && row.get_bounding_client_rect().bottom() > room_px())?;
    row.scroll_into_view_with_bool(false);
    Some(())
}

/// How far down of the window rows can be seen: on a phone a bar lies over the rest.
fn room_px() -> f64 {
    let height = window().inner_height().ok();
    height.and_then(|height| height.as_f64()).unwrap_or(0.0) - 64.0
}
