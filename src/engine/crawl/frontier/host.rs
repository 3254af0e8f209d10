//! The hosts of a crawl, and what waits for each.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use hashbrown::HashTable;
use url::Url;

use super::super::address::Parts;
use super::super::scope::Scope;
use super::address::{Status, UrlId};
use super::known::{Known, hash, spread};

/// A host of a frontier, which is an origin: its place in the order in which they turned up.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct HostId(u32);

impl HostId {
    /// The place, from 0, for use as an index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// What waits, with its turn: the lowest is first, and of one turn what was found first.
pub(super) type Turn = Reverse<(u32, UrlId)>;

#[derive(Clone, Debug)]
struct Host {
    name: Box<str>,
    is_in_scope: bool,
    /// Whether it is among those that are looked through for the next page.
    is_queued: bool,
    /// Pages that were started.
    started: u32,
    /// May hold what waits no more; that is dropped when it comes up.
    queue: BinaryHeap<Turn>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Hosts {
    hosts: Vec<Host>,
    table: HashTable<HostId>,
    /// The one that was asked for last: links mostly stay on a host.
    last: Option<HostId>,
    /// Those with something in their queue.
    queued: Vec<HostId>,
    /// The hosts of seeds, as [`Url::host_str`] writes them.
    seeds: Vec<Box<str>>,
}

impl Hosts {
    /// The number of an address's host, which belongs to the crawl if `scope` says so. O(1).
    pub(super) fn number(&mut self, address: Parts<'_>, scope: &Scope) -> HostId {
        let name = address.origin();
        if let Some(last) = self.last.filter(|&last| self.name(last) == name) {
            return last;
        }
        let its_hash = spread(hash(&name));
        let found = self
            .table
            .find(its_hash, |&id| self.name(id) == name)
            .copied();
        let id = found.unwrap_or_else(|| {
            let id = HostId(u32::try_from(self.hosts.len()).unwrap_or(u32::MAX));
            self.hosts.push(Host {
                name: name.into(),
                is_in_scope: scope.holds(&address.host(), &self.seeds),
                is_queued: false,
                started: 0,
                queue: BinaryHeap::new(),
            });
            let hosts = &self.hosts;
            let rehash = |id: &HostId| {
                hosts
                    .get(id.index())
                    .map_or(0, |host| spread(hash(&host.name)))
            };
            self.table.insert_unique(its_hash, id, rehash);
            id
        });
        self.last = Some(id);
        id
    }

    /// Adds the host of a seed, which may bring others into scope. Linear in the hosts if it is new.
    pub(super) fn add_seed(
        &mut self,
        name: Box<str>,
        is_in_scope: impl Fn(&str, &[Box<str>]) -> bool,
    ) {
        if self.seeds.contains(&name) {
            return;
        }
        self.seeds.push(name);
        for host in &mut self.hosts {
            let url = Url::parse(&host.name);
            let name = url.as_ref().ok().and_then(Url::host_str);
            host.is_in_scope = is_in_scope(name.unwrap_or_default(), &self.seeds);
        }
    }

    pub(super) fn is_in_scope(&self, id: HostId) -> bool {
        self.hosts[id.index()].is_in_scope
    }

    pub(super) fn name(&self, id: HostId) -> &str {
        &self.hosts[id.index()].name
    }

    /// Whether a host had as many pages as it may.
    pub(super) fn is_full(&self, id: HostId, limit: Option<u32>) -> bool {
        limit.is_some_and(|limit| self.hosts[id.index()].started >= limit)
    }

    /// O(log n) in what waits for the host.
    pub(super) fn push(&mut self, id: HostId, turn: Turn) {
        let host = &mut self.hosts[id.index()];
        host.queue.push(turn);
        if !host.is_queued {
            host.is_queued = true;
            self.queued.push(id);
        }
    }

    /// Takes what is first among the hosts that are not full and may start.
    pub(super) fn next(
        &mut self,
        known: &Known,
        limit: Option<u32>,
        mut may_start: impl FnMut(HostId) -> bool,
    ) -> Option<UrlId> {
        self.forget_empty(known);
        let mut first: Option<(Turn, HostId)> = None;
        for &id in &self.queued {
            let Some(&turn) = self.hosts[id.index()].queue.peek() else {
                continue;
            };
            // What is first in a heap is the greatest.
            let is_earlier = first.is_none_or(|(other, _)| turn > other);
            if is_earlier && !self.is_full(id, limit) && may_start(id) {
                first = Some((turn, id));
            }
        }
        let (Reverse((_, page)), id) = first?;
        let host = &mut self.hosts[id.index()];
        host.queue.pop();
        host.started += 1;
        Some(page)
    }

    /// Whether there is anything to start, whatever may.
    pub(super) fn has_next(&self, known: &Known, limit: Option<u32>) -> bool {
        let waits = |&Reverse((_, page)): &Turn| known[page].status == Status::Waiting;
        let has_page = |&id: &HostId| self.hosts[id.index()].queue.iter().any(waits);
        self.queued
            .iter()
            .any(|id| !self.is_full(*id, limit) && has_page(id))
    }

    /// A page that was started does not count.
    pub(super) fn take_back(&mut self, id: HostId) {
        self.hosts[id.index()].started -= 1;
    }

    pub(super) fn clear_queues(&mut self) {
        for host in &mut self.hosts {
            host.queue = BinaryHeap::new();
            host.is_queued = false;
        }
        self.queued.clear();
    }

    /// Drops from the queues' heads what waits no more, and the queues that are empty then.
    fn forget_empty(&mut self, known: &Known) {
        let hosts = &mut self.hosts;
        self.queued.retain(|id| {
            let host = &mut hosts[id.index()];
            while let Some(Reverse((_, page))) = host.queue.peek() {
                if known[*page].status == Status::Waiting {
                    return true;
                }
                host.queue.pop();
            }
            host.is_queued = false;
            false
        });
    }
}
