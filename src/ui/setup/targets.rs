//! The list of addresses, and what is wrong with its lines.

use leptos::prelude::*;

use crate::scenario::preset::Preset;
use crate::ui::dynamic::{aria, each, flag, part, text};
use crate::ui::playground::Playground;

/// Faults that are told one by one; the others are counted.
const FAULTS_TOLD: usize = 8;

/// What the list is in a crawl.
const SEED: &str = "Where the crawl begins: an address, or several, one a line. What is fetched from there on is found in links.";

/// The textbox `URLs`, which is `Seed` in a crawl.
#[component]
pub(super) fn Targets() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let edit = move |urls: String| {
        playground.edit(|scenario| {
            scenario.urls = urls;
            scenario.preset = Preset::Own;
        });
    };
    let is_crawl = move || playground.choice.get().is_crawl;
    let name = move || if is_crawl() { "Seed" } else { "URLs" };
    let count = move || playground.list.with(|list| list.fetchable().to_string());
    let note = move || {
        let listing = playground
            .scenario
            .with(|scenario| scenario.preset.listing(scenario.network));
        if is_crawl() {
            return Some(SEED.to_owned());
        }
        listing.map(|(item, take)| format!("Its first {take} numbers each become {item}."))
    };
    let faults = move || {
        playground.list.with(|list| {
            let told = list
                .faults
                .iter()
                .take(FAULTS_TOLD)
                .map(|fault| format!("Line {}: {}.", fault.line, fault.reason));
            let rest = list.faults.len().saturating_sub(FAULTS_TOLD);
            told.chain((rest > 0).then(|| format!("And {rest} more lines.")))
                .collect::<Vec<_>>()
        })
    };
    view! {
        <div class="field">
            <label for="urls">{text(name)}</label>
            <span class="count num muted" aria-hidden="true">{text(count)}</span>
            <textarea
                id="urls"
                rows="4"
                wrap="off"
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                aria-describedby="urls-note"
                aria-invalid=aria(move || playground.list.with(|list| !list.faults.is_empty()))
                prop:readOnly=flag(move || playground.is_running.get())
                prop:value=text(move || playground.scenario.with(|scenario| scenario.urls.clone()))
                on:input:target=move |event| edit(event.target().value())
            ></textarea>
            <div id="urls-note" aria-live="polite">
                {part(move || each(note(), |note| view! { <p class="hint">{note}</p> }))}
                <ul class="faults">
                    {part(move || each(faults(), |fault| view! { <li>{fault}</li> }))}
                </ul>
            </div>
        </div>
    }
}
