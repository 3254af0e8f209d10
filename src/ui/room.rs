//! What says less while a run goes on or is replayed keeps the room that it has: nothing moves when that begins.

use leptos::prelude::document;
use web_sys::Element;

use crate::report::units::fixed;

const PARTS: [&str; 3] = [".headline .told", ".causes", ".meters"];

fn parts() -> impl Iterator<Item = Element> {
    PARTS
        .iter()
        .filter_map(|part| document().query_selector(part).ok().flatten())
}

/// Keeps the room that there is, to the 64th of a pixel in which browsers lay out. All of it is measured before any is set, so that the page is laid out once.
pub(super) fn keep_room() {
    let kept = parts().map(|part| (part.get_bounding_client_rect().height(), part));
    for (height, part) in kept.collect::<Vec<_>>() {
        let _ = part.set_attribute("style", &format!("min-height:{}px", fixed(height, 6)));
    }
}

/// Lets all of it be as high as it likes.
pub(super) fn free_room() {
    parts().for_each(|part| {
        let _ = part.remove_attribute("style");
    });
}
