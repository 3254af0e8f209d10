//! Addresses that are offered: which are new, which are known, and why others are skipped.

use crawl_playground::engine::crawl::frontier::{Counts, Found, Frontier, Offered, Status, UrlId};
use crawl_playground::engine::crawl::pattern::Pattern;
use crawl_playground::engine::crawl::rules::Rules;
use crawl_playground::engine::crawl::scope::Scope;
use crawl_playground::engine::crawl::skip::Reason;
use crawl_playground::engine::crawl::trap::Trap;

use super::url;

pub(super) const HOME: &str = "https://example.org/";

/// A frontier whose seed was started.
pub(super) fn started(rules: Rules) -> (Frontier, UrlId) {
    let mut frontier = Frontier::new(rules);
    frontier.offer(Found::seed(&url(HOME)));
    let home = frontier.next(|_| true).unwrap();
    (frontier, home)
}

/// A link, resolved against the seed.
pub(super) fn link(frontier: &mut Frontier, page: UrlId, link: &str) -> Offered {
    frontier.offer(Found::link(&url(HOME).join(link).unwrap(), page))
}

/// A link that is new.
pub(super) fn new(frontier: &mut Frontier, page: UrlId, address: &str) -> UrlId {
    match link(frontier, page, address) {
        Offered::New(id) => id,
        Offered::Known(_) => panic!("{address} was known"),
        Offered::Skipped(reason) => panic!("{address} was skipped: {reason}"),
    }
}

pub(super) fn skipped(frontier: &mut Frontier, page: UrlId, address: &str) -> Reason {
    match link(frontier, page, address) {
        Offered::Known(_) => Reason::Duplicate,
        Offered::Skipped(reason) => reason,
        Offered::New(_) => panic!("{address} should have been skipped"),
    }
}

/// What must hold at any time.
pub(super) fn assert_counts_add_up(counts: &Counts) {
    let by_state = counts.waiting + counts.in_flight + counts.done + counts.aliases;
    assert_eq!(
        counts.known,
        by_state + counts.known_skipped(),
        "{counts:?}"
    );
}

#[test]
fn a_link_is_new_once_whatever_it_is_written_like() {
    let (mut frontier, home) = started(Rules::default());
    let about = new(&mut frontier, home, "/about%7E");
    for again in [
        "/about~",
        "/about~#team",
        "https://EXAMPLE.org:443/x/../about%7e",
        "./about~",
    ] {
        assert_eq!(skipped(&mut frontier, home, again), Reason::Duplicate);
        assert_eq!(frontier.find(&url(HOME).join(again).unwrap()), Some(about));
    }
    assert_eq!(skipped(&mut frontier, home, "#top"), Reason::Duplicate);
    assert_eq!(
        (frontier.duplicates(about), frontier.duplicates(home)),
        (4, 1)
    );
    let counts = frontier.counts();
    assert_eq!(
        (
            counts.known,
            counts.waiting,
            counts.skipped(Reason::Duplicate)
        ),
        (2, 1, 5)
    );
    assert_eq!(
        frontier.skipped().count(),
        0,
        "duplicates are not stored one by one"
    );
    assert_eq!(frontier.url(about), Some(url("https://example.org/about~")));
    assert_eq!(
        frontier.host_name(frontier.host(about)),
        "https://example.org"
    );
}

#[test]
fn each_rule_gives_its_reason() {
    let patterns = |written: &[&str]| {
        written
            .iter()
            .map(|one| Pattern::new(one).unwrap())
            .collect()
    };
    let (mut frontier, home) = started(Rules {
        include: patterns(&["/*", "https://other.test/*"]),
        exclude: patterns(&["/private/*", "*?print"]),
        max_url_bytes: 100,
        ..Rules::default()
    });
    for (address, reason) in [
        ("mailto:someone@example.org", Reason::NotHttp),
        ("javascript:alert(1)", Reason::NotHttp),
        ("ftp://example.org/", Reason::NotHttp),
        ("https://user@example.org/", Reason::Credentials),
        ("https://user:word@example.org/", Reason::Credentials),
        (&format!("/{}", "a".repeat(100)), Reason::TooLong),
        ("https://www.example.org/", Reason::OutOfScope),
        ("https://example.com/", Reason::OutOfScope),
        ("/private/diary", Reason::Excluded),
        ("/page?print", Reason::Excluded),
        ("/logo.png", Reason::Extension),
        ("/a/a/a/a", Reason::Trap(Trap::RepeatedSegment)),
        (
            "/1/2/3/4/5/6/7/8/9/0/1/2/3",
            Reason::Trap(Trap::TooManySegments),
        ),
    ] {
        assert_eq!(skipped(&mut frontier, home, address), reason, "{address}");
        assert_eq!(
            frontier.counts().skipped(reason),
            frontier
                .skipped()
                .filter(|one| one.reason == reason)
                .count()
        );
        let last = frontier.skipped().last().unwrap();
        assert_eq!((last.reason, last.parent), (reason, Some(home)));
        assert_eq!(frontier.status(last.id), Status::Skipped(reason));
        assert_counts_add_up(frontier.counts());
    }
    new(&mut frontier, home, "http://example.org:8080/");
    new(&mut frontier, home, "/private");
}

#[test]
fn what_no_pattern_takes_is_skipped() {
    let include = vec![
        Pattern::new("/blog/*").unwrap(),
        Pattern::new("*lang=en*").unwrap(),
    ];
    let (mut frontier, home) = started(Rules {
        include,
        ..Rules::default()
    });
    new(&mut frontier, home, "/blog/one");
    new(&mut frontier, home, "/other?lang=en");
    assert_eq!(skipped(&mut frontier, home, "/other"), Reason::NotIncluded);
}

#[test]
fn a_seed_is_fetched_whatever_the_rules_say_of_links() {
    let mut frontier = Frontier::new(Rules {
        exclude: vec![Pattern::new("*").unwrap()],
        scope: Scope::Hosts(Vec::new()),
        max_depth: 0,
        ..Rules::default()
    });
    let offered = frontier.offer(Found::seed(&url("https://example.org/a/a/a/a/a.png")));
    assert!(matches!(offered, Offered::New(_)));
    for (seed, reason) in [
        ("data:,x", Reason::NotHttp),
        ("https://me@example.org", Reason::Credentials),
    ] {
        assert_eq!(
            frontier.offer(Found::seed(&url(seed))),
            Offered::Skipped(reason)
        );
    }
    let first = frontier.next(|_| true).unwrap();
    // A link that was skipped is a seed if somebody asks for it.
    assert_eq!(
        skipped(&mut frontier, first, "https://example.com/"),
        Reason::OutOfScope
    );
    let second = frontier.offer(Found::seed(&url("https://example.com/")));
    assert!(
        matches!(second, Offered::New(id) if frontier.depth(id) == 0 && frontier.parent(id).is_none())
    );
    assert_eq!(frontier.counts().skipped(Reason::OutOfScope), 0);
    assert_counts_add_up(frontier.counts());
}

#[test]
fn depth_is_counted_from_the_seed_and_bounded() {
    let (mut frontier, home) = started(Rules::default());
    let one = new(&mut frontier, home, "/1");
    let two = new(&mut frontier, one, "/2");
    assert_eq!(skipped(&mut frontier, two, "/3"), Reason::TooDeep);
    assert_eq!([home, one, two].map(|id| frontier.depth(id)), [0, 1, 2]);
    assert_eq!(
        [home, one, two].map(|id| frontier.parent(id)),
        [None, Some(home), Some(one)]
    );
    // From there on a shorter way leads to it.
    let three = new(&mut frontier, one, "/3");
    assert_eq!(
        (frontier.depth(three), frontier.parent(three)),
        (2, Some(one))
    );
    assert_eq!(frontier.counts().skipped(Reason::TooDeep), 0);
    // And what waits takes the shortest way known.
    assert_eq!(skipped(&mut frontier, home, "/2"), Reason::Duplicate);
    assert_eq!((frontier.depth(two), frontier.parent(two)), (1, Some(home)));
    assert_counts_add_up(frontier.counts());
}

#[test]
fn nofollow_counts_if_it_is_to_and_one_other_link_is_enough() {
    let page = url("https://example.org/page");
    for is_nofollow_respected in [false, true] {
        let (mut frontier, home) = started(Rules {
            is_nofollow_respected,
            ..Rules::default()
        });
        let marked = Found {
            is_nofollow: true,
            ..Found::link(&page, home)
        };
        let offered = frontier.offer(marked);
        if is_nofollow_respected {
            assert_eq!(offered, Offered::Skipped(Reason::NoFollow));
            assert!(matches!(frontier.offer(marked), Offered::Known(_)));
            new(&mut frontier, home, "/page");
            assert_eq!(frontier.counts().known_skipped(), 0);
        } else {
            assert!(matches!(offered, Offered::New(_)));
        }
        assert_counts_add_up(frontier.counts());
    }
}

#[test]
fn a_part_of_a_page_is_none_unless_it_is_wanted_or_linked_as_one() {
    let part = url("https://example.org/render?id=3");
    for takes_assets in [false, true] {
        let (mut frontier, home) = started(Rules {
            takes_assets,
            ..Rules::default()
        });
        let named = Found {
            is_asset: true,
            ..Found::link(&part, home)
        };
        let offered = frontier.offer(named);
        if takes_assets {
            assert!(matches!(offered, Offered::New(_)));
        } else {
            assert_eq!(offered, Offered::Skipped(Reason::Asset));
            assert!(matches!(frontier.offer(named), Offered::Known(_)));
            new(&mut frontier, home, "/render?id=3");
            assert_eq!(frontier.counts().known_skipped(), 0);
        }
        assert_counts_add_up(frontier.counts());
    }
}

#[test]
fn an_address_that_is_too_long_is_kept_cut_and_known_by_its_beginning() {
    let (mut frontier, home) = started(Rules::default());
    let long = format!("/{}", "a".repeat(5_000));
    assert_eq!(skipped(&mut frontier, home, &long), Reason::TooLong);
    assert_eq!(
        skipped(&mut frontier, home, &format!("{long}b")),
        Reason::Duplicate
    );
    let only = frontier.skipped().next().unwrap();
    assert_eq!(
        (only.address.len(), only.address.ends_with("a…")),
        (2_083 + "…".len(), true)
    );
    assert_eq!(frontier.url(only.id).map(|url| url.path().len()), None);
    // One that is as long as may be is another.
    let fits = format!("/{}", "a".repeat(2_083 - HOME.len()));
    let id = new(&mut frontier, home, &fits);
    assert_eq!(frontier.address(id).len(), 2_083);
}

#[test]
fn queries_of_one_path_are_counted() {
    let (mut frontier, home) = started(Rules::default());
    for day in 0..50 {
        new(&mut frontier, home, &format!("/calendar?day={day}"));
    }
    assert_eq!(
        skipped(&mut frontier, home, "/calendar?day=0"),
        Reason::Duplicate
    );
    assert_eq!(
        skipped(&mut frontier, home, "/calendar?day=50"),
        Reason::Trap(Trap::TooManyQueries)
    );
    new(&mut frontier, home, "/calendar");
    new(&mut frontier, home, "/calendar/?day=50");
    new(&mut frontier, home, "http://example.org/calendar?day=50");
}
