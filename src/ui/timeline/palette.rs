//! The colours and patterns of the picture, read from the page's style, so that themes are written in one place.

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasPattern, CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement};

use crate::engine::wait::Wait;
use crate::timeline::hatch::{Hatch, TILE_PX, WASH, hatch};

/// Everything that is painted with.
pub(super) struct Palette {
    pub(super) text: String,
    pub(super) muted: String,
    pub(super) line: String,
    pub(super) accent: String,
    pub(super) bad: String,
    pub(super) panel: String,
    pub(super) request: String,
    pub(super) handover: String,
    pub(super) font: String,
    /// By [`Wait::index`]: a colour for work, a pattern for waiting.
    pub(super) fills: Vec<JsValue>,
}

/// The font's family that holds at `canvas`.
pub(super) fn font(canvas: &HtmlCanvasElement) -> String {
    let style = window().get_computed_style(canvas).ok().flatten();
    let font = style.and_then(|style| style.get_property_value("font-family").ok());
    font.unwrap_or_else(|| "sans-serif".into())
}

impl Palette {
    /// Reads the style that holds at `canvas`.
    pub(super) fn read(canvas: &HtmlCanvasElement) -> Self {
        let colour = |name: &str| resolve(canvas, name);
        let fills = Wait::ALL.map(|wait| {
            let colour = colour(wait.key());
            let pattern = hatch(wait).and_then(|hatch| pattern(&hatch, &colour));
            pattern.map_or_else(|| JsValue::from_str(&colour), JsValue::from)
        });
        Self {
            text: colour("text"),
            muted: colour("muted"),
            line: colour("line"),
            accent: colour("accent"),
            bad: colour("bad"),
            panel: colour("panel"),
            request: colour("request"),
            handover: colour("handover"),
            font: font(canvas),
            fills: fills.into(),
        }
    }
}

/// The colour that a style variable stands for now. A variable's own value may still be `light-dark(…)`; as the
/// `color` of an element the browser resolves it.
pub(in crate::ui) fn resolve(canvas: &HtmlCanvasElement, name: &str) -> String {
    let element: &HtmlElement = canvas.unchecked_ref();
    let style = element.style();
    let _ = style.set_property("color", &format!("var(--{name})"));
    let computed = window().get_computed_style(canvas).ok().flatten();
    let colour = computed.and_then(|style| style.get_property_value("color").ok());
    let _ = style.remove_property("color");
    colour.unwrap_or_else(|| "gray".into())
}

/// A tile of hatching, different for each wait, so that nobody needs to tell colours apart.
fn pattern(hatch: &Hatch, colour: &str) -> Option<CanvasPattern> {
    let ratio = window().device_pixel_ratio();
    let side = (TILE_PX * ratio).round().max(4.0);
    let tile: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    tile.set_width(side as u32);
    tile.set_height(side as u32);
    let context: CanvasRenderingContext2d =
        tile.get_context("2d").ok().flatten()?.dyn_into().ok()?;
    context.set_fill_style_str(colour);
    context.set_stroke_style_str(colour);
    context.set_global_alpha(WASH);
    context.fill_rect(0.0, 0.0, side, side);
    context.set_global_alpha(1.0);
    context.set_line_width(side * hatch.line);
    for [from_x, from_y, to_x, to_y] in hatch.lines {
        context.begin_path();
        context.move_to(from_x * side, from_y * side);
        context.line_to(to_x * side, to_y * side);
        context.stroke();
    }
    let dot = hatch.dot * side;
    let beside = (side - dot) / 2.0;
    context.fill_rect(beside, beside, dot, dot);
    context
        .create_pattern_with_html_canvas_element(&tile, "repeat")
        .ok()
        .flatten()
}
