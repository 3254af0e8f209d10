//! The known addresses: their texts one after another in one string, and a table from text to number that holds no text.

use std::hash::{DefaultHasher, Hasher};
use std::ops::{Index, IndexMut};

use hashbrown::HashTable;

use super::MAX_KNOWN;
use super::address::{Address, UrlId};

/// Most bytes of text that are kept: a page's memory is 4 GB at most.
const MAX_TEXT_BYTES: usize = 1 << 30;

#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    texts: String,
    addresses: Vec<Address>,
    /// With the hash, so that no text is gone through again when the table grows.
    table: HashTable<(u32, UrlId)>,
}

/// An address that was looked for and not found, to be added without being hashed again.
pub(super) struct Missing<'a> {
    text: &'a str,
    hash: u32,
}

impl Known {
    pub(super) fn text(&self, id: UrlId) -> &str {
        let address = &self[id];
        let start = address.start as usize;
        let end = start + usize::from(address.bytes);
        self.texts.get(start..end).unwrap_or_default()
    }

    pub(super) fn find(&self, text: &str) -> Option<UrlId> {
        self.find_or_missing(text).ok()
    }

    /// O(1) in the number of addresses.
    pub(super) fn find_or_missing<'a>(&self, text: &'a str) -> Result<UrlId, Missing<'a>> {
        let hash = hash(text);
        let is_it = |&(its_hash, id): &(u32, UrlId)| its_hash == hash && self.text(id) == text;
        let found = self.table.find(spread(hash), is_it);
        found.map(|&(_, id)| id).ok_or(Missing { text, hash })
    }

    /// `None` if there is no room for more. Where its text is, is found out here.
    pub(super) fn add(&mut self, missing: &Missing<'_>, address: Address) -> Option<UrlId> {
        let &Missing { text, hash } = missing;
        let has_room = self.addresses.len() < MAX_KNOWN && self.texts.len() < MAX_TEXT_BYTES;
        let (start, bytes) = (u32::try_from(self.texts.len()), u16::try_from(text.len()));
        let (true, Ok(start), Ok(bytes)) = (has_room, start, bytes) else {
            return None;
        };
        let id = UrlId::at(self.addresses.len());
        self.texts.push_str(text);
        self.addresses.push(Address {
            start,
            bytes,
            ..address
        });
        self.table
            .insert_unique(spread(hash), (hash, id), |&(hash, _)| spread(hash));
        Some(id)
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = UrlId> + use<> {
        self.ids_since(0)
    }

    pub(super) fn ids_since(&self, known: usize) -> impl Iterator<Item = UrlId> + use<> {
        (known..self.addresses.len()).map(UrlId::at)
    }
}

impl Index<UrlId> for Known {
    type Output = Address;

    fn index(&self, id: UrlId) -> &Address {
        &self.addresses[id.index()]
    }
}

impl IndexMut<UrlId> for Known {
    fn index_mut(&mut self, id: UrlId) -> &mut Address {
        &mut self.addresses[id.index()]
    }
}

/// `SipHash`, always with the same key: sites choose their addresses and not what they collide with, and runs stay the same.
pub(super) fn hash(text: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    hasher.write(text.as_bytes());
    hasher.finish() as u32
}

/// A hash as the tables take it: they look at both ends of 64 bits.
pub(super) fn spread(hash: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(hash)
}
