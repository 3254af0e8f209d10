//! Wheel, mouse and fingers on the canvas. What they mean is read by `timeline::gesture`.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent, PointerEvent, WheelEvent};

use super::cross;
use super::navigator::Navigator;
use crate::engine::trace::TaskId;
use crate::timeline::gesture::{Deed, Gesture, Pointer};
use crate::timeline::layout::AXIS_PX;
use crate::ui::state::State;

/// Pixels that a wheel's line stands for, where it counts in lines.
const LINE_PX: f64 = 16.0;
/// However far a wheel turns at once, it zooms by no more than this many pixels do.
const MOST_PX: f64 = 40.0;

/// What hands do. Copies are handles to the same.
#[derive(Clone, Copy)]
pub(super) struct Hands {
    pub(super) navigator: Navigator,
    /// Where the pointer hovers.
    pub(super) pointer: State<Option<(f64, f64)>>,
    pub(super) gesture: StoredValue<RefCell<Gesture>, LocalStorage>,
}

impl Hands {
    /// With Ctrl, which a pinch on a touchpad says too, a wheel zooms at the pointer; with Shift, or sideways, it pans. A
    /// plain one is the browser's, which scrolls rows and the page.
    pub(super) fn wheel(self, event: &WheelEvent) {
        let px = if event.delta_mode() == WheelEvent::DOM_DELTA_PIXEL {
            1.0
        } else {
            LINE_PX
        };
        let (x_px, y_px) = (event.delta_x() * px, event.delta_y() * px);
        if event.ctrl_key() || event.meta_key() {
            event.prevent_default();
            let by_px = y_px.clamp(-MOST_PX, MOST_PX);
            // Half as much there and back is where it was.
            let factor = (5.0 * MOST_PX + by_px) / (5.0 * MOST_PX - by_px);
            let at = self.navigator.share(f64::from(event.offset_x()));
            self.navigator
                .look(|window, extent| window.zoomed(factor, at, extent));
        } else if event.shift_key() || x_px.abs() > y_px.abs() {
            event.prevent_default();
            // Some browsers turn a wheel with Shift sideways themselves.
            self.pan(if x_px == 0.0 { -y_px } else { -x_px });
        }
    }

    /// Moves the picture to the right.
    fn pan(self, x_px: f64) {
        let navigator = self.navigator;
        let share = navigator.share(0.0) - navigator.share(x_px);
        navigator.look(|window, extent| window.panned(share, extent));
    }

    pub(super) fn press(self, event: &PointerEvent) {
        self.pointer.set(Some(place(event)));
        if event.button() != 0 {
            return;
        }
        let playground = self.navigator.playground;
        if playground.is_replaying() && is_on_axis(f64::from(event.offset_y())) {
            playground.player.is_dragged.set(true);
            capture(event);
            return self.scrub(event);
        }
        self.gesture.with_value(|gesture| {
            gesture
                .borrow_mut()
                .press(pointer(event), event.shift_key())
        });
    }

    fn scrub(self, event: &PointerEvent) {
        self.pointer.set(None);
        if let Some(at) = self.navigator.moment(f64::from(event.offset_x())) {
            self.navigator.playground.show_moment(at);
        }
    }

    pub(super) fn go(self, event: &PointerEvent) {
        let is_dragged = self.navigator.playground.player.is_dragged;
        if is_dragged.get_untracked() {
            if event.buttons() != 0 {
                return self.scrub(event);
            }
            is_dragged.set(false);
        }
        let (deed, is_dragging) = self.gesture.with_value(|gesture| {
            let mut gesture = gesture.borrow_mut();
            // Where the mouse was let go outside the page, nobody told.
            if event.pointer_type() == "mouse" && event.buttons() == 0 {
                gesture.lift(event.pointer_id());
            }
            (gesture.go(pointer(event)), gesture.is_dragging())
        });
        if is_dragging {
            // Not before it moves: what is captured from the start is never a click on what it began on.
            capture(event);
        }
        // A box beside the pointer would only be in the way.
        self.pointer.set((!is_dragging).then(|| place(event)));
        match deed {
            None => {}
            Some(Deed::Pan { x_px, y_px }) => {
                self.pan(x_px);
                // Fingers scroll the rows by themselves.
                if let Some(viewport) = self
                    .navigator
                    .viewport
                    .get_untracked()
                    .filter(|_| event.pointer_type() == "mouse")
                {
                    viewport.set_scroll_top(viewport.scroll_top() - y_px as i32);
                }
            }
            Some(Deed::Zoom {
                factor,
                at_px,
                x_px,
            }) => {
                let at = self.navigator.share(at_px);
                self.navigator
                    .look(|window, extent| window.zoomed(factor, at, extent));
                self.pan(x_px);
            }
            Some(Deed::Measure { from_px, to_px }) => self.navigator.mark(from_px, to_px),
        }
    }

    pub(super) fn lift(self, event: &PointerEvent) {
        self.navigator.playground.player.is_dragged.set(false);
        let is_measured = self
            .gesture
            .with_value(|gesture| gesture.borrow_mut().lift(event.pointer_id()));
        if is_measured {
            self.navigator.measure();
        }
    }

    /// A click cancels the task whose cross it hits, else it selects the bar under it. Both have their twins: the cross in
    /// the tasks table is a button, and keys select.
    pub(super) fn click(self, event: &MouseEvent) {
        if !self
            .gesture
            .with_value(|gesture| gesture.borrow().was_steady())
        {
            return;
        }
        let at = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        let navigator = self.navigator;
        if navigator.playground.is_replaying() && is_on_axis(at.1) {
            return;
        }
        let (view, shown) = (
            navigator.view(),
            navigator.playground.window.get_untracked(),
        );
        let hit = navigator.read(|stage, layout| {
            let bar = layout.row_under(view, at.1).filter(|(lane, row)| {
                let lane = stage.lanes.get(*lane);
                lane.is_some_and(|lane| *row < lane.rows.rows().len())
            });
            (cross::at(stage, layout, view, shown, at), bar)
        });
        match hit {
            Some((Some((lane, task)), _)) => navigator.playground.cancel(lane, task),
            Some((None, Some((lane, row)))) => {
                navigator.playground.toggle(lane, TaskId(row as u32));
            }
            _ => {
                navigator.playground.selected.set(None);
                navigator.measured.set(None);
                navigator.event.set(None);
            }
        }
    }
}

/// In a replay the axis is where the cursor is put.
fn is_on_axis(y_px: f64) -> bool {
    y_px <= AXIS_PX
}

/// What the pointer does from here on is told to the canvas, wherever that is.
fn capture(event: &PointerEvent) {
    if let Some(canvas) = event.target().and_then(|it| it.dyn_into::<Element>().ok()) {
        let _ = canvas.set_pointer_capture(event.pointer_id());
    }
}

fn place(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.offset_x()), f64::from(event.offset_y()))
}

fn pointer(event: &PointerEvent) -> Pointer {
    let (x_px, y_px) = place(event);
    Pointer {
        id: event.pointer_id(),
        x_px,
        y_px,
    }
}
