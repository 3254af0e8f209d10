//! What a crawl leaves in its trace beside the events: the addresses it found, and what their pages say.

use crate::engine::crawl::facts::PageKind;
use crate::engine::crawl::frontier::UrlId;

use super::{OriginId, TaskId, TextId};

/// An address that a crawl found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FoundUrl {
    /// The address.
    pub address: TextId,
    /// The page that led there first; none for a seed.
    pub from: Option<UrlId>,
}

/// A link to an address that was known already.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Again {
    /// The address.
    pub url: UrlId,
    /// The page that the link stands on.
    pub from: UrlId,
}

/// So many links to known addresses are kept at most, in 8 bytes each. A site whose every page leads to every other has as
/// many as the square of its pages.
pub const MAX_AGAIN: usize = 500_000;

/// An address whose turn has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Visit {
    /// The address.
    pub url: UrlId,
    /// The page on the shortest way there that was known by then; none for a seed.
    pub from: Option<UrlId>,
    /// How many links that is away from a seed.
    pub depth: u32,
}

/// What a page says, and where it leads.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PageRecord {
    /// What kind of page it is.
    pub kind: PageKind,
    /// Its `Content-Type`, as far as it is readable.
    pub content_type: Box<str>,
    /// Its title.
    pub title: Option<Box<str>>,
    /// Its first heading.
    pub h1: Option<Box<str>>,
    /// Its description of itself.
    pub description: Option<Box<str>>,
    /// The address that it gives as its own.
    pub canonical: Option<Box<str>>,
    /// Its language, as it is written.
    pub language: Option<Box<str>>,
    /// The keys of a JSON object.
    pub keys: Box<[String]>,
    /// How many links it has, each as often as it stands there.
    pub out_links: u32,
    /// How many of them lead to what was known already.
    pub duplicates: u32,
    /// How many of those are among [`CrawlRecord::again`], where they stand one behind the other.
    pub duplicates_kept: u32,
    /// Why less of it was read than there may be, as a sentence.
    pub problem: Option<Box<str>>,
}

/// What is known of a site's robots.txt.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RobotsFound {
    /// It was read, and holds.
    Read,
    /// There is none (an answer of 4xx), so all is allowed.
    None,
    /// It could not be read; by the crawl's policy all is taken for allowed.
    UnreadableAllowed,
    /// It could not be read; by the crawl's policy the host is left alone.
    UnreadableSkipped,
}

/// A site's robots.txt, as it was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RobotsRecord {
    /// The task that fetched it.
    pub task: TaskId,
    /// The origin that it is for.
    pub origin: OriginId,
    /// What came of it.
    pub found: RobotsFound,
    /// The time between two requests that it asks for, in milliseconds, before any cap.
    pub crawl_delay_ms: Option<u32>,
}

/// A place in one of a trace's lists beside the events.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Place(pub(super) u32);

/// The lists of a crawl beside the events.
#[derive(Clone, Debug, Default)]
pub struct CrawlRecord {
    found: Vec<FoundUrl>,
    again: Vec<Again>,
    visits: Vec<Visit>,
    pages: Vec<PageRecord>,
    robots: Vec<RobotsRecord>,
}

impl CrawlRecord {
    /// Keeps an address; [`UrlId`]s count in this order.
    pub(in crate::engine) fn keep_found(&mut self, url: FoundUrl) {
        self.found.push(url);
    }

    /// Returns whether there was room for it.
    pub(in crate::engine) fn keep_again(&mut self, again: Again) -> bool {
        let has_room = self.again.len() < MAX_AGAIN;
        if has_room {
            self.again.push(again);
        }
        has_room
    }

    pub(in crate::engine) fn keep_visit(&mut self, visit: Visit) -> Place {
        keep(&mut self.visits, visit)
    }

    pub(in crate::engine) fn keep_page(&mut self, page: PageRecord) -> Place {
        keep(&mut self.pages, page)
    }

    pub(in crate::engine) fn keep_robots(&mut self, robots: RobotsRecord) -> Place {
        keep(&mut self.robots, robots)
    }

    /// How many addresses were found.
    #[must_use]
    pub const fn found_count(&self) -> usize {
        self.found.len()
    }

    /// An address that was found.
    #[must_use]
    pub fn found(&self, url: UrlId) -> Option<&FoundUrl> {
        self.found.get(url.index())
    }

    /// The first [`MAX_AGAIN`] links to what was known, in the order in which their pages were read.
    #[must_use]
    pub fn again(&self) -> &[Again] {
        &self.again
    }

    /// An address whose turn has come.
    #[must_use]
    pub fn visit(&self, place: Place) -> Option<&Visit> {
        self.visits.get(place.0 as usize)
    }

    /// A page that was read.
    #[must_use]
    pub fn page(&self, place: Place) -> Option<&PageRecord> {
        self.pages.get(place.0 as usize)
    }

    /// A robots.txt.
    #[must_use]
    pub fn robots(&self, place: Place) -> Option<&RobotsRecord> {
        self.robots.get(place.0 as usize)
    }
}

fn keep<T>(list: &mut Vec<T>, item: T) -> Place {
    list.push(item);
    Place(u32::try_from(list.len() - 1).unwrap_or(u32::MAX))
}
