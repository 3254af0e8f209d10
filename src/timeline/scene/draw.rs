//! Rows → scene: where each shape stands.

use std::time::Duration;

use crate::engine::moment::Moment;
use crate::engine::outcome::Outcome;
use crate::report::units;

use super::{Label, Lane, Rect, Role, Scene, Upright};
use crate::timeline::layout::{AXIS_PX, LanePlace, Layout, View};
use crate::timeline::rows::{Change, Row, Span};
use crate::timeline::scale::TimeScale;
use crate::timeline::steps::Steps;

/// Between the end of a bar and its cross.
pub const CANCEL_GAP_PX: f64 = 5.0;
/// Room for a word on a change.
const CHANGE_LABEL_PX: f64 = 74.0;
/// Rows at least this high have a cross to cancel their task.
pub const CANCEL_FROM_PX: f64 = NUMBERED_FROM_PX;
/// Rows at least this high have their task's number beside them.
const NUMBERED_FROM_PX: f64 = 11.0;

impl Scene {
    /// Draws `lanes` into this scene, in place of what it held.
    pub fn draw(&mut self, lanes: &[Lane<'_>], layout: &Layout, view: View, scale: &TimeScale) {
        self.clear();
        self.in_flight.resize_with(lanes.len(), Vec::new);
        self.draw_axis(layout, view, scale);
        for (index, (lane, place)) in lanes.iter().zip(&layout.lanes).enumerate() {
            let shift_px = AXIS_PX - view.scroll_px;
            let place = LanePlace {
                top_px: place.top_px + shift_px,
                rows_top_px: place.rows_top_px + shift_px,
                rows: place.rows,
                strip_top_px: place.strip_top_px + shift_px,
                bottom_px: place.bottom_px + shift_px,
            };
            if place.bottom_px < AXIS_PX || place.top_px > view.height_px {
                continue;
            }
            self.draw_names(lane, layout, &place);
            self.shade(lane.rows.hidden(), "page hidden", lane, &place, scale);
            self.shade(lane.rows.paused(), "paused", lane, &place, scale);
            for row in layout.visible_rows(index, view) {
                let top_px = place.rows_top_px + row as f64 * layout.row_px;
                if let Some(task) = lane.rows.rows().get(row) {
                    self.draw_row(task, lane, top_px, layout.row_px, scale);
                    if !layout.is_narrow && layout.row_px >= NUMBERED_FROM_PX {
                        let base_px = top_px + layout.row_px / 2.0 + 3.5;
                        self.label(
                            layout.left_px - 6.0,
                            base_px,
                            (row + 1).to_string(),
                            Role::Number,
                        );
                    }
                }
            }
            self.draw_strip(lane, index, &place, scale);
            self.draw_moments(lane, &place, scale);
        }
    }

    fn draw_axis(&mut self, layout: &Layout, view: View, scale: &TimeScale) {
        let ticks = scale.ticks(if layout.is_narrow { 64.0 } else { 84.0 });
        let step = ticks
            .get(1)
            .zip(ticks.first())
            .map_or(Duration::ZERO, |(b, a)| *b - *a);
        for tick in ticks {
            let x = scale.px_from_moment(tick);
            self.uprights
                .push((x, AXIS_PX - 4.0, view.height_px, Upright::Tick));
            // The last label would be cut at the edge.
            if x < scale.right_px() - 30.0 {
                self.label(x + 4.0, 16.0, units::tick(tick, step), Role::Tick);
            }
        }
    }

    fn draw_names(&mut self, lane: &Lane<'_>, layout: &Layout, place: &LanePlace) {
        let has_begun = !lane.rows.rows().is_empty();
        let so_far = if lane.rows.finished().is_some() {
            lane.rows.last_end()
        } else {
            lane.now
        };
        let total = if has_begun {
            units::span(so_far - Moment::ZERO)
        } else {
            String::new()
        };
        if layout.is_narrow {
            let name = if has_begun {
                format!("{} · {total}", lane.name)
            } else {
                lane.name.to_owned()
            };
            self.label(layout.left_px, place.top_px + 15.0, name, Role::Name);
            return;
        }
        let left_px = 14.0;
        self.label(
            left_px,
            place.rows_top_px + 13.0,
            lane.name.to_owned(),
            Role::Name,
        );
        self.label(left_px, place.rows_top_px + 30.0, total, Role::Detail);
        if has_begun {
            let lag_ms = lane.rows.lag_ms().map_or(0, Steps::peak);
            let strip = match (lag_ms, lane.rows.permits().peak()) {
                (0, 0) => "in flight".to_owned(),
                (0, _) => "permits, in flight".to_owned(),
                _ => format!("loop lag ≤ {lag_ms}\u{a0}ms"),
            };
            self.label(left_px, place.bottom_px - 3.0, strip, Role::Detail);
        }
    }

    fn label(&mut self, x: f64, y: f64, text: String, role: Role) {
        self.labels.push(Label { x, y, text, role });
    }

    fn draw_row(
        &mut self,
        row: &Row,
        lane: &Lane<'_>,
        top_px: f64,
        row_px: f64,
        scale: &TimeScale,
    ) {
        let (now, can_cancel) = (lane.now, lane.can_cancel);
        let gap_px = if row_px >= 8.0 { 1.5 } else { 0.5 };
        for segment in row.segments_at(now) {
            let x = scale.px_from_moment(segment.start);
            let w = scale.px_from_moment(segment.end) - x;
            // Solid is work, hatched is waiting; the hatched part is slimmer too.
            let rect = if segment.wait.is_work() || row_px < 5.0 {
                Rect {
                    x,
                    y: top_px + gap_px,
                    w: w.max(0.8),
                    h: row_px - 2.0 * gap_px,
                }
            } else {
                Rect {
                    x,
                    y: top_px + row_px * 0.28,
                    w,
                    h: row_px * 0.44,
                }
            };
            self.bars[segment.wait.index()].push(rect);
        }
        if can_cancel && row.open().is_some() && row_px >= CANCEL_FROM_PX {
            let x = scale.px_from_moment(now) + CANCEL_GAP_PX;
            let y = top_px + row_px / 2.0 + 4.5;
            self.label(x, y, "×".into(), Role::Cancel);
        }
        let failure = match row.outcome {
            None | Some(Outcome::Ok(_)) => return,
            Some(outcome) => outcome,
        };
        let is_failure = failure != Outcome::Cancelled;
        let x = scale.px_from_moment(row.end_at(now));
        self.marks.push((
            Rect {
                x,
                y: top_px + gap_px,
                w: 3.0,
                h: row_px - 2.0 * gap_px,
            },
            is_failure,
        ));
        if row_px >= 11.0 && x + 90.0 < scale.right_px() {
            let y = top_px + row_px / 2.0 + 4.0;
            self.labels.push(Label {
                x: x + 7.0,
                y,
                text: failure.label(),
                role: Role::Failure,
            });
        }
    }

    fn draw_moments(&mut self, lane: &Lane<'_>, place: &LanePlace, scale: &TimeScale) {
        let top = place.rows_top_px;
        let mut upright = |at: Moment, meaning: Upright| {
            self.uprights
                .push((scale.px_from_moment(at), top, place.bottom_px, meaning));
        };
        if let Some(ideal) = lane.ideal {
            upright(ideal, Upright::Ideal);
        }
        for (at, _) in lane.rows.changes() {
            upright(*at, Upright::Change);
        }
        match lane.rows.finished() {
            Some(_) => upright(lane.rows.last_end(), Upright::End),
            None if lane.rows.rows().is_empty() => {}
            None => upright(lane.now, Upright::Now),
        }
        self.label_changes(lane, place, scale);
    }

    /// Labels never overlap: of changes too close together, as when a slider is dragged, the last one is written, since
    /// that is what holds from then on.
    fn label_changes(&mut self, lane: &Lane<'_>, place: &LanePlace, scale: &TimeScale) {
        let mut due: Option<(f64, Change)> = None;
        for (at, change) in lane.rows.changes() {
            let x = scale.px_from_moment(*at) + 3.0;
            if let Some((before, told)) = due
                && x > before + CHANGE_LABEL_PX
            {
                self.label_change(before, told, place, scale);
            }
            due = Some((x, *change));
        }
        if let Some((x, change)) = due {
            self.label_change(x, change, place, scale);
        }
    }

    fn label_change(&mut self, x: f64, change: Change, place: &LanePlace, scale: &TimeScale) {
        if x + CHANGE_LABEL_PX > scale.right_px() {
            return;
        }
        let text = match change {
            Change::Limit(limit) => format!("limit {limit}"),
            Change::DelayMs(ms) => format!("delay {}\u{a0}ms", units::fixed(ms, 0)),
            Change::KeepPermit(true) => "keeps permit".into(),
            Change::KeepPermit(false) => "frees permit".into(),
            Change::PerHost(Some(limit)) => format!("{limit} a host"),
            Change::PerHost(None) => "hosts free".into(),
            Change::HostDelayMs(ms) => format!("host {}\u{a0}ms", units::fixed(ms, 0)),
            Change::JitterPercent(percent) => format!("jitter {percent}\u{a0}%"),
            Change::StoreMs(ms) => format!("consumer {}\u{a0}ms", units::fixed(ms, 0)),
            Change::Rate(Some(rate)) => rate.to_string(),
            Change::Rate(None) => "no rate".into(),
        };
        self.label(x, place.strip_top_px + 10.0, text, Role::Detail);
    }

    /// Shades spans of a lane's whole height, and says what they are.
    fn shade(
        &mut self,
        spans: &[Span],
        name: &str,
        lane: &Lane<'_>,
        place: &LanePlace,
        scale: &TimeScale,
    ) {
        for (start, end) in spans {
            let x = scale.px_from_moment(*start);
            let w = (scale.px_from_moment(end.unwrap_or(lane.now)) - x).max(0.0);
            self.shades.push(Rect {
                x,
                y: place.rows_top_px,
                w,
                h: place.bottom_px - place.rows_top_px,
            });
            self.label(x + 3.0, place.rows_top_px + 10.0, name.into(), Role::Detail);
        }
    }
}
