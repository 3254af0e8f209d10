//! The keys of the picture, as in Perfetto.

use web_sys::KeyboardEvent;

use super::navigator::Navigator;
use crate::ui::replay;

/// Zooming in by one step shows this much of what was there.
pub(super) const STEP: f64 = 2.0 / 3.0;
/// Panning by one step goes on by this share of the window.
const PAN: f64 = 0.2;

/// Does what the key says, if it says anything.
pub(super) fn press(event: &KeyboardEvent, navigator: Navigator) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    if replay::act(navigator.playground, &event.key()) {
        return event.prevent_default();
    }
    let pan = |share: f64| {
        navigator.look_and_tell(|window, extent| window.panned(share, extent));
    };
    match event.key().as_str() {
        "w" | "W" | "+" | "=" => navigator.zoom(STEP),
        "s" | "S" | "-" | "_" => navigator.zoom(1.0 / STEP),
        "a" | "A" | "ArrowLeft" => pan(-PAN),
        "d" | "D" | "ArrowRight" => pan(PAN),
        "Home" => navigator.go_to_end(false),
        "End" => navigator.go_to_end(true),
        "f" | "F" => navigator.fit(),
        "m" | "M" => navigator.measure_view(),
        // The next one has its meaning for the page.
        "Escape" if navigator.measured.with_untracked(Option::is_some) => {
            navigator.measured.set(None);
            event.stop_propagation();
        }
        "Enter" => navigator.fit_selected(),
        "ArrowUp" => navigator.step_bar(-1, false),
        "ArrowDown" => navigator.step_bar(1, false),
        "[" => navigator.step_bar(-1, true),
        "]" => navigator.step_bar(1, true),
        "," => navigator.step_event(false),
        "." => navigator.step_event(true),
        _ => return,
    }
    event.prevent_default();
}
