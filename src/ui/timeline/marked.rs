//! What is marked in the picture: the bar that is selected, the range that is measured, the event that was stepped to.

use super::frame::Sheet;
use super::navigator::Range;
use super::palette::Palette;
use crate::engine::moment::Moment;
use crate::engine::trace::TaskId;
use crate::timeline::layout::{AXIS_PX, Layout};
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
        sheet: &Sheet,
        palette: &Palette,
    ) {
        if self.is_nothing() {
            return;
        }
        let Sheet {
            context,
            view,
            ratio,
        } = sheet;
        palette.accent.stroke(context);
        context.set_line_width(2.0 * ratio);
        self.frame_row(layout, sheet);
        palette.accent.fill(context);
        let line = |px: f64| {
            let (left, width) = ((px * ratio).round(), ratio.round().max(1.0));
            for (from_px, to_px) in layout.stretches(*view, 0.0) {
                context.fill_rect(left, from_px * ratio, width, (to_px - from_px) * ratio);
            }
        };
        if let Some(Range { start, end, .. }) = self.measured {
            let inside = |at: Moment| scale.within_px(scale.px_from_moment(at));
            let left = (inside(start) * ratio).round();
            let width = ((inside(end) * ratio).round() - left).max(ratio.round());
            context.set_global_alpha(0.16);
            context.fill_rect(left, 0.0, width, view.height_px * ratio);
            context.set_global_alpha(1.0);
            for px in [start, end]
                .into_iter()
                .filter_map(|at| scale.px_inside(at))
            {
                line(px);
            }
        }
        if let Some(px) = self.event.and_then(|at| scale.px_inside(at)) {
            line(px);
        }
    }

    const fn is_nothing(&self) -> bool {
        self.selected.is_none() && self.measured.is_none() && self.event.is_none()
    }

    /// Draws a frame around a task's row.
    fn frame_row(
        &self,
        layout: &Layout,
        Sheet {
            context,
            view,
            ratio,
        }: &Sheet,
    ) -> Option<()> {
        let (lane, task) = self.selected?;
        let top_px = layout.row_top_px(lane, task.index())? - view.scroll_px;
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
