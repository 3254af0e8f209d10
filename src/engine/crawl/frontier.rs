//! The frontier: which addresses a crawl knows, which of them wait, and which comes next.
//!
//! - An address is known once, by its identity ([`super::normalise`]); later sightings are counted with it.
//! - Each known address is in one state ([`Status`]), and one that is not fetched has its [`Reason`].
//! - The order of starts follows from the order of calls alone. Hosts that may not start hold up nobody else.
//! - An address takes less than 100 bytes beyond its text, whatever becomes of it.

mod address;
mod counts;
mod host;
mod known;
mod land;
mod offer;
mod variants;

use std::cmp::Reverse;

use url::{Position, Url};

use super::rules::Rules;
use super::skip::Reason;

pub(super) use address::CUT;
pub use address::{Skipped, Status, UrlId};
pub use counts::Counts;
pub use host::HostId;
pub use land::Landing;
pub use offer::{Found, Offered};

use address::Address;
use host::Hosts;
use known::Known;
use variants::Variants;

/// Most addresses that are known; more are turned away for [`Reason::Limit`], and only counted.
pub const MAX_KNOWN: usize = 4_000_000;

/// The addresses of a crawl.
///
/// A page goes from [`Frontier::offer`] over [`Frontier::next`] and [`Frontier::landed`] to [`Frontier::done`]; at each
/// step it can turn out not to be fetched.
///
/// ```
/// use crawl_playground::engine::crawl::frontier::{Found, Frontier, Landing, Offered};
/// use crawl_playground::engine::crawl::{rules::Rules, skip::Reason};
/// use url::Url;
///
/// let url = |text: &str| Url::parse(text).unwrap();
/// let mut frontier = Frontier::new(Rules::default());
/// frontier.offer(Found::seed(&url("https://example.org/")));
///
/// let home = frontier.next(|_| true).unwrap();
/// assert_eq!(frontier.landed(home, &url("https://example.org/")), Landing::Same);
/// let link = url("https://example.org/about#team");
/// let Offered::New(about) = frontier.offer(Found::link(&link, home)) else { panic!() };
/// assert_eq!(frontier.offer(Found::link(&link, home)), Offered::Known(about));
/// let away = url("https://example.com/");
/// assert_eq!(frontier.offer(Found::link(&away, home)), Offered::Skipped(Reason::OutOfScope));
/// frontier.done(home);
///
/// let about = frontier.next(|_| true).unwrap();
/// assert_eq!(frontier.address(about), "https://example.org/about");
/// assert_eq!((frontier.depth(about), frontier.parent(about)), (1, Some(home)));
/// ```
#[derive(Clone, Debug)]
pub struct Frontier {
    rules: Rules,
    known: Known,
    hosts: Hosts,
    variants: Variants,
    counts: Counts,
    /// Which page the links that are being offered are from, and how many such pages there were.
    batch: (Option<UrlId>, u32),
}

impl Frontier {
    /// One that knows nothing yet. Rules of which [`Rules::check`] complains make a crawl that fetches nothing or stops
    /// early, and do no harm.
    #[must_use]
    pub fn new(rules: Rules) -> Self {
        Self {
            rules,
            known: Known::default(),
            hosts: Hosts::default(),
            variants: Variants::default(),
            counts: Counts::default(),
            batch: (None, 0),
        }
    }

    /// The rules it goes by.
    #[must_use]
    pub const fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Starts the first page in order of which the host may start, and for which the limits leave room.
    ///
    /// `may_start` is asked at most once about a host, and only about those whose turn it could be. O(hosts with pages
    /// that wait), and O(log n) in the pages of the one that is taken.
    pub fn next(&mut self, may_start: impl FnMut(HostId) -> bool) -> Option<UrlId> {
        if self.counts.started >= self.rules.max_pages as usize {
            return None;
        }
        let id = self
            .hosts
            .next(&self.known, self.rules.per_host_pages, may_start)?;
        self.known[id].status = Status::Started;
        self.counts.waiting -= 1;
        self.counts.in_flight += 1;
        self.counts.started += 1;
        Some(id)
    }

    /// Whether nothing is left to start, whatever hosts may: what is waiting, if anything, is beyond a limit. More may
    /// still be found by what is in flight.
    #[must_use]
    pub fn is_spent(&self) -> bool {
        self.counts.started >= self.rules.max_pages as usize
            || !self.hosts.has_next(&self.known, self.rules.per_host_pages)
    }

    /// A page that waits or was started, and of which nothing was requested yet, is not to be fetched after all, such as
    /// for its host's robots.txt. Its place within the limits is free again. Others stay as they are.
    pub fn refuse(&mut self, id: UrlId, reason: Reason) {
        match self.known[id].status {
            Status::Waiting => self.counts.waiting -= 1,
            Status::Started => self.take_back(id),
            _ => return,
        }
        self.skip(id, reason);
    }

    /// A started page waits again, and comes before others: its request was given up, such as for a pause. Others stay
    /// as they are.
    pub fn put_back(&mut self, id: UrlId) {
        if self.known[id].status == Status::Started {
            self.take_back(id);
            self.known[id].status = Status::Waiting;
            self.counts.waiting += 1;
            self.enqueue(id, 0);
        }
    }

    /// A started page is over, however it ended. Others stay as they are.
    pub fn done(&mut self, id: UrlId) {
        if self.known[id].status == Status::Started {
            self.known[id].status = Status::Done;
            self.counts.in_flight -= 1;
            self.counts.done += 1;
        }
    }

    /// The crawl is over: what still waits is skipped, for the limit that held it, or for having been stopped if none did.
    /// Returns how many those are. Linear in the known addresses.
    pub fn drain_rest(&mut self) -> usize {
        let is_full = self.counts.started >= self.rules.max_pages as usize;
        let waiting = self.counts.waiting;
        for id in self.known.ids() {
            if self.known[id].status != Status::Waiting {
                continue;
            }
            let reason = if self
                .hosts
                .is_full(self.known[id].host, self.rules.per_host_pages)
            {
                Reason::HostLimit
            } else if is_full {
                Reason::Limit
            } else {
                Reason::Stopped
            };
            self.skip(id, reason);
        }
        self.counts.waiting = 0;
        self.hosts.clear_queues();
        waiting
    }

    /// How many addresses are in which state.
    #[must_use]
    pub const fn counts(&self) -> &Counts {
        &self.counts
    }

    /// The page of an address, if it is known.
    #[must_use]
    pub fn find(&self, url: &Url) -> Option<UrlId> {
        self.known.find(&self.written(url.into()))
    }

    /// Whether `url` is an address's own, as it is written here. Others may be another form of it.
    pub(in crate::engine) fn is_at(&self, id: UrlId, url: &Url) -> bool {
        self.address(id) == &url[..Position::AfterQuery]
    }

    /// All known addresses, in the order in which they were found.
    pub fn ids(&self) -> impl Iterator<Item = UrlId> + use<> {
        self.known.ids()
    }

    /// The known addresses without the first `known` of them: what was found since that many were known. O(1) to begin.
    pub fn ids_since(&self, known: usize) -> impl Iterator<Item = UrlId> + use<> {
        self.known.ids_since(known)
    }

    /// The addresses that are not fetched, in the order in which they were found. Duplicates are not among them: they are
    /// counted with the page they are of.
    pub fn skipped(&self) -> impl Iterator<Item = Skipped<'_>> {
        self.known.ids().filter_map(|id| {
            let Status::Skipped(reason) = self.status(id) else {
                return None;
            };
            Some(Skipped {
                id,
                reason,
                address: self.address(id),
                parent: self.parent(id),
            })
        })
    }

    fn take_back(&mut self, id: UrlId) {
        self.counts.in_flight -= 1;
        self.counts.started -= 1;
        self.hosts.take_back(self.known[id].host);
    }

    /// Marks as skipped what is counted in no other state any more.
    fn skip(&mut self, id: UrlId, reason: Reason) {
        self.known[id].status = Status::Skipped(reason);
        self.counts.add_skipped(reason);
    }

    /// Queues what waits; of one `turn` the lowest number comes first.
    fn enqueue(&mut self, id: UrlId, turn: u32) {
        let Address { host, .. } = self.known[id];
        self.hosts.push(host, Reverse((turn, id)));
    }
}
