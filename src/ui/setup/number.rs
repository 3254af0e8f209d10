//! A number's field. What is typed stays as it was typed; only a number in range is taken.

use std::ops::RangeInclusive;
use std::rc::Rc;

use leptos::prelude::*;

use crate::scenario::Scenario;
use crate::ui::dynamic::{Flag, aria, text};
use crate::ui::playground::Playground;
use crate::ui::state::{Derived, State};

/// A spin button. `take` gets each number in `range` as it is typed.
#[component]
pub(super) fn NumberField(
    /// The accessible name.
    name: &'static str,
    /// The numbers that make sense.
    range: RangeInclusive<u32>,
    /// The number in the scenario.
    value: fn(&Scenario) -> u32,
    /// Whether it may be changed now.
    disabled: Flag,
    /// Takes a new number.
    take: Rc<dyn Fn(u32)>,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let (least, most) = (*range.start(), *range.end());
    let is_wrong = State::new(false);
    // Of this number alone: what was typed and refused stays, whatever else is changed meanwhile.
    let number = Derived::new(move || playground.scenario.with(value));
    let read = move |typed: String| {
        let number = typed
            .trim()
            .parse()
            .ok()
            .filter(|number| (least..=most).contains(number));
        is_wrong.set(number.is_none());
        if let Some(number) = number {
            take(number);
        }
    };
    view! {
        <input
            class="numbox num"
            type="number"
            inputmode="numeric"
            aria-label=name
            min=least
            max=most
            disabled=disabled
            aria-invalid=aria(move || is_wrong.get())
            prop:value=text(move || { is_wrong.set(false); number.get().to_string() })
            on:input:target=move |event| read(event.target().value())
        />
        <span class="wrong" role="alert">
            {text(move || if is_wrong.get() { format!("{least} to {most}, whole numbers") } else { String::new() })}
        </span>
    }
}
