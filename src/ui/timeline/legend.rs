//! The legend: solid is work, hatched is waiting.

use leptos::prelude::*;

use crate::engine::wait::Wait;
use crate::ui::dynamic::{each, flag, part};
use crate::ui::playground::Playground;
use crate::ui::state::Derived;

/// The lines in the picture.
const LINES: [(&str, &str); 7] = [
    ("permits", "permits in use"),
    ("curve", "requests in flight"),
    (QUEUED, "items in a queue"),
    (LAG, "event loop’s lag"),
    ("ideal", "soonest possible end"),
    ("end", "end"),
    ("change", "setting changed"),
];

const QUEUED: &str = "curve queued";
const LAG: &str = "lag";

/// Names the waits that can be in the picture, and the lines.
#[component]
pub(super) fn Legend() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let line = |(kind, meaning): (String, &'static str)| {
        view! { <li><i class=format!("swatch {kind}") aria-hidden="true"></i>{meaning}</li> }
    };
    // By the settings and not by the trace, so that nothing moves while a run goes on.
    let shown = Derived::new(move || {
        playground.scenario.with(|scenario| {
            let waits = Wait::ALL.map(|wait| scenario.meets(wait));
            (waits, scenario.has_queues(), scenario.limits().watch_lag)
        })
    });
    let named = move || {
        Wait::ALL
            .into_iter()
            .zip(shown.get().0)
            .filter(|(_, is_met)| *is_met)
            .map(|(wait, _)| (format!("wait-{}", wait.key()), meaning(wait)))
    };
    let lines = move || {
        let (_, has_queues, has_lag) = shown.get();
        LINES
            .into_iter()
            .filter(move |(kind, _)| match *kind {
                QUEUED => has_queues,
                LAG => has_lag,
                _ => true,
            })
            .map(|(kind, meaning)| (kind.to_owned(), meaning))
    };
    view! {
        <figcaption>
            <label class="switch">
                <input
                    type="checkbox"
                    prop:checked=flag(move || playground.shows_path.get())
                    on:change=move |_| playground.shows_path.update(|shows| *shows = !*shows)
                />
                <span>"Critical path"</span>
            </label>
            <ul class="legend">
                {part(move || each(named().chain(lines()), line))}
            </ul>
        </figcaption>
    }
}

/// A wait, for someone who meets it for the first time.
const fn meaning(wait: Wait) -> &'static str {
    match wait {
        Wait::Queue => "queue: not started",
        Wait::Permit => "permit: waits in line",
        Wait::HostPermit => "host permit: waits for a place at its host",
        Wait::Host => "host: politeness clock",
        Wait::Token => "token: rate limit",
        Wait::Backoff => "backoff: before a retry, or a break that the host asked for",
        Wait::Request => "request",
        Wait::Download => "download",
        Wait::Parse => "parse",
        Wait::Pause => "pause: deliberate delay",
        Wait::Handover => "handover: result waits to be taken",
        Wait::Store => "store: the consumer works",
    }
}
