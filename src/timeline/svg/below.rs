//! The legend of what is in the picture, and the patterns that both draw with.

use super::strips::piece;
use super::write::{Writer, number};
use super::{ID, MARGIN_PX, Sheet, Words};
use crate::engine::wait::Wait;
use crate::timeline::axis::width_px;
use crate::timeline::hatch::{TILE_PX, WASH, hatch};
use crate::timeline::legend::{Line, meaning};
use crate::timeline::scene::{LAG_STRENGTH, PERMITS_STRENGTH, Rect, Scene, Upright};

/// Width and height of a sample.
const SAMPLE_PX: (f64, f64) = (22.0, 10.0);
/// Height of the legend's lines.
const LINE_PX: f64 = 18.0;

/// A tile for each wait that is hatched and in the picture.
pub(super) fn patterns(out: &mut Writer, sheet: &Sheet<'_>) {
    for wait in waits(sheet.scene) {
        let Some(hatch) = hatch(wait) else { continue };
        let colour = sheet.colours.of(wait);
        let side = number(TILE_PX);
        out.open(
            "pattern",
            &[
                ("id", &format!("{ID}{}", wait.key())),
                ("width", &side),
                ("height", &side),
                ("patternUnits", "userSpaceOnUse"),
            ],
        );
        let tile = Rect {
            x: 0.0,
            y: 0.0,
            w: TILE_PX,
            h: TILE_PX,
        };
        out.rect(&tile, &[("fill", colour), ("fill-opacity", &number(WASH))]);
        let thick = number(hatch.line * TILE_PX);
        for line in hatch.lines {
            let [x1, y1, x2, y2] = line.map(|share| number(share * TILE_PX));
            out.empty(
                "line",
                &[
                    ("x1", &x1),
                    ("y1", &y1),
                    ("x2", &x2),
                    ("y2", &y2),
                    ("stroke", colour),
                    ("stroke-width", &thick),
                ],
            );
        }
        if hatch.dot > 0.0 {
            let dot = hatch.dot * TILE_PX;
            let beside = (TILE_PX - dot) / 2.0;
            let dot = Rect {
                x: beside,
                y: beside,
                w: dot,
                h: dot,
            };
            out.rect(&dot, &[("fill", colour)]);
        }
        out.close("pattern");
    }
}

/// What is in the picture, with samples. Returns where it ends.
pub(super) fn legend(out: &mut Writer, sheet: &Sheet<'_>, top_px: f64, width: f64) -> f64 {
    let words = Words {
        weight: 400,
        size_px: 11.0,
        colour: &sheet.colours.muted,
    };
    out.open("g", &[("data-kind", "legend")]);
    let (mut x, mut y) = (MARGIN_PX, top_px);
    let mut next = |text: &str| {
        let room_px = SAMPLE_PX.0 + 6.0 + width_px(text);
        if x > MARGIN_PX && x + room_px > width - MARGIN_PX {
            (x, y) = (MARGIN_PX, y + LINE_PX);
        }
        let at = (x, y);
        x += room_px + 14.0;
        at
    };
    for wait in waits(sheet.scene) {
        let (x, y) = next(meaning(wait));
        let fill = match hatch(wait) {
            Some(_) => format!("url(#{}{})", ID, wait.key()),
            None => sheet.colours.of(wait).to_owned(),
        };
        if sheet.is_printed && hatch(wait).is_some() {
            piece(out, &sample(x, y), wait);
        } else {
            out.rect(&sample(x, y), &[("fill", &fill)]);
        }
        out.line(x + SAMPLE_PX.0 + 6.0, y + 11.5, meaning(wait), &words);
    }
    for line in Line::ALL {
        if !is_in(sheet.scene, line) {
            continue;
        }
        let (x, y) = next(line.meaning());
        draw_line(out, sheet, line, x, y);
        out.line(x + SAMPLE_PX.0 + 6.0, y + 11.5, line.meaning(), &words);
    }
    out.close("g");
    y + LINE_PX + 4.0
}

fn sample(x: f64, y: f64) -> Rect {
    let (w, h) = SAMPLE_PX;
    Rect {
        x,
        y: y + 3.0,
        w,
        h,
    }
}

fn draw_line(out: &mut Writer, sheet: &Sheet<'_>, line: Line, x: f64, y: f64) {
    let colour = sheet.colours.of_line(line);
    let (w, h) = SAMPLE_PX;
    let upright = match line {
        Line::Permits | Line::Lag => {
            let strength = match line {
                Line::Lag => LAG_STRENGTH,
                _ => PERMITS_STRENGTH,
            };
            let strength = number(strength);
            return out.rect(
                &sample(x, y),
                &[("fill", colour), ("fill-opacity", &strength)],
            );
        }
        Line::InFlight | Line::Queued => None,
        Line::Ideal => Some(Upright::Ideal),
        Line::End => Some(Upright::End),
        Line::Change => Some(Upright::Change),
    };
    let middle_px = (x + w / 2.0).floor() + 0.5;
    let way = match upright {
        None => format!(
            "M{} {}H{}V{}",
            number(x),
            number(y + 5.0),
            number(x + w),
            number(y + 3.0 + h)
        ),
        Some(_) => format!(
            "M{} {}V{}",
            number(middle_px),
            number(y + 1.0),
            number(y + 15.0)
        ),
    };
    let (width_px, dash) = upright.map_or((1.25, [].as_slice()), Upright::line);
    let dash: Vec<String> = dash.iter().map(|px| number(*px)).collect();
    out.empty(
        "path",
        &[
            ("d", &way),
            ("fill", "none"),
            ("stroke", colour),
            ("stroke-width", &number(width_px)),
            ("stroke-dasharray", &dash.join(" ")),
        ],
    );
}

/// The waits in the picture.
pub(super) fn waits(scene: &Scene) -> impl Iterator<Item = Wait> {
    Wait::ALL
        .into_iter()
        .filter(|wait| !scene.bars[wait.index()].is_empty())
}

fn is_in(scene: &Scene, line: Line) -> bool {
    let has = |meaning| scene.uprights.iter().any(|(.., is)| *is == meaning);
    let is_drawn = |curves: &[Vec<(f64, f64)>]| curves.iter().any(|points| points.len() > 1);
    match line {
        Line::Permits => !scene.permits.is_empty(),
        Line::InFlight => is_drawn(&scene.in_flight),
        Line::Queued => is_drawn(&scene.queued),
        Line::Lag => !scene.lag.is_empty(),
        Line::Ideal => has(Upright::Ideal),
        Line::End => has(Upright::End),
        Line::Change => has(Upright::Change),
    }
}
