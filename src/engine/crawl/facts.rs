//! Facts: what a crawl wants to know of a page, read in one pass over its body. Strictly text, never markup.

use std::rc::Rc;

use url::Url;

use super::charset::{self, Decode};
use super::links::draft::Draft;
use super::links::header::{self, HeaderLink};
use super::links::{self, Link};

#[cfg(not(target_arch = "wasm32"))]
pub use inline::Inline;
pub use items::Items;
pub(super) use kind::kind_of;

#[cfg(not(target_arch = "wasm32"))]
mod inline;
mod items;
mod kind;
pub mod wire;

/// Longest text that is kept of a page, in characters: of its title, heading, description and so on.
pub const TEXT_CHARS: usize = 300;
/// Most links that are kept of one page.
pub const MAX_LINKS: usize = 10_000;
/// Most top-level keys that are kept of a JSON object.
pub const MAX_KEYS: usize = 100;

/// A response that has come in whole: what there is to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Where it came from in the end, after redirects: what links are resolved against.
    pub url: Url,
    /// The `Content-Type` header; empty where there is none.
    pub content_type: String,
    /// The `Link` header, where it is readable; several are joined by commas.
    pub link_header: Option<String>,
    /// The body as it came.
    pub body: Vec<u8>,
    /// What is taken for a link.
    pub options: ReadOptions,
}

/// What is taken for a link where that is a matter of choice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// In JSON also relative addresses under keys such as `url`, `href` and `next`.
    pub relative_json: bool,
    /// In JSON also what is no address but stands for one.
    pub items: Option<Rc<Items>>,
}

/// What kind of page it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum PageKind {
    /// HTML or XHTML.
    Html,
    /// JSON, or lines of JSON.
    Json,
    /// A sitemap, or an index of sitemaps.
    Sitemap,
    /// Other text. It is not read.
    Text,
    /// Anything else, such as an image. It is not read.
    #[default]
    Other,
}

/// What a page says of itself, and where it leads. White space in texts is folded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageFacts {
    /// What kind of page it is.
    pub kind: PageKind,
    /// Its title: the first `<title>`; of a JSON object its `title` or `name`.
    pub title: Option<String>,
    /// Its first `<h1>` that has text.
    pub h1: Option<String>,
    /// Its `<meta name=description>`.
    pub description: Option<String>,
    /// The address that it gives as its own: `<link rel=canonical>`, or the same in a `Link:` header.
    pub canonical: Option<Url>,
    /// The language of the `<html>` element, as it is written.
    pub language: Option<String>,
    /// The keys of a JSON object, at most [`MAX_KEYS`].
    pub keys: Vec<String>,
    /// Where it leads, in document order, those of the `Link:` header first; at most [`MAX_LINKS`].
    pub links: Vec<Link>,
    /// How many links there are beyond those.
    pub links_left_out: u32,
    /// Whether the page asks not to follow any of its links (`<meta name=robots content=nofollow>`).
    pub is_nofollow: bool,
    /// Why less was read than there may be, as a sentence.
    pub problem: Option<String>,
}

/// What `received` says. Natively; elsewhere [`read_with`] is to be told who decodes.
///
/// ```
/// use crawl_playground::engine::crawl::facts::{PageKind, ReadOptions, Received, read};
/// use url::Url;
///
/// let facts = read(&Received {
///     url: Url::parse("https://example.org/")?,
///     content_type: "text/html".to_owned(),
///     link_header: None,
///     body: b"<html lang=en><title>Fish &amp; chips</title><h1>Fish</h1><a href=chips>Chips</a>".to_vec(),
///     options: ReadOptions::default(),
/// });
/// assert_eq!(facts.kind, PageKind::Html);
/// assert_eq!(facts.title.as_deref(), Some("Fish & chips"));
/// assert_eq!(facts.links[0].url.as_str(), "https://example.org/chips");
/// # Ok::<(), url::ParseError>(())
/// ```
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn read(received: &Received) -> PageFacts {
    read_with(received, &super::charset::Native)
}

/// What `received` says, its text decoded by `decode`. Takes any bytes, in time that grows with their number.
#[must_use]
pub fn read_with(received: &Received, decode: &dyn Decode) -> PageFacts {
    let mut draft = Draft::default();
    by_header(received, &mut draft);
    let (body, content_type) = (&received.body, &*received.content_type);
    if !kind::is_text(content_type) {
        return draft.finish(&received.url);
    }
    if let Some(what) = kind::binary(body) {
        let label = if content_type.is_empty() {
            "without a content type"
        } else {
            content_type
        };
        draft.facts.problem = Some(format!(
            "The body is {what}, though it was sent as {label}; it was not read."
        ));
        return draft.finish(&received.url);
    }
    let text = charset::text(body, content_type, kind::declared(content_type), decode);
    links::read(
        kind_of(content_type, &text),
        &text,
        &received.options,
        &mut draft,
    );
    draft.finish_with(&received.url, &|written, base| decode.ascii(written, base))
}

/// What the `Link:` header says.
fn by_header(received: &Received, draft: &mut Draft) {
    let value = received.link_header.as_deref().unwrap_or_default();
    for HeaderLink { link, rel } in header::parse(value, &received.url) {
        let is_canonical = rel
            .split_ascii_whitespace()
            .any(|word| word.eq_ignore_ascii_case("canonical"));
        if is_canonical && draft.facts.canonical.is_none() {
            draft.facts.canonical = Url::parse(link.url.as_str()).ok();
        }
        draft.facts.links.push(link);
    }
}
