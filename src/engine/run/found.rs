//! What a crawl records in the trace of its run.

use url::Url;

use super::Run;
use crate::engine::crawl::frontier::UrlId;
use crate::engine::trace::crawl::{Again, FoundUrl, PageRecord, Place, RobotsRecord, Visit};
use crate::engine::trace::{OriginId, TaskId, What};

impl Run {
    /// The number of the origin of `url`.
    pub(in crate::engine) fn origin(&self, url: &Url) -> OriginId {
        self.0.origins.borrow_mut().number(url)
    }

    /// Keeps an address that was found, and on which page.
    pub(in crate::engine) fn keep_found(&self, address: &str, from: Option<UrlId>) {
        let mut trace = self.0.trace.borrow_mut();
        let address = trace.text(address);
        trace.crawl_mut().keep_found(FoundUrl { address, from });
    }

    /// Keeps that the page `from` leads to an address that was known. Returns whether there was room for it.
    pub(in crate::engine) fn keep_again(&self, url: UrlId, from: UrlId) -> bool {
        let mut trace = self.0.trace.borrow_mut();
        trace.crawl_mut().keep_again(Again { url, from })
    }

    pub(in crate::engine) fn record_visit(&self, task: TaskId, visit: Visit) {
        let place = self.0.trace.borrow_mut().crawl_mut().keep_visit(visit);
        self.record(What::Visits(task, place));
    }

    pub(in crate::engine) fn record_page(&self, page: PageRecord) -> Place {
        self.0.trace.borrow_mut().crawl_mut().keep_page(page)
    }

    pub(in crate::engine) fn record_robots(&self, robots: RobotsRecord) {
        let place = self.0.trace.borrow_mut().crawl_mut().keep_robots(robots);
        self.record(What::Robots(place));
    }
}
