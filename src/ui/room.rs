//! What says less while a run goes on or is replayed keeps the room that it has: nothing moves when that begins.

use leptos::prelude::{document, window};
use web_sys::{DomRect, Element};

use crate::report::units::fixed;

const PARTS: [&str; 3] = [".headline .told", ".causes", ".meters"];

/// A region whose contents the browser does not lay out while they are out of view (`style/evidence.css`).
const REGION: &str = ".side > *";

fn parts() -> impl Iterator<Item = Element> {
    PARTS
        .iter()
        .filter_map(|part| document().query_selector(part).ok().flatten())
}

fn region(part: &Element) -> Option<Element> {
    part.closest(REGION).ok().flatten()
}

/// Keeps the room that there is, to the 64th of a pixel in which browsers lay out. All of it is measured before any is set,
/// so that the page is laid out once.
pub(super) fn keep_room() {
    let height = window().inner_height().ok().and_then(|it| it.as_f64());
    let is_seen = |place: &DomRect| {
        place.bottom() > 0.0 && height.is_none_or(|height_px| place.top() < height_px)
    };
    let kept = parts().map(|part| {
        // A region that is out of view keeps its room as a whole. The browser knows how high that is; a part of it would
        // have to be laid out to be measured, which is a good part of what it takes to begin a replay.
        let region = region(&part).map(|region| (region.get_bounding_client_rect(), region));
        let unseen = region.filter(|(place, _)| !is_seen(place));
        unseen.unwrap_or_else(|| (part.get_bounding_client_rect(), part))
    });
    for (place, part) in kept.collect::<Vec<_>>() {
        let _ = part.set_attribute(
            "style",
            &format!("min-height:{}px", fixed(place.height(), 6)),
        );
    }
}

/// Lets all of it be as high as it likes.
pub(super) fn free_room() {
    for part in parts() {
        for kept in region(&part).into_iter().chain([part]) {
            let _ = kept.remove_attribute("style");
        }
    }
}
