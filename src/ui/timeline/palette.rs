//! The colours and patterns of the picture, read from the page's style, so that themes are written in one place.

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasPattern, CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement};

use crate::engine::wait::Wait;
use crate::timeline::hatch::{Hatch, WASH, hatch, tile_at};

/// A colour or a pattern, as the browser has it: a text would be handed over letter by letter each time.
pub(super) struct Ink {
    value: JsValue,
    pub(super) is_pattern: bool,
}

impl Ink {
    /// What is filled from now on is filled with it.
    pub(super) fn fill(&self, context: &CanvasRenderingContext2d) {
        // The same property takes both.
        context.set_fill_style_canvas_pattern(self.value.unchecked_ref());
    }

    /// Lines are drawn with it from now on.
    pub(super) fn stroke(&self, context: &CanvasRenderingContext2d) {
        context.set_stroke_style_canvas_pattern(self.value.unchecked_ref());
    }
}

/// Everything that is painted with.
pub(super) struct Palette {
    pub(super) text: Ink,
    pub(super) muted: Ink,
    pub(super) line: Ink,
    pub(super) accent: Ink,
    pub(super) bad: Ink,
    pub(super) panel: Ink,
    pub(super) request: Ink,
    pub(super) handover: Ink,
    pub(super) font: String,
    /// By [`Wait::index`]: a colour for work, a pattern for waiting.
    pub(super) fills: Vec<Ink>,
}

/// The font's family that holds at `canvas`.
pub(in crate::ui) fn font(canvas: &HtmlCanvasElement) -> String {
    let style = window().get_computed_style(canvas).ok().flatten();
    let font = style.and_then(|style| style.get_property_value("font-family").ok());
    font.unwrap_or_else(|| "sans-serif".into())
}

impl Palette {
    /// Reads the style that holds at `canvas`.
    pub(super) fn read(canvas: &HtmlCanvasElement) -> Self {
        let ink = |colour: &str, pattern: Option<CanvasPattern>| Ink {
            is_pattern: pattern.is_some(),
            value: pattern.map_or_else(|| JsValue::from_str(colour), JsValue::from),
        };
        let colour = |name: &str| ink(&resolve(canvas, name), None);
        let fills = Wait::ALL.map(|wait| {
            let colour = resolve(canvas, wait.key());
            let pattern = hatch(wait).and_then(|hatch| pattern(&hatch, &colour));
            ink(&colour, pattern)
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
    let side = tile_at(ratio);
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
