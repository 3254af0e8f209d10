//! The Lab's sites, whole.

use crawl_playground::lab::site::pages;

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::retry::Retry;

use super::lab::limits;
use super::world::{crawl, outlined, whole};

#[test]
fn a_crawl_finds_the_pages_that_a_site_has() {
    for name in ["small", "wide", "deep", "polite", "mixed"] {
        let limits = Limits {
            retry: Retry {
                retries: 2,
                ..Retry::default()
            },
            ..limits(6)
        };
        let crawled = crawl(whole(name), limits);
        assert_eq!(
            crawled.pages(name),
            pages(name, |_| true).unwrap().allowed,
            "{name}"
        );
        let outlined = outlined(whole(name), limits);
        assert_eq!(outlined.order(name), crawled.order(name), "{name}");
    }
}

#[test]
fn what_is_not_written_makes_no_difference() {
    for name in ["small", "wide", "deep", "polite", "mixed", "tree-300"] {
        let (crawled, outlined) = (
            crawl(whole(name), limits(6)),
            outlined(whole(name), limits(6)),
        );
        // Statuses, bytes, addresses and their reasons, each at its time.
        let (read, known) = (crawled.run.trace(), outlined.run.trace());
        assert_eq!(read.events().len(), known.events().len(), "{name}");
        for (read, known) in read.events().iter().zip(known.events()) {
            assert_eq!(read, known, "{name}");
        }
    }
}
