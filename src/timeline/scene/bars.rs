//! The rows: what fills each pixel of a bar, how it failed, its number, and the cross that cancels it.

use super::draw::{CANCEL_FROM_PX, CANCEL_GAP_PX, NUMBERED_FROM_PX};
use super::{Lane, Rect, Role, Scene};
use crate::engine::moment::Moment;
use crate::engine::outcome::Outcome;
use crate::timeline::detail::{Stretch, stretches};
use crate::timeline::layout::{LanePlace, Layout, View};
use crate::timeline::rows::Row;
use crate::timeline::scale::TimeScale;

/// Room for a word on a failure.
const FAILURE_LABEL_PX: f64 = 90.0;

/// Where a row is drawn, and at what moment.
#[derive(Clone, Copy)]
struct RowPlace {
    top_px: f64,
    row_px: f64,
    gap_px: f64,
    now: Moment,
}

impl Scene {
    /// Draws those rows of a lane that the view shows.
    pub(super) fn draw_rows(
        &mut self,
        lane: &Lane<'_>,
        index: usize,
        layout: &Layout,
        place: &LanePlace,
        view: View,
        scale: &TimeScale,
    ) {
        let row_px = layout.row_px;
        let gap_px = match row_px {
            8.0.. => 1.5,
            2.0.. => 0.5,
            _ => 0.0,
        };
        let mut kept = Vec::new();
        for number in layout.visible_rows(index, view) {
            let Some(row) = lane.rows.rows().get(number) else {
                break;
            };
            let place = RowPlace {
                top_px: place.top_of(number / layout.rows_per_line, row_px),
                row_px,
                gap_px,
                now: lane.now,
            };
            kept.clear();
            stretches(row, lane.now, scale, &mut kept);
            kept.iter()
                .for_each(|stretch| self.draw_stretch(*stretch, place, scale));
            self.draw_end(row, lane.can_cancel, place, scale);
            if !layout.is_narrow && row_px >= NUMBERED_FROM_PX {
                let base_px = place.top_px + row_px / 2.0 + 3.5;
                let text = (number + 1).to_string();
                self.label(layout.left_px - 6.0, base_px, text, Role::Number);
            }
        }
    }

    fn draw_stretch(&mut self, stretch: Stretch, place: RowPlace, scale: &TimeScale) {
        let (x, right) = stretch.edges_px(scale);
        let w = right - x;
        // Solid is work, hatched is waiting; the hatched part is slimmer too.
        let rect = if stretch.wait.is_work() || place.row_px < 5.0 {
            Rect {
                x,
                y: place.top_px + place.gap_px,
                w,
                h: place.row_px - 2.0 * place.gap_px,
            }
        } else {
            Rect {
                x,
                y: place.top_px + place.row_px * 0.28,
                w,
                h: place.row_px * 0.44,
            }
        };
        self.bars[stretch.wait.index()].push(rect);
    }

    /// What stands at the end of a bar, if that is in view.
    fn draw_end(&mut self, row: &Row, can_cancel: bool, place: RowPlace, scale: &TimeScale) {
        let Some(x) = scale.px_inside(row.end_at(place.now)) else {
            return;
        };
        let RowPlace {
            top_px,
            row_px,
            gap_px,
            ..
        } = place;
        if can_cancel && row.open().is_some() && row_px >= CANCEL_FROM_PX {
            let y = top_px + row_px / 2.0 + 4.5;
            self.label(x + CANCEL_GAP_PX, y, "×".into(), Role::Cancel);
        }
        let failure = match row.outcome {
            None | Some(Outcome::Ok(_)) => return,
            Some(outcome) => outcome,
        };
        let is_failure = failure != Outcome::Cancelled;
        let mark = Rect {
            x,
            y: top_px + gap_px,
            w: 3.0,
            h: row_px - 2.0 * gap_px,
        };
        self.marks.push((mark, is_failure));
        if row_px >= NUMBERED_FROM_PX && x + FAILURE_LABEL_PX < scale.right_px() {
            let y = top_px + row_px / 2.0 + 4.0;
            self.label(x + 7.0, y, failure.label(), Role::Failure);
        }
    }
}
