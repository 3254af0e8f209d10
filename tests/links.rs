//! What a page leads to and says of itself: every element and rule, other formats, encodings, and hostile input.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

#[path = "links/bounds.rs"]
mod bounds;
#[path = "links/charset.rs"]
mod charset;
#[path = "links/count.rs"]
mod count;
#[path = "links/elements.rs"]
mod elements;
#[path = "links/facts.rs"]
mod facts;
#[path = "links/header.rs"]
mod header;
#[path = "links/hostile.rs"]
mod hostile;
#[path = "links/json.rs"]
mod json;
#[path = "links/markup.rs"]
mod markup;
#[path = "links/oracle.rs"]
mod oracle;
#[path = "links/refresh.rs"]
mod refresh;
#[path = "links/sitemap.rs"]
mod sitemap;
#[path = "links/srcset.rs"]
mod srcset;
#[path = "links/wire.rs"]
mod wire;
#[path = "links/wpt.rs"]
mod wpt;

use crawl_playground::engine::crawl::facts::{PageFacts, ReadOptions, Received, read};
use crawl_playground::engine::crawl::links::{Link, LinkKind, links};
use url::Url;

const BASE: &str = "https://example.org/dir/page?q=1#top";

fn base() -> Url {
    Url::parse(BASE).unwrap()
}

/// The links of a page of HTML.
fn of_html(html: &str) -> Vec<Link> {
    links(html, "text/html; charset=utf-8", &base())
}

/// Their addresses.
fn urls(links: &[Link]) -> Vec<&str> {
    links.iter().map(|link| link.url.as_str()).collect()
}

fn kinds(links: &[Link]) -> Vec<LinkKind> {
    links.iter().map(|link| link.kind).collect()
}

/// A response from [`BASE`].
fn received(content_type: &str, body: impl Into<Vec<u8>>) -> Received {
    Received {
        url: base(),
        content_type: content_type.to_owned(),
        link_header: None,
        body: body.into(),
        options: ReadOptions::default(),
    }
}

fn facts(content_type: &str, body: impl Into<Vec<u8>>) -> PageFacts {
    read(&received(content_type, body))
}
