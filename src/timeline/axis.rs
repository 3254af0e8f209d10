//! The axis: round moments with labels that never overlap, in the unit that fits.

use std::time::Duration;

use crate::engine::moment::Moment;
use crate::report::units;

use super::scale::TimeScale;

/// Room that a letter of a label is given: digits of the widest of the page's fonts take that.
pub const LETTER_PX: f64 = 7.0;
/// Between a tick and its label.
pub const LABEL_GAP_PX: f64 = 4.0;
/// Least room between a label and the next tick.
const SPARE_PX: f64 = 6.0;
/// How far a label may stand out behind the axis.
const OVERHANG_PX: f64 = 12.0;

/// A round moment.
#[derive(Clone, PartialEq, Debug)]
pub struct Tick {
    /// Where it is.
    pub x_px: f64,
    /// What it is called; nothing where there is no room.
    pub label: String,
}

/// The ticks of an axis, at least `gap_px` apart, and farther where their labels need it.
///
/// ```
/// use crawl_playground::{engine::moment::Moment, timeline::{axis::ticks, scale::TimeScale}};
///
/// let scale = TimeScale::new(Moment::ZERO, Moment::from_us(2_000_000), 0.0, 200.0);
/// let labels: Vec<String> = ticks(&scale, 84.0).into_iter().map(|tick| tick.label).collect();
/// assert_eq!(labels, ["0", "1\u{a0}s", ""]);
/// ```
#[must_use]
pub fn ticks(scale: &TimeScale, gap_px: f64) -> Vec<Tick> {
    let mut gap_px = gap_px;
    loop {
        let moments = scale.ticks(gap_px);
        let step = moments
            .get(1)
            .zip(moments.first())
            .map_or(Duration::ZERO, |(next, first)| *next - *first);
        let (_, until) = scale.range();
        let name = |at: Moment| match step {
            Duration::ZERO => units::tick(at, own_step(at), until),
            step => units::tick(at, step, until),
        };
        let ticks: Vec<Tick> = moments
            .into_iter()
            .map(|at| Tick {
                x_px: scale.px_from_moment(at),
                label: name(at),
            })
            .collect();
        let widest_px = ticks
            .iter()
            .map(|tick| width_px(&tick.label))
            .fold(0.0, f64::max);
        let needed_px = LABEL_GAP_PX + widest_px + SPARE_PX;
        // A wider gap makes steps longer and labels no longer, so this ends.
        if needed_px <= gap_px || ticks.len() < 2 {
            return fitting(ticks, scale.right_px() + OVERHANG_PX);
        }
        gap_px = needed_px;
    }
}

/// A single tick stands for itself, with the digits that it has.
fn own_step(at: Moment) -> Duration {
    let us = at.as_us();
    let mut step_us = 1;
    while step_us < 1_000_000 && us.is_multiple_of(step_us * 10) {
        step_us *= 10;
    }
    Duration::from_micros(step_us)
}

/// How wide a label is at most.
#[must_use]
pub fn width_px(label: &str) -> f64 {
    label.chars().count() as f64 * LETTER_PX
}

/// Takes the label away that would be cut at the right edge.
fn fitting(mut ticks: Vec<Tick>, right_px: f64) -> Vec<Tick> {
    for tick in &mut ticks {
        if tick.x_px + LABEL_GAP_PX + width_px(&tick.label) > right_px {
            tick.label.clear();
        }
    }
    ticks
}
