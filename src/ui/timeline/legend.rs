//! The legend: solid is work, hatched is waiting.

use leptos::prelude::*;

use crate::engine::wait::Wait;
use crate::ui::playground::Playground;

/// Names the waits that can be in the picture, and the lines.
#[component]
pub(super) fn Legend() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let shown = Memo::new(move |_| {
        playground.tick.track();
        let always = [Wait::Queue, Wait::Permit, Wait::Request, Wait::Download];
        let has_spent = |wait| {
            playground.read(|stage| stage.lanes.iter().any(|lane| lane.rows.has_spent(wait)))
        };
        let is_shown = |wait: &Wait| always.contains(wait) || has_spent(*wait).unwrap_or(false);
        Wait::ALL.into_iter().filter(is_shown).collect::<Vec<_>>()
    });
    view! {
        <figcaption>
            <ul class="legend">
                {move || shown.get().into_iter().map(|wait| view! {
                    <li><i class=format!("swatch wait-{}", wait.name()) aria-hidden="true"></i>{meaning(wait)}</li>
                }).collect_view()}
                <li><i class="swatch permits" aria-hidden="true"></i>"permits in use"</li>
                <li><i class="swatch curve" aria-hidden="true"></i>"requests in flight"</li>
                <li><i class="swatch ideal" aria-hidden="true"></i>"soonest possible end"</li>
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
