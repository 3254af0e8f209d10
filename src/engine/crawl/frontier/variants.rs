//! How many addresses differ in nothing but their query.

use hashbrown::HashTable;

use super::super::address::before_query;
use super::address::UrlId;
use super::known::{Known, hash, spread};

/// Counts the queries of each path. Paths without one take no room.
#[derive(Clone, Debug, Default)]
pub(super) struct Variants {
    /// An address of the path, for its text, and how many there are.
    counts: HashTable<(UrlId, u32)>,
}

impl Variants {
    /// How many addresses with a query and the path of `text` were added; 0 for one without a query. O(1).
    pub(super) fn count(&self, known: &Known, text: &str) -> u32 {
        let path = before_query(text);
        if path.len() == text.len() {
            return 0;
        }
        let found = self.counts.find(spread(hash(path)), |(id, _)| {
            before_query(known.text(*id)) == path
        });
        found.map_or(0, |(_, count)| *count)
    }

    /// Adds an address, unless it has no query. O(1).
    pub(super) fn add(&mut self, known: &Known, id: UrlId) {
        let text = known.text(id);
        let path = before_query(text);
        if path.len() == text.len() {
            return;
        }
        let is_same = |(id, _): &(UrlId, u32)| before_query(known.text(*id)) == path;
        let rehash = |(id, _): &(UrlId, u32)| spread(hash(before_query(known.text(*id))));
        let entry = self.counts.entry(spread(hash(path)), is_same, rehash);
        entry.or_insert((id, 0)).get_mut().1 += 1;
    }
}
