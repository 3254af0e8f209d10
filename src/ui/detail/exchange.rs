//! What the network tells of the attempts of a task: its own record as a second, lighter bar and as rows, and the headers.

use leptos::prelude::*;

use super::{Life, line};
use crate::engine::exchange::{self, Exchange, Timing};
use crate::engine::moment::Moment;
use crate::report::detail::{Attempt, Part};
use crate::report::exchange::{meaning, record as heading};
use crate::report::units::fixed;
use crate::ui::dynamic::each;

/// The task's waits as a bar, and below it what the network tells. For the eye only: the rows below have all of it.
pub(super) fn bars(life: Life, attempts: &[(Attempt, Exchange)]) -> AnyView {
    let waits = attempts.iter().flat_map(|(attempt, _)| &attempt.parts);
    let phases = attempts.iter().filter_map(|(_, told)| told.timing.as_ref());
    let phases = phases.flat_map(|timing| &timing.spans);
    let wait = |part: &Part| {
        stretch(
            life,
            ["wait-", part.wait.key()],
            part.start,
            part.start + part.length,
        )
    };
    let phase =
        |told: &exchange::Span| stretch(life, ["phase-", told.phase.key()], told.start, told.end);
    view! {
        <div class="two-bars" aria-hidden="true">
            <div>{each(waits, wait)}</div>
            <div>{each(phases, phase)}</div>
        </div>
    }
    .into_any()
}

fn stretch(life: Life, class: [&str; 2], start: Moment, end: Moment) -> AnyView {
    let left = fixed(life.percent(life.start, start), 2);
    let width = fixed(life.percent(start, end), 2);
    let style = ["left:", &left, "%;width:", &width, "%"].concat();
    view! { <i class=class.concat() style=style></i> }.into_any()
}

/// The rows of the network's own record of an attempt.
pub(super) fn record(life: Life, timing: &Timing) -> AnyView {
    let row = |told: &exchange::Span| {
        let kind = ["phase-", told.phase.key()];
        let share_percent = life.percent(told.start, told.end);
        let (name, length) = (told.phase.name(), told.end - told.start);
        let meaning = meaning(told.phase, timing.is_by_worker);
        line(
            kind,
            name,
            (told.start, length, share_percent),
            meaning.into(),
        )
    };
    view! {
        <tbody class="record">
            <tr><th scope="rowgroup" colspan="5" class="text attempt">{heading(timing)}</th></tr>
            {each(&timing.spans, row)}
        </tbody>
    }
    .into_any()
}

/// The headers of an attempt's answer that may be read; nothing if there is none.
pub(super) fn headers(index: usize, told: &Exchange) -> Option<AnyView> {
    let count = told.headers.len();
    let whose = index + 1;
    (count > 0).then(|| {
        view! {
            <details class="headers">
                <summary>{format!("Headers of attempt {whose} that a page may read: {count}")}</summary>
                <dl>{each(&told.headers, |(name, value)| view! { <div><dt>{name.clone()}</dt><dd>{value.clone()}</dd></div> })}</dl>
                <p class="hint muted">"Of an answer from another origin a page may read only a few, and those that the server exposes (Access-Control-Expose-Headers)."</p>
            </details>
        }
        .into_any()
    })
}
