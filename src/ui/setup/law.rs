//! The simulated network: how many tasks, and the law of their latencies.

use leptos::prelude::*;

use crate::scenario::SIMULATED_TASKS;
use crate::sim::latency::Latency;
use crate::ui::dynamic::{aria, flag, text};
use crate::ui::playground::Playground;
use crate::ui::state::{Derived, State};

/// How many tasks, and how long each takes.
#[component]
pub(super) fn Law() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let scenario = playground.scenario;
    let law = move || scenario.with(|scenario| scenario.latency.clone());
    let law_refusal = move || law().parse::<Latency>().err().unwrap_or_default();
    let tasks = Derived::new(move || scenario.with(|scenario| scenario.simulated_tasks));
    let count_refusal = State::new(String::new());
    let count = move |typed: String| match typed.trim().parse() {
        Ok(tasks) if SIMULATED_TASKS.contains(&tasks) => {
            count_refusal.set(String::new());
            playground.set(|scenario| scenario.simulated_tasks = tasks);
        }
        _ => count_refusal.set("Whole numbers from 1 to 1000000.".into()),
    };
    view! {
        <div class="field">
            <label for="tasks">"Simulated tasks"</label>
            <input
                class="numbox num"
                id="tasks"
                type="number"
                inputmode="numeric"
                min=*SIMULATED_TASKS.start()
                max=*SIMULATED_TASKS.end()
                disabled=flag(move || playground.is_running.get())
                aria-invalid=aria(move || !count_refusal.with(String::is_empty))
                prop:value=text(move || { count_refusal.set(String::new()); tasks.get().to_string() })
                on:input:target=move |event| count(event.target().value())
            />
            <span class="wrong below" role="alert">{text(move || count_refusal.get())}</span>
        </div>
        <div class="field">
            <label for="latency">"Latency, ms"</label>
            <input
                class="law"
                id="latency"
                type="text"
                spellcheck="false"
                autocomplete="off"
                list="laws"
                aria-describedby="latency-note"
                disabled=flag(move || playground.is_running.get())
                aria-invalid=aria(move || !law_refusal().is_empty())
                prop:value=text(law)
                on:input:target=move |event| {
                    let written = event.target().value();
                    playground.edit(|scenario| scenario.latency = written);
                }
            />
            <datalist id="laws">
                <option value="fixed 200"></option>
                <option value="uniform 100 300"></option>
                <option value="lognormal 200 0.5"></option>
                <option value="pareto 100 1.5"></option>
            </datalist>
            <p class="hint" id="latency-note">
                "fixed 200 · uniform 100 300 · lognormal 200 0.5 (median, spread) · pareto 100 1.5 (least, weight of the tail)"
            </p>
            <span class="wrong below" role="alert">{text(law_refusal)}</span>
        </div>
    }
}
