//! What says less while a run goes on or is replayed keeps the room that it has: nothing moves when that begins.

use leptos::prelude::document;
use web_sys::Element;

use crate::report::units::fixed;
use crate::ui::is_in_window;

const PARTS: [&str; 3] = [".headline .told", ".causes", ".meters"];

/// A region whose contents the browser does not lay out while they are out of view (`style/evidence.css`).
const REGION: &str = ".side > *";

fn parts() -> Vec<Element> {
    let mut parts = Vec::new();
    for part in PARTS {
        parts.extend(document().query_selector(part).ok().flatten());
    }
    parts
}

fn region(part: &Element) -> Option<Element> {
    part.closest(REGION).ok().flatten()
}

/// Keeps the room that there is, to the 64th of a pixel in which browsers lay out. All of it is measured before any is set,
/// so that the page is laid out once.
pub(super) fn keep_room() {
    let mut kept = Vec::new();
    for part in parts() {
        // A region that is out of view keeps its room as a whole. The browser knows how high that is; a part of it would
        // have to be laid out to be measured, which is a good part of what it takes to begin a replay.
        let unseen = region(&part).filter(|region| !is_in_window(region));
        let part = unseen.unwrap_or(part);
        kept.push((part.get_bounding_client_rect().height(), part));
    }
    for (height, part) in kept {
        let _ = part.set_attribute("style", &format!("min-height:{}px", fixed(height, 6)));
    }
}

/// Lets all of it be as high as it likes.
pub(super) fn free_room() {
    for part in parts() {
        let _ = part.remove_attribute("style");
        if let Some(region) = region(&part) {
            let _ = region.remove_attribute("style");
        }
    }
}
