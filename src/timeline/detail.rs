//! Level of detail: what a row shows in each column of the screen's pixels.
//!
//! Where several segments share a column, the one wins that fills most of it, and of equals the first. A segment that
//! spans many columns costs as much as one that spans two, and a column that thousands share costs a look into the row's
//! pyramid: the cost follows the pixels, not the trace.

use crate::engine::moment::Moment;
use crate::engine::wait::Wait;

use super::rows::{Row, Segment};
use super::scale::TimeScale;

/// Neighbouring columns that show the same.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stretch {
    /// What they show.
    pub wait: Wait,
    /// The first column.
    pub from: u64,
    /// The column behind the last.
    pub to: u64,
    /// Which segment of the row that is; the first of them where several are too short to tell apart.
    segment: usize,
    /// Whether each column is shared by several.
    is_shared: bool,
}

impl Stretch {
    /// Left and right edge in pixels of the drawing, within the scale's.
    #[must_use]
    pub fn edges_px(&self, scale: &TimeScale) -> (f64, f64) {
        (edge_px(scale, self.from), edge_px(scale, self.to))
    }
}

/// Left edge of a column, within the scale.
fn edge_px(scale: &TimeScale, column: u64) -> f64 {
    scale.within_px(column as f64 * scale.column_px())
}

/// When a column begins, in microseconds.
#[must_use]
pub fn start_us(scale: &TimeScale, column: u64) -> f64 {
    scale.us_from_px(edge_px(scale, column))
}

/// The columns that a scale touches: the first, and the one behind the last.
#[must_use]
pub fn columns(scale: &TimeScale) -> (u64, u64) {
    let of = |px: f64| px / scale.column_px();
    (
        of(scale.left_px()).floor() as u64,
        of(scale.right_px()).ceil() as u64,
    )
}

/// Appends what `row` shows at the moment `now`, from left to right.
pub fn stretches(row: &Row, now: Moment, scale: &TimeScale, into: &mut Vec<Stretch>) {
    let begun = into.len();
    let (first, last) = columns(scale);
    let column_at = |us: f64| {
        let px = scale.px_from_us(us) / scale.column_px();
        (px.max(0.0).floor() as u64).clamp(first, last)
    };
    let mut column = column_at(row.joined.as_us() as f64);
    let mut place = row.first_ending_after(start_us(scale, column));
    while column < last {
        let Some(segment) = row.segment(place, now) else {
            return;
        };
        let (from_us, to_us) = (start_us(scale, column), start_us(scale, column + 1));
        let (starts_us, ends_us) = (segment.start.as_us() as f64, segment.end.as_us() as f64);
        if starts_us >= scale.us_from_px(scale.right_px()) {
            return;
        }
        if starts_us <= from_us && ends_us >= to_us && from_us < to_us {
            let mut behind = column_at(ends_us).max(column + 1);
            // Rounding may have gone too far, or not far enough.
            while behind > column + 1 && start_us(scale, behind) > ends_us {
                behind -= 1;
            }
            while behind < last && start_us(scale, behind + 1) <= ends_us {
                behind += 1;
            }
            append(
                into,
                begun,
                Stretch {
                    wait: segment.wait,
                    from: column,
                    to: behind,
                    segment: place,
                    is_shared: false,
                },
            );
            column = behind;
            if ends_us <= start_us(scale, column) {
                place += 1;
            }
            continue;
        }
        let behind = row.first_ending_after(to_us);
        let inside = row.longest(place + 1..behind);
        let candidates = [Some(place), inside, (behind > place).then_some(behind)];
        let mut winner: Option<(f64, usize, Segment)> = None;
        for place in candidates.into_iter().flatten() {
            if let Some(segment) = row.segment(place, now) {
                let us = (segment.end.as_us() as f64).min(to_us)
                    - (segment.start.as_us() as f64).max(from_us);
                if us > winner.map_or(0.0, |(most_us, ..)| most_us) {
                    winner = Some((us, place, segment));
                }
            }
        }
        if let Some((_, place, segment)) = winner {
            append(
                into,
                begun,
                Stretch {
                    wait: segment.wait,
                    from: column,
                    to: column + 1,
                    segment: place,
                    is_shared: true,
                },
            );
        }
        (column, place) = (column + 1, behind);
    }
}

/// Appends a stretch, or lengthens the last one if nobody could tell them apart.
fn append(into: &mut Vec<Stretch>, begun: usize, next: Stretch) {
    let last = into.get_mut(begun..).and_then(<[Stretch]>::last_mut);
    match last {
        Some(last)
            if last.to == next.from
                && last.wait == next.wait
                && (last.segment == next.segment || (last.is_shared && next.is_shared)) =>
        {
            last.to = next.to;
            last.segment = next.segment;
            last.is_shared &= next.is_shared;
        }
        _ => into.push(next),
    }
}
