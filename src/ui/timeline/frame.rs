//! One frame of the picture: trace → rows → scene → paint, for what the view shows.

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::minimap::Strip;
use super::paint::paint;
use super::palette::Palette;
use crate::engine::moment::Moment;
use crate::timeline::layout::{FOLDED_ABOVE, Layout, View};
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
    pub(super) sheet: Option<Sheet>,
    pub(super) strip: Option<Strip>,
}

/// What a picture is painted on: a canvas that is as large as the view, and sharp on its screen. The browser is asked for none
/// of it twice.
pub(super) struct Sheet {
    pub(super) context: CanvasRenderingContext2d,
    pub(super) view: View,
    /// Pixels of the device in one of the drawing.
    pub(super) ratio: f64,
}

impl Sheet {
    /// The sheet of `canvas`: `before`, if that still fits.
    pub(super) fn of(canvas: &HtmlCanvasElement, view: View, before: Option<Self>) -> Option<Self> {
        let ratio = window().device_pixel_ratio();
        let size = |view: View, ratio: f64| (view.width_px, view.height_px, ratio);
        match before.filter(|it| size(it.view, it.ratio) == size(view, ratio)) {
            Some(before) => Some(Self { view, ..before }),
            None => Some(Self {
                context: context(canvas, view)?,
                view,
                ratio,
            }),
        }
    }
}

/// The map between pixels and times of a picture that shows `shown`.
pub(super) fn scale(stage: &Stage, layout: &Layout, shown: Window) -> TimeScale {
    let scale = shown.scale(stage.extent(), layout.left_px, layout.plot_width_px);
    scale.at_ratio(window().device_pixel_ratio())
}

/// Where all rows are: folded if that is wanted, or if nobody said and there are very many. What is only predicted does not
/// count, or the picture would fold under the hand that moves a slider.
pub(super) fn layout(stage: &Stage, width_px: f64, folds: Option<bool>) -> Layout {
    let counts = stage.pictured_counts();
    if folds.unwrap_or_else(|| stage.row_counts().iter().sum::<usize>() > FOLDED_ABOVE) {
        Layout::folded(width_px, &counts)
    } else {
        Layout::new(width_px, &counts)
    }
}

/// Draws all lanes where the studio's layout has them. Returns the scale that they are drawn with.
pub(super) fn draw(
    stage: &Stage,
    studio: &mut Studio,
    sheet: &Sheet,
    shown: Window,
    palette: &Palette,
) -> TimeScale {
    let view = sheet.view;
    let layout = &studio.layout;
    let scale = scale(stage, layout, shown);
    let names = stage.pictured_names();
    let pictured = names.iter().enumerate();
    let pictured = pictured.filter_map(|(place, name)| Some((name, stage.pictured(place)?, place)));
    let lanes: Vec<Lane<'_>> = pictured
        .map(|(name, lane, place)| Lane {
            is_foreseen: place >= stage.lanes.len(),
            name,
            rows: &lane.rows,
            now: lane.now(),
            can_cancel: !stage.is_simulated && lane.goes_on(),
            ideal: lane
                .verdict
                .as_ref()
                .filter(|verdict| !verdict.why.bound.hides_ideal())
                .map(|verdict| Moment::ZERO + verdict.figures.ideal),
        })
        .collect();
    studio.scene.draw(&lanes, layout, view, &scale);
    paint(&studio.scene, sheet, palette);
    scale
}

/// The canvas's context, its size fitted to the view and the screen: it has a pixel for each of the screen's. Where the view is not
/// as large as a whole number of these, it is a part of one smaller, since a canvas that is stretched by that is blurred all over.
pub(in crate::ui) fn context(
    canvas: &HtmlCanvasElement,
    view: View,
) -> Option<CanvasRenderingContext2d> {
    let ratio = window().device_pixel_ratio();
    // What multiplication loses is no pixel.
    let whole = |length_px: f64| (length_px * ratio + 0.01) as u32;
    let (width, height) = (whole(view.width_px), whole(view.height_px));
    if canvas.width() != width || canvas.height() != height {
        canvas.set_width(width);
        canvas.set_height(height);
        // A hair more, or the browser would round it down to a pixel less.
        let shown = |pixels: u32| px((f64::from(pixels) + 0.03) / ratio);
        let style = format!("width:{};height:{}", shown(width), shown(height));
        let _ = canvas.set_attribute("style", &style);
    }
    canvas.get_context("2d").ok().flatten()?.dyn_into().ok()
}
