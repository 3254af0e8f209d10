//! Links: the addresses that a page leads to, in the order in which they stand there.
//!
//! | where | what |
//! |---|---|
//! | HTML | `a`, `area` and `link` with `href`; `iframe` and `frame` with `src`; forms sent by GET; `meta` refresh; `srcset` of `img` and `source` |
//! | JSON | texts that are absolute http(s) addresses, and by choice relative ones under keys such as `next` |
//! | sitemaps | each `loc`, of pages and of further sitemaps |
//! | headers | `Link:` ([`header`]) |
//!
//! Relative addresses are resolved against the first `<base href>`, or else the response's own address. Only http and
//! https are kept, without fragments. Every reader works in one pass, in time and memory that grow with the body at
//! most, recurses nowhere and takes any input.

use url::Url;

use super::address::Address;
use super::facts::{PageFacts, ReadOptions};
use draft::Draft;

pub(super) mod draft;
mod element;
mod foreign;
pub mod header;
mod html;
mod json;
pub mod refresh;
mod rel;
pub(super) mod sitemap;
pub mod srcset;
mod tag;
mod text;

/// What kind of thing on a page a link was found in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// `<a href>`.
    Anchor,
    /// `<area href>`.
    Area,
    /// `<link href>` to a page or a feed, such as `next`, `alternate` or `canonical`.
    Link,
    /// `<link href>` or a `Link:` header to what a page is made of: style sheets, icons, what is to be loaded ahead.
    Asset,
    /// `<iframe src>` or `<frame src>`.
    Frame,
    /// The `action` of a form that is sent by GET.
    Form,
    /// `<meta http-equiv=refresh>`.
    Refresh,
    /// A candidate of a `srcset`.
    Image,
    /// A text in JSON.
    Json,
    /// A page that a sitemap names.
    Location,
    /// A sitemap that a sitemap index names.
    Sitemap,
    /// A `Link:` header.
    Header,
}

impl LinkKind {
    /// Whether it leads to a part of the page that it stands on, and to no page. What a frame shows is a page.
    #[must_use]
    pub const fn is_asset(self) -> bool {
        matches!(self, Self::Asset | Self::Image)
    }
}

/// A link: where it leads, and how it was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub url: Address,
    /// Where on the page it was found.
    pub kind: LinkKind,
    /// Whether the page asks not to follow it: by `rel` (`nofollow`, `ugc`, `sponsored`), or for all its links.
    pub is_nofollow: bool,
}

/// The links of a page, in document order, each as often as it stands there; at most
/// [`MAX_LINKS`](super::facts::MAX_LINKS).
///
/// `content_type` is that of the response; `base` the address that it came from.
///
/// ```
/// use crawl_playground::engine::crawl::links::links;
/// use url::Url;
///
/// let base = Url::parse("https://example.org/docs/")?;
/// let html = r##"<a href="intro#top">Intro</a> <a href="mailto:a@b.example">Mail</a> <a rel=nofollow href=/login>In</a>"##;
/// let found = links(html, "text/html", &base);
/// assert_eq!(found[0].url.as_str(), "https://example.org/docs/intro");
/// assert_eq!(found[1].url.as_str(), "https://example.org/login");
/// assert!(found[1].is_nofollow);
/// assert_eq!(found.len(), 2);
/// # Ok::<(), url::ParseError>(())
/// ```
#[must_use]
pub fn links(body: &str, content_type: &str, base: &Url) -> Vec<Link> {
    let kind = super::facts::kind_of(content_type, body);
    let mut draft = Draft::default();
    read(kind, body, &ReadOptions::default(), &mut draft);
    draft.finish(base).links
}

/// How many links a page of HTML has. The future rests in the middle of the page, again and again, and wakes nobody: it goes
/// on when it is next polled.
pub(in crate::engine) async fn count_with_rests(page: &str) -> u32 {
    let mut draft = Draft::default();
    for () in html::pieces(page, &mut draft) {
        futures::pending!();
    }
    draft.count()
}

/// Reads a body of that kind into `draft`.
pub(super) fn read(
    kind: super::facts::PageKind,
    body: &str,
    options: &ReadOptions,
    draft: &mut Draft,
) {
    use super::facts::PageKind;

    draft.facts.kind = kind;
    match kind {
        PageKind::Html => html::read(body, draft),
        PageKind::Json => json::read(body, options, draft),
        PageKind::Sitemap => sitemap::read(body, draft),
        PageKind::Text | PageKind::Other => {}
    }
}

/// What is said when a page is read in part only.
fn cut_short(facts: &mut PageFacts, problem: impl Into<String>) {
    facts.problem.get_or_insert_with(|| problem.into());
}
