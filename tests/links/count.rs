//! The work of parsing a page: whole, in steps and by the crawler's own reader the same is found.

use crawl_playground::engine::compute::{Job, Kind, LinkCount, sample_page};

use super::base;

/// As large as the page is that a count reads, again and again if it is to read more.
const PAGE_BYTES: usize = 1_000_000;

/// What a crawl finds in the first `bytes` of the page.
fn crawled(page: &str, bytes: usize) -> usize {
    let head = String::from_utf8_lossy(&page.as_bytes()[..bytes]);
    let links = super::links(&head, "text/html", &base());
    assert!(links.len() < 10_000, "the most that a crawl keeps");
    links.len()
}

fn in_steps(bytes: u32, steps: u32) -> (u32, u32) {
    let mut count = LinkCount::in_page_of(bytes);
    let mut turns = 1;
    while !count.step(steps) {
        assert_eq!(count.found(), 0, "known at the end only");
        turns += 1;
    }
    (count.found(), turns)
}

#[test]
fn a_count_finds_what_a_crawl_finds_wherever_the_page_is_cut() {
    let page = sample_page(PAGE_BYTES);
    let cuts = (0..3_000).chain([50_000, 100_000, 512_345, page.len()]);
    for bytes in cuts {
        let found = LinkCount::in_page_of(bytes as u32).finish();
        assert_eq!(found as usize, crawled(&page, bytes), "{bytes} bytes");
    }
}

#[test]
fn in_steps_it_finds_what_it_finds_at_once_and_rests_in_the_middle_of_the_page() {
    let whole = LinkCount::in_page_of(300_000).finish();
    let (found, turns) = in_steps(300_000, 1);
    assert_eq!(found, whole);
    // A rest each 64 tags, of which a link has two.
    assert!(turns > whole / 32, "{turns} turns for {whole} links");
    for steps in [2, 3, 7, 100, u32::MAX] {
        assert_eq!(in_steps(300_000, steps).0, whole, "{steps} steps at a time");
    }
    assert!(in_steps(300_000, 7).1 <= turns / 7 + 1);
}

#[test]
fn a_step_after_the_last_changes_nothing() {
    let mut count = LinkCount::in_page_of(1_000);
    while !count.step(1) {}
    let found = count.found();
    assert!(count.step(1) && count.step(u32::MAX));
    assert_eq!((count.found(), count.finish()), (found, found));
}

#[test]
fn more_than_a_page_is_the_page_again() {
    let page = sample_page(PAGE_BYTES);
    let (once, rest) = (crawled(&page, page.len()), crawled(&page, 40_000));
    let bytes = 2 * page.len() as u32 + 40_000;
    let found = LinkCount::in_page_of(bytes).finish();
    assert_eq!(found as usize, 2 * once + rest);
}

#[test]
fn nothing_to_parse_is_parsed_at_once() {
    let mut count = LinkCount::in_page_of(0);
    assert!(count.step(1));
    assert_eq!(count.found(), 0);
}

#[test]
fn a_count_that_is_given_up_leaves_the_next_alone() {
    let whole = LinkCount::in_page_of(60_000).finish();
    let (mut first, mut second) = (LinkCount::in_page_of(60_000), LinkCount::in_page_of(60_000));
    // Two by turns, as in slices; then one of them is dropped in the middle.
    for _ in 0..5 {
        assert!(!first.step(1) && !second.step(1));
    }
    drop(first);
    assert_eq!(second.finish(), whole);
}

#[test]
fn the_number_of_a_setting_means_work_of_either_kind() {
    assert_eq!(Kind::Primes.job(2_000), Job::PrimesBelow(2_000_000));
    assert_eq!(Kind::Page.job(2_000), Job::LinksIn(40_000_000));
    for kind in Kind::ALL {
        assert_eq!(kind.job(2_000).emptied(), kind.job(0));
    }
}
