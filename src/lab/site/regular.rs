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
/// A page of most sites has no more links than these.
const SOME_LINKS: usize = 13;

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
        _ => Digits::default().path(number).to_owned(),
    }
}

/// Where paths are written one after another.
pub(super) struct Digits([u8; DIGITS + SUFFIX.len()]);

const SUFFIX: &[u8] = b".html";
/// Of the largest number there is.
const DIGITS: usize = 10;

impl Default for Digits {
    fn default() -> Self {
        let mut bytes = [b'0'; DIGITS + SUFFIX.len()];
        bytes[DIGITS..].copy_from_slice(SUFFIX);
        Self(bytes)
    }
}

impl Digits {
    /// The path of a page that is not the root.
    pub(super) fn path(&mut self, mut number: u32) -> &str {
        let mut start = DIGITS;
        while number > 0 {
            start -= 1;
            self.0[start] = b'0' + (number % 10) as u8;
            number /= 10;
        }
        std::str::from_utf8(&self.0[start..]).unwrap_or_default()
    }
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

/// The pages that the one which is asked for links to.
pub(super) fn links(asked: &Asked<'_>, count: u32) -> Option<Vec<u32>> {
    let number = number(&asked.path).filter(|number| *number < count)?;
    let mut links = Vec::with_capacity(SOME_LINKS);
    let (first, children) = match (asked.site, number) {
        (Site::Wide, 1..) => (number % (count - 1) + 1, 1),
        // The children of page k are those that follow k times as many.
        (Site::Wide, _) => (1, count),
        (Site::Deep, _) => (number.div_ceil(DEEP_WIDTH) * DEEP_WIDTH + 1, DEEP_WIDTH),
        (Site::Small, _) => (number * 4 + 1, 4),
        _ => (number * 10 + 1, 10),
    };
    links.extend((first..first + children).take_while(|number| *number < count));
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
    Some(links)
}
