//! What a crawl finds: addresses, each recorded once with what becomes of it.

use url::Url;

use super::Crawler;
use crate::engine::crawl::credentials::masked;
use crate::engine::crawl::facts::PageFacts;
use crate::engine::crawl::frontier::{Found, Frontier, Landing, Offered, Status, UrlId};
use crate::engine::crawl::robots::Robots;
use crate::engine::crawl::skip::Reason;
use crate::engine::task::{ReadPage, Task};
use crate::engine::trace::crawl::{PageRecord, Visit};
use crate::engine::trace::{TaskId, What};

impl Crawler {
    pub(super) fn find_seeds(&self) {
        for seed in &self.plan.seeds {
            self.offer(Found::seed(&seed.url));
        }
    }

    /// The sitemaps that a robots.txt names are as far away as what the page leads to for which it was fetched.
    pub(super) fn find_sitemaps(&self, robots: &Robots, robots_url: &Url, page: UrlId) {
        for address in robots.sitemaps() {
            if let Ok(url) = robots_url.join(address) {
                self.offer(Found::link(&url, page));
            }
        }
    }

    /// Takes from a page that came what there is: where it leads, unless it turned out to be one that is not wanted.
    pub(super) fn learn(&self, url: UrlId, task: &mut Task) {
        let Some(read) = task.take_read() else {
            return self.frontier.borrow_mut().done(url);
        };
        if let Some(reason) = self.land(url, read.redirected_to.as_ref().unwrap_or(task.url())) {
            return self.run.record(What::Skipped(url, reason));
        }
        let ReadPage {
            content_type,
            facts,
            ..
        } = *read;
        let (mut duplicates, mut duplicates_kept) = (0, 0);
        if task.is_ok() {
            for link in &facts.links {
                let mut found = Found::link(&link.url, url);
                found.is_nofollow = link.is_nofollow;
                found.is_asset = link.kind.is_asset();
                if let Some(known) = self.offer(found) {
                    duplicates += 1;
                    duplicates_kept += u32::from(self.run.keep_again(known, url));
                }
            }
        }
        let place = self.run.record_page(PageRecord {
            duplicates,
            duplicates_kept,
            ..record(facts, content_type)
        });
        self.run.record(What::Read(task.id(), place));
        self.frontier.borrow_mut().done(url);
    }

    /// Where a response came from in the end; why it is not used, if so.
    fn land(&self, url: UrlId, final_url: &Url) -> Option<Reason> {
        let mut frontier = self.frontier.borrow_mut();
        if frontier.is_at(url, final_url) {
            return None;
        }
        if let Some(reason) = self.forbids(final_url) {
            frontier.turn_away(url, reason);
            return Some(reason);
        }
        let other = frontier.find(final_url).filter(|other| *other != url);
        let was_waiting = other.is_some_and(|other| frontier.status(other) == Status::Waiting);
        let landing = frontier.landed(url, final_url);
        drop(frontier);
        self.record_found();
        match landing {
            Landing::Same => None,
            Landing::Moved => {
                // What waited for its own turn came by this way.
                if let Some(other) = other.filter(|_| was_waiting) {
                    self.run.record(What::Skipped(other, Reason::Duplicate));
                }
                None
            }
            Landing::DuplicateOf(_) => Some(Reason::Duplicate),
            Landing::Skipped(reason) => Some(reason),
        }
    }

    /// An address was found. Returns which, if it was known.
    fn offer(&self, found: Found<'_>) -> Option<UrlId> {
        let offered = self.frontier.borrow_mut().offer(found);
        if let Offered::Known(id) = offered {
            return Some(id);
        }
        let known = self.run.trace().crawl().found_count();
        self.record_found();
        match offered {
            // A new way leads to what was left out before.
            Offered::New(id) if id.index() < known => self.run.record(What::Found(id)),
            _ => {}
        }
        None
    }

    /// Records what the frontier has learned of since it was asked last.
    fn record_found(&self) {
        let frontier = self.frontier.borrow();
        let recorded = self.run.trace().crawl().found_count();
        for id in frontier.ids_since(recorded) {
            self.run
                .keep_found(&masked(frontier.address(id)), frontier.parent(id));
            match frontier.status(id) {
                Status::Skipped(reason) => self.run.record(What::LeftOut(id, reason)),
                Status::Alias => {}
                _ => self.run.record(What::Found(id)),
            }
        }
    }

    pub(super) fn record_visit(&self, task: TaskId, url: UrlId) {
        let frontier = self.frontier.borrow();
        let visit = Visit {
            url,
            from: frontier.parent(url),
            depth: frontier.depth(url).into(),
        };
        self.run.record_visit(task, visit);
    }

    /// What was meant to be fetched is not.
    pub(super) fn skip(&self, url: UrlId, reason: Reason) {
        self.frontier.borrow_mut().refuse(url, reason);
        self.run.record(What::Skipped(url, reason));
    }

    /// At the end of a crawl, what is left in the frontier is beyond a limit, or came too late.
    pub(super) fn leave_rest(&self) {
        let mut frontier = self.frontier.borrow_mut();
        let waits = |frontier: &Frontier, id| frontier.status(id) == Status::Waiting;
        let rest: Vec<UrlId> = frontier.ids().filter(|id| waits(&frontier, *id)).collect();
        frontier.drain_rest();
        for id in rest {
            if let Status::Skipped(reason) = frontier.status(id) {
                self.run.record(What::Skipped(id, reason));
            }
        }
    }
}

fn record(facts: PageFacts, content_type: Box<str>) -> PageRecord {
    let kept = |text: Option<String>| text.map(String::into_boxed_str);
    PageRecord {
        kind: facts.kind,
        content_type,
        title: kept(facts.title),
        h1: kept(facts.h1),
        description: kept(facts.description),
        canonical: facts.canonical.map(|url| masked(url.as_str()).into()),
        language: kept(facts.language),
        keys: facts.keys.into(),
        out_links: u32::try_from(facts.links.len())
            .unwrap_or(u32::MAX)
            .saturating_add(facts.links_left_out),
        problem: kept(facts.problem),
        ..PageRecord::default()
    }
}
