//! A page of a crawl as it is shown and exported: all that is known of it in one place.

use super::{PageRow, Results, SkippedRow};
use crate::engine::crawl::facts::PageKind;
use crate::engine::crawl::frontier::UrlId;
use crate::engine::moment::Moment;
use crate::engine::trace::Trace;
use crate::engine::trace::crawl::PageRecord;
use crate::timeline::rows::{Row, Rows};

/// A page, with what its task, its address and its content tell. Texts are the network's own, and never markup.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// Its place in [`Results::pages`].
    pub place: usize,
    /// The address that was asked for.
    pub address: &'a str,
    /// The page that led there first.
    pub referrer: Option<&'a str>,
    /// Links away from the seed.
    pub depth: u32,
    /// What its task's row tells: status, bytes, outcome, redirects.
    pub row: &'a Row,
    /// The network's own words about a failure, or why a page that came is not what it was fetched for.
    pub error: Option<&'a str>,
    /// Where redirects led.
    pub final_url: Option<&'a str>,
    /// What it says; none before it was read, or if nothing came.
    pub record: Option<&'a PageRecord>,
}

impl<'a> Page<'a> {
    /// Its title.
    #[must_use]
    pub fn title(&self) -> Option<&'a str> {
        self.record?.title.as_deref()
    }

    /// Its `Content-Type`.
    #[must_use]
    pub fn content_type(&self) -> &'a str {
        self.record.map_or("", |record| &record.content_type)
    }

    /// What kind of page it is.
    #[must_use]
    pub fn kind(&self) -> Option<PageKind> {
        Some(self.record?.kind)
    }

    /// How many links it has.
    #[must_use]
    pub fn out_links(&self) -> u32 {
        self.record.map_or(0, |record| record.out_links)
    }

    /// How long it took from its turn to its end, or until now; in microseconds.
    #[must_use]
    pub fn duration_us(&self, now: Moment) -> u64 {
        let span = self.row.end_at(now) - self.row.joined;
        u64::try_from(span.as_micros()).unwrap_or(u64::MAX)
    }

    /// How it ended, or what it does now, in a word: `200`, `timeout`, `request`.
    #[must_use]
    pub fn status(&self) -> String {
        match (self.row.outcome, self.row.open()) {
            (Some(outcome), _) => outcome.label(),
            (None, Some((wait, _))) => wait.name().into(),
            (None, None) => String::new(),
        }
    }

    /// Why less of it is known than there may be, as far as that was noted.
    #[must_use]
    pub fn problem(&self) -> Option<&'a str> {
        let record = self.record.and_then(|record| record.problem.as_deref());
        record.or(self.error)
    }
}

impl Results {
    /// The page at a place, joined with the rows and the trace of the same run. O(1).
    #[must_use]
    pub fn page<'a>(&self, place: usize, rows: &'a Rows, trace: &'a Trace) -> Option<Page<'a>> {
        let &PageRow {
            task,
            visit,
            record,
        } = self.pages().get(place)?;
        let found = trace.crawl().found(visit.url)?;
        let row = rows.rows().get(task.index())?;
        Some(Page {
            place,
            address: trace.read(found.address),
            referrer: visit.from.and_then(|from| address(from, trace)),
            depth: visit.depth,
            row,
            error: row.error().map(|text| trace.read(text)),
            final_url: row.final_url().map(|text| trace.read(text)),
            record: record.and_then(|record| trace.crawl().page(record)),
        })
    }
}

impl<'a> Page<'a> {
    /// What the addresses of the crawl begin with that are shown relative, as that of its first page was written; empty if
    /// it was written whole.
    #[must_use]
    pub fn base(&self, trace: &'a Trace) -> &'a str {
        let written = trace.read(self.row.target);
        self.address.strip_suffix(written).unwrap_or_default()
    }
}

impl SkippedRow {
    /// The address.
    #[must_use]
    pub fn address<'a>(&self, trace: &'a Trace) -> &'a str {
        address(self.url, trace).unwrap_or_default()
    }

    /// The page that led there.
    #[must_use]
    pub fn referrer<'a>(&self, trace: &'a Trace) -> Option<&'a str> {
        address(self.from?, trace)
    }
}

fn address(url: UrlId, trace: &Trace) -> Option<&str> {
    Some(trace.read(trace.crawl().found(url)?.address))
}
