//! A list to choose one thing from.

use leptos::prelude::*;

use crate::ui::dynamic::{Flag, each, part};
use crate::ui::playground::{Choice, Playground};

/// What can be chosen: the name in links, the words for people, and whether it is chosen.
pub(super) type Choosable = (&'static str, &'static str, bool);

/// A select. What differs between them are plain functions, so that it is compiled once and not for each kind of thing.
#[component]
pub(super) fn Select(
    id: &'static str,
    /// The accessible name.
    name: &'static str,
    /// What there is to choose from.
    options: fn(Choice) -> Vec<Choosable>,
    /// Takes the place of what was chosen, among those.
    choose: fn(Playground, usize),
    /// Whether it may be changed now.
    disabled: Flag,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    view! {
        <select
            id=id
            aria-label=name
            disabled=disabled
            on:change:target=move |event| choose(playground, event.target().selected_index() as usize)
        >
            {part(move || each(options(playground.choice.get()), |(value, words, is_chosen)| view! {
                <option value=value prop:selected=is_chosen>{words}</option>
            }))}
        </select>
    }
}
