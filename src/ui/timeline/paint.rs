//! Paints a scene on a canvas. The only step that knows pixels of the device: everything is snapped to them, so that
//! thin rows are crisp on any screen.

use std::cell::Cell;

use wasm_bindgen::JsValue;
use web_sys::CanvasRenderingContext2d;

use super::frame::Sheet;
use super::palette::{Ink, Palette};
use crate::timeline::hatch::tile_at;
use crate::timeline::layout::AXIS_PX;
use crate::timeline::scene::{
    LAG_STRENGTH, OWN_PATTERN_FROM_PX, PERMITS_STRENGTH, ROUND_FROM_PX, Rect, Role, SHADE_STRENGTH,
    Scene, Upright,
};
use crate::ui::px;

/// What is written below the axis; what has the axis' font first.
const BELOW_AXIS: [Role; 5] = [
    Role::Detail,
    Role::Name,
    Role::Number,
    Role::Failure,
    Role::Cancel,
];

/// Paints `scene` over everything.
pub(super) fn paint(scene: &Scene, sheet: &Sheet, palette: &Palette) {
    let Sheet {
        context,
        view,
        ratio,
    } = sheet;
    let brush = Brush {
        context,
        ratio: *ratio,
        font: Cell::default(),
    };
    let (width, height) = (view.width_px * ratio, view.height_px * ratio);
    context.clear_rect(0.0, 0.0, width, height);
    brush.uprights(scene, Upright::Tick, &palette.line);
    brush.labels(scene, palette, &[Role::Tick]);
    context.save();
    // Nothing that scrolls may run over the axis.
    context.begin_path();
    context.rect(0.0, AXIS_PX * ratio, width, height);
    context.clip();
    brush.fill(&scene.shades, &palette.muted, SHADE_STRENGTH);
    brush.fill(&scene.permits, &palette.request, PERMITS_STRENGTH);
    for (rects, ink) in scene.bars.iter().zip(&palette.fills) {
        brush.bars(rects, ink);
    }
    for (ink, meaning) in [(&palette.bad, true), (&palette.muted, false)] {
        let mut marks = scene.marks.iter().filter(|(_, is)| *is == meaning);
        if let Some((first, _)) = marks.next() {
            ink.fill(context);
            brush.rect(first);
            marks.for_each(|(rect, _)| brush.rect(rect));
        }
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
}

struct Brush<'a> {
    context: &'a CanvasRenderingContext2d,
    ratio: f64,
    /// Weight and size of what is written now.
    font: Cell<(u32, f64)>,
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

    /// A pattern begins at the top of its bar, so that all rows look the same and none swims when it scrolls. It repeats with
    /// each tile, so bars that are whole tiles apart are filled at once. Lines too thin for a pattern of their own share one.
    fn hatched(&self, rects: &[Rect]) {
        let tile = tile_at(self.ratio);
        let mut left: Vec<Rect> = rects.iter().map(|rect| self.snapped(rect)).collect();
        while let Some(first) = left.first() {
            let (top, is_thin) = (first.y, first.h < OWN_PATTERN_FROM_PX * self.ratio);
            let _ = self.context.translate(0.0, top);
            self.context.begin_path();
            left.retain(|Rect { x, y, w, h }| {
                // Both are whole numbers. A remainder of floats would bring a kilobyte of arithmetic with 128 bits.
                let is_apart = !is_thin && ((y - top) / tile).fract() != 0.0;
                if !is_apart {
                    self.context.rect(*x, y - top, *w, *h);
                }
                is_apart
            });
            self.context.fill();
            let _ = self.context.translate(0.0, -top);
        }
    }

    fn fill(&self, rects: &[Rect], ink: &Ink, alpha: f64) {
        if rects.is_empty() {
            return;
        }
        ink.fill(self.context);
        self.context.set_global_alpha(alpha);
        rects.iter().for_each(|rect| self.rect(rect));
        self.context.set_global_alpha(1.0);
    }

    /// All segments of one wait, in one path where corners are round.
    fn bars(&self, rects: &[Rect], ink: &Ink) {
        let Some(first) = rects.first() else { return };
        ink.fill(self.context);
        if ink.is_pattern {
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

    fn curves(&self, curves: &[Vec<(f64, f64)>], ink: &Ink) {
        for points in curves.iter().filter(|points| points.len() > 1) {
            ink.stroke(self.context);
            self.context.set_line_width(1.25 * self.ratio);
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

    fn baselines(&self, scene: &Scene, ink: &Ink) {
        ink.fill(self.context);
        for (from, to, y) in &scene.baselines {
            self.rect(&Rect {
                x: *from,
                y: *y,
                w: to - from,
                h: 1.0,
            });
        }
    }

    fn uprights(&self, scene: &Scene, meaning: Upright, ink: &Ink) {
        let of_these = |&&(_, _, _, is): &&(f64, f64, f64, Upright)| is == meaning;
        let mut lines = scene.uprights.iter().filter(of_these).peekable();
        if lines.peek().is_none() {
            return;
        }
        let (width_px, dashes) = meaning.line();
        let dash = |dashes: &[f64]| {
            let dashes = dashes.iter().map(|px| JsValue::from_f64(px * self.ratio));
            let _ = self
                .context
                .set_line_dash(&dashes.collect::<js_sys::Array>());
        };
        if !dashes.is_empty() {
            dash(dashes);
        }
        ink.stroke(self.context);
        self.context
            .set_line_width((width_px * self.ratio).round().max(1.0));
        self.context.begin_path();
        for (x, top, bottom, _) in lines {
            // The middle of a pixel: a line one pixel wide covers just that.
            let x = (x * self.ratio).floor() + 0.5;
            self.context.move_to(x, top * self.ratio);
            self.context.line_to(x, bottom * self.ratio);
        }
        self.context.stroke();
        if !dashes.is_empty() {
            dash(&[]);
        }
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
            if self.font.replace(role.font()) != role.font() {
                let size = px(size_px * self.ratio);
                self.context
                    .set_font(&format!("{weight} {size} {}", palette.font));
            }
            colour.fill(self.context);
            let is_number = *role == Role::Number;
            if is_number {
                self.context.set_text_align("right");
            }
            let is_crossed = *role == Role::Failure;
            if is_crossed {
                // A halo: lines may cross here.
                palette.panel.stroke(self.context);
                self.context.set_line_width(4.0 * self.ratio);
            }
            for label in std::iter::once(first).chain(labels) {
                let (x, y) = (label.x * self.ratio, label.y * self.ratio);
                if is_crossed {
                    let _ = self.context.stroke_text(&label.text, x, y);
                }
                let _ = self.context.fill_text(&label.text, x, y);
            }
            if is_number {
                self.context.set_text_align("left");
            }
        }
    }
}
