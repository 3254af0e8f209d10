//! What says less in a replay keeps the room that it has: nothing moves when one begins.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::ui::px;

const PARTS: [&str; 5] = [
    ".headline h1",
    ".headline .sub",
    ".why",
    ".critical",
    ".meters",
];

fn each_part(act: fn(&HtmlElement)) {
    for part in PARTS {
        let element = document().query_selector(part).ok().flatten();
        if let Some(element) = element.and_then(|it| it.dyn_into().ok()) {
            act(&element);
        }
    }
}

/// Keeps the room that there is.
pub(super) fn keep_room() {
    each_part(|element| {
        let height = px(element.get_bounding_client_rect().height());
        let _ = element.set_attribute("style", &format!("min-height:{height}"));
    });
}

/// Lets all of it be as high as it likes.
pub(super) fn free_room() {
    each_part(|element| {
        let _ = element.remove_attribute("style");
    });
}
