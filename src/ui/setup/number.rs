//! A number's field. What is typed stays as it was typed; only a number in range is taken.

use std::ops::RangeInclusive;
use std::rc::Rc;

use leptos::prelude::*;

/// A spin button. `take` gets each number in `range` as it is typed.
#[component]
pub(super) fn NumberField(
    /// The accessible name.
    name: &'static str,
    /// The numbers that make sense.
    range: RangeInclusive<u32>,
    /// The number now.
    value: Signal<u32>,
    /// Whether it may be changed now.
    #[prop(into)]
    disabled: Signal<bool>,
    /// Takes a new number.
    take: Rc<dyn Fn(u32)>,
) -> impl IntoView {
    let (least, most) = (*range.start(), *range.end());
    let is_wrong = RwSignal::new(false);
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
            aria-invalid=move || is_wrong.get().to_string()
            prop:value=move || { is_wrong.set(false); value.get().to_string() }
            on:input:target=move |event| read(event.target().value())
        />
        <span class="wrong" role="alert">
            {move || if is_wrong.get() { format!("{least} to {most}, whole numbers") } else { String::new() }}
        </span>
    }
}
