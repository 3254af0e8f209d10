//! A picture that leaves the page: the scene as SVG, with what was found above it, and its legend and settings below.
//!
//! It holds the shapes of the scene, which are those in view, and no script. All that came from outside is escaped.

use super::layout::View;
use super::legend::Line;
use super::scene::{Rect, Scene};
use crate::engine::wait::Wait;

mod below;
mod picture;
mod strips;
mod write;

use write::Writer;

/// Between the sheet's edge and what is written on it.
const MARGIN_PX: f64 = 16.0;

/// What the names of its parts begin with: it may become a part of a page.
const ID: &str = "timeline-";

/// What is drawn with: colours as CSS writes them.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Colours {
    /// Of names and of the end of a run.
    pub text: String,
    /// Of what is said beside.
    pub muted: String,
    /// Of the axis.
    pub line: String,
    /// Of bounds and changes.
    pub accent: String,
    /// Of failures.
    pub bad: String,
    /// Behind everything.
    pub panel: String,
    /// Of the waits, by [`Wait::index`].
    pub waits: [String; Wait::ALL.len()],
    /// The font's family.
    pub font: String,
}

impl Colours {
    fn of(&self, wait: Wait) -> &str {
        &self.waits[wait.index()]
    }

    fn of_line(&self, line: Line) -> &str {
        match line {
            Line::Permits | Line::InFlight => self.of(Wait::Request),
            Line::Queued => self.of(Wait::Handover),
            Line::Lag => &self.bad,
            Line::Ideal | Line::Change => &self.accent,
            Line::End => &self.text,
        }
    }
}

/// All that a picture tells.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// What was found. Without it the picture has no heading.
    pub title: &'a str,
    /// What it was found with: a paragraph each.
    pub settings: &'a [String],
    /// The shapes.
    pub scene: &'a Scene,
    /// What is drawn under the bars of the critical path, if that is shown.
    pub path: &'a [Rect],
    /// How large the scene is.
    pub view: View,
    /// What all that is drawn with.
    pub colours: &'a Colours,
    /// Whether it is to be printed. Hatching is then drawn line by line: as patterns, a printer's file would hold each bar as
    /// an image of the whole picture.
    pub is_printed: bool,
}

/// The picture as a file. O(n) in the shapes.
///
/// ```
/// use crawl_playground::timeline::{layout::View, scene::Scene, svg::{Colours, Sheet, svg}};
///
/// let sheet = Sheet {
///     title: "Three at a time < four",
///     settings: &[],
///     scene: &Scene::default(),
///     path: &[],
///     view: View { width_px: 300.0, height_px: 100.0, scroll_px: 0.0 },
///     colours: &Colours::default(),
///     is_printed: false,
/// };
/// let (text, width_px, height_px) = svg(&sheet);
/// assert!(text.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
/// assert!(text.contains("<title>Three at a time &lt; four</title>"));
/// assert!(width_px == 300.0 && height_px > 100.0);
/// ```
#[must_use]
pub fn svg(sheet: &Sheet<'_>) -> (String, f64, f64) {
    let Sheet { view, colours, .. } = *sheet;
    let width_px = view.width_px.max(200.0);
    let mut body = Writer::default();
    let mut y = 0.0;
    let head = Words {
        weight: 620,
        size_px: 15.0,
        colour: &colours.text,
    };
    if !sheet.title.is_empty() {
        y = body.paragraph(sheet.title, &head, MARGIN_PX, width_px) + 6.0;
    }
    body.open("g", &[("transform", &write::shift(0.0, y))]);
    picture::draw(&mut body, sheet);
    body.close("g");
    y += view.height_px;
    y = below::legend(&mut body, sheet, y + 8.0, width_px);
    let foot = Words {
        weight: 400,
        size_px: 11.0,
        colour: &colours.muted,
    };
    for paragraph in sheet.settings {
        y = body.paragraph(paragraph, &foot, y, width_px) + 2.0;
    }
    let height_px = y + 10.0;

    let mut file = Writer::default();
    let (width, height) = (write::number(width_px), write::number(height_px));
    file.open(
        "svg",
        &[
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("width", &width),
            ("height", &height),
            ("viewBox", &format!("0 0 {width} {height}")),
            ("role", "img"),
            ("font-family", &colours.font),
        ],
    );
    if !sheet.title.is_empty() {
        file.text_element("title", &[], sheet.title);
    }
    file.text_element("desc", &[], &sheet.settings.join(" "));
    file.open("defs", &[]);
    match sheet.is_printed {
        true => strips::strips(&mut file, sheet),
        false => below::patterns(&mut file, sheet),
    }
    file.close("defs");
    let all = Rect {
        x: 0.0,
        y: 0.0,
        w: width_px,
        h: height_px,
    };
    file.rect(&all, &[("fill", &colours.panel)]);
    file.append(body);
    file.close("svg");
    (file.finish(), width_px, height_px)
}

/// How a text looks.
struct Words<'a> {
    weight: u32,
    size_px: f64,
    colour: &'a str,
}
