//! The scene's shapes, in the order in which the page paints them.

use super::strips::piece;
use super::write::{Writer, number, shift};
use super::{Colours, ID, Sheet, Words};
use crate::engine::wait::Wait;
use crate::timeline::hatch::hatch;
use crate::timeline::layout::AXIS_PX;
use crate::timeline::legend::Line;
use crate::timeline::scene::{
    LAG_STRENGTH, OWN_PATTERN_FROM_PX, PERMITS_STRENGTH, ROUND_FROM_PX, Rect, Role, SHADE_STRENGTH,
    Scene, Upright,
};

pub(super) fn draw(out: &mut Writer, sheet: &Sheet<'_>) {
    let Sheet {
        scene,
        colours,
        view,
        ..
    } = *sheet;
    uprights(out, scene, Upright::Tick, &colours.line);
    // Nothing that scrolls may run over the axis, or out of the picture.
    let frame = Rect {
        x: 0.0,
        y: AXIS_PX,
        w: view.width_px,
        h: (view.height_px - AXIS_PX).max(0.0),
    };
    out.open("clipPath", &[("id", &format!("{ID}below-axis"))]);
    out.rect(&frame, &[]);
    out.close("clipPath");
    out.open("g", &[("clip-path", &format!("url(#{ID}below-axis)"))]);
    areas(out, "shades", &scene.shades, &colours.muted, SHADE_STRENGTH);
    let permits = colours.of_line(Line::Permits);
    areas(out, "permits", &scene.permits, permits, PERMITS_STRENGTH);
    for wait in Wait::ALL {
        bars(out, wait, &scene.bars[wait.index()], sheet);
    }
    for (colour, meaning) in [(&colours.bad, true), (&colours.muted, false)] {
        let marks = scene.marks.iter().filter(|(_, is)| *is == meaning);
        marks.for_each(|(rect, _)| out.rect(rect, &[("fill", colour)]));
    }
    areas(out, "lag", &scene.lag, &colours.bad, LAG_STRENGTH);
    curves(out, &scene.queued, colours.of_line(Line::Queued));
    curves(out, &scene.in_flight, colours.of_line(Line::InFlight));
    for (from, to, y) in &scene.baselines {
        let line = Rect {
            x: *from,
            y: *y,
            w: to - from,
            h: 1.0,
        };
        out.rect(&line, &[("fill", &colours.line)]);
    }
    uprights(out, scene, Upright::Change, &colours.accent);
    uprights(out, scene, Upright::Ideal, &colours.accent);
    uprights(out, scene, Upright::Now, &colours.muted);
    uprights(out, scene, Upright::End, &colours.text);
    if !sheet.path.is_empty() {
        areas(out, "critical-path", sheet.path, &colours.text, 1.0);
    }
    labels(out, scene, colours, false);
    out.close("g");
    labels(out, scene, colours, true);
}

fn areas(out: &mut Writer, kind: &str, rects: &[Rect], colour: &str, strength: f64) {
    if rects.is_empty() {
        return;
    }
    let strength = number(strength);
    out.open(
        "g",
        &[
            ("data-kind", kind),
            ("fill", colour),
            ("fill-opacity", &strength),
            ("shape-rendering", "crispEdges"),
        ],
    );
    rects.iter().for_each(|rect| out.rect(rect, &[]));
    out.close("g");
}

/// All segments of one wait. A pattern begins at the top of its bar, as on the page: bars of one row are moved there
/// together.
fn bars(out: &mut Writer, wait: Wait, rects: &[Rect], sheet: &Sheet<'_>) {
    let Some(first) = rects.first() else { return };
    let is_hatched = hatch(wait).is_some();
    let fill = if is_hatched && sheet.is_printed {
        "none".to_owned()
    } else if is_hatched {
        format!("url(#{}{})", ID, wait.key())
    } else {
        sheet.colours.of(wait).to_owned()
    };
    out.open("g", &[("data-wait", wait.name()), ("fill", &fill)]);
    if is_hatched && sheet.is_printed {
        rects.iter().for_each(|rect| piece(out, rect, wait));
    } else if is_hatched {
        let mut row = None;
        for rect in rects {
            let top_px = if rect.h < OWN_PATTERN_FROM_PX {
                first.y
            } else {
                rect.y
            };
            if row != Some(top_px) {
                if row.is_some() {
                    out.close("g");
                }
                out.open("g", &[("transform", &shift(0.0, top_px))]);
                row = Some(top_px);
            }
            let y = rect.y - top_px;
            out.rect(&Rect { y, ..*rect }, &[]);
        }
        out.close("g");
    } else {
        let is_round = first.h >= ROUND_FROM_PX;
        for rect in rects {
            let radius = number((rect.w / 2.0).min(2.0));
            let round: &[(&str, &str)] = &[("rx", &radius)];
            out.rect(rect, if is_round { round } else { &[] });
        }
    }
    out.close("g");
}

/// Curves of steps: across first, then up or down.
fn curves(out: &mut Writer, curves: &[Vec<(f64, f64)>], colour: &str) {
    for points in curves.iter().filter(|points| points.len() > 1) {
        let mut way = String::new();
        let mut before = None;
        for (x, y) in points {
            match before {
                // Where nothing changes there is nothing to say.
                Some(before) if before == *y => continue,
                Some(_) => {
                    way.push('H');
                    way.push_str(&number(*x));
                    way.push('V');
                    way.push_str(&number(*y));
                }
                None => {
                    way.push('M');
                    way.push_str(&number(*x));
                    way.push(' ');
                    way.push_str(&number(*y));
                }
            }
            before = Some(*y);
        }
        if let Some((x, _)) = points.last() {
            way.push('H');
            way.push_str(&number(*x));
        }
        out.empty(
            "path",
            &[
                ("d", &way),
                ("fill", "none"),
                ("stroke", colour),
                ("stroke-width", "1.25"),
            ],
        );
    }
}

fn uprights(out: &mut Writer, scene: &Scene, meaning: Upright, colour: &str) {
    let mut lines = scene.uprights.iter().filter(|(.., is)| *is == meaning);
    let Some(first) = lines.next() else { return };
    let (width_px, dash) = meaning.line();
    let dash: Vec<String> = dash.iter().map(|px| number(*px)).collect();
    let mut way = String::new();
    for (x, top, bottom, _) in std::iter::once(first).chain(lines) {
        // The middle of a pixel: a line one pixel wide covers just that.
        let [x, top, bottom] = [x.floor() + 0.5, *top, *bottom].map(number);
        for part in ["M", &x, " ", &top, "V", &bottom] {
            way.push_str(part);
        }
    }
    let kind = match meaning {
        Upright::Tick => "ticks",
        Upright::End => "end",
        Upright::Ideal => "ideal",
        Upright::Change => "changes",
        Upright::Now => "now",
    };
    out.empty(
        "path",
        &[
            ("data-kind", kind),
            ("d", &way),
            ("stroke", colour),
            ("stroke-width", &number(width_px)),
            ("stroke-dasharray", &dash.join(" ")),
        ],
    );
}

/// The labels on the axis, or those below it. Crosses that cancel are for hands.
fn labels(out: &mut Writer, scene: &Scene, colours: &Colours, is_on_axis: bool) {
    let labels = scene
        .labels
        .iter()
        .filter(|label| label.role != Role::Cancel && (label.role == Role::Tick) == is_on_axis);
    for label in labels {
        let (weight, size_px) = label.role.font();
        let words = Words {
            weight,
            size_px,
            colour: match label.role {
                Role::Name => &colours.text,
                Role::Failure => &colours.bad,
                _ => &colours.muted,
            },
        };
        match label.role {
            Role::Number => {
                out.open("g", &[("text-anchor", "end")]);
                out.line(label.x, label.y, &label.text, &words);
                out.close("g");
            }
            // A halo: lines may cross here.
            Role::Failure => {
                out.open(
                    "g",
                    &[
                        ("paint-order", "stroke"),
                        ("stroke", &colours.panel),
                        ("stroke-width", "4"),
                    ],
                );
                out.line(label.x, label.y, &label.text, &words);
                out.close("g");
            }
            _ => out.line(label.x, label.y, &label.text, &words),
        }
    }
}
