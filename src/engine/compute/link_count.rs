//! Parsing a large page for its links, in steps.

use std::sync::OnceLock;
use std::task::{Context, Poll, Waker};

use futures::FutureExt;
use futures::future::LocalBoxFuture;

use super::sample_page;
use crate::engine::crawl::links::count_with_rests;

/// The page that is parsed is made once and has about so many bytes. A larger one is this page again and again: it takes as
/// long to parse, and nobody needs the memory for all of it.
const PAGE_BYTES: usize = 1_000_000;

/// A count of a page's links that can be interrupted: by the crawler's own tokenizer, which stays in the middle of the
/// page, in the middle of what it was doing, until it is asked to go on.
///
/// ```
/// use crawl_playground::engine::compute::LinkCount;
///
/// let whole = LinkCount::in_page_of(50_000).finish();
/// assert!((200..400).contains(&whole));
/// let mut count = LinkCount::in_page_of(50_000);
/// while !count.step(1) {}
/// assert_eq!(count.found(), whole);
/// ```
pub struct LinkCount {
    /// Borrows what it reads and what it finds from itself, as only a future can. It rests after some dozen tags.
    reading: LocalBoxFuture<'static, u32>,
    found: Option<u32>,
}

impl LinkCount {
    /// Nothing read yet of a page of `bytes`.
    #[must_use]
    pub fn in_page_of(bytes: u32) -> Self {
        static PAGE: OnceLock<String> = OnceLock::new();
        let page = PAGE.get_or_init(|| sample_page(PAGE_BYTES));
        Self {
            reading: count(page, bytes as usize).boxed_local(),
            found: None,
        }
    }

    /// Goes on for up to `steps` of some dozen tags each. Returns whether that was the last of them.
    pub fn step(&mut self, steps: u32) -> bool {
        let mut context = Context::from_waker(Waker::noop());
        for _ in 0..steps {
            if self.found.is_some() {
                break;
            }
            if let Poll::Ready(found) = self.reading.poll_unpin(&mut context) {
                self.found = Some(found);
            }
        }
        self.found.is_some()
    }

    /// Reads all that is left.
    #[must_use]
    pub fn finish(mut self) -> u32 {
        while !self.step(u32::MAX) {}
        self.found()
    }

    /// How many links there are: 0 until the last step.
    #[must_use]
    pub fn found(&self) -> u32 {
        self.found.unwrap_or_default()
    }
}

/// The links of so many bytes: of `page`, as often as it takes.
async fn count(page: &str, bytes: usize) -> u32 {
    let (mut found, mut left) = (0, bytes);
    while left > 0 {
        let mut end = left.min(page.len());
        left -= end;
        while !page.is_char_boundary(end) {
            end -= 1;
        }
        found += count_with_rests(&page[..end]).await;
    }
    found
}
