//! A choice of a few, side by side.

use leptos::prelude::*;

use crate::ui::dynamic::{Text, each, flag};
use crate::ui::playground::{Choice, Playground};

/// Radio buttons. What differs between them are plain functions, so that they are compiled once and not for each choice.
#[component]
pub(super) fn Radios(
    /// The name of the group, for people and for the browser.
    name: &'static str,
    /// What there is to choose from.
    names: &'static [&'static str],
    /// The place of what is chosen, among those.
    chosen: fn(Choice) -> usize,
    /// Takes the place of what was chosen.
    choose: fn(Playground, usize),
    /// What the choice means.
    hint: Text,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    view! {
        <fieldset class="field" disabled=flag(move || playground.is_running.get())>
            <legend>{name}</legend>
            <div class="seg">
                {each(names.iter().enumerate(), |(place, words)| view! {
                    <label>
                        <input
                            type="radio"
                            name=name
                            value=*words
                            prop:checked=flag(move || chosen(playground.choice.get()) == place)
                            on:change=move |_| choose(playground, place)
                        />
                        <span>{*words}</span>
                    </label>
                })}
            </div>
            <p class="hint">{hint}</p>
        </fieldset>
    }
}
