//! Sorting and filtering the pages, against a way that is slow and plain.

use std::cmp::Ordering;

use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::outcome::Outcome;
use crawl_playground::results::order::{Column, Order};
use crawl_playground::results::page::Page;
use crawl_playground::timeline::rows::Rows;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::lab::{limits, rows};
use crate::world::{Crawled, outlined, whole};

struct Site {
    crawled: Crawled,
    rows: Rows,
    now: Moment,
}

fn site(name: &str) -> Site {
    let crawled = outlined(whole(name), limits(6));
    let rows = rows(&crawled.run);
    let now = rows.last_end();
    Site { crawled, rows, now }
}

impl Site {
    fn shown(&self, filter: &str, order: Order) -> Vec<u32> {
        let trace = self.crawled.run.trace();
        let results = &self.crawled.results;
        results.shown(filter, order, &self.rows, &trace, self.now)
    }

    /// Looks at each page in the order of fetching.
    fn pages<T>(&self, look: impl Fn(&Page<'_>) -> T) -> Vec<T> {
        let trace = self.crawled.run.trace();
        let results = &self.crawled.results;
        (0..results.pages().len())
            .map(|place| look(&results.page(place, &self.rows, &trace).unwrap()))
            .collect()
    }

    fn plainly(&self, filter: &str, order: Order) -> Vec<u32> {
        let now = self.now;
        let texts = self.pages(|page| {
            [
                page.address.to_owned(),
                page.title().unwrap_or_default().to_owned(),
                page.content_type().to_owned(),
                page.status(),
            ]
        });
        let keys = self.pages(|page| key(page, order.column, now));
        let wanted = filter.trim().to_lowercase();
        let mut shown: Vec<u32> = (0..keys.len() as u32)
            .filter(|place| {
                let texts = &texts[*place as usize];
                texts
                    .iter()
                    .any(|text| text.to_lowercase().contains(&wanted))
            })
            .collect();
        shown.sort_by(
            |one, other| match (&keys[*one as usize], &keys[*other as usize]) {
                (None, None) => Ordering::Equal,
                (None, _) => Ordering::Greater,
                (_, None) => Ordering::Less,
                (one, other) if order.is_descending => other.cmp(one),
                (one, other) => one.cmp(other),
            },
        );
        shown
    }
}

/// Numbers with all their zeros, before words in small letters.
fn key(page: &Page<'_>, column: Column, now: Moment) -> Option<String> {
    let number = |number: u64| Some(format!("number {number:020}"));
    let text = |text: Option<&str>| {
        let text = text.filter(|text| !text.is_empty())?;
        Some(format!("text {}", text.to_ascii_lowercase()))
    };
    match column {
        Column::Number => number(page.place as u64),
        Column::Status => match page.row.outcome? {
            Outcome::Ok(status) | Outcome::HttpError(status) => number(status.into()),
            other => text(Some(&other.label())),
        },
        Column::Title => text(page.title()),
        Column::Address => text(Some(page.address)),
        Column::Type => text(Some(page.content_type())),
        Column::Bytes => number(page.row.bytes()),
        Column::Depth => number(page.depth.into()),
        Column::Links => number(page.out_links().into()),
        Column::Time => number(page.duration_us(now)),
    }
}

fn orders() -> impl Iterator<Item = Order> {
    let both = |column| {
        [false, true].map(|is_descending| Order {
            column,
            is_descending,
        })
    };
    Column::ALL.into_iter().flat_map(both)
}

#[test]
fn each_column_sorts_both_ways_and_what_is_missing_is_last() {
    for name in ["small", "mixed"] {
        let site = site(name);
        for order in orders() {
            assert_eq!(
                site.shown("", order),
                site.plainly("", order),
                "{name}: {order:?}"
            );
        }
        let by_title = Order::default().by(Column::Title);
        let titles = site.pages(|page| page.title().map(str::to_owned));
        for order in [by_title, by_title.by(Column::Title)] {
            let shown = site.shown("", order);
            let missing = shown.iter().map(|place| titles[*place as usize].is_none());
            assert!(
                missing.is_sorted(),
                "{name}: a page without a title is before one with it"
            );
        }
    }
}

#[test]
fn a_filter_looks_at_address_title_type_and_status_in_either_case() {
    let site = site("mixed");
    let all = site.pages(|_| ()).len();
    let count = |filter: &str| site.shown(filter, Order::default()).len();
    assert_eq!(count(""), all);
    assert_eq!(count("  "), all);
    assert_eq!(count("no page has this"), 0);
    assert_eq!(count("LAB.TEST"), all, "all have that in their address");
    let failed = site.pages(|page| page.status() == "404");
    assert!(failed.contains(&true));
    let with_404 = site.shown("404", Order::default());
    for (place, is_404) in failed.into_iter().enumerate() {
        assert!(!is_404 || with_404.contains(&(place as u32)));
    }
    assert_eq!(count("Text/HTML"), count("text/html"));
    assert!(count("text/html") > 0);
}

#[test]
fn any_filter_in_any_order_shows_what_the_plain_way_does() {
    let site = site("mixed");
    let texts: Vec<String> = site
        .pages(|page| {
            [
                page.address.to_owned(),
                page.title().unwrap_or_default().to_owned(),
                page.status(),
            ]
        })
        .into_iter()
        .flatten()
        .collect();
    let part = (prop::sample::select(texts), 0_usize..40, 1_usize..6)
        .prop_map(|(text, from, count)| text.chars().skip(from).take(count).collect::<String>());
    let order = prop::sample::select(orders().collect::<Vec<_>>());
    TestRunner::default()
        .run(&(part, order), |(filter, order)| {
            prop_assert_eq!(site.shown(&filter, order), site.plainly(&filter, order));
            Ok(())
        })
        .unwrap();
}
