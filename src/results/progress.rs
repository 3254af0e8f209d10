//! How far a crawl is, and how long it may take: honest about what nobody knows.

use std::time::Duration;

use super::Results;
use crate::engine::moment::Moment;

/// How far a crawl is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Progress {
    /// Pages that are done.
    pub done: u32,
    /// Pages that were begun and are not done.
    pub going: u32,
    /// Addresses that are known, begun or not, without those that were given up.
    pub known: u32,
    /// The most pages that are fetched.
    pub limit: u32,
    /// The time until all that is known now will be done, at the pace of the last pages. What these pages will lead to is
    /// not known: unless the limit binds ([`Progress::is_bound`]) this is the least that it can be.
    pub left: Option<Duration>,
}

impl Progress {
    /// Whether the limit will end the crawl, whatever else is found: then the estimate is more than a lower bound.
    #[must_use]
    pub const fn is_bound(&self) -> bool {
        self.known >= self.limit
    }
}

impl Results {
    /// How far the crawl is at the moment `now`, of at most `limit` pages.
    #[must_use]
    pub fn progress(&self, now: Moment, limit: u32) -> Progress {
        let begun = u32::try_from(self.pages.len()).unwrap_or(u32::MAX);
        let known = self.found.saturating_sub(self.given_up);
        let left = known.min(limit).saturating_sub(self.done);
        Progress {
            done: self.done,
            going: begun.saturating_sub(self.done),
            known,
            limit,
            left: self.pace(now).map(|each| each.saturating_mul(left)),
        }
    }

    /// The time a page takes, by the last ones; not before two are done.
    fn pace(&self, now: Moment) -> Option<Duration> {
        let first = *self.recent.first()?;
        let gaps = u32::try_from(self.recent.len()).ok()?.checked_sub(1)?;
        // Of a crawl that stands still the pace sinks while one watches.
        (now - first).checked_div(gaps)
    }
}
