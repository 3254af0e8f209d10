//! What kind of page a response is: by its `Content-Type`, and by its first letters where that says too little.

use super::PageKind;
use crate::engine::crawl::charset::Declared;
use crate::engine::crawl::links::sitemap;

/// How many letters of a body are looked at.
const WITHIN_BYTES: usize = 1024;

/// What a `Content-Type` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Html,
    Json,
    Xml,
    Plain,
    Missing,
    Binary,
}

impl Label {
    fn of(content_type: &str) -> Self {
        let essence = content_type.split(';').next().unwrap_or_default();
        let essence = essence.trim().to_ascii_lowercase();
        match &*essence {
            "" => Self::Missing,
            "text/html" | "application/xhtml+xml" => Self::Html,
            "application/json"
            | "text/json"
            | "application/x-ndjson"
            | "application/ndjson"
            | "application/jsonl"
            | "application/json-seq" => Self::Json,
            "application/xml" | "text/xml" => Self::Xml,
            essence if essence.ends_with("+json") => Self::Json,
            essence if essence.ends_with("+xml") && !essence.starts_with("image/") => Self::Xml,
            essence if essence.starts_with("text/") => Self::Plain,
            _ => Self::Binary,
        }
    }
}

/// Where the encoding of such a body may be declared.
pub(super) fn declared(content_type: &str) -> Declared {
    match Label::of(content_type) {
        Label::Html | Label::Missing => Declared::InHtml,
        Label::Json => Declared::Never,
        Label::Xml => Declared::InXml,
        Label::Plain | Label::Binary => Declared::InHeader,
    }
}

/// Whether there is anything to read in a body of that type.
pub(super) fn is_text(content_type: &str) -> bool {
    Label::of(content_type) != Label::Binary
}

/// What kind of page a text is.
///
/// A label is believed, but for sitemaps that are sent as something else, JSON that is sent as plain text, and HTML that
/// is sent for want of JSON. Without one the first letters tell (WHATWG MIME Sniffing, 7.1, as far as it goes). What is
/// sent as plain text is never taken for HTML.
pub(in crate::engine::crawl) fn kind_of(content_type: &str, body: &str) -> PageKind {
    let label = Label::of(content_type);
    let start = body.trim_start().as_bytes();
    let first = start.first().copied().unwrap_or_default();
    let is_sitemap = || first == b'<' && sitemap::is_sitemap(head(body));
    match label {
        Label::Binary => PageKind::Other,
        _ if is_sitemap() => PageKind::Sitemap,
        Label::Json if first == b'<' => PageKind::Html,
        Label::Html => PageKind::Html,
        Label::Json => PageKind::Json,
        Label::Plain | Label::Missing if matches!(first, b'{' | b'[') => PageKind::Json,
        Label::Missing if first == b'<' => PageKind::Html,
        Label::Xml | Label::Plain | Label::Missing => PageKind::Text,
    }
}

fn head(body: &str) -> &str {
    let mut end = body.len().min(WITHIN_BYTES);
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    &body[..end]
}

/// What a body is by its first bytes, if it is none that is read, whatever it was sent as (WHATWG MIME Sniffing, 6).
pub(super) fn binary(body: &[u8]) -> Option<&'static str> {
    const MARKS: [(&[u8], &str); 13] = [
        (b"\x89PNG\r\n\x1A\n", "a PNG image"),
        (b"GIF87a", "a GIF image"),
        (b"GIF89a", "a GIF image"),
        (b"\xFF\xD8\xFF", "a JPEG image"),
        (b"%PDF-", "a PDF document"),
        (b"PK\x03\x04", "a ZIP archive"),
        (b"\x1F\x8B\x08", "compressed by gzip"),
        (b"OggS\0", "an Ogg file"),
        (b"wOFF", "a font"),
        (b"wOF2", "a font"),
        (b"\0asm", "a WebAssembly module"),
        (b"\0\0\x01\0", "an icon"),
        (b"\x1A\x45\xDF\xA3", "a WebM video"),
    ];
    let is = |(mark, what): (&[u8], &'static str)| body.starts_with(mark).then_some(what);
    MARKS.into_iter().find_map(is)
}
