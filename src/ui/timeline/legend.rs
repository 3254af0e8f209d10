//! The legend: solid is work, hatched is waiting.

use leptos::prelude::*;

use crate::engine::wait::Wait;
use crate::timeline::legend::{Line, meaning};
use crate::ui::dynamic::{each, flag, part};
use crate::ui::playground::Playground;
use crate::ui::state::Derived;

/// What a line's sample is made of, by the style.
const fn sample(line: Line) -> &'static str {
    match line {
        Line::Permits => "permits",
        Line::InFlight => "curve",
        Line::Queued => "curve queued",
        Line::Lag => "lag",
        Line::Ideal => "ideal",
        Line::End => "end",
        Line::Change => "change",
    }
}

/// Names the waits that can be in the picture, and the lines. `beside` stands beside the choice of what is drawn.
#[component]
pub(super) fn Legend(beside: AnyView) -> impl IntoView {
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
        Line::ALL
            .into_iter()
            .filter(move |line| match line {
                Line::Queued => has_queues,
                Line::Lag => has_lag,
                _ => true,
            })
            .map(|line| (sample(line).to_owned(), line.meaning()))
    };
    view! {
        <figcaption>
            <div class="options">
                <label class="switch">
                    <input
                        type="checkbox"
                        prop:checked=flag(move || playground.shows_path.get())
                        on:change=move |_| playground.shows_path.update(|shows| *shows = !*shows)
                    />
                    <span>"Critical path"</span>
                </label>
                {beside}
            </div>
            <ul class="legend">
                {part(move || each(named().chain(lines()), line))}
            </ul>
        </figcaption>
    }
}
