//! A number's field. What is typed stays as it was typed; only a number that makes sense is taken, and any other is
//! answered with a sentence.

use std::ops::RangeInclusive;
use std::rc::Rc;

use leptos::prelude::*;

use crate::scenario::Scenario;
use crate::scenario::dial::Dial;
use crate::ui::dynamic::{Flag, aria, text};
use crate::ui::playground::Playground;
use crate::ui::state::{Derived, State};

/// Reads a number out of a scenario.
type Reading = Box<dyn Fn(&Scenario) -> Option<u32> + Send + Sync>;

/// A spin button. `take` gets each number that makes sense as it is typed.
#[component]
pub(super) fn NumberField(
    id: &'static str,
    /// The accessible name.
    name: &'static str,
    /// The numbers that make sense.
    range: RangeInclusive<u32>,
    /// The dial that it sets, which has words of its own for what makes none.
    dial: Option<Dial>,
    /// The number in the scenario; `None` while it is switched off.
    value: Reading,
    /// Whether it may be changed now.
    disabled: Flag,
    /// Takes a new number.
    take: Rc<dyn Fn(u32)>,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let (least, most) = (*range.start(), *range.end());
    let refusal = State::new(String::new());
    // Of this number alone: what was typed and refused stays, whatever else is changed meanwhile.
    let number = Derived::new(move || playground.scenario.with(&value));
    let unset = dial.and_then(Dial::first).unwrap_or_default();
    let read = move |typed: String| {
        // What is no number at all is beyond all ranges.
        let number = typed.trim().parse().unwrap_or(u32::MAX);
        let sentence = match dial {
            Some(dial) => dial.refusal(number),
            None if (least..=most).contains(&number) => None,
            None => Some(format!("Whole numbers from {least} to {most}.")),
        };
        if sentence.is_none() {
            take(number);
        }
        refusal.set(sentence.unwrap_or_default());
    };
    view! {
        <input
            class="numbox num"
            id=id
            type="number"
            inputmode="numeric"
            aria-label=name
            min=least
            max=most
            disabled=disabled
            aria-invalid=aria(move || !refusal.with(String::is_empty))
            prop:value=text(move || { refusal.set(String::new()); number.get().unwrap_or(unset).to_string() })
            on:input:target=move |event| read(event.target().value())
        />
        <span class="wrong" role="alert">{text(move || refusal.get())}</span>
    }
}
