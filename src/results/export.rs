//! A crawl's results as files: CSV, JSON and JSON Lines, of the same fields.

use url::Url;

use super::page::Page;
use super::{Results, SkippedRow};
use crate::engine::moment::Moment;
use crate::engine::outcome::Outcome;
use crate::engine::trace::Trace;
use crate::timeline::rows::Rows;

pub mod csv;
pub mod json;
pub mod jsonl;

/// A value of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Value<'a> {
    /// It is not known, or there is none.
    Missing,
    /// A whole number.
    Number(u64),
    /// A span in microseconds; written in milliseconds, with all decimals.
    Span(u64),
    /// A text, from the network or of our own.
    Text(&'a str),
    /// Several texts.
    Texts(&'a [String]),
}

impl<'a> Value<'a> {
    fn text(text: Option<&'a str>) -> Self {
        text.filter(|text| !text.is_empty())
            .map_or(Self::Missing, Self::Text)
    }
}

/// A span of microseconds in milliseconds: `12.345`.
fn span_ms(us: u64) -> String {
    format!("{}.{:03}", us / 1_000, us % 1_000)
}

/// A page's record, or another's: a value for each of its table's fields.
pub type Record<'a> = Vec<Value<'a>>;

/// Records with their fields' names.
pub struct Table<'a> {
    /// The names, in their order.
    pub fields: &'static [&'static str],
    /// The records.
    pub records: Box<dyn Iterator<Item = Record<'a>> + 'a>,
}

/// How a table is written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Format {
    /// Comma-separated values: [`csv`].
    Csv,
    /// One array of objects: [`json`].
    Json,
    /// An object a line: [`jsonl`].
    JsonLines,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Json, Self::JsonLines];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Json => "JSON",
            Self::JsonLines => "JSON Lines",
        }
    }

    /// How the names of its files end.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::JsonLines => "jsonl",
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv;charset=utf-8",
            Self::Json => "application/json",
            Self::JsonLines => "application/jsonl",
        }
    }

    /// The whole file, in UTF-8.
    #[must_use]
    pub fn write(self, table: Table<'_>) -> String {
        match self {
            Self::Csv => csv::write(table),
            Self::Json => json::write(table),
            Self::JsonLines => jsonl::write(table),
        }
    }
}

/// The fields of a page.
pub const PAGE_FIELDS: [&str; 17] = [
    "address",
    "status",
    "final_url",
    "content_type",
    "bytes",
    "depth",
    "referrer",
    "out_links",
    "title",
    "h1",
    "description",
    "canonical",
    "language",
    "keys",
    "outcome",
    "duration_ms",
    "problem",
];

/// The fields of an address that was not fetched.
pub const SKIPPED_FIELDS: [&str; 4] = ["address", "reason", "explanation", "referrer"];

impl Results {
    /// The pages, in the order of fetching.
    #[must_use]
    pub fn page_table<'a>(&'a self, rows: &'a Rows, trace: &'a Trace, now: Moment) -> Table<'a> {
        let pages = (0..self.pages().len()).filter_map(move |place| self.page(place, rows, trace));
        Table {
            fields: &PAGE_FIELDS,
            records: Box::new(pages.map(move |page| page_record(&page, now))),
        }
    }

    /// What was not fetched, each with its reason: the addresses, then the links to what was known.
    #[must_use]
    pub fn skipped_table<'a>(&'a self, trace: &'a Trace) -> Table<'a> {
        let record = |row: SkippedRow| {
            vec![
                Value::Text(row.address(trace)),
                Value::Text(row.reason.word()),
                Value::Text(row.reason.sentence()),
                Value::text(row.referrer(trace)),
            ]
        };
        Table {
            fields: &SKIPPED_FIELDS,
            records: Box::new(
                self.skipped()
                    .iter()
                    .copied()
                    .chain(self.again(trace))
                    .map(record),
            ),
        }
    }
}

fn page_record<'a>(page: &Page<'a>, now: Moment) -> Record<'a> {
    let said = |read: fn(&'a crate::engine::trace::crawl::PageRecord) -> &'a Option<Box<str>>| {
        Value::text(page.record.and_then(|record| read(record).as_deref()))
    };
    let number = |number: u32| Value::Number(number.into());
    vec![
        Value::Text(page.address),
        page.row
            .status()
            .map_or(Value::Missing, |status| Value::Number(status.into())),
        Value::text(page.final_url),
        Value::text(Some(page.content_type())),
        Value::Number(page.row.bytes()),
        number(page.depth),
        Value::text(page.referrer),
        page.record
            .map_or(Value::Missing, |record| number(record.out_links)),
        said(|record| &record.title),
        said(|record| &record.h1),
        said(|record| &record.description),
        said(|record| &record.canonical),
        said(|record| &record.language),
        page.record
            .map_or(Value::Missing, |record| Value::Texts(&record.keys)),
        Value::text(page.row.outcome.map(outcome)),
        Value::Span(page.duration_us(now)),
        Value::text(page.problem()),
    ]
}

const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Ok(_) => "ok",
        Outcome::HttpError(_) => "http error",
        Outcome::Timeout => "timeout",
        Outcome::Network => "network error",
        Outcome::Refused(_) => "refused",
        Outcome::Cancelled => "cancelled",
    }
}

/// A name for a file of what a crawl from `seed` found.
///
/// ```
/// use crawl_playground::results::export::{Format, file_name};
///
/// assert_eq!(file_name("https://example.org/a?b", "pages", Format::JsonLines), "example.org-pages.jsonl");
/// assert_eq!(file_name("http://[::1]:8080/", "skipped", Format::Csv), "1-skipped.csv");
/// assert_eq!(file_name("no address", "pages", Format::Json), "crawl-pages.json");
/// ```
#[must_use]
pub fn file_name(seed: &str, what: &str, format: Format) -> String {
    let url = Url::parse(seed).ok();
    let host = url.as_ref().and_then(Url::host_str).unwrap_or("crawl");
    // An IPv6 address has signs that file systems keep for themselves.
    let host = host.replace(['[', ']', ':'], "-");
    format!("{}-{what}.{}", host.trim_matches('-'), format.extension())
}
