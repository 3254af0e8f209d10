//! Limits: what counts towards them, and what is left at the end.

use crawl_playground::engine::crawl::frontier::{Found, Frontier, Status};
use crawl_playground::engine::crawl::rules::Rules;
use crawl_playground::engine::crawl::scope::Scope;
use crawl_playground::engine::crawl::skip::Reason;

use super::frontier::{assert_counts_add_up, new, started};
use super::url;

fn reasons(frontier: &Frontier) -> Vec<(Reason, usize)> {
    frontier.counts().reasons().collect()
}

#[test]
fn the_page_limit_counts_what_is_started() {
    let (mut frontier, home) = started(Rules {
        max_pages: 3,
        ..Rules::default()
    });
    for page in 0..5 {
        new(&mut frontier, home, &format!("/{page}"));
    }
    let first = frontier.next(|_| true).unwrap();
    assert!(frontier.next(|_| true).is_some());
    assert!(frontier.next(|_| true).is_none() && frontier.is_spent());
    // What robots.txt forbids was not requested, and leaves its place to another.
    frontier.refuse(first, Reason::Robots);
    assert!(!frontier.is_spent());
    let third = frontier.next(|_| true).unwrap();
    assert_eq!(frontier.address(third), "https://example.org/2");
    assert!(frontier.next(|_| true).is_none());
    frontier.done(third);
    assert!(
        frontier.next(|_| true).is_none(),
        "being done leaves no place"
    );
    assert_eq!(frontier.drain_rest(), 2);
    assert_eq!(
        reasons(&frontier),
        [(Reason::Robots, 1), (Reason::Limit, 2)]
    );
    assert_eq!(
        (frontier.counts().started, frontier.counts().in_flight),
        (3, 2)
    );
    assert_counts_add_up(frontier.counts());
}

#[test]
fn the_limit_of_a_host_holds_that_host_only() {
    let rules = Rules {
        per_host_pages: Some(2),
        scope: Scope::Any,
        ..Rules::default()
    };
    let (mut frontier, home) = started(rules);
    for page in 0..3 {
        new(&mut frontier, home, &format!("/{page}"));
        new(&mut frontier, home, &format!("https://other.test/{page}"));
    }
    let mut order = Vec::new();
    while let Some(id) = frontier.next(|_| true) {
        order.push(frontier.address(id).to_owned());
    }
    assert_eq!(
        order,
        [
            "https://example.org/0",
            "https://other.test/0",
            "https://other.test/1"
        ]
    );
    assert!(frontier.is_spent());
    assert_eq!(frontier.drain_rest(), 3);
    assert_eq!(reasons(&frontier), [(Reason::HostLimit, 3)]);
}

#[test]
fn what_waits_when_a_crawl_is_stopped_says_so() {
    let (mut frontier, home) = started(Rules::default());
    new(&mut frontier, home, "/a");
    assert!(!frontier.is_spent());
    assert_eq!(frontier.drain_rest(), 1);
    assert_eq!(reasons(&frontier), [(Reason::Stopped, 1)]);
    assert!(frontier.is_spent() && frontier.next(|_| true).is_none());
    assert_eq!(frontier.drain_rest(), 0);
}

#[test]
fn what_was_put_back_comes_next_and_once() {
    for order in [
        Default::default(),
        crawl_playground::engine::crawl::rules::Order::DepthFirst,
    ] {
        let (mut frontier, home) = started(Rules {
            order,
            max_pages: 4,
            ..Rules::default()
        });
        let pages = ["/a", "/b", "/c"].map(|page| new(&mut frontier, home, page));
        assert_eq!(frontier.next(|_| true), Some(pages[0]));
        assert_eq!(frontier.next(|_| true), Some(pages[1]));
        frontier.put_back(pages[1]);
        frontier.put_back(pages[1]);
        frontier.put_back(home);
        assert_eq!(
            (frontier.counts().started, frontier.counts().waiting),
            (1, 3)
        );
        let rest: Vec<_> = std::iter::from_fn(|| frontier.next(|_| true)).collect();
        assert_eq!(rest, [home, pages[1], pages[2]]);
        assert_counts_add_up(frontier.counts());
    }
}

#[test]
fn what_is_over_stays_as_it_is() {
    let (mut frontier, home) = started(Rules::default());
    let waiting = new(&mut frontier, home, "/a");
    frontier.done(waiting);
    assert_eq!(
        frontier.status(waiting),
        Status::Waiting,
        "it was not started"
    );
    frontier.refuse(waiting, Reason::OffNetwork);
    frontier.refuse(waiting, Reason::Robots);
    frontier.put_back(waiting);
    frontier.done(waiting);
    assert_eq!(
        frontier.status(waiting),
        Status::Skipped(Reason::OffNetwork)
    );
    frontier.done(home);
    frontier.refuse(home, Reason::Robots);
    assert_eq!(frontier.status(home), Status::Done);
    assert_eq!(frontier.counts().started, 1);
    assert_counts_add_up(frontier.counts());
}

#[test]
fn rules_that_make_no_sense_fetch_nothing() {
    let seed = url("https://example.org/");
    for rules in [
        Rules {
            max_pages: 0,
            ..Rules::default()
        },
        Rules {
            per_host_pages: Some(0),
            ..Rules::default()
        },
        Rules {
            max_url_bytes: 0,
            ..Rules::default()
        },
    ] {
        let mut frontier = Frontier::new(rules);
        frontier.offer(Found::seed(&seed));
        assert_eq!(frontier.next(|_| true), None);
        assert!(frontier.is_spent());
    }
    let mut frontier = Frontier::new(Rules {
        max_url_bytes: u16::MAX,
        ..Rules::default()
    });
    let long = format!("{seed}{}", "a".repeat(100_000));
    frontier.offer(Found::seed(&url(&long)));
    assert_eq!(reasons(&frontier), [(Reason::TooLong, 1)]);
}
