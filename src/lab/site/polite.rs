//! The site with rules: a crawler may not go everywhere, and not fast.

use super::Asked;
use super::page::{Page, drawn};
use super::writer::{Head, Writer};

/// Where a crawler may go. All are linked from the root.
pub(super) const ALLOWED: [&str; 10] = [
    "",
    "1.html",
    "2.html",
    "3.html",
    "4.html",
    "5.html",
    "private/press.html",
    "report.pdf.html",
    "search",
    "drafty-house.html",
];
/// Where it may not. All are linked from the root but the last, which the others link to.
const FORBIDDEN: [&str; 6] = [
    "private/",
    "private/accounts.html",
    "search?q=tides",
    "files/report.pdf",
    "draft/new.html",
    "private/vault.html",
];

pub(super) fn is_forbidden(path: &str) -> bool {
    FORBIDDEN.contains(&path)
}

/// The rules, with `home` for the site's path: `/lab/site/polite/`.
pub(super) fn robots(home: &str) -> String {
    format!(
        "# Whoever comes by a name of its own gets its own rules, and nobody else's.\n\
        User-agent: hurried-bot\nDisallow: {home}\n\n\
        User-agent: *\nCrawl-delay: 1\nDisallow: {home}private/\nAllow: {home}private/press.html\n\
        Disallow: {home}search?\nDisallow: {home}*.pdf$\nDisallow: {home}draft/\n"
    )
}

pub(super) fn page(asked: &Asked<'_>, mut body: Writer) -> Option<Page> {
    let path = match asked.query {
        "" => asked.path.clone().into_owned(),
        query => format!("{}?{query}", asked.path),
    };
    let others = FORBIDDEN.split_last()?;
    if !ALLOWED.contains(&&*path) && !is_forbidden(&path) {
        return None;
    }
    let (after_ms, title) = drawn(asked.site, &path);
    let description = if is_forbidden(&path) {
        "A page that robots.txt keeps crawlers from."
    } else {
        "A page that anyone may read."
    };
    body.head(&Head {
        lang: "en",
        charset: "utf-8",
        title: &title,
        description,
        path: &path,
    });
    body.markup("<ul>\n");
    let links = match &*path {
        "" => [&ALLOWED[1..], others.1].concat(),
        path if is_forbidden(path) => vec!["", others.0],
        _ => vec![""],
    };
    for link in links {
        // From the root of the origin, as many sites write them.
        let href = asked.home_path() + link;
        body.item(href, if link.is_empty() { "home" } else { link });
    }
    body.markup("</ul>\n");
    Some(Page::html(after_ms, title, body))
}
