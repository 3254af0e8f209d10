//! Reads the Lab's pages by their outlines, which say the same as their HTML: for crawls in virtual time, where there is
//! no point in writing HTML only to take it apart again.

use futures::FutureExt;
use futures::future::{LocalBoxFuture, ready};

use super::site::{Kind, page_at};
use crate::engine::crawl::address::Base;
use crate::engine::crawl::facts::{PageFacts, PageKind, Received};
use crate::engine::crawl::links::{Link, LinkKind};
use crate::engine::ports::Read;

/// A reader that knows what the pages of the Lab's sites say, and nothing else.
///
/// ```
/// use crawl_playground::engine::crawl::facts::{ReadOptions, Received};
/// use crawl_playground::engine::ports::Read;
/// use crawl_playground::lab::reader::OutlineReader;
/// use crawl_playground::sim::Sim;
/// use url::Url;
///
/// let received = Received {
///     url: Url::parse("http://lab.test/lab/site/deep/36.html").unwrap(),
///     content_type: "text/html".into(),
///     link_header: None,
///     body: Vec::new(),
///     options: ReadOptions::default(),
/// };
/// let facts = Sim::new().block_on(OutlineReader.read(received)).unwrap();
/// assert_eq!(facts.links.len(), 2);
/// ```
#[derive(Clone, Copy, Default, Debug)]
pub struct OutlineReader;

impl Read for OutlineReader {
    fn read(&self, received: Received) -> LocalBoxFuture<'static, PageFacts> {
        ready(facts(&received)).boxed_local()
    }
}

fn facts(received: &Received) -> PageFacts {
    let Some(page) = page_at(&received.url) else {
        return PageFacts::default();
    };
    let is_read = page.is_read();
    let named = page.body.base.as_ref();
    let named = named.and_then(|base| received.url.join(base).ok());
    let base = Base::new(named.as_ref().unwrap_or(&received.url));
    let mut links = Vec::with_capacity(page.body.link_count());
    let written = page.body.links().filter(|_| is_read);
    links.extend(written.filter_map(|(href, kind, is_nofollow)| {
        Some(Link {
            url: base.resolve(href)?,
            kind: link_kind(kind),
            is_nofollow,
        })
    }));
    PageFacts {
        kind: if received.content_type.contains("json") {
            PageKind::Json
        } else {
            PageKind::Html
        },
        links,
        title: Some(page.title).filter(|title| is_read && !title.is_empty()),
        ..PageFacts::default()
    }
}

const fn link_kind(kind: Kind) -> LinkKind {
    match kind {
        Kind::Anchor => LinkKind::Anchor,
        Kind::Area => LinkKind::Area,
        Kind::Link => LinkKind::Link,
        Kind::Frame => LinkKind::Frame,
        Kind::Form => LinkKind::Form,
        Kind::Refresh => LinkKind::Refresh,
        Kind::Image => LinkKind::Image,
        Kind::Json => LinkKind::Json,
        Kind::Header => LinkKind::Header,
    }
}
