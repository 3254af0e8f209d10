//! The limits: sliders that act at once, also on a run that goes on, and the switches beside them.

use std::rc::Rc;

use leptos::prelude::*;

use super::number::NumberField;
use crate::engine::run::MAX_IN_FLIGHT;
use crate::engine::strategy::Strategy;
use crate::scenario::{MAX_DELAY_MS, Network, POLITE_IN_FLIGHT, Scenario, TIMEOUT_MS};
use crate::ui::playground::Playground;

/// The most that the slider offers; the field beside it goes up to the limit of a run.
const SLIDER_CONCURRENCY: u32 = 64;

/// Concurrency, delay, timeout and switches.
#[component]
pub(super) fn Limits() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let is_on =
        move |read: fn(&Scenario) -> bool| Signal::derive(move || playground.scenario.with(read));
    let number =
        move |read: fn(&Scenario) -> u32| Signal::derive(move || playground.scenario.with(read));
    let concurrency = number(|scenario| u32::try_from(scenario.concurrency).unwrap_or(u32::MAX));
    let delay_ms = number(|scenario| scenario.delay_ms);
    let uses_permits = is_on(|scenario| scenario.strategy.uses_permits());
    let is_idle_setting = Signal::derive(move || playground.is_running.get());
    let set_concurrency =
        move |n: u32| playground.set(|scenario| scenario.concurrency = n as usize);
    let set_delay = move |ms: u32| playground.set(|scenario| scenario.delay_ms = ms);
    view! {
        <div class="field">
            <label for="concurrency">"Concurrency"</label>
            <NumberField
                name="Concurrency"
                range=1..=MAX_IN_FLIGHT as u32
                value=concurrency
                disabled=Signal::derive(move || !uses_permits.get())
                take=Rc::new(set_concurrency)
            />
            <input
                id="concurrency"
                type="range"
                min="1"
                max=SLIDER_CONCURRENCY
                disabled=move || !uses_permits.get()
                aria-valuetext=move || format!("{} at once", concurrency.get())
                prop:value=move || concurrency.get().to_string()
                on:input:target=move |event| if let Ok(n) = event.target().value().parse() { set_concurrency(n) }
            />
            <div class="ends num" aria-hidden="true"><span>"1"</span><span>"at most, at once"</span><span>"64"</span></div>
            <p class="hint">{move || playground.scenario.with(concurrency_hint)}</p>
        </div>
        <div class="field">
            <label for="delay">"Delay"</label>
            <NumberField name="Delay in ms" range=0..=MAX_DELAY_MS value=delay_ms disabled=false take=Rc::new(set_delay) />
            <input
                id="delay"
                type="range"
                min="0"
                max=MAX_DELAY_MS
                step="50"
                aria-valuetext=move || format!("{} milliseconds", delay_ms.get())
                prop:value=move || delay_ms.get().to_string()
                on:input:target=move |event| if let Ok(ms) = event.target().value().parse() { set_delay(ms) }
            />
            <div class="ends num" aria-hidden="true"><span>"0"</span><span>"ms after each request"</span><span>"5 s"</span></div>
        </div>
        <div class="switches">
            <Switch
                name="Keep the permit during the delay"
                is_on=is_on(|scenario| scenario.keep_permit)
                disabled=Signal::derive(move || !uses_permits.get())
                set=Rc::new(move |on| playground.set(|scenario| scenario.keep_permit = on))
            />
            <Switch
                name="Compare with sequential"
                is_on=is_on(|scenario| scenario.compare)
                disabled=is_idle_setting
                set=Rc::new(move |on| playground.set(|scenario| scenario.compare = on))
            />
            <Switch
                name="Both at the same time"
                is_on=is_on(Scenario::races)
                disabled=Signal::derive(move || {
                    is_idle_setting.get() || playground.scenario.with(|scenario| !scenario.compares() || scenario.network != Network::Lab)
                })
                set=Rc::new(move |on| playground.set(|scenario| scenario.race = on))
            />
        </div>
        <div class="field">
            <label for="timeout">"Timeout, ms"</label>
            <NumberField
                name="Timeout"
                range=TIMEOUT_MS
                value=number(|scenario| scenario.timeout_ms)
                disabled=is_idle_setting
                take=Rc::new(move |ms| playground.set(|scenario| scenario.timeout_ms = ms))
            />
        </div>
    }
}

/// What the concurrency means here and now, or why it means nothing.
fn concurrency_hint(scenario: &Scenario) -> String {
    match scenario.strategy {
        Strategy::Sequential => "One at a time has nothing to limit.".into(),
        Strategy::AllAtOnce if scenario.asks_others() => format!(
            "All at once asks for everything in the same moment. More than {POLITE_IN_FLIGHT} at a time to one host can be a \
             burden to it, and it may shut you out."
        ),
        Strategy::AllAtOnce => "All at once has no limit but the page’s own, 256.".into(),
        Strategy::Semaphore
            if scenario.asks_others() && scenario.concurrency > POLITE_IN_FLIGHT =>
        {
            format!(
                "More than {POLITE_IN_FLIGHT} at a time to one host can be a burden to it, and it may shut you out."
            )
        }
        Strategy::Semaphore => String::new(),
    }
}

/// A checkbox. Its closures are boxed, so that it is compiled once and not for each switch.
#[component]
fn Switch(
    name: &'static str,
    is_on: Signal<bool>,
    disabled: Signal<bool>,
    set: Rc<dyn Fn(bool)>,
) -> impl IntoView {
    view! {
        <label class="switch">
            <input
                type="checkbox"
                prop:checked=is_on
                disabled=disabled
                on:change:target=move |event| set(event.target().checked())
            />
            <span>{name}</span>
        </label>
    }
}
