//! The simulated network: how many tasks, and the law of their latencies.

use std::rc::Rc;

use leptos::prelude::*;

use super::number::NumberField;
use crate::scenario::SIMULATED_TASKS;
use crate::ui::dynamic::{aria, flag, text};
use crate::ui::playground::Playground;

/// How many tasks, and how long each takes.
#[component]
pub(in crate::ui) fn Law() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let scenario = playground.scenario;
    let law = move || scenario.with(|scenario| scenario.latency.clone());
    let replay_note = move || {
        playground.measured.with(|measured| match measured {
            None => "Run in the Lab or Live first: then this takes its tasks and what each of their requests took.".into(),
            Some((_, 1)) => "Takes its task, and what its request took.".into(),
            Some((_, tasks)) => format!("Takes its {tasks} tasks, and what their requests took."),
        })
    };
    // Here nothing else can be refused.
    let law_refusal = move || playground.refusal.get().unwrap_or_default();
    view! {
        <div class="field">
            <label for="tasks">"Simulated tasks"</label>
            <NumberField
                id="tasks"
                name="Simulated tasks"
                range=SIMULATED_TASKS
                dial=None
                value=Box::new(|scenario| Some(scenario.simulated_tasks))
                disabled=flag(move || playground.is_running.get())
                set=Rc::new(|scenario, tasks| scenario.simulated_tasks = tasks)
            />
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
                "fixed 200 · uniform 100 300 · lognormal 200 0.5 (median, spread) · pareto 100 1.5 (least, weight of the tail) · replay 120 80.5 310 (one after another)"
            </p>
            <span class="wrong below" role="alert">{text(law_refusal)}</span>
            <button
                class="plain below"
                type="button"
                aria-describedby="replay-note"
                disabled=flag(move || playground.is_running.get() || playground.measured.with(Option::is_none))
                on:click=move |_| replay_measured(playground)
            >
                "Replay the last measured run"
            </button>
            <p class="hint" id="replay-note">{text(replay_note)}</p>
        </div>
    }
}

/// As many tasks as the last measured run had, with the latencies that it had.
fn replay_measured(playground: Playground) {
    if let Some((law, tasks)) = playground.measured.get_untracked() {
        playground.set(|scenario| {
            scenario.latency = law;
            scenario.simulated_tasks = tasks;
        });
    }
}
