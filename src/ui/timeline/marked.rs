//! What is marked in the picture: the bar that is selected, the range that is measured, the event that was stepped to.

use leptos::prelude::window;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::context;
use super::navigator::Range;
use super::palette::Palette;
use crate::engine::moment::Moment;
use crate::engine::trace::TaskId;
use crate::timeline::layout::{AXIS_PX, Layout, View};
use crate::timeline::scale::TimeScale;

/// The marks of a frame.
pub(super) struct Marks {
    pub(super) selected: Option<(usize, TaskId)>,
    pub(super) measured: Option<Range>,
    pub(super) event: Option<Moment>,
}

impl Marks {
    /// Draws them over the picture, where it shows what they mark.
    pub(super) fn draw(
        &self,
        layout: &Layout,
        scale: &TimeScale,
        canvas: &HtmlCanvasElement,
        view: View,
        palette: &Palette,
    ) {
        let Some(context) = context(canvas, view) else {
            return;
        };
        let ratio = window().device_pixel_ratio();
        context.set_stroke_style_str(&palette.accent);
        context.set_line_width(2.0 * ratio);
        self.frame_row(layout, &context, view, ratio);
        context.set_fill_style_str(&palette.accent);
        let fill = |from_px: f64, to_px: f64, alpha: f64| {
            let left = (from_px * ratio).round();
            let width = ((to_px * ratio).round() - left).max(ratio.round());
            context.set_global_alpha(alpha);
            context.fill_rect(left, 0.0, width, view.height_px * ratio);
            context.set_global_alpha(1.0);
        };
        if let Some(Range { start, end, .. }) = self.measured {
            let inside = |at: Moment| scale.within_px(scale.px_from_moment(at));
            fill(inside(start), inside(end), 0.16);
            for px in [start, end]
                .into_iter()
                .filter_map(|at| scale.px_inside(at))
            {
                fill(px, px, 1.0);
            }
        }
        if let Some(px) = self.event.and_then(|at| scale.px_inside(at)) {
            fill(px, px + 1.0, 1.0);
        }
    }

    /// Draws a frame around a task's row.
    fn frame_row(
        &self,
        layout: &Layout,
        context: &CanvasRenderingContext2d,
        view: View,
        ratio: f64,
    ) -> Option<()> {
        let (lane, task) = self.selected?;
        let lane = layout.lanes.get(lane)?;
        let top_px = lane.rows_top_px + task.index() as f64 * layout.row_px - view.scroll_px;
        if !(0.0..view.height_px - AXIS_PX).contains(&top_px) {
            return None;
        }
        context.stroke_rect(
            (layout.left_px - 2.0) * ratio,
            (AXIS_PX + top_px - 1.0) * ratio,
            (layout.plot_width_px + 4.0) * ratio,
            (layout.row_px.max(3.0) + 1.0) * ratio,
        );
        Some(())
    }
}
