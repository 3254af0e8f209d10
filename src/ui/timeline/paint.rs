//! Paints a scene on a canvas. The only step that knows pixels of the device: everything is snapped to them, so that
//! thin rows are crisp on any screen.

use leptos::prelude::window;
use wasm_bindgen::JsValue;
use web_sys::CanvasRenderingContext2d;

use super::palette::Palette;
use crate::timeline::layout::{AXIS_PX, View};
use crate::timeline::scene::{
    LAG_STRENGTH, PERMITS_STRENGTH, ROUND_FROM_PX, Rect, Role, SHADE_STRENGTH, Scene, Upright,
};
use crate::ui::px;

/// What is written below the axis.
const BELOW_AXIS: [Role; 5] = [
    Role::Name,
    Role::Detail,
    Role::Number,
    Role::Failure,
    Role::Cancel,
];

/// Paints `scene` over everything.
pub(super) fn paint(
    scene: &Scene,
    context: &CanvasRenderingContext2d,
    view: View,
    palette: &Palette,
) {
    let brush = Brush {
        context,
        ratio: window().device_pixel_ratio(),
    };
    context.clear_rect(
        0.0,
        0.0,
        view.width_px * brush.ratio,
        view.height_px * brush.ratio,
    );
    brush.uprights(scene, Upright::Tick, &palette.line);
    context.save();
    // Nothing that scrolls may run over the axis.
    context.begin_path();
    context.rect(
        0.0,
        AXIS_PX * brush.ratio,
        view.width_px * brush.ratio,
        view.height_px * brush.ratio,
    );
    context.clip();
    brush.fill(&scene.shades, &palette.muted, SHADE_STRENGTH);
    brush.fill(&scene.permits, &palette.request, PERMITS_STRENGTH);
    for (rects, fill) in scene.bars.iter().zip(&palette.fills) {
        brush.bars(rects, fill);
    }
    for (colour, meaning) in [(&palette.bad, true), (&palette.muted, false)] {
        context.set_fill_style_str(colour);
        let marks = scene.marks.iter().filter(|(_, is)| *is == meaning);
        marks.for_each(|(rect, _)| brush.rect(rect));
    }
    brush.fill(&scene.lag, &palette.bad, LAG_STRENGTH);
    brush.curves(&scene.queued, &palette.handover);
    brush.curves(&scene.in_flight, &palette.request);
    brush.baselines(scene, &palette.line);
    brush.uprights(scene, Upright::Change, &palette.accent);
    brush.uprights(scene, Upright::Ideal, &palette.accent);
    brush.uprights(scene, Upright::Now, &palette.muted);
    brush.uprights(scene, Upright::End, &palette.text);
    brush.labels(scene, palette, &BELOW_AXIS);
    context.restore();
    brush.labels(scene, palette, &[Role::Tick]);
}

struct Brush<'a> {
    context: &'a CanvasRenderingContext2d,
    ratio: f64,
}

impl Brush<'_> {
    /// The nearest edge between two pixels of the device.
    fn snap(&self, px: f64) -> f64 {
        (px * self.ratio).round()
    }

    /// A rectangle between edges of the device's pixels, at least one pixel wide and high.
    fn snapped(&self, rect: &Rect) -> Rect {
        let (x, y) = (self.snap(rect.x), self.snap(rect.y));
        let w = (self.snap(rect.x + rect.w) - x).max(1.0);
        let h = (self.snap(rect.y + rect.h) - y).max(1.0);
        Rect { x, y, w, h }
    }

    fn rect(&self, rect: &Rect) {
        let Rect { x, y, w, h } = self.snapped(rect);
        self.context.fill_rect(x, y, w, h);
    }

    /// A pattern begins at the top of its bar, so that all rows look the same and none swims when it scrolls. Bars of one
    /// row come one after another, and the canvas is moved once for them.
    fn hatched(&self, rects: &[Rect]) {
        let mut moved = 0.0;
        for rect in rects {
            let Rect { x, y, w, h } = self.snapped(rect);
            if y != moved {
                let _ = self.context.translate(0.0, y - moved);
                moved = y;
            }
            self.context.fill_rect(x, 0.0, w, h);
        }
        let _ = self.context.translate(0.0, -moved);
    }

    fn fill(&self, rects: &[Rect], colour: &str, alpha: f64) {
        self.context.set_fill_style_str(colour);
        self.context.set_global_alpha(alpha);
        rects.iter().for_each(|rect| self.rect(rect));
        self.context.set_global_alpha(1.0);
    }

    /// All segments of one wait, in one path where corners are round.
    fn bars(&self, rects: &[Rect], fill: &JsValue) {
        let Some(first) = rects.first() else { return };
        match fill.as_string() {
            Some(colour) => self.context.set_fill_style_str(&colour),
            None => self
                .context
                .set_fill_style_canvas_pattern(fill.unchecked_ref_pattern()),
        }
        if fill.as_string().is_none() {
            self.hatched(rects);
            return;
        }
        if first.h < ROUND_FROM_PX {
            rects.iter().for_each(|rect| self.rect(rect));
            return;
        }
        self.context.begin_path();
        for rect in rects {
            let Rect { x, y, w, h } = self.snapped(rect);
            let radius = (2.0 * self.ratio).min(w / 2.0);
            let _ = self.context.round_rect_with_f64(x, y, w, h, radius);
        }
        self.context.fill();
    }

    fn curves(&self, curves: &[Vec<(f64, f64)>], colour: &str) {
        self.context.set_stroke_style_str(colour);
        self.context.set_line_width(1.25 * self.ratio);
        for points in curves.iter().filter(|points| points.len() > 1) {
            self.context.begin_path();
            let mut before = None;
            for (x, y) in points {
                let (x, y) = (x * self.ratio, y * self.ratio);
                // Where nothing changes there is nothing to say.
                if before == Some(y) {
                    continue;
                }
                // Steps have corners: across first, then up or down.
                if let Some(before) = before {
                    self.context.line_to(x, before);
                }
                self.context.line_to(x, y);
                before = Some(y);
            }
            if let (Some((x, _)), Some(before)) = (points.last(), before) {
                self.context.line_to(x * self.ratio, before);
            }
            self.context.stroke();
        }
    }

    fn baselines(&self, scene: &Scene, colour: &str) {
        self.context.set_fill_style_str(colour);
        for (from, to, y) in &scene.baselines {
            self.rect(&Rect {
                x: *from,
                y: *y,
                w: to - from,
                h: 1.0,
            });
        }
    }

    fn uprights(&self, scene: &Scene, meaning: Upright, colour: &str) {
        let (width_px, dash) = meaning.line();
        let dash: js_sys::Array = dash
            .iter()
            .map(|px| JsValue::from_f64(px * self.ratio))
            .collect();
        let _ = self.context.set_line_dash(&dash);
        self.context.set_stroke_style_str(colour);
        self.context
            .set_line_width((width_px * self.ratio).round().max(1.0));
        self.context.begin_path();
        for (x, top, bottom, _) in scene.uprights.iter().filter(|(_, _, _, is)| *is == meaning) {
            // The middle of a pixel: a line one pixel wide covers just that.
            let x = (x * self.ratio).floor() + 0.5;
            self.context.move_to(x, top * self.ratio);
            self.context.line_to(x, bottom * self.ratio);
        }
        self.context.stroke();
        let _ = self.context.set_line_dash(&js_sys::Array::new());
    }

    /// The labels of these roles, one role after another: to set a font takes longer than to write a number.
    fn labels(&self, scene: &Scene, palette: &Palette, roles: &[Role]) {
        for role in roles {
            let mut labels = scene.labels.iter().filter(|label| label.role == *role);
            let Some(first) = labels.next() else { continue };
            let (weight, size_px) = role.font();
            let colour = match role {
                Role::Name => &palette.text,
                Role::Failure => &palette.bad,
                _ => &palette.muted,
            };
            let size = px(size_px * self.ratio);
            self.context
                .set_font(&format!("{weight} {size} {}", palette.font));
            self.context.set_fill_style_str(colour);
            let is_number = *role == Role::Number;
            self.context
                .set_text_align(if is_number { "right" } else { "left" });
            let is_crossed = *role == Role::Failure;
            if is_crossed {
                // A halo: lines may cross here.
                self.context.set_stroke_style_str(&palette.panel);
                self.context.set_line_width(4.0 * self.ratio);
            }
            for label in std::iter::once(first).chain(labels) {
                let (x, y) = (label.x * self.ratio, label.y * self.ratio);
                if is_crossed {
                    let _ = self.context.stroke_text(&label.text, x, y);
                }
                let _ = self.context.fill_text(&label.text, x, y);
            }
        }
    }
}

/// A fill that is no colour is a pattern.
trait AsPattern {
    fn unchecked_ref_pattern(&self) -> &web_sys::CanvasPattern;
}

impl AsPattern for JsValue {
    fn unchecked_ref_pattern(&self) -> &web_sys::CanvasPattern {
        wasm_bindgen::JsCast::unchecked_ref(self)
    }
}
