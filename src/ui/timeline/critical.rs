//! The critical path in the picture: a line under each of its stretches, and one down or up to the task that it goes on with.

use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use leptos::prelude::window;

use super::context;
use super::palette::Palette;
use crate::report::critical_path::Step;
use crate::timeline::layout::{AXIS_PX, LanePlace, Layout, View};
use crate::timeline::scale::TimeScale;

/// Thickness of the line.
const LINE_PX: f64 = 2.0;

/// Draws the paths of all runs, over the picture. What is outside of the window of time costs nothing, and neither do
/// stretches that are too short to be told apart: of those in one pixel the first is drawn.
pub(super) fn draw(
    paths: &[Vec<Step>],
    layout: &Layout,
    scale: &TimeScale,
    canvas: &HtmlCanvasElement,
    view: View,
    palette: &Palette,
) {
    if paths.is_empty() {
        return;
    }
    let Some(context) = context(canvas, view) else {
        return;
    };
    context.set_fill_style_str(&palette.text);
    for (path, lane) in paths.iter().zip(&layout.lanes) {
        draw_lane(path, lane, layout, scale, &context, view);
    }
}

fn draw_lane(
    path: &[Step],
    lane: &LanePlace,
    layout: &Layout,
    scale: &TimeScale,
    context: &CanvasRenderingContext2d,
    view: View,
) {
    let ratio = window().device_pixel_ratio();
    let bottom_of = |step: &Step| {
        let row_px = layout.row_px * (step.task.index() + 1) as f64;
        AXIS_PX + lane.rows_top_px + row_px - view.scroll_px
    };
    // The axis stays free.
    let fill = |left_px: f64, top_px: f64, width_px: f64, height_px: f64| {
        let (top_px, bottom_px) = (
            top_px.max(AXIS_PX),
            (top_px + height_px).min(view.height_px),
        );
        if bottom_px > top_px {
            let height_px = bottom_px - top_px;
            context.fill_rect(
                left_px * ratio,
                top_px * ratio,
                width_px * ratio,
                height_px * ratio,
            );
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
