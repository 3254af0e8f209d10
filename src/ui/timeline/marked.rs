//! The mark around the bar of the page that is selected.

use web_sys::HtmlCanvasElement;

use super::context;
use crate::engine::trace::TaskId;
use crate::timeline::layout::{AXIS_PX, Layout, View};

/// Draws a frame around a task's row, where the view shows it.
pub(super) fn mark(
    task: Option<(usize, TaskId)>,
    layout: &Layout,
    canvas: &HtmlCanvasElement,
    view: View,
    colour: &str,
) -> Option<()> {
    let (lane, task) = task?;
    let lane = layout.lanes.get(lane)?;
    let top_px = lane.rows_top_px + task.index() as f64 * layout.row_px - view.scroll_px;
    let is_in_view = (0.0..view.height_px - AXIS_PX).contains(&top_px);
    if !is_in_view {
        return None;
    }
    let context = context(canvas, view)?;
    let ratio = leptos::prelude::window().device_pixel_ratio();
    context.set_stroke_style_str(colour);
    context.set_line_width(2.0 * ratio);
    context.stroke_rect(
        (layout.left_px - 2.0) * ratio,
        (AXIS_PX + top_px - 1.0) * ratio,
        (layout.plot_width_px + 4.0) * ratio,
        (layout.row_px.max(3.0) + 1.0) * ratio,
    );
    Some(())
}
