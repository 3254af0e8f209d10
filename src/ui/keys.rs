//! The dialog that lists the keys.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, KeyboardEvent};

use super::dynamic::each;

/// Whether the key was pressed where people write.
pub(super) fn is_typing(event: &KeyboardEvent) -> bool {
    let Some(target) = target::<HtmlElement>(event) else {
        return false;
    };
    // An input without a type is one for text.
    let is_text_input = target.tag_name() == "INPUT"
        && target
            .get_attribute("type")
            .is_none_or(|kind| matches!(&*kind, "text" | "search" | "number"));
    is_text_input || target.tag_name() == "TEXTAREA"
}

/// Whether the browser empties a field for searching by this Escape.
pub(super) fn empties_search(event: &KeyboardEvent) -> bool {
    target::<HtmlInputElement>(event)
        .is_some_and(|field| field.type_() == "search" && !field.value().is_empty())
}

fn target<T: JsCast>(event: &KeyboardEvent) -> Option<T> {
    event.target()?.dyn_into().ok()
}

/// The keys.
const KEYS: [(&str, &str); 4] = [
    ("Ctrl + Enter", "Run"),
    ("Escape", "Stop; let go of what is selected"),
    ("Tab, arrows", "Move between controls, and move a slider"),
    ("?", "This list"),
];

/// Those of the timeline, while it has the focus, and what a mouse does there.
const TIMELINE_KEYS: [(&str, &str); 13] = [
    ("W S, + −", "Zoom in, zoom out"),
    ("A D, ← →", "Earlier, later"),
    ("↑ ↓", "Select the bar above, below"),
    ("[ ]", "The same, and go to it"),
    (", .", "Event before, next event; in a replay its steps"),
    ("Space", "Play it again, pause"),
    ("< >", "To the start of the replay; the whole run"),
    ("Enter", "As wide as the selected bar"),
    ("F", "Fit all, as a double click"),
    (
        "Home End",
        "Start; end, which is followed; with a bar selected the first, last",
    ),
    (
        "M",
        "Measure what is in view; Shift + drag: a range; Escape: no more",
    ),
    ("Ctrl + wheel", "Zoom, as a pinch does"),
    ("Drag", "Move; sideways also Shift + wheel"),
];

/// The list of keys, opened by `?`.
#[component]
pub(super) fn Keys(dialog: NodeRef<html::Dialog>) -> impl IntoView {
    view! {
        <dialog class="keys" node_ref=dialog aria-labelledby="keys-name">
            <h2 id="keys-name">"Keys"</h2>
            <dl>
                {each(KEYS, |(key, action)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{action}</dd></div> })}
            </dl>
            <h3>"On the timeline"</h3>
            <dl>
                {each(TIMELINE_KEYS, |(key, action)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{action}</dd></div> })}
            </dl>
            <form method="dialog">
                <button class="plain" type="submit">"Close"</button>
            </form>
        </dialog>
    }
}
