//! The sites that are nothing but pages and links: `small`, `wide`, `deep` and `tree-{n}`.
//!
//! Their pages have numbers, and number 0 is the root. That a page's links follow from its number says how many pages
//! there are, and how far from the root.

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

/// Bytes of the longest path: `99999.html`.
const ROOM: usize = 10;

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
    let mut path = String::with_capacity(ROOM);
    if number > 0 {
        push_decimal(number, &mut path);
        path.push_str(".html");
    }
    path
}

fn push_decimal(number: u32, text: &mut String) {
    if number >= 10 {
        push_decimal(number / 10, text);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}

fn number(path: &str) -> Option<u32> {
    if path.is_empty() {
        return Some(0);
    }
    let number = path.strip_suffix(".html")?.parse().ok()?;
    // Neither "+7" nor "007" is another address of page 7.
    path.starts_with(|first: char| matches!(first, '1'..='9'))
        .then_some(number)
}

pub(super) fn links(asked: &Asked<'_>, count: u32) -> Option<Vec<String>> {
    let number = number(&asked.path).filter(|number| *number < count)?;
    let mut links: Vec<u32> = match (asked.site, number) {
        (Site::Wide, 1..) => vec![number % (count - 1) + 1],
        (site, _) => {
            // The children of page k are those that follow k times as many.
            let (first, children) = match site {
                Site::Wide => (1, count),
                Site::Deep => (number.div_ceil(DEEP_WIDTH) * DEEP_WIDTH + 1, DEEP_WIDTH),
                Site::Small => (number * 4 + 1, 4),
                _ => (number * 10 + 1, 10),
            };
            (first..first + children).collect()
        }
    };
    match asked.site {
        Site::Small if number > 1 => {
            links.push((number - 1) / 4);
            // To what is no farther from the root, so that a page's depth is what the tree says.
            links.push(Random::seeded(number.into()).below(number));
        }
        Site::Tree(_) if number > 0 => links.extend([(number - 1) / 10, number + 1]),
        _ => {}
    }
    links.retain(|number| *number < count);
    if number > 0 {
        links.push(0);
    }
    let href = |number| match number {
        0 => "./".to_owned(),
        _ => path(number),
    };
    Some(links.into_iter().map(href).collect())
}
