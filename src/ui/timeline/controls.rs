//! Below the picture: buttons that zoom and measure, the strip that shows where the window lies, and what was measured.

use leptos::html;
use leptos::prelude::*;

use super::folding::{fold_button, folded};
use super::keys::STEP;
use super::minimap::Minimap;
use super::navigator::Navigator;
use crate::ui::dynamic::{each, flag, part};
use crate::ui::replay::ReplayControls;
use crate::ui::state::Derived;

/// A button: its sign, its name, what it does.
type Deed = (&'static str, &'static str, fn(Navigator));

const BUTTONS: [Deed; 4] = [
    ("+", "Zoom in", |navigator| navigator.zoom(STEP)),
    ("−", "Zoom out", |navigator| navigator.zoom(1.0 / STEP)),
    ("Fit", "Fit", Navigator::fit),
    (
        "Measure",
        "Measure what is in view",
        Navigator::measure_view,
    ),
];

/// The controls. `map` is the canvas of the strip.
#[component]
pub(super) fn Controls(navigator: Navigator, map: NodeRef<html::Canvas>) -> impl IntoView {
    let is_whole =
        Derived::new(move || navigator.playground.window.with(|window| window.is_whole()));
    view! {
        <div class="zoom">
            {each(BUTTONS, |(sign, name, act)| view! {
                <button class="plain" type="button" aria-label=name on:click=move |_| act(navigator)>{sign}</button>
            })}
            {fold_button(navigator)}
            // Both are there, one of them seen: to zoom moves nothing, and what has its place needs no other.
            <div class="beside" class:zoomed=flag(move || !is_whole.get())>
                <p class="hint muted">"Ctrl + wheel or pinch zooms, drag moves; ? lists the keys"</p>
                <Minimap navigator=navigator map=map />
            </div>
        </div>
        {folded(navigator)}
        <ReplayControls />
        {part(move || each(navigator.measured.get(), |range| view! { <p class="measured num">{range.words}</p> }))}
    }
}
