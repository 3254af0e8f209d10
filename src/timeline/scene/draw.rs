//! Rows → scene: where each shape stands.

use crate::engine::moment::Moment;
use crate::report::units;

use super::{Label, Lane, Rect, Role, Scene, Upright};
use crate::timeline::axis::{LABEL_GAP_PX, Tick, ticks, width_px};
use crate::timeline::layout::{AXIS_PX, LanePlace, Layout, View};
use crate::timeline::rows::{Change, Span};
use crate::timeline::scale::TimeScale;
use crate::timeline::steps::Steps;

/// Between the end of a bar and its cross.
pub const CANCEL_GAP_PX: f64 = 5.0;
/// Between two words of a strip.
const WORD_GAP_PX: f64 = 3.0;
/// Letters of a lane's name for which there is room beside the numbers of its rows.
const NAME_LETTERS: usize = 14;
/// Rows at least this high have a cross to cancel their task.
pub const CANCEL_FROM_PX: f64 = NUMBERED_FROM_PX;
/// Rows at least this high have their task's number beside them.
pub(super) const NUMBERED_FROM_PX: f64 = 11.0;

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
            if lane.is_foreseen {
                self.shades.push(Rect {
                    x: scale.left_px(),
                    y: place.rows_top_px,
                    w: scale.right_px() - scale.left_px(),
                    h: place.bottom_px - place.rows_top_px,
                });
            }
            self.shade(lane.rows.hidden(), "page hidden", lane, &place, scale);
            self.shade(lane.rows.paused(), "paused", lane, &place, scale);
            self.draw_rows(lane, index, layout, &place, view, scale);
            self.draw_strip(lane, index, &place, scale);
            self.draw_moments(lane, &place, scale);
        }
    }

    fn draw_axis(&mut self, layout: &Layout, view: View, scale: &TimeScale) {
        let gap_px = if layout.is_narrow { 64.0 } else { 84.0 };
        for Tick { x_px: x, label } in ticks(scale, gap_px) {
            self.uprights
                .push((x, AXIS_PX - 4.0, view.height_px, Upright::Tick));
            if !label.is_empty() {
                self.label(x + LABEL_GAP_PX, 16.0, label, Role::Tick);
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
        let (first, second) = lines(lane.name);
        let mut y = place.rows_top_px + 13.0;
        for line in [first, second].into_iter().filter(|line| !line.is_empty()) {
            self.label(left_px, y, cut(line), Role::Name);
            y += 15.0;
        }
        self.label(left_px, y + 2.0, total, Role::Detail);
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

    pub(super) fn label(&mut self, x: f64, y: f64, text: String, role: Role) {
        self.labels.push(Label { x, y, text, role });
    }

    fn draw_moments(&mut self, lane: &Lane<'_>, place: &LanePlace, scale: &TimeScale) {
        let top = place.rows_top_px;
        let mut upright = |at: Moment, meaning: Upright| {
            if let Some(x) = scale.px_inside(at) {
                self.uprights.push((x, top, place.bottom_px, meaning));
            }
        };
        if let Some(ideal) = lane.ideal {
            upright(ideal, Upright::Ideal);
        }
        for (at, _) in inside(lane.rows.changes(), scale) {
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
        let mut due: Option<(f64, String)> = None;
        for (at, change) in inside(lane.rows.changes(), scale) {
            let x = scale.px_from_moment(*at) + 3.0;
            if let Some((before, told)) = due
                && x > before + width_px(&told) + WORD_GAP_PX
            {
                self.label_change(before, told, place, scale);
            }
            due = Some((x, in_words(*change)));
        }
        if let Some((x, told)) = due {
            self.label_change(x, told, place, scale);
        }
    }

    fn label_change(&mut self, x: f64, told: String, place: &LanePlace, scale: &TimeScale) {
        if x + width_px(&told) <= scale.right_px() {
            self.label(x, place.strip_top_px + 10.0, told, Role::Detail);
        }
    }

    /// Whether nothing is written yet from `x` on, on the line at `y`.
    fn is_free(&self, x: f64, y: f64, room_px: f64) -> bool {
        let mut labels = self.labels.iter().filter(|label| label.y == y);
        labels.all(|label| x + room_px <= label.x || label.x + width_px(&label.text) <= x)
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
        let (from, until) = scale.range();
        let mut free_px = scale.left_px();
        // Those that were over before are passed by; they are in their order.
        let first = spans.partition_point(|(_, end)| end.is_some_and(|end| end <= from));
        for (start, end) in &spans[first..] {
            let end = end.unwrap_or(lane.now).min(until);
            if *start >= until || end < from {
                break;
            }
            let x = scale
                .px_from_moment((*start).max(from))
                .max(scale.left_px());
            let w = (scale.px_from_moment(end).min(scale.right_px()) - x).max(0.0);
            self.shades.push(Rect {
                x,
                y: place.rows_top_px,
                w,
                h: place.bottom_px - place.rows_top_px,
            });
            // Labels never overlap: of spans too close together the first is named. They stand at the foot of the strip,
            // since rows have words of their own, and changes are told at its head.
            let (label_px, y, room_px) = (x + 3.0, place.bottom_px - 4.0, width_px(name) + 3.0);
            let has_room = x >= free_px && label_px + room_px < scale.right_px();
            if has_room && self.is_free(label_px, y, room_px) {
                self.label(label_px, y, name.into(), Role::Detail);
                free_px = label_px + room_px;
            }
        }
    }
}

/// Those of `changes` that are in view.
fn inside<'a>(changes: &'a [(Moment, Change)], scale: &TimeScale) -> &'a [(Moment, Change)] {
    let (from, until) = scale.range();
    let first = changes.partition_point(|(at, _)| *at < from);
    let behind = changes.partition_point(|(at, _)| *at <= until);
    &changes[first..behind.max(first)]
}

/// What was changed.
fn in_words(change: Change) -> String {
    match change {
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
    }
}

/// A lane's name on as many lines as it needs, of which the first two are shown.
fn lines(name: &str) -> (&str, &str) {
    if name.chars().count() <= NAME_LETTERS {
        return (name, "");
    }
    if let Some((kind, name)) = name.split_once(':') {
        return (kind, name.strip_prefix(' ').unwrap_or(name));
    }
    let spaces = name.char_indices().take(NAME_LETTERS + 1);
    match spaces.filter(|(_, letter)| *letter == ' ').last() {
        Some((at, _)) => (&name[..at], &name[at + 1..]),
        None => (name, ""),
    }
}

/// As much of a line as there is room for; the tables have the whole name.
fn cut(line: &str) -> String {
    match line.char_indices().nth(NAME_LETTERS) {
        None => line.to_owned(),
        Some(_) => line.chars().take(NAME_LETTERS - 1).chain(['…']).collect(),
    }
}
