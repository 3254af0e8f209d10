//! The other limits: a field for each dial, by groups, folded away until somebody wants them.

use std::rc::Rc;

use leptos::prelude::*;

use super::number::NumberField;
use super::select::{Choosable, Select};
use super::switch::Switch;
use crate::engine::compute::{Kind, Place};
use crate::engine::strategy::{Setting, Use};
use crate::scenario::Network;
use crate::scenario::dial::{Dial, Group};
use crate::ui::dynamic::{each, flag, part, text};
use crate::ui::playground::{Choice, Playground};
use crate::ui::state::Derived;

/// All dials, and what among the settings works against itself.
#[component]
pub(super) fn Dials() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let contradictions = move || match playground.running.get().table() {
        Some(running) => playground.scenario.with(running.contradictions),
        None => Vec::new(),
    };
    view! {
        <details class="more">
            <summary>"More limits"</summary>
            {part(move || each(playground.running.get().table(), |running| (running.dials)()))}
        </details>
        <ul class="faults" aria-live="polite">
            {part(move || each(contradictions(), |sentence| view! { <li>{sentence}</li> }))}
        </ul>
    }
}

/// The fields of all dials.
#[component]
pub(in crate::ui) fn DialGroups() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let is_simulation =
        Derived::new(move || playground.choice.get().network == Network::Simulation);
    part(move || {
        each(
            Group::ALL.into_iter().filter(|group| match group {
                Group::Simulation => is_simulation.get(),
                Group::Crawl => false, // has its place with the seed
                _ => true,
            }),
            group_fields,
        )
    })
}

fn group_fields(group: Group) -> AnyView {
    // The work's field follows its kind.
    let dials = Dial::ALL
        .into_iter()
        .filter(|&dial| dial.group() == group && dial != Dial::Work);
    view! {
        <fieldset class="dials">
            <legend>{group.name()}</legend>
            {each(dials, |dial| view! { <DialField dial=dial name=dial.name() /> })}
            {match group {
                Group::Failure => view! { <StopAtFirst /> }.into_any(),
                Group::Cost => view! { <WorkFields /> }.into_any(),
                _ => ().into_any(),
            }}
        </fieldset>
    }
    .into_any()
}

/// A number's field, with a box to tick for what can be switched off.
#[component]
pub(super) fn DialField(
    dial: Dial,
    /// What it is called here.
    name: &'static str,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let setting = move || {
        playground
            .scenario
            .with(|scenario| scenario.dials.get(dial))
    };
    let set = move |setting: Option<u32>| {
        playground.set(|scenario| {
            scenario.dials.set(dial, setting);
        });
    };
    let is_fixed = move || playground.is_running.get() && !dial.is_live();
    view! {
        <div class="dial">
            {each(dial.first(), |first| view! {
                // The label has no words: it is there to be hit.
                <label class="box">
                    <input
                        type="checkbox"
                        aria-label=format!("{name}: limited")
                        prop:checked=flag(move || setting().is_some())
                        disabled=flag(is_fixed)
                        on:change:target=move |event| set(event.target().checked().then_some(first))
                    />
                </label>
            })}
            <label for=dial.key()>{name}</label>
            <NumberField
                id=dial.key()
                name=name
                range=dial.range()
                dial=Some(dial)
                value=Box::new(move |scenario| scenario.dials.get(dial))
                disabled=flag(move || is_fixed() || setting().is_none())
                set=Rc::new(move |scenario, number| { scenario.dials.set(dial, Some(number)); })
            />
        </div>
    }
}

#[component]
fn StopAtFirst() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let is_no_use = move || {
        playground
            .scenario
            .with(|scenario| scenario.uses(Setting::StopAtFirst) == Use::No)
    };
    view! {
        <Switch
            shown="Stop at the first failure"
            name=text(|| "Stop at the first failure")
            is_on=|scenario| scenario.stop_at_first
            disabled=flag(move || playground.is_running.get() || is_no_use())
            set=Rc::new(move |on| playground.set(|scenario| scenario.stop_at_first = on))
        />
        <p class="hint">
            {text(move || if is_no_use() { "A race goes on while one can still win." } else { "" })}
        </p>
    }
}

/// What a page's work for the processor is, how much, and where it is done.
#[component]
fn WorkFields() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let kind = Derived::new(move || playground.choice.get().kind);
    let kinds = choice_field(
        "kind",
        "Kind of work",
        |chosen| {
            Kind::ALL
                .map(|kind| (kind.name(), kind.name(), kind == chosen.kind))
                .to_vec()
        },
        |playground, place| playground.set(|scenario| scenario.kind = Kind::ALL[place]),
    );
    let places = |kind: Kind| {
        choice_field(
            "place",
            kind.done(),
            |chosen| {
                Place::ALL
                    .map(|place| (place.name(), place.name(), place == chosen.place))
                    .to_vec()
            },
            |playground, place| playground.set(|scenario| scenario.place = Place::ALL[place]),
        )
    };
    // Its number and its place are called after its kind.
    let rest = move || {
        let kind = kind.get();
        vec![
            view! { <DialField dial=Dial::Work name=Dial::Work.name_for(kind) /> }.into_any(),
            places(kind),
        ]
    };
    vec![kinds, part(rest).into_any()]
}

/// A choice that a run reads when it starts, and not later. No component, so that it is compiled once for all of them.
fn choice_field(
    id: &'static str,
    name: &'static str,
    options: fn(Choice) -> Vec<Choosable>,
    choose: fn(Playground, usize),
) -> AnyView {
    let playground = expect_context::<Playground>();
    view! {
        <div class="dial">
            <label for=id>{name}</label>
            <Select
                id=id
                name=name
                options=options
                choose=choose
                disabled=flag(move || playground.is_running.get())
            />
        </div>
    }
    .into_any()
}
