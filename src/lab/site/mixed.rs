//! The site where everything goes wrong once.
//!
//! What a crawler is to find behind its pages is below `found/`, and what only looks like a link leads to `never/`.

use super::page::{HTML, Page};
use super::{Asked, Kind};
use crate::lab::pace::filler;

/// What the sitemap lists.
pub(super) const LISTED: [&str; 3] = ["", "ok.html", "new/place.html"];
/// The page whose first attempt fails.
pub(super) const FAILS_FIRST: &str = "flaky.html";

const SLOW_MS: u32 = 3_000;
const BIG_BYTES: usize = 400_000;
const BIG_RATE: u32 = 400_000;
const NESTED: usize = 1_000;
const MAX_LEAF_BYTES: usize = 64;

struct Row {
    path: &'static str,
    status: u16,
    content_type: &'static str,
    location: Option<&'static str>,
    title: &'static str,
    /// What follows the heading, as [`super::writer::Writer::template`] takes it. Without a title it is all there is.
    markup: &'static str,
}

const fn page(path: &'static str, title: &'static str, markup: &'static str) -> Row {
    typed(path, HTML, title, markup)
}

const fn typed(
    path: &'static str,
    content_type: &'static str,
    title: &'static str,
    markup: &'static str,
) -> Row {
    Row {
        path,
        status: 200,
        content_type,
        location: None,
        title,
        markup,
    }
}

const fn failing(path: &'static str, status: u16, title: &'static str) -> Row {
    Row {
        status,
        ..page(path, title, "<p><a href=\"`./`\">Home</a>\n")
    }
}

const fn redirect(path: &'static str, status: u16, location: &'static str) -> Row {
    Row {
        status,
        location: Some(location),
        ..page(path, "", "")
    }
}

/// What there is. The root links to all of them.
const ROWS: [Row; 31] = [
    page(
        "ok.html",
        "A page like any other",
        "<p><a href=\"`./`\">Home</a>, or <a href=\"`new/place.html`\">the new place</a>\n",
    ),
    page(
        "new/place.html",
        "The new place",
        "<p><a href=\"`../ok.html`\">Up</a>, or <a href=\"`../found/from-below.html`\">on</a>\n",
    ),
    failing("missing.html", 404, "There is no such page"),
    failing("broken.html", 500, "The server failed"),
    Row {
        status: 204,
        ..page("nothing", "", "")
    },
    redirect("old.html", 301, "ok.html"),
    redirect("moved.html", 302, "new/place.html"),
    redirect("loop.html", 302, "loop.html"),
    redirect("away.html", 302, "../small/"),
    redirect("off.html", 302, "https://elsewhere.invalid/"),
    page(
        FAILS_FIRST,
        "Well again",
        "<a href=\"`found/after-retry.html`\">On</a>\n",
    ),
    page(
        "slow.html",
        "A slow page",
        "<a href=\"`found/after-slow.html`\">On</a>\n",
    ),
    page(
        "big.html",
        "A big page",
        "<p><a href=\"`found/after-big.html`\">On</a>\n",
    ),
    page(
        "nested.html",
        "A deep page",
        "<a href=\"`found/nested.html`\">On</a>\n",
    ),
    page(
        "unclosed.html",
        "Bad <HTML>",
        include_str!("mixed/unclosed.html"),
    ),
    page(
        "hostile.html",
        "<img src=x onerror=\"document.title='taken'\">",
        include_str!("mixed/hostile.html"),
    ),
    page("empty.html", "", ""),
    page(
        "out.html",
        "Ways out",
        "<a href=\"`../small/`\">Another site</a> <a href=\"`https://elsewhere.invalid/page.html`\">Another host</a>\n",
    ),
    page(
        "duplicates.html",
        "One page, many addresses",
        include_str!("mixed/duplicates.html"),
    ),
    page(
        "nofollow.html",
        "Not to be followed",
        "<a rel=\"nofollow\" href=\"`n|found/nofollow.html`\">On</a>\n",
    ),
    page(
        "base.html",
        "Another base",
        "<base href=\"`b|found/`\"><a href=\"`base.html`\">On</a>\n",
    ),
    page(
        "refresh.html",
        "Wait a moment",
        "<meta http-equiv=\"refresh\" content=\"0; url=`r|found/refresh.html`\">\n",
    ),
    page(
        "frames.html",
        "More than anchors",
        include_str!("mixed/frames.html"),
    ),
    page("header.html", "A link in the header", ""),
    page(
        "bytes.html",
        "Bytes that are no letters",
        "\0\u{ff}\u{c3}<a href=\"`found/after-bytes.html`\">\u{ff}</a>\n",
    ),
    typed(
        "feed.json",
        "application/json",
        "A list in JSON",
        include_str!("mixed/feed.json"),
    ),
    typed(
        "plain.txt",
        "text/plain; charset=utf-8",
        "",
        "<a href=\"never/plain.html\">plain text</a>\n",
    ),
    typed(
        "binary.bin",
        "application/octet-stream",
        "",
        "\0\u{1}\u{ff}\u{fe}<a href=\"never/binary.html\">\0</a>",
    ),
    typed(
        "wrong-type.html",
        "image/png",
        "HTML by another name",
        "<a href=\"never/wrong-type.html\">On</a>\n",
    ),
    typed(
        "latin1.html",
        "text/html; charset=iso-8859-1",
        "Le café de la gare",
        "<a href=\"`found/after-latin1.html`\">à côté</a>\n",
    ),
    typed(
        "meta-charset.html",
        META_CHARSET,
        "Crème brûlée",
        "<a href=\"`found/after-meta.html`\">à côté</a>\n",
    ),
];
/// Of the page whose charset is in a `<meta>`, and not in its header.
const META_CHARSET: &str = "text/html";

/// Makes `page` the one that is asked for, if there is one.
pub(super) fn write(asked: &Asked<'_>, page: &mut Page) -> Option<()> {
    let path = &*asked.path;
    let is_leaf = ["found/", "never/", "photo-"]
        .iter()
        .any(|start| path.starts_with(start));
    let row = ROWS.iter().find(|row| row.path == path);
    let (title, markup) = match row {
        Some(row) => {
            page.status = row.status;
            page.content_type = row.content_type;
            page.location = row.location;
            (row.title, row.markup)
        }
        None if path.is_empty() => ("A site with everything", ""),
        None if is_leaf && path.len() <= MAX_LEAF_BYTES => (path, "<p>A page without links.\n"),
        None => return None,
    };
    title.clone_into(&mut page.title);
    match path {
        "slow.html" => page.after_ms = SLOW_MS,
        "big.html" => page.rate = Some(BIG_RATE),
        "header.html" => page.link_header = Some("found/header.html"),
        _ if path.starts_with("photo-") => page.content_type = "image/png",
        _ => {}
    }
    let body = &mut page.body;
    if let Some(target) = page.link_header {
        body.keep(Kind::Header, &[target]);
    }
    if !title.is_empty() && page.content_type != "application/json" {
        let charset = match page.content_type {
            META_CHARSET => "windows-1252",
            // Where the header says another one, that overrules it.
            _ => "utf-8",
        };
        let lang = if title.is_ascii() { "en" } else { "fr" };
        body.head(lang, charset, title, path);
    }
    match path {
        "big.html" if body.html.is_wanted() => {
            body.markup(&String::from_utf8_lossy(&filler(0, BIG_BYTES)));
        }
        "nested.html" => body.markup(&"<div>".repeat(NESTED)),
        _ => {}
    }
    body.template(markup);
    match path {
        "" => page.list(ROWS.iter().map(|row| row.path)),
        "duplicates.html" => {
            if let Some(address) = with_port(&body.address("ok.html")) {
                body.item(&address, |html| html.push_escaped("9"));
            }
        }
        _ => {}
    }
    Some(())
}

/// The address with the port that it has anyway, if it says none.
fn with_port(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let (host, path) = rest.split_once('/')?;
    let port = if scheme == "https" { "443" } else { "80" };
    (!host.contains(':')).then(|| [scheme, "://", host, ":", port, "/", path].concat())
}
