//! The sites that are nothing but pages and links: `small`, `wide`, `deep` and `tree-{n}`.
//!
//! Their pages have numbers, and number 0 is the root. That a page's links follow from its number says how many pages
//! there are, and how far from the root.

use super::page::{Page, drawn};
use super::writer::{Head, Writer};
use super::{Asked, Site};
use crate::engine::random::Random;

/// Pages of `small`: a tree of four children a page, three links deep.
pub const SMALL_PAGES: u32 = 25;
/// Pages of `wide`: a root and what it links to, all one link deep.
pub const WIDE_PAGES: u32 = 201;
/// Pages of `deep`: a root, and twelve levels of three.
pub const DEEP_PAGES: u32 = 37;
/// Most pages of `tree-{n}`.
pub const MAX_TREE_PAGES: u32 = 100_000;

const DEEP_WIDTH: u32 = 3;

impl Site {
    /// How many pages it has, if they have numbers.
    pub(super) const fn numbered(self) -> Option<u32> {
        match self {
            Self::Small => Some(SMALL_PAGES),
            Self::Wide => Some(WIDE_PAGES),
            Self::Deep => Some(DEEP_PAGES),
            Self::Tree(count) => Some(count),
            Self::Mixed(_) | Self::Polite | Self::Trap => None,
        }
    }
}

/// The path of a page, from the site's root.
pub(super) fn path(number: u32) -> String {
    match number {
        0 => String::new(),
        _ => format!("{number}.html"),
    }
}

fn number(path: &str) -> Option<u32> {
    if path.is_empty() {
        return Some(0);
    }
    let number = path.strip_suffix(".html")?.parse().ok()?;
    // Neither "+7" nor "007" is another address of page 7.
    (self::path(number) == path && number > 0).then_some(number)
}

/// The links of page `number` in a site of `count` pages.
fn links(site: Site, number: u32, count: u32) -> Vec<u32> {
    let mut links: Vec<u32> = match (site, number) {
        (Site::Wide, 0) => (1..count).collect(),
        (Site::Wide, _) => vec![number % (count - 1) + 1],
        (Site::Deep, _) => {
            let level = number.div_ceil(DEEP_WIDTH);
            (level * DEEP_WIDTH + 1..=(level + 1) * DEEP_WIDTH).collect()
        }
        (Site::Small, _) => (number * 4 + 1..=number * 4 + 4).collect(),
        _ => (number * 10 + 1..=number * 10 + 10).collect(),
    };
    match site {
        Site::Small if number > 1 => {
            links.push((number - 1) / 4);
            // To what is no farther from the root, so that a page's depth is what the tree says.
            links.push(Random::seeded(u64::from(number)).below(number));
        }
        Site::Tree(_) if number > 0 => links.extend([(number - 1) / 10, number + 1]),
        _ => {}
    }
    links.retain(|number| *number < count);
    if number > 0 {
        links.push(0);
    }
    links
}

pub(super) fn page(asked: &Asked<'_>, count: u32, mut body: Writer) -> Option<Page> {
    let number = number(&asked.path).filter(|number| *number < count)?;
    let (after_ms, title) = drawn(asked.site, &asked.path);
    let is_html = body.html.is_some();
    let description = match is_html {
        true => format!(
            "Page {} of {count} of the Lab's site {}.",
            number + 1,
            asked.name
        ),
        false => String::new(),
    };
    body.head(&Head {
        lang: "en",
        charset: "utf-8",
        title: &title,
        description: &description,
        path: &asked.path,
    });
    body.markup("<ul>\n");
    for link in links(asked.site, number, count) {
        let path = path(link);
        let words = if is_html {
            drawn(asked.site, &path).1
        } else {
            String::new()
        };
        body.item(if link == 0 { "./".to_owned() } else { path }, &words);
    }
    body.markup("</ul>\n");
    Some(Page::html(after_ms, title, body))
}
