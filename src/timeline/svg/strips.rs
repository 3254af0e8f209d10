//! Hatching for paper: a strip for each wait, of which each bar shows the piece at its own place.

use super::below::waits;
use super::write::{Writer, number};
use super::{ID, Sheet};
use crate::engine::wait::Wait;
use crate::timeline::hatch::{TILE_PX, WASH, hatch};
use crate::timeline::scene::{OWN_PATTERN_FROM_PX, Rect};

/// So many tiles high is a strip: higher than any bar.
const TILES: u32 = 3;

/// The strips, as wide as the picture.
pub(super) fn strips(out: &mut Writer, sheet: &Sheet<'_>) {
    let columns = (sheet.view.width_px.max(200.0) / TILE_PX).ceil() as u32;
    for wait in waits(sheet.scene) {
        let Some(hatch) = hatch(wait) else { continue };
        let colour = sheet.colours.of(wait);
        let dot = (hatch.dot > 0.0).then_some(hatch.dot);
        let beside = (1.0 - hatch.dot) / 2.0;
        let dotted = dot.map(|dot| [beside, 0.5, beside + dot, 0.5]);
        let lines = || hatch.lines.iter().copied().chain(dotted);
        let mut way = String::new();
        for tile in 0..columns * TILES {
            let (across, down) = (f64::from(tile / TILES), f64::from(tile % TILES));
            for [x1, y1, x2, y2] in lines() {
                for (sign, share, at) in [
                    ("M", x1, across),
                    (" ", y1, down),
                    ("L", x2, across),
                    (" ", y2, down),
                ] {
                    way.push_str(sign);
                    way.push_str(&number((share + at) * TILE_PX));
                }
            }
        }
        out.open("g", &[("id", &format!("{ID}{}", wait.key()))]);
        let strip = Rect {
            x: 0.0,
            y: 0.0,
            w: f64::from(columns) * TILE_PX,
            h: f64::from(TILES) * TILE_PX,
        };
        out.rect(&strip, &[("fill", colour), ("fill-opacity", &number(WASH))]);
        let thick = number(dot.unwrap_or(hatch.line) * TILE_PX);
        let stroke = [("d", &*way), ("stroke", colour), ("stroke-width", &thick)];
        out.empty("path", &stroke);
        out.close("g");
    }
}

/// The piece of a wait's strip that fills `rect`.
pub(super) fn piece(out: &mut Writer, rect: &Rect, wait: Wait) {
    let [x, y, width, height] = [rect.x, rect.y, rect.w, rect.h].map(number);
    // A thin line is the piece at its own height of a strip without end.
    let down_px = if rect.h < OWN_PATTERN_FROM_PX {
        rect.y - (rect.y / TILE_PX).floor() * TILE_PX
    } else {
        0.0
    };
    out.open(
        "svg",
        &[
            ("x", &x),
            ("y", &y),
            ("width", &width),
            ("height", &height),
            (
                "viewBox",
                &format!("{x} {} {width} {height}", number(down_px)),
            ),
        ],
    );
    out.empty("use", &[("href", &format!("#{ID}{}", wait.key()))]);
    out.close("svg");
}
