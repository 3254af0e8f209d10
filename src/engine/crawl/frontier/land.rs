//! What happens when a response came from another address than the one that was asked: after redirects.

use url::Url;

use super::super::address::Parts;
use super::super::scope::is_same_site;
use super::super::skip::Reason;
use super::Frontier;
use super::address::{Address, Status, UrlId};

/// What a response's final address makes of a page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Landing {
    /// It is the page that was asked for.
    Same,
    /// It is the page that was asked for, and it has this address too, which nobody else has: from now on links to it are
    /// links to this page.
    Moved,
    /// It is a page that is known already and is or was fetched by itself: this one is skipped as a duplicate.
    DuplicateOf(UrlId),
    /// The final address is not to be fetched, so what came from it is not used: this page is skipped for that.
    Skipped(Reason),
}

impl Frontier {
    /// Looks at where a started page's response came from. With [`Landing::DuplicateOf`] and [`Landing::Skipped`] the page
    /// is over; it stays a page that was started. O(1).
    ///
    /// Scope, patterns of what to leave out, and what is known of the final address (such as that robots.txt forbids it)
    /// count. A seed may move within its site, such as from `example.org` to `www.example.org`, and takes the scope along.
    pub fn landed(&mut self, id: UrlId, final_url: &Url) -> Landing {
        let address = Parts::from(final_url);
        let text = self.written(address);
        if self.known[id].status != Status::Started || self.known.text(id) == text {
            return Landing::Same;
        }
        let missing = match self.known.find_or_missing(&text) {
            Ok(other) if other == id => return Landing::Same,
            Ok(other) => return self.landed_on(id, other),
            Err(missing) => missing,
        };
        if let Some(reason) = self.refusal(id, address, &text) {
            return self.lose(id, reason);
        }
        let host = self.hosts.number(address, &self.rules.scope);
        let alias = Address {
            start: 0,
            bytes: 0,
            depth: self.known[id].depth,
            host,
            parent: Some(id),
            duplicates: 0,
            status: Status::Alias,
        };
        if self.known.add(&missing, alias).is_some() {
            self.counts.known += 1;
            self.counts.aliases += 1;
        }
        Landing::Moved
    }

    /// A started page is over, for what is known of where its response came from, such as by a robots.txt. It stays a page
    /// that was started.
    pub fn turn_away(&mut self, id: UrlId, reason: Reason) {
        self.lose(id, reason);
    }

    /// A response came from an address that is known.
    fn landed_on(&mut self, id: UrlId, other: UrlId) -> Landing {
        match self.known[other].status {
            Status::Started | Status::Done => self.repeat(id, other),
            Status::Alias => match self.known[other].parent {
                Some(page) if page != id => self.repeat(id, page),
                _ => Landing::Moved,
            },
            Status::Skipped(
                reason @ (Reason::Robots
                | Reason::RobotsUnreadable
                | Reason::OutOfScope
                | Reason::Excluded),
            ) => self.lose(id, reason),
            Status::Skipped(reason) => {
                self.counts.remove_skipped(reason);
                self.take_over(id, other)
            }
            Status::Waiting => {
                self.counts.waiting -= 1;
                self.take_over(id, other)
            }
        }
    }

    /// The other address needs no request any more.
    fn take_over(&mut self, id: UrlId, other: UrlId) -> Landing {
        let (depth, parent) = (self.known[other].depth, self.known[other].parent);
        if depth < self.known[id].depth {
            self.known[id].depth = depth;
            self.known[id].parent = parent;
        }
        self.known[other].status = Status::Alias;
        self.known[other].parent = Some(id);
        self.counts.aliases += 1;
        Landing::Moved
    }

    fn repeat(&mut self, id: UrlId, of: UrlId) -> Landing {
        self.lose(id, Reason::Duplicate);
        Landing::DuplicateOf(of)
    }

    fn lose(&mut self, id: UrlId, reason: Reason) -> Landing {
        self.counts.in_flight -= 1;
        self.skip(id, reason);
        Landing::Skipped(reason)
    }

    /// Why the final address is not to be fetched, if so.
    fn refusal(&mut self, id: UrlId, address: Parts<'_>, text: &str) -> Option<Reason> {
        if !address.is_http() {
            return Some(Reason::NotHttp);
        }
        let scope = &self.rules.scope;
        let is_seed = self.known[id].parent.is_none();
        let asked = Url::parse(self.known.text(id)).ok();
        let asked_host = asked.as_ref().and_then(Url::host_str).unwrap_or_default();
        let host = address.host();
        if is_seed && (is_same_site(&host, asked_host) || is_same_site(asked_host, &host)) {
            self.hosts
                .add_seed(host, |host, seeds| scope.holds(host, seeds));
        }
        let number = self.hosts.number(address, scope);
        if !self.hosts.is_in_scope(number) || !self.rules.is_below_root(address.text) {
            return Some(Reason::OutOfScope);
        }
        let mut excluding = self.rules.exclude.iter();
        excluding
            .any(|pattern| pattern.fits(text))
            .then_some(Reason::Excluded)
    }
}
