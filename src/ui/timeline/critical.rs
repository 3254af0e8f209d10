//! Paints the critical paths, over the picture.

use web_sys::HtmlCanvasElement;

use leptos::prelude::window;

use super::context;
use super::palette::Palette;
use crate::report::critical_path::Step;
use crate::timeline::layout::{Layout, View};
use crate::timeline::scale::TimeScale;
use crate::timeline::underline::underline;

/// Draws the paths of all runs, if there are any.
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
    let ratio = window().device_pixel_ratio();
    context.set_fill_style_str(&palette.text);
    underline(paths, layout, scale, view, &mut |line| {
        context.fill_rect(
            line.x * ratio,
            line.y * ratio,
            line.w * ratio,
            line.h * ratio,
        );
    });
}
