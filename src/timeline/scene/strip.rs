//! The strip under a lane: permits in use, requests in flight, queues between tasks, and the event loop's lag.

use super::{Lane, Rect, Scene};
use crate::timeline::layout::LanePlace;
use crate::timeline::scale::TimeScale;
use crate::timeline::steps::Steps;

/// A lag that fills the strip, unless there was a longer one.
const LEAST_LAG_MS: u32 = 50;

impl Scene {
    pub(super) fn draw_strip(
        &mut self,
        lane: &Lane<'_>,
        index: usize,
        place: &LanePlace,
        scale: &TimeScale,
    ) {
        let permits = lane.rows.permits();
        let in_flight = lane.rows.in_flight();
        let highest = f64::from(permits.peak().max(in_flight.peak()).max(1));
        let height_px = place.bottom_px - place.strip_top_px;
        let left_px = scale.left_px();
        let end_px = scale.px_from_moment(lane.now).min(scale.right_px());
        let (mut lent, mut out) = (0, 0);
        let mut behind = scale.moment_from_px(left_px);
        for (x, next) in columns(left_px, end_px) {
            // A column begins where the one before it ended.
            let (from, to) = (behind, scale.moment_from_px(next));
            behind = to;
            let top = |steps: &Steps, place: &mut usize| {
                let value = steps.highest_from(place, from, to);
                f64::from(value) / highest * (height_px - 2.0)
            };
            let permits_px = top(permits, &mut lent);
            if permits_px > 0.0 {
                extend(
                    &mut self.permits,
                    Rect {
                        x,
                        y: place.bottom_px - permits_px,
                        w: next - x,
                        h: permits_px,
                    },
                );
            }
            self.in_flight[index].push((x, place.bottom_px - top(in_flight, &mut out)));
        }
        self.baselines
            .push((left_px, scale.right_px(), place.bottom_px));
        self.draw_queues(lane, place, scale, end_px);
        self.draw_lag(lane, place, scale, end_px);
    }

    /// How many items lie in each queue between tasks, against the fullest.
    fn draw_queues(&mut self, lane: &Lane<'_>, place: &LanePlace, scale: &TimeScale, end_px: f64) {
        let depths = lane.rows.depths();
        let highest = f64::from(depths.iter().map(Steps::peak).max().unwrap_or(0).max(1));
        let height_px = place.bottom_px - place.strip_top_px - 2.0;
        for steps in depths {
            let points = columns(scale.left_px(), end_px).map(|(x, next)| {
                let depth = steps.highest(scale.moment_from_px(x), scale.moment_from_px(next));
                (x, place.bottom_px - f64::from(depth) / highest * height_px)
            });
            self.queued.push(points.collect());
        }
    }

    /// The event loop's lag, hanging from the strip's top: the whole strip is as much as it ever was.
    fn draw_lag(&mut self, lane: &Lane<'_>, place: &LanePlace, scale: &TimeScale, end_px: f64) {
        let Some(lag_ms) = lane.rows.lag_ms() else {
            return;
        };
        let highest = f64::from(lag_ms.peak().max(LEAST_LAG_MS));
        let height_px = place.bottom_px - place.strip_top_px;
        for (x, next) in columns(scale.left_px(), end_px) {
            let lag = lag_ms.highest(scale.moment_from_px(x), scale.moment_from_px(next));
            if lag > 0 {
                let column = Rect {
                    x,
                    y: place.strip_top_px,
                    w: next - x,
                    h: f64::from(lag) / highest * height_px,
                };
                extend(&mut self.lag, column);
            }
        }
    }
}

/// The pixels' columns from `left_px` to `end_px`.
fn columns(left_px: f64, end_px: f64) -> impl Iterator<Item = (f64, f64)> {
    let count = (end_px - left_px).max(0.0).ceil() as usize;
    (0..count).map(move |column| {
        let x = left_px + column as f64;
        (x, (x + 1.0).min(end_px))
    })
}

/// Appends a column, or widens the last one if it goes on at the same height.
fn extend(columns: &mut Vec<Rect>, column: Rect) {
    match columns.last_mut() {
        Some(last)
            if last.y == column.y
                && last.h == column.h
                && (last.x + last.w - column.x).abs() < 1e-6 =>
        {
            last.w += column.w;
        }
        _ => columns.push(column),
    }
}
