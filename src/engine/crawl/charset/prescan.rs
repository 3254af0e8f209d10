//! The encoding that a page's first bytes declare: HTML, "prescan a byte stream to determine its encoding".

use super::{Decode, ascii_alike};

/// So far browsers look.
const WITHIN_BYTES: usize = 1024;

/// The encoding that HTML declares by a `<meta>`.
pub(super) fn html(body: &[u8], decode: &dyn Decode) -> Option<String> {
    let mut scan = Scan {
        rest: &body[..body.len().min(WITHIN_BYTES)],
        is_tag_closed: false,
    };
    if let Some(label) = xml(body) {
        // The standard's "XML encoding declaration" step: browsers take it for HTML's as well.
        return ascii_alike(&label, decode);
    }
    while let Some(&byte) = scan.rest.first() {
        if byte != b'<' {
            scan.skip(1);
            continue;
        }
        let behind = &scan.rest[1..];
        if behind.starts_with(b"!--") {
            scan.skip_comment();
        } else if is_meta(behind) {
            scan.skip(5);
            if let Some(label) = meta(&mut scan)
                && let Some(name) = ascii_alike(&label, decode)
            {
                return Some(name);
            }
        } else if is_tag(behind) {
            scan.skip_until(|byte| is_space(byte) || byte == b'>');
            while scan.attribute().is_some() {}
        } else if matches!(behind.first(), Some(b'!' | b'/' | b'?')) {
            scan.skip_until(|byte| byte == b'>');
        } else {
            scan.skip(1);
        }
    }
    None
}

/// The encoding that an XML declaration names.
pub(super) fn xml(body: &[u8]) -> Option<String> {
    let head = &body[..body.len().min(WITHIN_BYTES)];
    let declaration = head.strip_prefix(b"<?xml")?;
    let end = declaration.iter().position(|byte| *byte == b'>')?;
    let declaration = std::str::from_utf8(&declaration[..end]).ok()?;
    let (_, behind) = declaration.split_once("encoding")?;
    let value = behind.trim_start().strip_prefix('=')?.trim_start();
    let quote = value
        .chars()
        .next()
        .filter(|letter| matches!(letter, '"' | '\''))?;
    let (label, _) = value[1..].split_once(quote)?;
    Some(label.to_owned())
}

/// The label in a `<meta>`: of its `charset`, or of its `content` where it stands for a `Content-Type` header.
fn meta(scan: &mut Scan<'_>) -> Option<String> {
    let mut is_pragma = false;
    // A label, and whether it counts only in a pragma.
    let mut found: Option<(String, bool)> = None;
    let mut seen: Vec<String> = Vec::new();
    scan.is_tag_closed = false;
    while let Some((name, value)) = scan.attribute() {
        if seen.contains(&name) {
            continue;
        }
        match &*name {
            "http-equiv" => is_pragma = value == "content-type",
            "charset" => found = Some((value, false)),
            "content" if found.is_none() => {
                found = in_content(&value).map(|label| (label.to_owned(), true));
            }
            _ => {}
        }
        seen.push(name);
    }
    let (label, needs_pragma) = found?;
    (scan.is_tag_closed && (is_pragma || !needs_pragma)).then_some(label)
}

/// The `charset` in the content of a pragma: HTML, "extracting a character encoding from a meta element".
fn in_content(content: &str) -> Option<&str> {
    let mut rest = content;
    loop {
        rest = &rest[rest.find("charset")? + "charset".len()..];
        if let Some(value) = rest.trim_ascii_start().strip_prefix('=') {
            let value = value.trim_ascii_start();
            return match value.chars().next()? {
                quote @ ('"' | '\'') => value[1..].split_once(quote).map(|(label, _)| label),
                _ => value.split([' ', '\t', '\n', '\x0c', '\r', ';']).next(),
            };
        }
    }
}

/// The bytes that are yet to be looked at.
struct Scan<'a> {
    rest: &'a [u8],
    /// Whether the tag that was read last ends within these bytes.
    is_tag_closed: bool,
}

impl Scan<'_> {
    fn skip(&mut self, count: usize) {
        self.rest = &self.rest[count.min(self.rest.len())..];
    }

    /// Up to the first byte that is such a one, or to the end.
    fn skip_until(&mut self, is_end: impl Fn(u8) -> bool) {
        let length = self.rest.iter().position(|byte| is_end(*byte));
        self.skip(length.unwrap_or(self.rest.len()));
    }

    /// The dashes that open a comment may be the ones that close it.
    fn skip_comment(&mut self) {
        let inside = &self.rest[2..];
        let end = inside.windows(3).position(|bytes| bytes == b"-->");
        self.skip(end.map_or(self.rest.len(), |at| at + 5));
    }

    /// The next attribute of a tag, in lower case; `None` at the tag's end, which is left behind, or at that of the bytes.
    fn attribute(&mut self) -> Option<(String, String)> {
        self.skip_until(|byte| !is_space(byte) && byte != b'/');
        let first = *self.rest.first()?;
        if first == b'>' {
            self.skip(1);
            self.is_tag_closed = true;
            return None;
        }
        // A name may begin with an equals sign.
        let mut name = self.take(1);
        name += &self.take_until(|byte| is_space(byte) || matches!(byte, b'=' | b'/' | b'>'));
        self.skip_until(|byte| !is_space(byte));
        if self.rest.first() != Some(&b'=') {
            return Some((name, String::new()));
        }
        self.skip(1);
        self.skip_until(|byte| !is_space(byte));
        let value = match *self.rest.first()? {
            quote @ (b'"' | b'\'') => {
                self.skip(1);
                let value = self.take_until(|byte| byte == quote);
                // Cut off in the middle of a value, nothing is known.
                self.rest.first()?;
                self.skip(1);
                value
            }
            _ => self.take_until(|byte| is_space(byte) || byte == b'>'),
        };
        Some((name, value))
    }

    fn take(&mut self, count: usize) -> String {
        let (taken, rest) = self.rest.split_at(count.min(self.rest.len()));
        self.rest = rest;
        taken
            .iter()
            .map(|byte| char::from(byte.to_ascii_lowercase()))
            .collect()
    }

    fn take_until(&mut self, is_end: impl Fn(u8) -> bool) -> String {
        let length = self.rest.iter().position(|byte| is_end(*byte));
        self.take(length.unwrap_or(self.rest.len()))
    }
}

fn is_meta(behind: &[u8]) -> bool {
    behind.split_at_checked(4).is_some_and(|(name, rest)| {
        name.eq_ignore_ascii_case(b"meta")
            && rest
                .first()
                .is_some_and(|byte| is_space(*byte) || *byte == b'/')
    })
}

/// A start tag or an end tag.
fn is_tag(behind: &[u8]) -> bool {
    let name = behind.strip_prefix(b"/").unwrap_or(behind);
    name.first().is_some_and(u8::is_ascii_alphabetic)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ')
}
