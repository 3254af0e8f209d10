//! The setup: everything that a run is made from, and the buttons that start and stop it.

use leptos::prelude::*;

use super::dynamic::{each, flag, part, text};
use super::lab_host::LabHost;
use super::playground::{Choice, Playground};
use super::state::Derived;
use crate::engine::strategy::Strategy;
use crate::scenario::Network;
use crate::scenario::preset::Preset;
pub(super) use crawl::CrawlFields;
pub(super) use dials::DialGroups;
use dials::Dials;
use go::Go;
pub(super) use law::Law;
use limits::Limits;
use radios::Radios;
use select::Select;
pub(super) use select::select;
use targets::Targets;

mod crawl;
mod dials;
mod go;
mod law;
mod limits;
mod number;
mod radios;
mod select;
mod switch;
mod targets;

const NETWORKS: [&str; 3] = [
    Network::Lab.name(),
    Network::Live.name(),
    Network::Simulation.name(),
];

/// The form’s place in the page.
pub(super) const SETUP: &str = "setup";

/// The form at the side.
#[component]
pub(super) fn Setup() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let is_simulation =
        Derived::new(move || playground.choice.get().network == Network::Simulation);
    let is_crawl = Derived::new(move || playground.choice.get().is_crawl);
    let fields = move || {
        let crawling = playground.crawling.get().table().filter(|_| is_crawl.get());
        each(crawling, |crawling| (crawling.fields)())
    };
    view! {
        <aside class="setup" id=SETUP tabindex="-1" aria-label="Setup">
            <div class="fields">
                <NetworkField />
                <PresetField />
                {part(move || match is_simulation.get() {
                    true => each(playground.running.get().table(), |running| (running.law)()).into_any(),
                    false => view! { <WhatField /><Targets /> }.into_any(),
                })}
                {part(fields)}
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
        <Radios
            name="Network"
            names=&NETWORKS
            chosen=|chosen| Network::ALL.iter().position(|network| *network == chosen.network).unwrap_or_default()
            choose=|playground, place| playground.choose_network(Network::ALL[place])
            hint=text(hint)
        />
    }
}

/// Whether what is written is all there is to fetch, or where it begins.
#[component]
fn WhatField() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let hint = move || match playground.choice.get().is_crawl {
        true => {
            "Pages are looked at for links, and those fetched in turn. Each site’s robots.txt comes first."
        }
        false => "What the list names.",
    };
    view! {
        <Radios
            name="What to fetch"
            names=&["URL list", "Crawl"]
            chosen=|chosen| usize::from(chosen.is_crawl)
            choose=|playground, place| playground.set(|scenario| scenario.set_crawl(place == 1))
            hint=text(hint)
        />
    }
}

#[component]
fn PresetField() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let hint = move || {
        let Choice {
            network, preset, ..
        } = playground.choice.get();
        preset.shown_on(network).hint(network)
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

/// What it is, in as few words as the closed list has room for.
const fn long_name(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::Sequential => "sequential: one at a time",
        Strategy::AllAtOnce => "all at once",
        Strategy::Semaphore => "semaphore: at most n at once",
        Strategy::Buffered => "buffered: results in order",
        Strategy::BufferUnordered => "buffer unordered: as completed",
        Strategy::WorkerPool => "worker pool: n workers, a queue",
        Strategy::RateLimited => "rate limited: so many a second",
        Strategy::Adaptive => "adaptive: what the server bears",
        Strategy::AutoThrottle => "auto throttle: delay by latency",
        Strategy::Pipeline => "pipeline: fetch, parse, store",
        Strategy::Race => "race: the first success wins",
    }
}
