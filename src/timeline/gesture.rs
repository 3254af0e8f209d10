//! Fingers and the mouse on the picture: what they do, in pixels, whatever it is that they do it to.

/// A movement further than this is no click any more.
const STEADY_PX: f64 = 4.0;
/// Fingers nearer than this to each other are too near to zoom by.
const LEAST_SPREAD_PX: f64 = 8.0;

/// Where a pointer is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Pointer {
    /// Which of them, as the browser numbers them.
    pub id: i32,
    /// From the left.
    pub x_px: f64,
    /// From the top.
    pub y_px: f64,
}

/// What a movement does.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Deed {
    /// The picture goes along with the pointer by this much.
    Pan {
        /// To the right.
        x_px: f64,
        /// Down.
        y_px: f64,
    },
    /// The picture grows or shrinks around a place, and goes along by so much to the right.
    Zoom {
        /// By how much more is to be seen: below 1 it is less, and larger.
        factor: f64,
        /// The place that stays.
        at_px: f64,
        /// How far that place went to the right.
        x_px: f64,
    },
    /// What lies between the two places is measured.
    Measure {
        /// Where it was begun.
        from_px: f64,
        /// Where the pointer is.
        to_px: f64,
    },
}

/// What goes on between the first pointer's coming down and the last one's going up.
///
/// ```
/// use crawl_playground::timeline::gesture::{Deed, Gesture, Pointer};
///
/// let mut gesture = Gesture::default();
/// gesture.press(Pointer { id: 1, x_px: 100.0, y_px: 20.0 }, false);
/// let deed = gesture.go(Pointer { id: 1, x_px: 130.0, y_px: 20.0 });
/// assert_eq!(deed, Some(Deed::Pan { x_px: 30.0, y_px: 0.0 }));
/// gesture.lift(1);
/// assert!(!gesture.was_steady(), "that was no click");
/// ```
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Gesture {
    down: Vec<Pointer>,
    /// Where the first pointer came down.
    from: (f64, f64),
    measures: bool,
    has_moved: bool,
}

impl Gesture {
    /// A pointer comes down. The first says whether it measures; the third and those after it have no say.
    pub fn press(&mut self, pointer: Pointer, measures: bool) {
        self.lift(pointer.id);
        if self.down.is_empty() {
            self.from = (pointer.x_px, pointer.y_px);
            self.measures = measures;
            self.has_moved = false;
        } else {
            // Two fingers are never a click.
            self.has_moved = true;
            self.measures = false;
        }
        if self.down.len() < 2 {
            self.down.push(pointer);
        }
    }

    /// A pointer moves; `None` if that does nothing.
    pub fn go(&mut self, to: Pointer) -> Option<Deed> {
        let place = self.down.iter().position(|pointer| pointer.id == to.id)?;
        let before = self.down[place];
        if !self.has_moved {
            let (x_px, y_px) = (to.x_px - self.from.0, to.y_px - self.from.1);
            if distance_px(x_px, y_px) < STEADY_PX {
                return None;
            }
            self.has_moved = true;
        }
        self.down[place] = to;
        let Some(other) = self.down.get(1 - place) else {
            return Some(if self.measures {
                Deed::Measure {
                    from_px: self.from.0,
                    to_px: to.x_px,
                }
            } else {
                Deed::Pan {
                    x_px: to.x_px - before.x_px,
                    y_px: to.y_px - before.y_px,
                }
            });
        };
        let spread_px = |finger: Pointer| {
            let across_px = distance_px(finger.x_px - other.x_px, finger.y_px - other.y_px);
            across_px.max(LEAST_SPREAD_PX)
        };
        let middle_px = |finger: Pointer| (finger.x_px + other.x_px) / 2.0;
        Some(Deed::Zoom {
            factor: spread_px(before) / spread_px(to),
            at_px: middle_px(before),
            x_px: middle_px(to) - middle_px(before),
        })
    }

    /// A pointer goes up, or is taken over by the browser. Returns whether a measurement is complete by that.
    pub fn lift(&mut self, id: i32) -> bool {
        let count = self.down.len();
        self.down.retain(|pointer| pointer.id != id);
        count == 1 && self.down.is_empty() && self.measures && self.has_moved
    }

    /// Whether the pointer did not move, or hardly: what ends so was a click.
    #[must_use]
    pub fn was_steady(&self) -> bool {
        !self.has_moved
    }

    /// Whether a pointer is down that has moved.
    #[must_use]
    pub fn is_dragging(&self) -> bool {
        self.has_moved && !self.down.is_empty()
    }
}

fn distance_px(x_px: f64, y_px: f64) -> f64 {
    (x_px * x_px + y_px * y_px).sqrt()
}
