//! The pieces of XML (1.0) that a sitemap consists of. Nothing is checked, and nothing is looked up: no entities but the
//! five that there always are, and no document types.

use std::borrow::Cow;

use crate::engine::references;

/// A piece of markup, or text between two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// A start tag's name, or an empty element's.
    Start { name: &'a str, is_empty: bool },
    /// An end tag's name.
    End(&'a str),
    /// Text with its entities in it.
    Text(&'a str),
    /// Text that is written as it is.
    CData(&'a str),
}

/// The pieces of a text, from front to back; comments, declarations and instructions are left out.
pub(super) struct Markup<'a> {
    rest: &'a str,
}

impl<'a> Markup<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// What stands before `end`, which is left behind with it; all there is if it never comes.
    fn until(&mut self, start: usize, end: &str) -> &'a str {
        let text = &self.rest[start..];
        let (inside, behind) = text.split_once(end).unwrap_or((text, ""));
        self.rest = behind;
        inside
    }

    /// `<!DOCTYPE …>`, which may hold declarations in brackets.
    fn skip_declaration(&mut self) {
        let end = self.rest.find(['>', '[']);
        if end.is_some_and(|at| self.rest.as_bytes()[at] == b'[') {
            self.until(0, "]");
        }
        self.until(0, ">");
    }

    /// A tag from behind its `<` to its `>`, which may stand in quotes before.
    fn tag(&mut self) -> &'a str {
        let mut quote = None;
        let end = self.rest.bytes().position(|byte| match quote {
            Some(open) => {
                if byte == open {
                    quote = None;
                }
                false
            }
            None => {
                if matches!(byte, b'"' | b'\'') {
                    quote = Some(byte);
                }
                byte == b'>'
            }
        });
        let tag = &self.rest[1..end.unwrap_or(self.rest.len())];
        self.rest = end.map_or("", |end| &self.rest[end + 1..]);
        tag
    }
}

impl<'a> Iterator for Markup<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let text = self.rest.find('<').unwrap_or(self.rest.len());
            if text > 0 {
                let (text, behind) = self.rest.split_at(text);
                self.rest = behind;
                return Some(Piece::Text(text));
            }
            if self.rest.starts_with("<![CDATA[") {
                return Some(Piece::CData(self.until(9, "]]>")));
            } else if self.rest.starts_with("<!--") {
                self.until(4, "-->");
            } else if self.rest.starts_with("<?") {
                self.until(2, "?>");
            } else if self.rest.starts_with("<!") {
                self.skip_declaration();
            } else {
                let tag = self.tag();
                let name = |tag: &'a str| {
                    let is_end = |letter: char| letter.is_ascii_whitespace() || letter == '/';
                    tag.split(is_end).next().unwrap_or_default()
                };
                return Some(match tag.strip_prefix('/') {
                    Some(tag) => Piece::End(name(tag)),
                    None => Piece::Start {
                        name: name(tag),
                        is_empty: tag.ends_with('/'),
                    },
                });
            }
        }
    }
}

/// Text with its entities replaced; those that are unknown stay as they are written.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    references::decoded(text, |name| {
        Some(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => return None,
        })
    })
}
