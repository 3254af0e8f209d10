//! The site where everything goes wrong once.
//!
//! What a crawler is to find behind its pages is below `found/`, and what only looks like a link leads to `never/`.

use super::page::{HTML, drawn};
use super::writer::{Head, Writer};
use super::{Asked, Kind, Link, Page};
use crate::lab::pace::filler;

/// What the sitemap lists.
pub(super) const LISTED: [&str; 3] = ["", "ok.html", "new/place.html"];

const SLOW_MS: u32 = 3_000;
const BIG_BYTES: usize = 400_000;
const BIG_RATE: u32 = 400_000;
const NESTED: usize = 1_000;
const MAX_LEAF_BYTES: usize = 64;

/// Path, title, and what follows the heading, as [`Writer::template`] takes it. The root links to each.
const PAGES: [(&str, &str, &str); 31] = [
    (
        "ok.html",
        "A page like any other",
        "<p><a href=\"`./`\">Home</a>, or <a href=\"`new/place.html`\">the new place</a>\n",
    ),
    (
        "new/place.html",
        "The new place",
        "<p><a href=\"`../ok.html`\">Up</a>, or <a href=\"`../found/from-below.html`\">on</a>\n",
    ),
    (
        "missing.html",
        "There is no such page",
        "<p><a href=\"`./`\">Home</a>\n",
    ),
    ("broken.html", "The server failed", ""),
    (
        "flaky.html",
        "Well again",
        "<a href=\"`found/after-retry.html`\">On</a>\n",
    ),
    ("nothing", "", ""),
    ("empty.html", "", ""),
    ("old.html", "", ""),
    ("moved.html", "", ""),
    ("loop.html", "", ""),
    ("away.html", "", ""),
    ("off.html", "", ""),
    (
        "slow.html",
        "A slow page",
        "<a href=\"`found/after-slow.html`\">On</a>\n",
    ),
    ("big.html", "A big page", "<p>"),
    ("nested.html", "A deep page", ""),
    (
        "unclosed.html",
        "Bad <HTML>",
        include_str!("mixed/unclosed.html"),
    ),
    (
        "hostile.html",
        "<img src=x onerror=\"document.title='taken'\">",
        include_str!("mixed/hostile.html"),
    ),
    (
        "out.html",
        "Ways out",
        "<a href=\"`../small/`\">Another site</a> <a href=\"`https://elsewhere.invalid/page.html`\">Another host</a>\n",
    ),
    (
        "duplicates.html",
        "One page, many addresses",
        include_str!("mixed/duplicates.html"),
    ),
    (
        "nofollow.html",
        "Not to be followed",
        "<a rel=\"nofollow\" href=\"`n|found/nofollow.html`\">On</a>\n",
    ),
    (
        "base.html",
        "Another base",
        "<base href=\"`b|found/`\"><a href=\"`base.html`\">On</a>\n",
    ),
    (
        "refresh.html",
        "Wait a moment",
        "<meta http-equiv=\"refresh\" content=\"0; url=`r|found/refresh.html`\">\n",
    ),
    (
        "frames.html",
        "More than anchors",
        include_str!("mixed/frames.html"),
    ),
    ("header.html", "A link in the header", ""),
    (
        "feed.json",
        "A list in JSON",
        include_str!("mixed/feed.json"),
    ),
    (
        "plain.txt",
        "",
        "<a href=\"never/plain.html\">plain text</a>\n",
    ),
    (
        "binary.bin",
        "",
        "\0\u{1}\u{ff}\u{fe}<a href=\"never/binary.html\">\0</a>",
    ),
    (
        "wrong-type.html",
        "HTML by another name",
        "<a href=\"never/wrong-type.html\">On</a>\n",
    ),
    (
        "latin1.html",
        "Le café de la gare",
        "<a href=\"`found/after-latin1.html`\">à côté</a>\n",
    ),
    (
        "meta-charset.html",
        "Crème brûlée",
        "<a href=\"`found/after-meta.html`\">à côté</a>\n",
    ),
    (
        "bytes.html",
        "Bytes that are no letters",
        "\0\u{ff}\u{c3}<a href=\"`found/after-bytes.html`\">\u{ff}</a>\n",
    ),
];

pub(super) fn page(asked: &Asked<'_>, mut body: Writer) -> Option<Page> {
    let path = &*asked.path;
    let (after_ms, _) = drawn(asked.site, path);
    let is_leaf = ["found/", "never/", "photo-"]
        .iter()
        .any(|start| path.starts_with(start));
    let (title, template) = match path {
        "" => ("A site with everything", ""),
        _ if is_leaf && path.len() <= MAX_LEAF_BYTES => (path, "<p>A page without links.\n"),
        _ => PAGES
            .iter()
            .find(|page| page.0 == path)
            .map(|page| (page.1, page.2))?,
    };
    let (charset, lang) = match path {
        "latin1.html" => ("utf-8", "fr"), // which the header overrules
        "meta-charset.html" => ("windows-1252", "fr"),
        _ => ("utf-8", "en"),
    };
    let has_head = !title.is_empty() && path != "feed.json";
    if has_head {
        body.head(&Head {
            lang,
            charset,
            title,
            description: "One of the Lab's odd pages.",
            path,
        });
    }
    let link_header = (path == "header.html").then_some("found/header.html");
    if let Some(target) = link_header {
        body.links.insert(0, Link::new(Kind::Header, target));
    }
    write(path, template, &mut body);
    let (status, location) = match path {
        "missing.html" => (404, None),
        "broken.html" => (500, None),
        "nothing" => (204, None),
        "old.html" => (301, Some("ok.html")),
        "moved.html" => (302, Some("new/place.html")),
        "loop.html" => (302, Some("loop.html")),
        "away.html" => (302, Some("../small/")),
        "off.html" => (302, Some("https://elsewhere.invalid/")),
        _ => (200, None),
    };
    let content_type = match path {
        "feed.json" => "application/json",
        "plain.txt" => "text/plain; charset=utf-8",
        "binary.bin" => "application/octet-stream",
        "wrong-type.html" | "photo-1.png" | "photo-2.png" => "image/png",
        "latin1.html" => "text/html; charset=iso-8859-1",
        "meta-charset.html" => "text/html",
        _ => HTML,
    };
    Some(Page {
        status,
        content_type,
        after_ms: if path == "slow.html" {
            SLOW_MS
        } else {
            after_ms
        },
        rate: (path == "big.html").then_some(BIG_RATE),
        location,
        link_header,
        fails_first: path == "flaky.html",
        is_latin1: matches!(
            path,
            "latin1.html" | "meta-charset.html" | "bytes.html" | "binary.bin"
        ),
        ..Page::html(after_ms, title.to_owned(), body)
    })
}

/// What follows the heading.
fn write(path: &str, template: &str, body: &mut Writer) {
    body.template(template);
    match path {
        "" => {
            for (path, ..) in PAGES {
                body.item(path.to_owned(), path);
            }
        }
        "big.html" => {
            if body.html.is_some() {
                body.markup(&String::from_utf8_lossy(&filler(0, BIG_BYTES)));
            }
            body.item("found/after-big.html".to_owned(), "on");
        }
        "nested.html" => {
            body.markup(&"<div>".repeat(NESTED));
            body.item("found/nested.html".to_owned(), "on");
        }
        "duplicates.html" => {
            if let Some(address) = with_port(&body.address("ok.html")) {
                body.item(address, "9");
            }
        }
        _ => {}
    }
}

/// The address with the port that it has anyway, if it says none.
fn with_port(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let (host, path) = rest.split_once('/')?;
    let port = if scheme == "https" { 443 } else { 80 };
    let says_port = host.rsplit(']').next()?.contains(':');
    (!says_port).then(|| format!("{scheme}://{host}:{port}/{path}"))
}
