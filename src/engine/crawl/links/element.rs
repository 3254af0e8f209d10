//! The elements and attributes of HTML that a crawl reads, and short names of them.

/// Longest name that is compared, in bytes; a longer one is none of those that are read.
const MAX_NAME_BYTES: usize = 16;

/// The name of a tag or attribute, lower-case.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Name {
    bytes: [u8; MAX_NAME_BYTES],
    length: usize,
}

impl Name {
    pub(super) fn push(&mut self, piece: &[u8]) {
        let end = self.length.saturating_add(piece.len());
        if let Some(room) = self.bytes.get_mut(self.length..end) {
            room.copy_from_slice(piece);
        }
        // Beyond the bytes there are, it stays too long for good.
        self.length = end;
    }

    pub(super) fn clear(&mut self) {
        self.length = 0;
    }

    /// Empty if it is too long.
    pub(super) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

/// An element that is read for its attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Anchor,
    Area,
    Base,
    Form,
    Frame,
    Html,
    Images,
    Link,
    Meta,
}

impl Element {
    pub(super) fn of(tag: &[u8]) -> Option<Self> {
        Some(match tag {
            b"a" => Self::Anchor,
            b"area" => Self::Area,
            b"base" => Self::Base,
            b"form" => Self::Form,
            b"frame" | b"iframe" => Self::Frame,
            b"html" => Self::Html,
            b"img" | b"source" => Self::Images,
            b"link" => Self::Link,
            b"meta" => Self::Meta,
            _ => return None,
        })
    }

    /// The attribute of that name, if it is read on this element.
    pub(super) fn attribute(self, name: &[u8]) -> Option<Attribute> {
        Some(match (self, name) {
            (Self::Anchor | Self::Area | Self::Base | Self::Link, b"href")
            | (Self::Frame, b"src")
            | (Self::Images, b"srcset")
            | (Self::Form, b"action") => Attribute::Address,
            (Self::Anchor | Self::Area | Self::Link | Self::Form, b"rel") => Attribute::Rel,
            (Self::Form, b"method") => Attribute::Method,
            (Self::Html, b"lang") => Attribute::Lang,
            (Self::Meta, b"name") => Attribute::Name,
            (Self::Meta, b"http-equiv") => Attribute::HttpEquiv,
            (Self::Meta, b"content") => Attribute::Content,
            _ => return None,
        })
    }
}

/// An attribute that is read; of one element none twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attribute {
    /// `href`, `src`, `srcset` or `action`.
    Address,
    Rel,
    Method,
    Lang,
    Name,
    HttpEquiv,
    Content,
}

/// Most bytes of a tag's attribute values that are kept. Some pages put whole images into a `srcset`.
const MAX_VALUES_BYTES: usize = 256 * 1024;

/// The values of one tag's attributes.
#[derive(Debug, Default)]
pub(super) struct Values {
    bytes: Vec<u8>,
    /// By [`Attribute`]: where its value is.
    places: [Option<(usize, usize)>; 7],
    current: Option<Attribute>,
    is_too_long: bool,
}

impl Values {
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.places = [None; 7];
        self.current = None;
        self.is_too_long = false;
    }

    /// Begins the value of an attribute. Of several with one name the first counts.
    pub(super) fn begin(&mut self, attribute: Option<Attribute>) {
        let is_new = |attribute: &Attribute| self.places[*attribute as usize].is_none();
        self.current = attribute.filter(is_new);
        if let Some(attribute) = self.current {
            self.places[attribute as usize] = Some((self.bytes.len(), self.bytes.len()));
        }
    }

    /// Adds to the value that was begun last.
    pub(super) fn push(&mut self, piece: &[u8]) {
        let Some(attribute) = self.current else {
            return;
        };
        if self.bytes.len() + piece.len() > MAX_VALUES_BYTES {
            // Half an address is a wrong one.
            self.is_too_long = true;
            return;
        }
        self.bytes.extend_from_slice(piece);
        if let Some((_, end)) = &mut self.places[attribute as usize] {
            *end = self.bytes.len();
        }
    }

    /// Whether a value had to be dropped in part.
    pub(super) fn is_too_long(&self) -> bool {
        self.is_too_long
    }

    /// The value of an attribute; empty values are values.
    pub(super) fn get(&self, attribute: Attribute) -> Option<&str> {
        let (start, end) = self.places[attribute as usize]?;
        // The page is UTF-8, and cut at no character.
        std::str::from_utf8(&self.bytes[start..end]).ok()
    }
}
