//! A known address.

use std::num::NonZeroU32;

use url::{Position, Url};

use super::super::skip::Reason;
use super::Frontier;
use super::host::HostId;

/// A known address: its place in the order in which a frontier learned of them. Not 0, so that having none takes no room.
///
/// It means something to the frontier that gave it only; asked about another's, a frontier may panic.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct UrlId(NonZeroU32);

impl UrlId {
    /// The one at this place, which is below [`super::MAX_KNOWN`].
    pub(super) const fn at(index: usize) -> Self {
        Self(NonZeroU32::MIN.saturating_add(index as u32))
    }

    /// The place, from 0, for use as an index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// What became of an address so far.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Status {
    /// It is to be fetched.
    Waiting,
    /// It is being fetched.
    Started,
    /// It was fetched, or failed.
    Done,
    /// It is not fetched, or what came from it is not used.
    Skipped(Reason),
    /// It is where another page's redirect ended: that page, which is its parent, was fetched in its stead.
    Alias,
}

/// An address that is not fetched.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Skipped<'a> {
    /// Which one it is.
    pub id: UrlId,
    /// Why.
    pub reason: Reason,
    /// The address; one that is too long is cut, and ends with `…`.
    pub address: &'a str,
    /// The page on which it was found first.
    pub parent: Option<UrlId>,
}

/// What an address ends with that is cut. It can stand in no address.
pub(in crate::engine::crawl) const CUT: char = '…';

/// What is kept of an address beside its text.
#[derive(Clone, Debug)]
pub(super) struct Address {
    /// Where its text begins.
    pub(super) start: u32,
    pub(super) bytes: u16,
    pub(super) depth: u16,
    pub(super) host: HostId,
    pub(super) parent: Option<UrlId>,
    /// How often it was seen again.
    pub(super) duplicates: u32,
    pub(super) status: Status,
}

const _: () = assert!(
    size_of::<Address>() <= 24,
    "an address must stay compact: a crawl may know millions"
);

impl Frontier {
    /// The identity of a page, which is what is fetched.
    #[must_use]
    pub fn address(&self, id: UrlId) -> &str {
        self.known.text(id)
    }

    /// The same, parsed; `None` if it was cut for being too long.
    #[must_use]
    pub fn url(&self, id: UrlId) -> Option<Url> {
        self.url_after(id, None)
    }

    /// The same, with another of which the host need not be read again if it is the same.
    pub(in crate::engine) fn url_after(&self, id: UrlId, other: Option<&Url>) -> Option<Url> {
        let address = self.address(id);
        if address.ends_with(CUT) {
            return None;
        }
        let beside = other
            .and_then(|other| Some((other, address.strip_prefix(&other[..Position::BeforePath])?)));
        // With two slashes it would be a host.
        match beside.filter(|(_, path)| path.starts_with('/') && !path.starts_with("//")) {
            Some((other, path)) => other.join(path).ok(),
            None => Url::parse(address).ok(),
        }
    }

    /// How many links it is away from a seed, as far as is known.
    #[must_use]
    pub fn depth(&self, id: UrlId) -> u16 {
        self.known[id].depth
    }

    /// The page on which it was found: the one that makes its depth. A seed has none.
    #[must_use]
    pub fn parent(&self, id: UrlId) -> Option<UrlId> {
        self.known[id].parent
    }

    /// Its host.
    #[must_use]
    pub fn host(&self, id: UrlId) -> HostId {
        self.known[id].host
    }

    /// What became of it so far.
    #[must_use]
    pub fn status(&self, id: UrlId) -> Status {
        self.known[id].status
    }

    /// How often it was found again.
    #[must_use]
    pub fn duplicates(&self, id: UrlId) -> u32 {
        self.known[id].duplicates
    }

    /// A host, written as scheme, name and port, such as `https://example.org`.
    #[must_use]
    pub fn host_name(&self, host: HostId) -> &str {
        self.hosts.name(host)
    }
}
