//! Which encoding a body is in (WHATWG Encoding; HTML, "determining the character encoding"), and its text.
//!
//! 1. a byte order mark;
//! 2. the `charset` of the `Content-Type` header;
//! 3. of HTML a `<meta>` within the first 1 024 bytes, of XML its declaration;
//! 4. for want of all these UTF-8, if the body is valid in it, or else windows-1252.
//!
//! The last step is left to browsers by the standard: theirs is windows-1252 for most languages, after a look at the
//! bytes, and valid UTF-8 is hardly ever anything else. JSON is UTF-8 whatever the header says (RFC 8259, section 8.1),
//! as `response.json()` has it. Bytes that mean nothing in an encoding become U+FFFD.
//!
//! UTF-8 is read here; for the rest a [`Decode`] is asked: natively `encoding_rs`, in a browser its `TextDecoder`.

use std::borrow::Cow;

use url::Url;

#[cfg(not(target_arch = "wasm32"))]
mod native;
mod prescan;

#[cfg(not(target_arch = "wasm32"))]
pub use native::Native;

/// The one encoding that needs nobody else.
const UTF_8: &str = "utf-8";
/// What old pages are in that do not say.
const WINDOWS_1252: &str = "windows-1252";

/// Who knows the encodings of the WHATWG standard and their labels; and hosts' names in other scripts, whose tables are
/// as large.
pub trait Decode {
    /// The encoding that a label stands for, in lower case, such as `windows-1252` for `latin1`. `None` if there is none,
    /// or one that is never to be decoded (`replacement`).
    fn name(&self, label: &str) -> Option<String>;

    /// The text of `body`, which is in the encoding of that name; what is no character becomes U+FFFD.
    fn decode(&self, body: &[u8], name: &str) -> String;

    /// The address that `written` means on a page at `base`, in ASCII. Asked for what `url` can't read by itself; natively
    /// it reads them all.
    fn ascii(&self, written: &str, base: &Url) -> Option<String> {
        let _ = (written, base);
        None
    }
}

/// In what kind of text an encoding is declared, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Declared {
    /// By `<meta>`.
    InHtml,
    /// By `<?xml encoding="…"?>`.
    InXml,
    /// Nowhere: JSON, which is always UTF-8.
    Never,
    /// In the header only.
    InHeader,
}

/// The text of a body, by the encoding that it is found to be in.
///
/// ```
/// use crawl_playground::engine::crawl::charset::{Declared, Native, text};
/// let body = b"<meta charset=iso-8859-1><title>caf\xe9</title>";
/// assert!(text(body, "text/html", Declared::InHtml, &Native).contains("café"));
/// ```
#[must_use]
pub fn text<'a>(
    body: &'a [u8],
    content_type: &str,
    declared: Declared,
    decode: &dyn Decode,
) -> Cow<'a, str> {
    let (name, mark_bytes) = encoding(body, content_type, declared, decode);
    let body = &body[mark_bytes..];
    if name == UTF_8 {
        return String::from_utf8_lossy(body);
    }
    Cow::Owned(decode.decode(body, &name))
}

/// The name of the encoding that a body is in, and how many bytes its byte order mark takes.
#[must_use]
pub fn encoding(
    body: &[u8],
    content_type: &str,
    declared: Declared,
    decode: &dyn Decode,
) -> (Cow<'static, str>, usize) {
    let marks: [(&[u8], &str); 3] = [
        (b"\xEF\xBB\xBF", UTF_8),
        (b"\xFE\xFF", "utf-16be"),
        (b"\xFF\xFE", "utf-16le"),
    ];
    let mark = marks.into_iter().find(|(mark, _)| body.starts_with(mark));
    if let Some((mark, name)) = mark {
        return (Cow::Borrowed(name), mark.len());
    }
    if declared == Declared::Never {
        return (Cow::Borrowed(UTF_8), 0);
    }
    let name = charset(content_type)
        .and_then(|label| decode.name(label))
        .or_else(|| match declared {
            Declared::InHtml => prescan::html(body, decode),
            Declared::InXml => prescan::xml(body).and_then(|label| ascii_alike(&label, decode)),
            Declared::Never | Declared::InHeader => None,
        });
    let name = match name {
        Some(name) => Cow::Owned(name),
        None if declared == Declared::InXml || std::str::from_utf8(body).is_ok() => {
            Cow::Borrowed(UTF_8)
        }
        None => Cow::Borrowed(WINDOWS_1252),
    };
    (name, 0)
}

/// What a label stands for that could be read as ASCII: so it can't be UTF-16, and is taken for UTF-8.
fn ascii_alike(label: &str, decode: &dyn Decode) -> Option<String> {
    let name = decode.name(label)?;
    Some(match &*name {
        "utf-16be" | "utf-16le" => UTF_8.to_owned(),
        "x-user-defined" => WINDOWS_1252.to_owned(),
        _ => name,
    })
}

/// The `charset` parameter of a `Content-Type`.
fn charset(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_charset = name.trim().eq_ignore_ascii_case("charset");
        is_charset.then(|| value.trim().trim_matches('"').trim())
    })
}
