//! What a response's final address makes of a page.

use crawl_playground::engine::crawl::frontier::{Found, Frontier, Landing, Status, UrlId};
use crawl_playground::engine::crawl::pattern::Pattern;
use crawl_playground::engine::crawl::rules::Rules;
use crawl_playground::engine::crawl::scope::Scope;
use crawl_playground::engine::crawl::skip::Reason;

use super::frontier::{assert_counts_add_up, new, skipped, started};
use super::url;

fn landed(frontier: &mut Frontier, page: UrlId, address: &str) -> Landing {
    let landing = frontier.landed(page, &url("https://example.org/").join(address).unwrap());
    assert_counts_add_up(frontier.counts());
    landing
}

fn start(frontier: &mut Frontier, page: UrlId) {
    while frontier.status(page) == Status::Waiting {
        frontier.next(|_| true).unwrap();
    }
}

#[test]
fn a_page_that_did_not_move_is_the_same() {
    let (mut frontier, home) = started(Rules::default());
    assert_eq!(landed(&mut frontier, home, "/#fragment"), Landing::Same);
    assert_eq!(
        landed(&mut frontier, home, "https://EXAMPLE.org:443"),
        Landing::Same
    );
    assert_eq!(
        (frontier.counts().known, frontier.status(home)),
        (1, Status::Started)
    );
}

#[test]
fn a_page_that_moved_is_known_by_both_addresses() {
    let (mut frontier, home) = started(Rules::default());
    assert_eq!(landed(&mut frontier, home, "/welcome"), Landing::Moved);
    assert_eq!(landed(&mut frontier, home, "/welcome"), Landing::Moved);
    assert_eq!(skipped(&mut frontier, home, "/welcome"), Reason::Duplicate);
    let alias = frontier.find(&url("https://example.org/welcome")).unwrap();
    assert_eq!(
        (frontier.status(alias), frontier.parent(alias)),
        (Status::Alias, Some(home))
    );
    frontier.done(home);
    assert_eq!((frontier.counts().done, frontier.counts().aliases), (1, 1));
    assert!(frontier.next(|_| true).is_none() && frontier.is_spent());
}

#[test]
fn a_redirect_to_what_is_known_is_a_duplicate() {
    let (mut frontier, home) = started(Rules::default());
    let [a, b, c] = ["/a", "/b", "/c"].map(|page| new(&mut frontier, home, page));
    for page in [a, b, c] {
        start(&mut frontier, page);
    }
    assert_eq!(landed(&mut frontier, a, "/"), Landing::DuplicateOf(home));
    assert_eq!(frontier.status(a), Status::Skipped(Reason::Duplicate));
    assert_eq!(landed(&mut frontier, b, "/new"), Landing::Moved);
    assert_eq!(
        landed(&mut frontier, c, "/new"),
        Landing::DuplicateOf(b),
        "the new address is that of b"
    );
    assert_eq!(
        (frontier.counts().started, frontier.counts().in_flight),
        (4, 2)
    );
    assert_eq!(frontier.counts().skipped(Reason::Duplicate), 2);
}

#[test]
fn a_redirect_to_what_waits_spares_that_its_request() {
    let (mut frontier, home) = started(Rules::default());
    let from = new(&mut frontier, home, "/old");
    start(&mut frontier, from);
    let to = new(&mut frontier, home, "/new");
    assert_eq!(landed(&mut frontier, from, "/new"), Landing::Moved);
    assert_eq!(
        (frontier.status(to), frontier.parent(to)),
        (Status::Alias, Some(from))
    );
    assert_eq!(frontier.next(|_| true), None);
    assert_eq!(frontier.counts().waiting, 0);
}

#[test]
fn a_redirect_to_what_was_too_deep_brings_it_nearer() {
    let (mut frontier, home) = started(Rules {
        max_depth: 1,
        ..Rules::default()
    });
    let one = new(&mut frontier, home, "/1");
    let two = new(&mut frontier, home, "/2");
    start(&mut frontier, two);
    assert_eq!(skipped(&mut frontier, one, "/deep"), Reason::TooDeep);
    assert_eq!(landed(&mut frontier, two, "/deep"), Landing::Moved);
    assert_eq!(frontier.counts().skipped(Reason::TooDeep), 0);
}

#[test]
fn scope_and_exclusions_are_looked_at_again() {
    let exclude = vec![Pattern::new("/logout").unwrap()];
    let (mut frontier, home) = started(Rules {
        exclude,
        ..Rules::default()
    });
    for (page, to, reason) in [
        ("/1", "https://example.com/", Reason::OutOfScope),
        ("/2", "https://www.example.org/", Reason::OutOfScope),
        ("/3", "/logout", Reason::Excluded),
        ("/4", "/forbidden", Reason::Robots),
        ("/5", "data:,x", Reason::NotHttp),
    ] {
        let id = new(&mut frontier, home, page);
        if reason == Reason::Robots {
            let forbidden = new(&mut frontier, home, to);
            frontier.refuse(forbidden, reason);
        }
        start(&mut frontier, id);
        assert_eq!(
            landed(&mut frontier, id, to),
            Landing::Skipped(reason),
            "{to}"
        );
        assert_eq!(frontier.status(id), Status::Skipped(reason));
    }
    assert_eq!(
        (frontier.counts().started, frontier.counts().in_flight),
        (6, 1),
        "they were requested"
    );
}

#[test]
fn a_seed_takes_the_scope_along_within_its_site_only() {
    for (seed, to, moves) in [
        ("https://example.org/", "https://www.example.org/", true),
        (
            "https://www.example.org/",
            "https://example.org/start",
            true,
        ),
        ("http://example.org/", "https://example.org/", true),
        ("https://example.org/", "https://example.com/", false),
        (
            "https://example.org/",
            "https://example.org.evil.test/",
            false,
        ),
    ] {
        let mut frontier = Frontier::new(Rules::default());
        frontier.offer(Found::seed(&url(seed)));
        let id = frontier.next(|_| true).unwrap();
        let landing = frontier.landed(id, &url(to));
        assert_eq!(
            landing,
            if moves {
                Landing::Moved
            } else {
                Landing::Skipped(Reason::OutOfScope)
            },
            "{seed}, {to}"
        );
        if moves {
            new(&mut frontier, id, url(to).join("/page").unwrap().as_str());
        }
    }
    // Any other page may not, within a scope of one host.
    let (mut frontier, home) = started(Rules {
        scope: Scope::SameHost,
        ..Rules::default()
    });
    let page = new(&mut frontier, home, "/page");
    start(&mut frontier, page);
    assert_eq!(
        landed(&mut frontier, page, "https://www.example.org/page"),
        Landing::Skipped(Reason::OutOfScope)
    );
}

#[test]
fn only_what_was_started_lands() {
    let (mut frontier, home) = started(Rules::default());
    let waiting = new(&mut frontier, home, "/a");
    assert_eq!(
        landed(&mut frontier, waiting, "https://example.com/"),
        Landing::Same
    );
    assert_eq!(frontier.status(waiting), Status::Waiting);
}
