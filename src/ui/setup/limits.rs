//! The limits: sliders that act at once, also on a run that goes on, and the switches beside them.

use std::rc::Rc;

use leptos::prelude::*;

use super::number::NumberField;
use super::select::Select;
use super::switch::Switch;
use crate::engine::run::MAX_IN_FLIGHT;
use crate::engine::strategy::{Setting, Strategy, Use};
use crate::scenario::dial::Dial;
use crate::scenario::{MAX_DELAY_MS, Network, POLITE_IN_FLIGHT, Scenario, TIMEOUT_MS};
use crate::ui::dynamic::{flag, text};
use crate::ui::playground::Playground;

/// The most that the slider offers; the field beside it goes up to the limit of a run.
const SLIDER_CONCURRENCY: u32 = 64;

/// Concurrency, delay, timeout and switches.
#[component]
pub(super) fn Limits() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let scenario = playground.scenario;
    let concurrency = move || scenario.with(concurrency);
    let delay_ms = move || scenario.with(|scenario| scenario.delay_ms);
    // What a strategy reads at its start only can't be changed on the way.
    let is_no_use = move |setting: Setting| {
        flag(
            move || match scenario.with(|scenario| scenario.uses(setting)) {
                Use::Live => false,
                Use::AtStart => playground.is_running.get(),
                Use::No => true,
            },
        )
    };
    let is_running = move || flag(move || playground.is_running.get());
    let put_concurrency = |scenario: &mut Scenario, n: u32| scenario.concurrency = n as usize;
    let put_delay = |scenario: &mut Scenario, ms: u32| scenario.delay_ms = ms;
    view! {
        <div class="field">
            <label for="concurrency">"Concurrency"</label>
            <NumberField
                id="concurrency-number"
                name="Concurrency"
                range=1..=MAX_IN_FLIGHT as u32
                dial=None
                value=Box::new(|scenario| Some(self::concurrency(scenario)))
                disabled=is_no_use(Setting::Concurrency)
                set=Rc::new(put_concurrency)
            />
            <input
                id="concurrency"
                type="range"
                min="1"
                max=SLIDER_CONCURRENCY
                disabled=is_no_use(Setting::Concurrency)
                aria-valuetext=text(move || format!("{} at once", concurrency()))
                prop:value=text(move || concurrency().to_string())
                on:input:target=move |event| if let Ok(n) = event.target().value().parse() { playground.set(|scenario| put_concurrency(scenario, n)) }
            />
            <div class="ends num" aria-hidden="true"><span>"1"</span><span>"at most, at once"</span><span>"64"</span></div>
            <p class="hint">{text(move || scenario.with(concurrency_hint))}</p>
        </div>
        <div class="field">
            <label for="delay">"Delay"</label>
            <NumberField
                id="delay-number"
                name="Delay in ms"
                range=0..=MAX_DELAY_MS
                dial=None
                value=Box::new(|scenario| Some(scenario.delay_ms))
                disabled=is_no_use(Setting::Delay)
                set=Rc::new(put_delay)
            />
            <input
                id="delay"
                type="range"
                min="0"
                max=MAX_DELAY_MS
                step="50"
                disabled=is_no_use(Setting::Delay)
                aria-valuetext=text(move || format!("{} milliseconds", delay_ms()))
                prop:value=text(move || delay_ms().to_string())
                on:input:target=move |event| if let Ok(ms) = event.target().value().parse() { playground.set(|scenario| put_delay(scenario, ms)) }
            />
            <div class="ends num" aria-hidden="true"><span>"0"</span><span>"ms after each request"</span><span>"5 s"</span></div>
            <p class="hint">{text(move || scenario.with(|scenario| no_use_hint(scenario, Setting::Delay)))}</p>
        </div>
        <div class="switches">
            <Switch
                shown="Keep the permit during the delay"
                name=text(|| "Keep the permit during the delay")
                is_on=|scenario| scenario.keep_permit
                disabled=is_no_use(Setting::KeepPermit)
                set=Rc::new(move |on| playground.set(|scenario| scenario.keep_permit = on))
            />
            <p class="hint">{text(move || scenario.with(|scenario| no_use_hint(scenario, Setting::KeepPermit)))}</p>
            <div class="switch">
                <Switch
                    shown="Compare with"
                    name=text(move || format!("Compare with {}", playground.choice.get().against.name()))
                    is_on=|scenario| scenario.compare
                    disabled=is_running()
                    set=Rc::new(move |on| playground.set(|scenario| scenario.compare = on))
                />
                <Select
                    id="against"
                    name="Compare with"
                    options=|chosen| Strategy::ALL
                        .map(|strategy| (strategy.name(), strategy.name(), strategy == chosen.against))
                        .to_vec()
                    choose=|playground, place| playground.set(|scenario| scenario.against = Strategy::ALL[place])
                    disabled=flag(move || playground.is_running.get() || !scenario.with(|scenario| scenario.compare))
                />
            </div>
            <p class="hint" aria-live="polite">{text(move || scenario.with(Scenario::compares_with_itself).unwrap_or_default())}</p>
            <Switch
                shown="Both at the same time"
                name=text(|| "Both at the same time")
                is_on=Scenario::races
                disabled=flag(move || {
                    playground.is_running.get() || scenario.with(|scenario| !scenario.compares() || scenario.network != Network::Lab)
                })
                set=Rc::new(move |on| playground.set(|scenario| scenario.race = on))
            />
        </div>
        <div class="field">
            <label for="timeout">"Timeout, ms"</label>
            <NumberField
                id="timeout"
                name="Timeout"
                range=TIMEOUT_MS
                dial=None
                value=Box::new(|scenario| Some(scenario.timeout_ms))
                disabled=is_running()
                set=Rc::new(|scenario, ms| scenario.timeout_ms = ms)
            />
        </div>
    }
}

fn concurrency(scenario: &Scenario) -> u32 {
    u32::try_from(scenario.concurrency).unwrap_or(u32::MAX)
}

/// Why a setting does nothing to the strategy that is chosen; else nothing.
fn no_use_hint(scenario: &Scenario, setting: Setting) -> &'static str {
    let of_own = scenario.followed(scenario.strategy).uses(setting);
    match setting {
        // Who runs beside a race may well pause.
        Setting::Delay if of_own == Use::No => {
            "A race is over with the first answer: nobody pauses after it."
        }
        Setting::KeepPermit if scenario.uses(setting) == Use::No => {
            "Only “semaphore” can keep a permit while it pauses."
        }
        _ => "",
    }
}

/// What the concurrency means here and now, or why it means nothing.
fn concurrency_hint(scenario: &Scenario) -> String {
    // How many requests a host may get at once.
    let at_once = match scenario.strategy {
        Strategy::Sequential => 1,
        Strategy::AllAtOnce | Strategy::Race => MAX_IN_FLIGHT,
        Strategy::RateLimited | Strategy::AutoThrottle => 0, // that is not what holds them
        _ => scenario.concurrency,
    };
    let at_host = scenario
        .dials
        .get(Dial::PerHost)
        .map_or(at_once, |most| at_once.min(most as usize));
    if scenario.asks_others() && at_host > POLITE_IN_FLIGHT {
        return format!(
            "More than {POLITE_IN_FLIGHT} at a time to one host can be a burden to it, and it may shut you out."
        );
    }
    let mut strategies = scenario.strategies();
    if let Some(rate) = Dial::Rate.first()
        && scenario.dials.get(Dial::Rate).is_none()
        && strategies.any(|strategy| strategy == Strategy::RateLimited)
    {
        return format!(
            "“rate limited” sends {rate} requests a second, unless a rate is set under More limits."
        );
    }
    let at_start = |strategy: Strategy| {
        let name = strategy.name();
        format!("“{name}” reads this when a run starts, and not later.")
    };
    let use_of = |strategy: Strategy| scenario.followed(strategy).uses(Setting::Concurrency);
    let own = scenario.followed(scenario.strategy);
    match own {
        Strategy::Sequential if scenario.uses(Setting::Concurrency) == Use::No => {
            "One at a time has nothing to limit.".into()
        }
        Strategy::AllAtOnce => "All at once has no limit but the page’s own, 256.".into(),
        own => match use_of(own) {
            Use::AtStart => at_start(own),
            Use::No if own != Strategy::Sequential => {
                format!("“{}” has no use for this.", own.name())
            }
            _ => scenario
                .strategies()
                .find(|strategy| use_of(*strategy) == Use::AtStart)
                .map_or_else(String::new, at_start),
        },
    }
}
