//! Rules that make sense, and those that do not; reasons and their words.

use std::collections::BTreeSet;

use crawl_playground::engine::crawl::pattern::Pattern;
use crawl_playground::engine::crawl::rules::{MAX_PAGES, MAX_PATTERNS, Order, Rules};
use crawl_playground::engine::crawl::scope::Scope;
use crawl_playground::engine::crawl::skip::Reason;

#[test]
fn the_plain_rules_are_polite() {
    let rules = Rules::default();
    assert_eq!(
        (rules.max_depth, rules.max_pages, rules.max_url_bytes),
        (2, 50, 2_083)
    );
    assert_eq!(
        (rules.order, &rules.scope),
        (Order::BreadthFirst, &Scope::SameHost)
    );
    assert_eq!(rules.check(), Ok(()));
}

#[test]
fn rules_that_make_no_sense_are_refused_with_a_sentence() {
    let pattern = Pattern::new("/x").unwrap();
    let plain = Rules::default;
    for (rules, sentence) in [
        (
            Rules {
                max_pages: 0,
                ..plain()
            },
            "A crawl of 0 pages fetches nothing: set the page limit from 1 to 1000000.",
        ),
        (
            Rules {
                max_pages: MAX_PAGES + 1,
                ..plain()
            },
            "1000001 pages are too many for one crawl: set the page limit from 1 to 1000000.",
        ),
        (
            Rules {
                per_host_pages: Some(0),
                ..plain()
            },
            "A crawl of 0 pages a host fetches nothing: set that limit to 1 or more, or to none.",
        ),
        (
            Rules {
                max_url_bytes: 9,
                ..plain()
            },
            "Addresses of up to 9 bytes cannot be the limit: set it from 10 to 2083.",
        ),
        (
            Rules {
                max_url_bytes: 2_084,
                ..plain()
            },
            "Addresses of up to 2084 bytes cannot be the limit: set it from 10 to 2083.",
        ),
        (
            Rules {
                exclude: vec![pattern; MAX_PATTERNS + 1],
                ..plain()
            },
            "101 patterns of what to exclude are too many: at most 100 are tried on each address.",
        ),
    ] {
        assert_eq!(rules.check().unwrap_err(), sentence);
    }
}

#[test]
fn each_reason_has_its_place_its_word_and_its_sentence() {
    for (place, reason) in Reason::ALL.into_iter().enumerate() {
        assert_eq!(reason.index(), place);
        assert!(reason.sentence().ends_with('.'));
    }
    let words: BTreeSet<&str> = Reason::ALL.map(Reason::word).into();
    assert_eq!(
        words.len(),
        Reason::ALL.len() - 2,
        "the three traps share a word"
    );
    for word in [
        "duplicate",
        "out of scope",
        "too deep",
        "robots",
        "limit",
        "extension",
        "trap?",
    ] {
        assert!(words.contains(word), "{word}");
    }
}
