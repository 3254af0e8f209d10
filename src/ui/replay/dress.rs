//! The style of a replay and of the permits, which comes with them: the first paint has neither.

use leptos::prelude::document;

const STYLE: &str = include_str!("../../../style/replay.css");

/// Puts the style into the page.
pub(in crate::ui) fn dress() {
    let style = document().create_element("style").ok();
    if let Some((style, head)) = style.zip(document().head()) {
        style.set_text_content(Some(STYLE));
        let _ = head.append_child(&style);
    }
}
