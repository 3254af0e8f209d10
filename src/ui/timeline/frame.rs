//! One frame of the picture: trace → rows → scene → paint, for what the view shows.

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::paint::paint;
use super::palette::Palette;
use crate::engine::moment::Moment;
use crate::report::why::Bound;
use crate::timeline::layout::{Layout, View};
use crate::timeline::scale::TimeScale;
use crate::timeline::scene::{Lane, Scene};
use crate::timeline::window::Window;
use crate::ui::px;
use crate::ui::stage::Stage;

/// What a frame draws with, kept from frame to frame.
#[derive(Default)]
pub(super) struct Studio {
    pub(super) scene: Scene,
    pub(super) layout: Layout,
    /// And at which look of the page it was read.
    pub(super) palette: Option<(u32, Palette)>,
}

/// The map between pixels and times of a picture that shows `shown`.
pub(super) fn scale(stage: &Stage, layout: &Layout, shown: Window) -> TimeScale {
    let scale = shown.scale(stage.extent(), layout.left_px, layout.plot_width_px);
    scale.at_ratio(window().device_pixel_ratio())
}

/// Draws all lanes.
pub(super) fn draw(
    stage: &Stage,
    studio: &mut Studio,
    canvas: &HtmlCanvasElement,
    view: View,
    shown: Window,
    palette: &Palette,
) {
    studio.layout = Layout::new(view.width_px, &stage.row_counts());
    let layout = &studio.layout;
    let scale = scale(stage, layout, shown);
    let names: Vec<String> = stage.lanes.iter().map(|lane| lane.name()).collect();
    let lanes: Vec<Lane<'_>> = stage
        .lanes
        .iter()
        .zip(&names)
        .map(|(lane, name)| Lane {
            name,
            rows: &lane.rows,
            now: lane.now(),
            can_cancel: !stage.is_simulated && lane.goes_on(),
            ideal: lane
                .verdict
                .as_ref()
                .filter(|verdict| !matches!(verdict.why.bound, Bound::Stopped | Bound::Connections))
                .map(|verdict| Moment::ZERO + verdict.figures.ideal),
        })
        .collect();
    studio.scene.draw(&lanes, layout, view, &scale);
    let Some(context) = context(canvas, view) else {
        return;
    };
    paint(&studio.scene, &context, view, palette);
}

/// The canvas's context, its size fitted to the view and the screen.
pub(in crate::ui) fn context(
    canvas: &HtmlCanvasElement,
    view: View,
) -> Option<CanvasRenderingContext2d> {
    let ratio = window().device_pixel_ratio();
    let (width, height) = (
        (view.width_px * ratio).round() as u32,
        (view.height_px * ratio).round() as u32,
    );
    if canvas.width() != width || canvas.height() != height {
        canvas.set_width(width);
        canvas.set_height(height);
        let _ = canvas.set_attribute(
            "style",
            &format!("width:{};height:{}", px(view.width_px), px(view.height_px)),
        );
    }
    canvas.get_context("2d").ok().flatten()?.dyn_into().ok()
}
