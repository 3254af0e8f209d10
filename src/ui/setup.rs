//! The setup: everything that a run is made from, and the buttons that start and stop it.

use leptos::prelude::*;

use super::lab_host::LabHost;
use super::playground::Playground;
use crate::engine::strategy::Strategy;
use crate::scenario::Network;
use crate::scenario::preset::Preset;
use go::Go;
use limits::Limits;
use targets::Targets;

mod go;
mod limits;
mod number;
mod targets;

/// The form at the side.
#[component]
pub(super) fn Setup() -> impl IntoView {
    view! {
        <aside class="setup" aria-label="Setup">
            <div class="fields">
                <NetworkField />
                <PresetField />
                <Targets />
                <StrategyField />
                <Limits />
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
        <fieldset class="field" disabled=move || playground.is_running.get()>
            <legend>"Network"</legend>
            <div class="seg">
                {Network::ALL.into_iter().map(|choice| view! {
                    <label>
                        <input
                            type="radio"
                            name="network"
                            value=choice.name()
                            prop:checked=move || network() == choice
                            on:change=move |_| playground.choose_network(choice)
                        />
                        <span>{choice.name()}</span>
                    </label>
                }).collect_view()}
            </div>
            <p class="hint">{hint}</p>
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
                disabled=move || playground.is_running.get()
                on:change:target=move |event| choose(event.target().value())
            >
                {move || Preset::offered(network()).map(|choice| view! {
                    <option value=choice.name() prop:selected=move || preset() == choice>{choice.title()}</option>
                }).collect_view()}
            </select>
            <p class="hint">{move || preset().hint(network())}</p>
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
                disabled=move || playground.is_running.get()
                on:change:target=move |event| choose(event.target().value())
            >
                {Strategy::ALL.into_iter().map(|choice| view! {
                    <option value=choice.name() prop:selected=move || strategy() == choice>{long_name(choice)}</option>
                }).collect_view()}
            </select>
        </div>
    }
}

const fn long_name(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::Sequential => "sequential: one at a time",
        Strategy::AllAtOnce => "all at once",
        Strategy::Semaphore => "semaphore: at most n at once",
    }
}
