//! The order in which the table of pages shows them, and which of them it shows.

use std::cmp::Ordering;

use super::Results;
use super::page::Page;
use crate::engine::moment::Moment;
use crate::engine::outcome::Outcome;
use crate::engine::trace::Trace;
use crate::timeline::rows::Rows;

/// A column of the table of pages.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Column {
    /// The place in the order of fetching.
    #[default]
    Number,
    /// The status, or how it ended without one.
    Status,
    /// The title.
    Title,
    /// The address.
    Address,
    /// The `Content-Type`.
    Type,
    /// The bytes of the body.
    Bytes,
    /// Links away from the seed.
    Depth,
    /// Its links.
    Links,
    /// The time from its turn to its end.
    Time,
}

impl Column {
    /// All of them, from left to right.
    pub const ALL: [Self; 9] = [
        Self::Number,
        Self::Status,
        Self::Title,
        Self::Address,
        Self::Type,
        Self::Bytes,
        Self::Depth,
        Self::Links,
        Self::Time,
    ];

    /// Its heading.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number => "#",
            Self::Status => "Status",
            Self::Title => "Title",
            Self::Address => "Address",
            Self::Type => "Type",
            Self::Bytes => "Bytes",
            Self::Depth => "Depth",
            Self::Links => "Links",
            Self::Time => "Time",
        }
    }

    /// Whether it holds text, which reads from the left.
    #[must_use]
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Title | Self::Address | Self::Type)
    }

    fn key<'a>(self, page: &Page<'a>, now: Moment) -> Key<'a> {
        let text = |text: Option<&'a str>| match text {
            None | Some("") => Key::Missing,
            Some(text) => Key::Text(text),
        };
        match self {
            Self::Number => Key::Number(page.place as u64),
            Self::Status => status(page.row.outcome),
            Self::Title => text(page.title()),
            Self::Address => text(Some(page.address)),
            Self::Type => text(Some(page.content_type())),
            Self::Bytes => Key::Number(page.row.bytes()),
            Self::Depth => Key::Number(page.depth.into()),
            Self::Links => Key::Number(page.out_links().into()),
            Self::Time => Key::Number(page.duration_us(now)),
        }
    }
}

/// By which column the table is sorted, and in which direction.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Order {
    /// By this one.
    pub column: Column,
    /// From the largest to the smallest.
    pub is_descending: bool,
}

impl Order {
    /// The order after a click on a column's heading: that column upwards, and with the next click downwards.
    ///
    /// ```
    /// use crawl_playground::results::order::{Column, Order};
    ///
    /// let by_bytes = Order::default().by(Column::Bytes);
    /// assert!(!by_bytes.is_descending);
    /// assert!(by_bytes.by(Column::Bytes).is_descending);
    /// assert!(!by_bytes.by(Column::Bytes).by(Column::Bytes).is_descending);
    /// ```
    #[must_use]
    pub fn by(self, column: Column) -> Self {
        Self {
            column,
            is_descending: self.column == column && !self.is_descending,
        }
    }
}

/// What a page is sorted by. Numbers come before words.
#[derive(Clone, Copy)]
enum Key<'a> {
    Number(u64),
    Text(&'a str),
    /// Comes last in either direction: nobody sorts by what is not there to see it first.
    Missing,
}

impl Key<'_> {
    fn compare(self, other: Self, is_descending: bool) -> Ordering {
        let order = match (self, other) {
            (Key::Missing, Key::Missing) => return Ordering::Equal,
            (Key::Missing, _) => return Ordering::Greater,
            (_, Key::Missing) => return Ordering::Less,
            (Key::Number(one), Key::Number(other)) => one.cmp(&other),
            (Key::Text(one), Key::Text(other)) => folded(one).cmp(folded(other)),
            (Key::Number(_), Key::Text(_)) => Ordering::Less,
            (Key::Text(_), Key::Number(_)) => Ordering::Greater,
        };
        if is_descending {
            order.reverse()
        } else {
            order
        }
    }
}

/// Letters of ASCII count the same in either case; all others by their code points.
fn folded(text: &str) -> impl Iterator<Item = u8> + '_ {
    text.bytes().map(|byte| byte.to_ascii_lowercase())
}

/// A status by its number, and what ended without one by its name.
const fn status(outcome: Option<Outcome>) -> Key<'static> {
    match outcome {
        None => Key::Missing,
        Some(Outcome::Ok(status) | Outcome::HttpError(status)) => Key::Number(status as u64),
        Some(Outcome::Timeout) => Key::Text("timeout"),
        Some(Outcome::Network) => Key::Text("network error"),
        Some(Outcome::Refused(_)) => Key::Text("refused"),
        Some(Outcome::Cancelled) => Key::Text("cancelled"),
    }
}

impl Results {
    /// The places in [`Results::pages`] of those pages that have `filter` in their address, title, type or status
    /// (upper and lower case are the same), in this order; what is equal stays in the order of fetching.
    ///
    /// O(n log n) for `n` pages; O(n) in the order of fetching.
    #[must_use]
    pub fn shown(
        &self,
        filter: &str,
        order: Order,
        rows: &Rows,
        trace: &Trace,
        now: Moment,
    ) -> Vec<u32> {
        let wanted = filter.trim().to_lowercase();
        let pages = (0..self.pages().len()).filter_map(|place| self.page(place, rows, trace));
        let mut shown: Vec<(Key<'_>, u32)> = pages
            .filter(|page| wanted.is_empty() || holds(page, &wanted))
            .map(|page| (order.column.key(&page, now), page.place as u32))
            .collect();
        let is_descending = order.is_descending;
        if order != Order::default() {
            // One comparison for all columns: each instance of a sort is code that the page ships.
            shown.sort_unstable_by(|one, other| {
                let by_key = one.0.compare(other.0, is_descending);
                by_key.then(one.1.cmp(&other.1))
            });
        }
        shown.into_iter().map(|(_, place)| place).collect()
    }
}

/// Whether one of a page's texts has `wanted`, which is in lower case, in it.
fn holds(page: &Page<'_>, wanted: &str) -> bool {
    let has = |text: &str| text.to_lowercase().contains(wanted);
    has(page.address)
        || page.title().is_some_and(has)
        || has(page.content_type())
        || has(&page.status())
}
