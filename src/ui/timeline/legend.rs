//! The legend: solid is work, hatched is waiting.

use leptos::prelude::*;

use crate::engine::wait::Wait;

/// The waits that a run of today can spend time on. All are named from the start, so that nothing moves meanwhile.
const NAMED: [Wait; 6] = [
    Wait::Queue,
    Wait::Permit,
    Wait::Request,
    Wait::Download,
    Wait::Parse,
    Wait::Pause,
];

/// Names the waits that can be in the picture, and the lines.
#[component]
pub(super) fn Legend() -> impl IntoView {
    let line = |kind: &str, meaning: &'static str| {
        view! { <li><i class=format!("swatch {kind}") aria-hidden="true"></i>{meaning}</li> }
    };
    view! {
        <figcaption>
            <ul class="legend">
                {NAMED.into_iter().map(|wait| line(&format!("wait-{}", wait.name()), meaning(wait))).collect_view()}
                {line("permits", "permits in use")}
                {line("curve", "requests in flight")}
                {line("ideal", "soonest possible end")}
                {line("end", "end")}
                {line("change", "setting changed")}
            </ul>
        </figcaption>
    }
}

/// A wait, for someone who meets it for the first time.
const fn meaning(wait: Wait) -> &'static str {
    match wait {
        Wait::Queue => "queue: not started",
        Wait::Permit => "permit: waits in line",
        Wait::Host => "host: politeness clock",
        Wait::Token => "token: rate limit",
        Wait::Backoff => "backoff: before a retry",
        Wait::Request => "request",
        Wait::Download => "download",
        Wait::Parse => "parse",
        Wait::Pause => "pause: deliberate delay",
    }
}
