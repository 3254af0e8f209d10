//! What happens to an address that was found.

use std::borrow::Cow;

use super::super::address::{Parts, before_query};
use super::super::normalise::identity;
use super::super::rules::Order;
use super::super::skip::Reason;
use super::super::trap::Trap;
use super::Frontier;
use super::address::{Address, CUT, Status, UrlId};
use super::host::HostId;

/// An address that was found.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The address.
    pub address: Parts<'a>,
    /// The page that it was found on. A seed is on none.
    pub parent: Option<UrlId>,
    /// Whether the page asks that it is not followed.
    pub is_nofollow: bool,
    /// Whether the page names it as a part of itself, and not as another page.
    pub is_asset: bool,
}

impl<'a> Found<'a> {
    /// Where a crawl begins, at depth 0. Its host defines the scope. Somebody asked for it, so it is fetched whatever the
    /// rules say of links; only what can't be fetched at all is not.
    #[must_use]
    pub fn seed(address: impl Into<Parts<'a>>) -> Self {
        Self {
            address: address.into(),
            parent: None,
            is_nofollow: false,
            is_asset: false,
        }
    }

    /// A link of a page.
    #[must_use]
    pub fn link(address: impl Into<Parts<'a>>, page: UrlId) -> Self {
        Self {
            address: address.into(),
            parent: Some(page),
            is_nofollow: false,
            is_asset: false,
        }
    }
}

/// What became of an address that was offered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Offered {
    /// It is new, and waits.
    New(UrlId),
    /// It is known already: [`Reason::Duplicate`].
    Known(UrlId),
    /// It is not to be fetched.
    Skipped(Reason),
}

impl Frontier {
    /// Takes note of an address. O(1) in the addresses known, linear in this one, and O(log n) in what waits for its host;
    /// patterns come on top.
    ///
    /// One that is known is a duplicate, with three exceptions: an address that was too deep is new if it is found again
    /// nearer to a seed, and so is one that was not to be followed, or was part of a page, if a link to it that may be
    /// followed is found. A page that still waits moves to the lesser depth. One that was started stays what it is; so with depth first, a page's links can be too deep
    /// although a shorter way leads to it.
    pub fn offer(&mut self, found: Found<'_>) -> Offered {
        if self.batch.0 != found.parent || self.batch.1 == 0 {
            self.batch = (found.parent, self.batch.1.saturating_add(1));
        }
        let scope = &self.rules.scope;
        if found.parent.is_none() && found.address.is_http() {
            self.hosts
                .add_seed(found.address.host(), |host, seeds| scope.holds(host, seeds));
        }
        let text = self.written(found.address);
        let missing = match self.known.find_or_missing(&text) {
            Ok(id) => return self.see_again(id, &found),
            Err(missing) => missing,
        };
        let host = self.hosts.number(found.address, scope);
        let depth = self.depth_of(&found);
        let reason = self.judge(&found, &text, host);
        let address = Address {
            start: 0,
            bytes: 0,
            depth,
            host,
            parent: found.parent,
            duplicates: 0,
            status: reason.map_or(Status::Waiting, Status::Skipped),
        };
        let Some(id) = self.known.add(&missing, address) else {
            self.counts.unremembered += 1;
            return Offered::Skipped(Reason::Limit);
        };
        self.counts.known += 1;
        if let Some(reason) = reason {
            self.counts.add_skipped(reason);
            return Offered::Skipped(reason);
        }
        self.wait(id)
    }

    /// The identity of an address, cut if it is too long.
    pub(super) fn written<'a>(&self, address: Parts<'a>) -> Cow<'a, str> {
        let text = identity(address);
        let most = usize::from(
            self.rules
                .max_url_bytes
                .min(u16::MAX - CUT.len_utf8() as u16),
        );
        if text.len() <= most {
            return text;
        }
        format!("{}{CUT}", text.get(..most).unwrap_or_default()).into()
    }

    fn depth_of(&self, found: &Found<'_>) -> u16 {
        let above = found.parent.map(|parent| self.known[parent].depth);
        above.map_or(0, |depth| depth.saturating_add(1))
    }

    /// Why an address is not to be fetched, if so. A seed only has to be one that can be.
    fn judge(&self, found: &Found<'_>, text: &str, host: HostId) -> Option<Reason> {
        if !found.address.is_http() {
            Some(Reason::NotHttp)
        } else if found.address.has_user() {
            Some(Reason::Credentials)
        } else if text.ends_with(CUT) {
            Some(Reason::TooLong)
        } else if found.parent.is_some() {
            self.judge_link(found, text, host)
        } else {
            None
        }
    }

    fn judge_link(&self, found: &Found<'_>, text: &str, host: HostId) -> Option<Reason> {
        let rules = &self.rules;
        if !self.hosts.is_in_scope(host) || !rules.is_below_root(text) {
            return Some(Reason::OutOfScope);
        }
        if rules.exclude.iter().any(|pattern| pattern.fits(text)) {
            return Some(Reason::Excluded);
        }
        if !rules.include.is_empty() && !rules.include.iter().any(|pattern| pattern.fits(text)) {
            return Some(Reason::NotIncluded);
        }
        // Only what is behind it has more than one form.
        let path = text.get(found.address.path_at..).unwrap_or_default();
        let path = before_query(path);
        if rules.skip_extensions.end(path) {
            return Some(Reason::Extension);
        }
        if found.is_asset && !rules.takes_assets {
            return Some(Reason::Asset);
        }
        if let Some(trap) = rules.traps.look_at_path(path) {
            return Some(Reason::Trap(trap));
        }
        if found.is_nofollow && rules.is_nofollow_respected {
            return Some(Reason::NoFollow);
        }
        if self.depth_of(found) > rules.max_depth {
            return Some(Reason::TooDeep);
        }
        (self.variants.count(&self.known, text) >= rules.traps.max_queries)
            .then_some(Reason::Trap(Trap::TooManyQueries))
    }

    /// A known address was found again.
    fn see_again(&mut self, id: UrlId, found: &Found<'_>) -> Offered {
        let depth = self.depth_of(found);
        let is_nearer = depth < self.known[id].depth;
        match self.known[id].status {
            Status::Skipped(reason) if self.changes(reason, found, depth) => {
                let host = self.known[id].host;
                if self.judge(found, self.known.text(id), host).is_none() {
                    self.counts.remove_skipped(reason);
                    self.lead_to(id, depth, found.parent);
                    return self.wait(id);
                }
            }
            Status::Waiting if is_nearer => {
                self.lead_to(id, depth, found.parent);
                if self.rules.order == Order::BreadthFirst {
                    self.enqueue(id, turn_by_depth(depth));
                }
            }
            _ => {}
        }
        let address = &mut self.known[id];
        address.duplicates = address.duplicates.saturating_add(1);
        self.counts.duplicates += 1;
        Offered::Known(id)
    }

    /// Whether another link can make an address worth fetching that was not.
    fn changes(&self, reason: Reason, found: &Found<'_>, depth: u16) -> bool {
        match reason {
            Reason::TooDeep | Reason::NoFollow | Reason::Asset => depth <= self.rules.max_depth,
            Reason::OutOfScope
            | Reason::Extension
            | Reason::Trap(_)
            | Reason::Excluded
            | Reason::NotIncluded => found.parent.is_none(),
            _ => false,
        }
    }

    fn lead_to(&mut self, id: UrlId, depth: u16, parent: Option<UrlId>) {
        let address = &mut self.known[id];
        address.depth = depth;
        address.parent = parent;
    }

    fn wait(&mut self, id: UrlId) -> Offered {
        self.known[id].status = Status::Waiting;
        self.counts.waiting += 1;
        self.variants.add(&self.known, id);
        let turn = match self.rules.order {
            Order::BreadthFirst => turn_by_depth(self.known[id].depth),
            Order::DepthFirst => u32::MAX - self.batch.1,
        };
        self.enqueue(id, turn);
        Offered::New(id)
    }
}

/// Turn 0 is for what was put back.
fn turn_by_depth(depth: u16) -> u32 {
    u32::from(depth) + 1
}
