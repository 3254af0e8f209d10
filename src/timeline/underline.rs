//! The critical path in the picture: a line under each of its stretches, and one down or up to the task that it goes on with.

use super::layout::{AXIS_PX, LanePlace, Layout, View};
use super::scale::TimeScale;
use super::scene::Rect;
use crate::report::critical_path::Step;

/// Thickness of the line.
const LINE_PX: f64 = 2.0;

/// Gives `draw` the rectangles of the paths of all runs, a path a lane. What is outside of the window of time costs nothing,
/// and neither do stretches that are too short to be told apart: of those in one pixel the first is drawn.
pub fn underline(
    paths: &[Vec<Step>],
    layout: &Layout,
    scale: &TimeScale,
    view: View,
    draw: &mut dyn FnMut(Rect),
) {
    for (path, lane) in paths.iter().zip(&layout.lanes) {
        underline_lane(path, lane, layout, scale, view, draw);
    }
}

fn underline_lane(
    path: &[Step],
    lane: &LanePlace,
    layout: &Layout,
    scale: &TimeScale,
    view: View,
    draw: &mut dyn FnMut(Rect),
) {
    let bottom_of = |step: &Step| {
        let line = step.task.index() / layout.rows_per_line;
        AXIS_PX + lane.top_of(line + 1, layout.row_px) - view.scroll_px
    };
    // The axis stays free.
    let mut fill = |x: f64, top_px: f64, w: f64, height_px: f64| {
        let y = top_px.max(AXIS_PX);
        let h = (top_px + height_px).min(view.height_px) - y;
        if h > 0.0 {
            draw(Rect { x, y, w, h });
        }
    };
    let ends_after = |px: f64| {
        let at = scale.moment_from_px(px);
        path.partition_point(|step| step.end <= at)
    };
    let mut place = ends_after(scale.left_px());
    while let Some(step) = path.get(place) {
        let from_px = scale.px_from_moment(step.start).max(scale.left_px());
        if from_px >= scale.right_px() {
            return;
        }
        let to_px = scale.px_from_moment(step.end).min(scale.right_px());
        let bottom_px = bottom_of(step);
        fill(
            from_px,
            bottom_px - LINE_PX,
            (to_px - from_px).max(1.0),
            LINE_PX,
        );
        let next = (place + 1).max(ends_after(from_px + 1.0));
        if let Some(next) = path.get(next).filter(|_| to_px < scale.right_px()) {
            let (top_px, bottom_px) = (
                bottom_px.min(bottom_of(next)),
                bottom_px.max(bottom_of(next)),
            );
            fill(to_px - 0.5, top_px - LINE_PX, 1.0, bottom_px - top_px);
        }
        place = next;
    }
}
