//! The setup: everything that a run is made from, and the buttons that start and stop it.

use leptos::prelude::*;

use super::dynamic::{Flag, each, flag, part, text};
use super::lab_host::LabHost;
use super::playground::Playground;
use crate::engine::strategy::Strategy;
use crate::scenario::Network;
use crate::scenario::preset::Preset;
use dials::Dials;
use go::Go;
use law::Law;
use limits::Limits;
use targets::Targets;

mod dials;
mod go;
mod law;
mod limits;
mod number;
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
    let network = move || playground.choice.get().network;
    let preset = move || playground.choice.get().preset;
    let choose = move |name: String| {
        if let Some(preset) = Preset::ALL.into_iter().find(|preset| preset.name() == name) {
            playground.choose_preset(preset);
        }
    };
    view! {
        <div class="field">
            <label for="preset">"Preset"</label>
            <select
                id="preset"
                disabled=flag(move || playground.is_running.get())
                on:change:target=move |event| choose(event.target().value())
            >
                {part(move || each(Preset::offered(network()), |choice| option(
                    choice.name(), choice.title(), flag(move || preset() == choice)
                )))}
            </select>
            <p class="hint">{text(move || preset().hint(network()))}</p>
        </div>
    }
}

#[component]
fn StrategyField() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let strategy = move || playground.choice.get().strategy;
    let choose = move |name: String| {
        if let Some(strategy) = Strategy::ALL
            .into_iter()
            .find(|strategy| strategy.name() == name)
        {
            playground.set(|scenario| scenario.strategy = strategy);
        }
    };
    view! {
        <div class="field">
            <label for="strategy">"Strategy"</label>
            <select
                id="strategy"
                disabled=flag(move || playground.is_running.get())
                on:change:target=move |event| choose(event.target().value())
            >
                {each(Strategy::ALL, |choice| option(
                    choice.name(), long_name(choice), flag(move || strategy() == choice)
                ))}
            </select>
        </div>
    }
}

fn option(value: &'static str, title: &'static str, is_selected: Flag) -> AnyView {
    view! { <option value=value prop:selected=is_selected>{title}</option> }.into_any()
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
