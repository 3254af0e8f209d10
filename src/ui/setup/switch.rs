//! A checkbox.

use std::rc::Rc;

use leptos::prelude::*;

use crate::scenario::Scenario;
use crate::ui::dynamic::{Flag, Text, flag};
use crate::ui::playground::Playground;

/// A checkbox. Its closures are boxed, so that it is compiled once and not for each switch.
#[component]
pub(super) fn Switch(
    /// What stands beside it.
    shown: &'static str,
    /// The accessible name, which begins with that.
    name: Text,
    is_on: fn(&Scenario) -> bool,
    disabled: Flag,
    set: Rc<dyn Fn(bool)>,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    view! {
        <label class="switch">
            <input
                type="checkbox"
                aria-label=name
                prop:checked=flag(move || playground.scenario.with(is_on))
                disabled=disabled
                on:change:target=move |event| set(event.target().checked())
            />
            <span>{shown}</span>
        </label>
    }
}
