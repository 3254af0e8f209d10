//! The site that never ends: a calendar that goes on for ever, session ids in addresses, and a directory in itself.

use super::Asked;
use crate::engine::random::Random;
use crate::lab::query::integer;

/// The calendar's last year: no crawl gets there.
const YEARS: u32 = 9_999;
const SHOP_PAGES: u32 = 8;
/// Longest path of the directory in itself: an address may not be longer than browsers take it to be.
const MAX_PATH_BYTES: usize = 1_900;

pub(super) fn links(asked: &Asked<'_>) -> Option<Vec<String>> {
    let path = &*asked.path;
    if path.is_empty() {
        return Some(
            ["calendar/2026/11/", "shop/1.html", "more/"]
                .map(str::to_owned)
                .into(),
        );
    }
    if let Some(date) = path.strip_prefix("calendar/") {
        let (year, month) = date.strip_suffix('/')?.split_once('/')?;
        let year = integer("year", year, 1..=YEARS).ok()?;
        let month = integer("month", month, 1..=12).ok()?;
        // Months since the year 0.
        let now = year * 12 + month - 1;
        let of = |then: u32| format!("../../{}/{}/", then / 12, then % 12 + 1);
        return Some(vec![of(now + 1), of(now - 1)]);
    }
    if let Some(file) = path.strip_prefix("shop/") {
        let number = integer("k", file.strip_suffix(".html")?, 1..=SHOP_PAGES).ok()?;
        // Each visit of a page has links with sessions of their own, which follow from the session it is.
        let session: u32 = asked
            .query
            .strip_prefix("session=")
            .unwrap_or_default()
            .parse()
            .unwrap_or(0);
        let mut random = Random::seeded(u64::from(session)).fork(number.into());
        let mut to = |step| {
            let session = random.below(u32::MAX);
            format!(
                "{}.html?session={session}",
                (number + step) % SHOP_PAGES + 1
            )
        };
        return Some(vec![to(0), to(2), to(4)]);
    }
    let is_more = |path: &str| path.split_inclusive('/').all(|part| part == "more/");
    (path.len() <= MAX_PATH_BYTES && is_more(path)).then(|| vec!["more/".to_owned()])
}
