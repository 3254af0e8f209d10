//! A list to choose one thing from.

use leptos::prelude::*;

use crate::ui::dynamic::{Flag, each, part};
use crate::ui::playground::{Choice, Playground};

/// What can be chosen: the name in links, the words for people, and whether it is chosen.
pub(super) type Choosable = (&'static str, &'static str, bool);

/// The words of what can be chosen, each with its value and whether it is chosen, made anew when the signals change which it reads.
pub(in crate::ui) type Options = Box<dyn Fn() -> Vec<(String, String, bool)> + Send>;

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
    let options = move || {
        let options = options(playground.choice.get()).into_iter();
        options
            .map(|(value, words, is_chosen)| (value.into(), words.into(), is_chosen))
            .collect()
    };
    let choose = move |place| choose(playground, place);
    select((id, name), Box::new(options), Box::new(choose), disabled)
}

/// The same of anything: its id and accessible name, and what takes the place of what was chosen.
pub(in crate::ui) fn select(
    (id, name): (&'static str, &'static str),
    options: Options,
    choose: Box<dyn Fn(usize)>,
    disabled: Flag,
) -> AnyView {
    view! {
        <select
            id=id
            aria-label=name
            disabled=disabled
            on:change:target=move |event| choose(event.target().selected_index() as usize)
        >
            {part(move || each(options(), |(value, words, is_chosen)| view! {
                <option value=value prop:selected=is_chosen>{words}</option>
            }))}
        </select>
    }
    .into_any()
}
