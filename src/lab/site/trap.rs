//! The site that never ends: a calendar that goes on for ever, session ids in addresses, and a directory in itself.

use super::Asked;
use super::page::{Page, drawn};
use super::writer::{Head, Writer};
use crate::engine::random::Random;

/// The calendar's years: no crawl gets to their end.
const YEARS: std::ops::RangeInclusive<u32> = 1..=9_999;
const SHOP_PAGES: u32 = 8;
/// Longest path of the directory in itself: an address may not be longer than browsers take it to be.
const MAX_PATH_BYTES: usize = 1_900;

pub(super) fn page(asked: &Asked<'_>, mut body: Writer) -> Option<Page> {
    let links = links(&asked.path, asked.query)?;
    // What follows from the path alone: a page of the shop is the same whatever the session.
    let (after_ms, title) = drawn(asked.site, &asked.path);
    body.head(&Head {
        lang: "en",
        charset: "utf-8",
        title: &title,
        description: "A page of a site that has no end.",
        path: &asked.path,
    });
    body.markup("<ul>\n");
    for (href, words) in links {
        body.item(href, words);
    }
    body.markup("</ul>\n");
    Some(Page::html(after_ms, title, body))
}

fn links(path: &str, query: &str) -> Option<Vec<(String, &'static str)>> {
    let parts: Vec<&str> = path.split('/').collect();
    Some(match parts[..] {
        [""] => vec![
            ("about.html".to_owned(), "about us"),
            ("calendar/2026/11/".to_owned(), "calendar"),
            ("shop/1.html".to_owned(), "shop"),
            ("more/".to_owned(), "more"),
        ],
        ["about.html"] => vec![("./".to_owned(), "home")],
        ["calendar", year, month, ""]
            // `parse` would also take a sign.
            if (year.len(), month.len()) == (4, 2) && !path.contains('+') =>
        {
            let year: u32 = year.parse().ok().filter(|year| YEARS.contains(year))?;
            let month: u32 = month
                .parse()
                .ok()
                .filter(|month| (1..=12).contains(month))?;
            // Months since the year 0.
            let now = year * 12 + month - 1;
            let of = |then: u32| format!("../../{:04}/{:02}/", then / 12, then % 12 + 1);
            let mut links = vec![(of(now + 1), "next month"), (of(now + 12), "next year")];
            links.push((of(now - 1), "last month"));
            links.push(("../../../".to_owned(), "home"));
            links.retain(|(href, _)| !href.contains("/0000/") && !href.contains("/10000/"));
            links
        }
        ["shop", file] => {
            let number: u32 = file.strip_suffix(".html")?.parse().ok()?;
            if !(1..=SHOP_PAGES).contains(&number) || file.len() != "1.html".len() {
                return None;
            }
            // Each visit of a page has links with sessions of their own, which follow from the session it is.
            let session = query.strip_prefix("session=").unwrap_or_default();
            let session = u32::from_str_radix(session, 16).unwrap_or(number);
            let mut random = Random::seeded(u64::from(session) << 8 | u64::from(number));
            let mut next = |step: u32| {
                let to = (number + step) % SHOP_PAGES + 1;
                let session = random.below(u32::MAX);
                (format!("{to}.html?session={session:08x}"), "another thing")
            };
            vec![next(0), next(2), next(4), ("../".to_owned(), "home")]
        }
        ["more", .., ""] if path.len() <= MAX_PATH_BYTES => {
            let (_, directories) = parts.split_last()?;
            if directories.iter().any(|directory| *directory != "more") {
                return None;
            }
            vec![("more/".to_owned(), "more of it")]
        }
        _ => return None,
    })
}
