//! The scene: everything that is drawn, as plain shapes with places in pixels and a meaning instead of a colour.
//!
//! A scene is rebuilt for each frame into the same vectors. It holds what the view shows and no more: its cost follows
//! the pixels, not the trace.

use crate::engine::moment::Moment;
use crate::engine::wait::Wait;

use super::rows::Rows;

mod bars;
mod draw;
mod strip;

pub use draw::{CANCEL_FROM_PX, CANCEL_GAP_PX};

/// Bars at least this high get round corners.
pub const ROUND_FROM_PX: f64 = 8.0;
/// Bars less high than this are too thin for a pattern of their own each: one runs through all of them.
pub const OWN_PATTERN_FROM_PX: f64 = 1.5;
/// How much of its colour a shade has.
pub const SHADE_STRENGTH: f64 = 0.14;
/// The same for permits in use.
pub const PERMITS_STRENGTH: f64 = 0.22;
/// The same for the event loop's lag.
pub const LAG_STRENGTH: f64 = 0.55;

/// One run, as it is to be drawn.
#[derive(Clone, Copy)]
pub struct Lane<'a> {
    /// Its name: "One at a time".
    pub name: &'a str,
    /// Its rows.
    pub rows: &'a Rows,
    /// The cursor: open segments end here.
    pub now: Moment,
    /// The soonest that this run could have ended with all tasks at once, if it is known.
    pub ideal: Option<Moment>,
    /// Whether tasks that go on can be cancelled.
    pub can_cancel: bool,
    /// Whether it was not measured, but follows from what was: it stands on a shade.
    pub is_foreseen: bool,
}

/// A rectangle, in pixels of the drawing.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

/// What an upright line means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Upright {
    /// A tick of the axis.
    Tick,
    /// The end of a run.
    End,
    /// The ideal bound.
    Ideal,
    /// A setting was changed here.
    Change,
    /// The cursor of a run that goes on.
    Now,
}

impl Upright {
    /// How thick the line is, and its dashes and the gaps between them, in pixels of the drawing.
    #[must_use]
    pub const fn line(self) -> (f64, &'static [f64]) {
        match self {
            Self::Change => (1.0, &[2.0, 3.0]),
            Self::Ideal => (1.5, &[6.0, 4.0]),
            Self::Tick | Self::End | Self::Now => (1.0, &[]),
        }
    }
}

/// What a text is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// A lane's name.
    Name,
    /// Smaller, beside something.
    Detail,
    /// A tick's label; it stands on the axis.
    Tick,
    /// How a task failed.
    Failure,
    /// A task's number, by its right end.
    Number,
    /// The cross behind the bar of a task that can be cancelled.
    Cancel,
}

impl Role {
    /// Weight and size in pixels of the drawing.
    #[must_use]
    pub const fn font(self) -> (u32, f64) {
        match self {
            Self::Name => (600, 12.5),
            Self::Detail | Self::Tick => (400, 11.0),
            Self::Number => (400, 10.0),
            Self::Failure => (500, 11.0),
            Self::Cancel => (600, 13.0),
        }
    }
}

/// A line of text, by the left end of its base line.
#[derive(Clone, PartialEq, Debug)]
pub struct Label {
    /// Left end.
    pub x: f64,
    /// Base line.
    pub y: f64,
    /// The words.
    pub text: String,
    /// What they are.
    pub role: Role,
}

/// The shapes of one frame.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Scene {
    /// The segments, by [`Wait::index`]: painted one colour after another.
    pub bars: [Vec<Rect>; Wait::ALL.len()],
    /// Marks at the ends of bars that failed (`true`) or were cancelled.
    pub marks: Vec<(Rect, bool)>,
    /// Upright lines: x, top, bottom, meaning.
    pub uprights: Vec<(f64, f64, f64, Upright)>,
    /// Base lines of the strips: x from, x to, y.
    pub baselines: Vec<(f64, f64, f64)>,
    /// Permits in use: one filled column each.
    pub permits: Vec<Rect>,
    /// Requests in flight: the curve's points, a curve a lane.
    pub in_flight: Vec<Vec<(f64, f64)>>,
    /// Items in a queue between tasks: the curve's points, a curve a queue.
    pub queued: Vec<Vec<(f64, f64)>>,
    /// The event loop's lag: one filled column each, hanging from the strip's top.
    pub lag: Vec<Rect>,
    /// Spans in which the page was hidden, or the run paused; and all of a lane that is foreseen.
    pub shades: Vec<Rect>,
    /// All texts.
    pub labels: Vec<Label>,
}

impl Scene {
    fn clear(&mut self) {
        self.bars.iter_mut().for_each(Vec::clear);
        self.marks.clear();
        self.uprights.clear();
        self.baselines.clear();
        self.permits.clear();
        self.in_flight.iter_mut().for_each(Vec::clear);
        self.queued.clear();
        self.lag.clear();
        self.shades.clear();
        self.labels.clear();
    }
}
