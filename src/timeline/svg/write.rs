//! The letters of an SVG file: elements, escaped text, and numbers in whole hundredths.

use std::fmt::Write as _;

use super::{MARGIN_PX, Words};
use crate::timeline::axis::LETTER_PX;
use crate::timeline::scene::Rect;

/// Attributes: names and values.
type Attributes<'a> = [(&'a str, &'a str)];

/// The text of a file as it grows.
#[derive(Default)]
pub(super) struct Writer(String);

impl Writer {
    pub(super) fn open(&mut self, name: &str, attributes: &Attributes<'_>) {
        self.start(name, attributes);
        self.0.push('>');
    }

    pub(super) fn close(&mut self, name: &str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push_str(">\n");
    }

    /// An element with nothing in it.
    pub(super) fn empty(&mut self, name: &str, attributes: &Attributes<'_>) {
        self.start(name, attributes);
        self.0.push_str("/>\n");
    }

    fn start(&mut self, name: &str, attributes: &Attributes<'_>) {
        self.0.push('<');
        self.0.push_str(name);
        self.attributes(attributes);
    }

    fn attributes(&mut self, attributes: &Attributes<'_>) {
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            self.escaped(value);
            self.0.push('"');
        }
    }

    pub(super) fn text_element(&mut self, name: &str, attributes: &Attributes<'_>, text: &str) {
        self.open(name, attributes);
        self.escaped(text);
        self.close(name);
    }

    pub(super) fn rect(&mut self, rect: &Rect, attributes: &Attributes<'_>) {
        let [x, y, width, height] = [rect.x, rect.y, rect.w, rect.h].map(number);
        self.start(
            "rect",
            &[("x", &x), ("y", &y), ("width", &width), ("height", &height)],
        );
        self.attributes(attributes);
        self.0.push_str("/>\n");
    }

    pub(super) fn line(&mut self, x: f64, y: f64, text: &str, words: &Words<'_>) {
        let (weight, size) = (words.weight.to_string(), number(words.size_px));
        self.text_element(
            "text",
            &[
                ("x", &number(x)),
                ("y", &number(y)),
                ("font-weight", &weight),
                ("font-size", &size),
                ("fill", words.colour),
            ],
            text,
        );
    }

    /// A text on as many lines as it needs, below `top_px`. Returns where it ends.
    pub(super) fn paragraph(
        &mut self,
        text: &str,
        words: &Words<'_>,
        top_px: f64,
        width_px: f64,
    ) -> f64 {
        let letter_px = LETTER_PX * words.size_px / 11.0;
        let room = ((width_px - 2.0 * MARGIN_PX) / letter_px).max(8.0) as usize;
        let mut y = top_px;
        for line in wrapped(text, room) {
            y += words.size_px * 1.35;
            self.line(MARGIN_PX, y - words.size_px * 0.3, &line, words);
        }
        y
    }

    pub(super) fn append(&mut self, other: Self) {
        self.0.push_str(&other.0);
    }

    pub(super) fn finish(self) -> String {
        self.0
    }

    /// Text and values of attributes. What XML has no sign for is left out.
    fn escaped(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '&' => self.0.push_str("&amp;"),
                '"' => self.0.push_str("&quot;"),
                '\t' | '\n' | '\r' => self.0.push(' '),
                '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
                _ => self.0.push(letter),
            }
        }
    }
}

/// A length in whole hundredths of a pixel: nobody sees less. What is no number is 0.
pub(super) fn number(length: f64) -> String {
    let hundredths = (length * 100.0).round() as i64;
    let sign = if hundredths < 0 { "-" } else { "" };
    let hundredths = hundredths.unsigned_abs();
    let mut text = String::new();
    let (whole, part) = (hundredths / 100, hundredths % 100);
    let _ = match (part, part % 10) {
        (0, _) => write!(text, "{sign}{whole}"),
        (_, 0) => write!(text, "{sign}{whole}.{}", part / 10),
        _ => write!(text, "{sign}{whole}.{part:02}"),
    };
    text
}

/// The attribute that moves what it stands at.
pub(super) fn shift(x: f64, y: f64) -> String {
    format!("translate({} {})", number(x), number(y))
}

/// A text in lines of at most so many letters. A word that is longer is cut.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0;
    for word in text
        .split([' ', '\n', '\t'])
        .filter(|word| !word.is_empty())
    {
        let letters = word.chars().count();
        match lines.last_mut() {
            Some(line) if used + 1 + letters <= room => {
                line.push(' ');
                line.push_str(word);
                used += 1 + letters;
            }
            _ => {
                let mut rest: &str = word;
                while let Some((at, _)) = rest.char_indices().nth(room) {
                    lines.push(rest[..at].to_owned());
                    rest = &rest[at..];
                }
                used = rest.chars().count();
                lines.push(rest.to_owned());
            }
        }
    }
    lines
}
