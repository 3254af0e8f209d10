//! The cursor in the picture: a line over all runs, but not through their names, with a handle on the axis that can be
//! dragged.

use super::frame::Sheet;
use super::palette::Palette;
use crate::timeline::layout::{AXIS_PX, Layout};
use crate::timeline::scale::TimeScale;
use crate::ui::stage::Stage;

/// Half as wide as the handle.
const HALF_PX: f64 = 6.0;
/// Where the handle begins and ends: below the axis' labels.
const HANDLE_PX: (f64, f64) = (18.0, AXIS_PX + 2.0);

/// Draws it over the picture, if a moment is shown that is in view.
pub(super) fn draw(
    stage: &Stage,
    layout: &Layout,
    scale: &TimeScale,
    sheet: &Sheet,
    palette: &Palette,
) -> Option<()> {
    let x_px = scale.px_inside(stage.replay.as_ref()?.cursor.at())?;
    let Sheet {
        context,
        view,
        ratio,
    } = sheet;
    let line = (1.5 * ratio).round().max(1.0);
    let left = (x_px * ratio - line / 2.0).round();
    let (top, tip) = (HANDLE_PX.0 * ratio, HANDLE_PX.1 * ratio);
    let half = (HALF_PX * ratio).round();
    let middle = left + line / 2.0;
    palette.accent.fill(context);
    for (from_px, to_px) in layout.stretches(*view, HANDLE_PX.0) {
        context.fill_rect(left, from_px * ratio, line, (to_px - from_px) * ratio);
    }
    context.begin_path();
    context.move_to(middle - half, top);
    context.line_to(middle + half, top);
    context.line_to(middle + half, tip - half);
    context.line_to(middle, tip);
    context.line_to(middle - half, tip - half);
    context.close_path();
    context.fill();
    Some(())
}
