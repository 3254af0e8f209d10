//! Results: the fold of a crawl's trace into what it found. One row a page, one row an address that was not fetched.
//!
//! As with [`crate::timeline::rows`] the fold is incremental: [`Results::advance`] reads only what is new in the trace.
//! A row names its task, and what the task's own row tells (status, bytes, outcome) is not kept twice.

use crate::engine::crawl::frontier::UrlId;
use crate::engine::crawl::skip::Reason;
use crate::engine::moment::Moment;
use crate::engine::trace::crawl::{Again, CrawlRecord, Place, RobotsRecord, Visit};
use crate::engine::trace::{Event, TaskId, Trace, What};

pub use page::Page;

pub mod export;
pub mod order;
pub mod page;
pub mod progress;
pub mod tree;

/// A page that a crawl has begun to fetch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PageRow {
    /// The task that fetches it.
    pub task: TaskId,
    /// Its address, how it was come by, and how far from the seed it is.
    pub visit: Visit,
    /// What it says, once it was read.
    pub record: Option<Place>,
}

/// An address that is not fetched.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SkippedRow {
    /// Its place among all addresses that were found.
    pub url: UrlId,
    /// The page that led there: of a duplicate link the one that it stands on, else the first.
    pub from: Option<UrlId>,
    /// Why not.
    pub reason: Reason,
}

/// A crawl's results up to a cursor.
#[derive(Clone, Default, Debug)]
pub struct Results {
    pages: Vec<PageRow>,
    skipped: Vec<SkippedRow>,
    /// How many links to what was known can be listed.
    again: usize,
    robots: Vec<RobotsRecord>,
    counts: [u32; Reason::ALL.len()],
    /// The places of pages, by their tasks.
    by_task: Vec<Option<u32>>,
    /// The places of pages, by their addresses.
    by_url: Vec<Option<u32>>,
    /// Whether an address was left out when it was found, by address.
    is_left_out: Vec<bool>,
    found: u32,
    /// Of what was found, how many were skipped later.
    given_up: u32,
    done: u32,
    /// When the last pages were done, newest last: what the pace is measured by.
    recent: Vec<Moment>,
    cursor: usize,
}

/// So many of the last pages tell the pace.
const RECENT: usize = 32;

impl Results {
    /// Folds what is new in `trace`. Returns whether there was anything.
    pub fn advance(&mut self, trace: &Trace) -> bool {
        self.advance_to(trace, trace.events().len())
    }

    /// The same up to the event at `place`, which is left for later.
    pub fn advance_to(&mut self, trace: &Trace, place: usize) -> bool {
        let new = trace.between(self.cursor, place);
        self.cursor += new.len();
        new.iter().for_each(|event| self.apply(event, trace));
        !new.is_empty()
    }

    fn apply(&mut self, &Event { at, what }: &Event, trace: &Trace) {
        let crawl = trace.crawl();
        match what {
            What::Found(url) => {
                self.found += 1;
                self.take_back(url);
            }
            What::LeftOut(url, reason) => {
                put(&mut self.is_left_out, url.index(), true);
                self.skip(url, reason, crawl);
            }
            What::Skipped(url, reason) => {
                // Where a redirect leads can be known already: then the page was fetched all the same.
                if self.of_url(url).is_none() {
                    self.given_up += 1;
                }
                self.skip(url, reason, crawl);
            }
            What::Visits(task, visit) => {
                let Some(&visit) = crawl.visit(visit) else {
                    return;
                };
                let place = u32::try_from(self.pages.len()).ok();
                put(&mut self.by_task, task.index(), place);
                put(&mut self.by_url, visit.url.index(), place);
                self.pages.push(PageRow {
                    task,
                    visit,
                    record: None,
                });
            }
            What::Read(task, record) => {
                if let Some(page) = crawl.page(record) {
                    self.counts[Reason::Duplicate.index()] += page.duplicates;
                    self.again += page.duplicates_kept as usize;
                }
                if let Some(row) = self.of_task(task) {
                    self.pages[row].record = Some(record);
                }
            }
            What::Robots(place) => self.robots.extend(crawl.robots(place)),
            What::Ended(task, _) if self.of_task(task).is_some() => {
                self.done += 1;
                if self.recent.len() == RECENT {
                    self.recent.remove(0);
                }
                self.recent.push(at);
            }
            _ => {}
        }
    }

    /// What was left out is to be fetched after all: a way that is not too long leads there. That is rare.
    fn take_back(&mut self, url: UrlId) {
        if self.is_left_out.get(url.index()).copied() != Some(true) {
            return;
        }
        self.is_left_out[url.index()] = false;
        if let Some(place) = self.skipped.iter().rposition(|row| row.url == url) {
            let row = self.skipped.remove(place);
            self.counts[row.reason.index()] -= 1;
        }
    }

    fn skip(&mut self, url: UrlId, reason: Reason, crawl: &CrawlRecord) {
        self.counts[reason.index()] += 1;
        let from = crawl.found(url).and_then(|found| found.from);
        self.skipped.push(SkippedRow { url, from, reason });
    }

    /// The pages, in the order in which they were begun.
    #[must_use]
    pub fn pages(&self) -> &[PageRow] {
        &self.pages
    }

    /// The addresses that were not fetched, in the order in which that was decided. Links to known ones are not among them;
    /// see [`Results::again`].
    #[must_use]
    pub fn skipped(&self) -> &[SkippedRow] {
        &self.skipped
    }

    /// How many links to what was known can be listed: all of them, unless there are more than
    /// [`MAX_AGAIN`](crate::engine::trace::crawl::MAX_AGAIN).
    #[must_use]
    pub const fn again_count(&self) -> usize {
        self.again
    }

    /// Those links, in the order in which their pages were read.
    pub fn again<'a>(&self, trace: &'a Trace) -> impl Iterator<Item = SkippedRow> + use<'a> {
        trace.crawl().again()[..self.again].iter().map(duplicate)
    }

    /// What is in line at `place`, first of what was skipped and then of the links to what was known. O(1).
    #[must_use]
    pub fn left_out(&self, place: usize, trace: &Trace) -> Option<SkippedRow> {
        match place.checked_sub(self.skipped.len()) {
            None => self.skipped.get(place).copied(),
            Some(place) if place < self.again => trace.crawl().again().get(place).map(duplicate),
            Some(_) => None,
        }
    }

    /// Each site's robots.txt, in the order in which they were read.
    #[must_use]
    pub fn robots(&self) -> &[RobotsRecord] {
        &self.robots
    }

    /// How many addresses were not fetched for this reason; of duplicates, how many links led to them.
    #[must_use]
    pub fn count(&self, reason: Reason) -> u32 {
        self.counts[reason.index()]
    }

    /// The place of a task's page in [`Results::pages`]; none for a task that fetches something else.
    #[must_use]
    pub fn of_task(&self, task: TaskId) -> Option<usize> {
        let place = self.by_task.get(task.index()).copied().flatten()?;
        Some(place as usize)
    }

    /// The place of an address's page in [`Results::pages`], once it was begun.
    #[must_use]
    pub fn of_url(&self, url: UrlId) -> Option<usize> {
        let place = self.by_url.get(url.index()).copied().flatten()?;
        Some(place as usize)
    }
}

fn duplicate(&Again { url, from }: &Again) -> SkippedRow {
    SkippedRow {
        url,
        from: Some(from),
        reason: Reason::Duplicate,
    }
}

fn put<T: Copy + Default>(list: &mut Vec<T>, index: usize, value: T) {
    if list.len() <= index {
        list.resize(index + 1, T::default());
    }
    list[index] = value;
}
