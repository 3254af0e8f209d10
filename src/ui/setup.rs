//! The setup: everything that a run is made from, and the buttons that start and stop it.

use leptos::prelude::*;

use super::dynamic::{each, flag, part, text};
use super::lab_host::LabHost;
use super::playground::{Choice, Playground};
use crate::engine::strategy::Strategy;
use crate::scenario::Network;
use crate::scenario::preset::Preset;
use dials::Dials;
use go::Go;
use law::Law;
use limits::Limits;
use select::Select;
use targets::Targets;

mod dials;
mod go;
mod law;
mod limits;
mod number;
mod select;
mod switch;
mod targets;

/// The form at the side.
#[component]
pub(super) fn Setup() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let is_simulation = move || playground.choice.get().network == Network::Simulation;
    view! {
        <aside class="setup" aria-label="Setup">
            <div class="fields">
                <NetworkField />
                <PresetField />
                {part(move || match is_simulation() {
                    true => view! { <Law /> }.into_any(),
                    false => view! { <Targets /> }.into_any(),
                })}
                <StrategyField />
                <Limits />
                <Dials />
            </div>
            <Go />
        </aside>
    }
}

#[component]
fn NetworkField() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let network = move || playground.choice.get().network;
    let hint = move || {
        playground.scenario.with(|scenario| match (&scenario.lab_at, scenario.network, playground.lab.get()) {
        (Some(lab), Network::Lab, _) => format!("A Lab that runs as a server at {lab}."),
        (None, Network::Lab, LabHost::InPage(reason)) => format!(
            "Answered inside this page, since {reason}. Timings are the same; the browser’s developer tools see no requests."
        ),
        (_, network, _) => network.hint().to_owned(),
    })
    };
    view! {
        <fieldset class="field" disabled=flag(move || playground.is_running.get())>
            <legend>"Network"</legend>
            <div class="seg">
                {each(Network::ALL, |choice| view! {
                    <label>
                        <input
                            type="radio"
                            name="network"
                            value=choice.name()
                            prop:checked=flag(move || network() == choice)
                            on:change=move |_| playground.choose_network(choice)
                        />
                        <span>{choice.name()}</span>
                    </label>
                })}
            </div>
            <p class="hint">{text(hint)}</p>
        </fieldset>
    }
}

#[component]
fn PresetField() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let hint = move || {
        let Choice {
            network, preset, ..
        } = playground.choice.get();
        preset.hint(network)
    };
    view! {
        <div class="field">
            <label for="preset">"Preset"</label>
            <Select
                id="preset"
                name="Preset"
                options=|chosen| Preset::offered(chosen.network)
                    .map(|preset| (preset.name(), preset.title(), preset == chosen.preset))
                    .collect()
                choose=|playground, place| {
                    let network = playground.choice.get_untracked().network;
                    if let Some(preset) = Preset::offered(network).nth(place) {
                        playground.choose_preset(preset);
                    }
                }
                disabled=flag(move || playground.is_running.get())
            />
            <p class="hint">{text(hint)}</p>
        </div>
    }
}

#[component]
fn StrategyField() -> impl IntoView {
    let playground = expect_context::<Playground>();
    view! {
        <div class="field">
            <label for="strategy">"Strategy"</label>
            <Select
                id="strategy"
                name="Strategy"
                options=|chosen| Strategy::ALL
                    .map(|strategy| (strategy.name(), long_name(strategy), strategy == chosen.strategy))
                    .to_vec()
                choose=|playground, place| playground.set(|scenario| scenario.strategy = Strategy::ALL[place])
                disabled=flag(move || playground.is_running.get())
            />
        </div>
    }
}

const fn long_name(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::Sequential => "sequential: one at a time",
        Strategy::AllAtOnce => "all at once",
        Strategy::Semaphore => "semaphore: at most n at once",
        Strategy::Buffered => "buffered: n at once, results in order",
        Strategy::BufferUnordered => "buffer unordered: n at once, as completed",
        Strategy::WorkerPool => "worker pool: n workers and a queue",
        Strategy::RateLimited => "rate limited: so many a second",
        Strategy::Adaptive => "adaptive: as many as the server bears",
        Strategy::AutoThrottle => "auto throttle: as often as it bears",
        Strategy::Pipeline => "pipeline: fetch, parse, store",
        Strategy::Race => "race: the first success wins",
    }
}
