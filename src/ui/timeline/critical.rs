//! Paints the critical paths, over the picture.

use super::frame::Sheet;
use super::palette::Palette;
use crate::report::critical_path::Step;
use crate::timeline::layout::Layout;
use crate::timeline::scale::TimeScale;
use crate::timeline::underline::underline;

/// Draws the paths of all runs, if there are any.
pub(super) fn draw(
    paths: &[Vec<Step>],
    layout: &Layout,
    scale: &TimeScale,
    sheet: &Sheet,
    palette: &Palette,
) {
    if paths.is_empty() {
        return;
    }
    let Sheet {
        context,
        view,
        ratio,
    } = sheet;
    palette.text.fill(context);
    underline(paths, layout, scale, *view, &mut |line| {
        context.fill_rect(
            line.x * ratio,
            line.y * ratio,
            line.w * ratio,
            line.h * ratio,
        );
    });
}
