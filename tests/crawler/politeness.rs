//! What a crawl does for its hosts: robots.txt, delays, limits.

use std::rc::Rc;
use std::time::Duration;

use crawl_playground::engine::crawl::facts::Inline;
use crawl_playground::engine::crawl::robots::MAX_BYTES;
use crawl_playground::engine::crawl::rules::Rules;
use crawl_playground::engine::crawl::scope::Scope;
use crawl_playground::engine::crawl::skip::Reason;
use crawl_playground::engine::crawler::{Crawl, Unreadable};
use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::source::{Source, Target};
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::crawl::RobotsFound;
use crawl_playground::lab::site::pages;
use crawl_playground::results::Results;
use crawl_playground::sim::Sim;
use url::Url;

use super::lab::{check, limits, ms, rows};
use super::net::{Site, serve};
use super::world::{Crawled, crawl, whole};

const AGENT_RULES: &str = "User-agent: crawl-playground\nDisallow: /private\nCrawl-delay: 2\n";

fn plan(address: &str) -> Crawl {
    Crawl::from_seed(Target {
        url: Url::parse(address).unwrap(),
        written: address.to_owned(),
    })
}

fn go(site: &Site, plan: Crawl, limits: Limits) -> Crawled {
    let sim = Sim::new();
    let ports = sim
        .ports(Rc::new(serve(&sim, site)))
        .reading(Rc::new(Inline));
    let run = Run::new(ports, limits);
    sim.block_on(run.go(Strategy::Semaphore, Source::Course(Rc::new(plan))))
        .unwrap();
    check(&run);
    let mut results = Results::default();
    results.advance(&run.trace());
    Crawled { run, results }
}

#[test]
fn what_robots_txt_forbids_is_never_asked_for() {
    let crawled = crawl(whole("polite"), limits(6));
    let forbidden = {
        let pages = pages("polite", |_| true).unwrap();
        &pages.all - &pages.allowed
    };
    assert_eq!(forbidden.len(), 6);
    let skipped = crawled.skipped(Reason::Robots);
    let root = "http://lab.test/lab/site/polite/";
    // What only forbidden pages lead to is not even known.
    assert!(!skipped.is_empty());
    for address in &skipped {
        assert!(
            forbidden.contains(address.strip_prefix(root).unwrap()),
            "{address}"
        );
    }
    assert!(crawled.pages("polite").is_disjoint(&forbidden));
}

#[test]
fn a_host_that_asks_for_a_break_gets_it_also_where_nothing_is_tried_again() {
    for status in [429, 503] {
        let site = Site::new()
            .page("/", &["/a", "/b", "http://b.test/c"])
            .asks_for_break("/a", status, "5")
            .page("/b", &[])
            .page("http://b.test/c", &[]);
        let mut anywhere = plan("http://a.test/");
        anywhere.rules.scope = Scope::Any;
        let crawled = go(&site, anywhere, limits(1));
        let asked = site.asked();
        let asked: Vec<_> = asked.iter().map(|(at, url)| (*at, url.as_str())).collect();
        assert_eq!(
            asked,
            [
                (0, "http://a.test/robots.txt"),
                (100, "http://a.test/"),
                (200, "http://a.test/a"),
                // Its break begins at 300 ms. Another host is not held by it.
                (300, "http://b.test/robots.txt"),
                (400, "http://b.test/c"),
                (5_300, "http://a.test/b"),
            ]
        );
        // Nobody gave up, for nothing was to be tried again.
        let rows = rows(&crawled.run);
        assert!(rows.rows().iter().all(|row| row.gave_up().is_none()));
    }
}

#[test]
fn a_host_that_refuses_page_after_page_gets_a_longer_break_each_time() {
    const LATENCY_MS: u64 = 100;
    let mut longest_ms = [0; 4];
    for seed in 1..=40 {
        let paths = ["/a", "/b", "/c", "/d", "/e"];
        let site = paths.iter().fold(
            Site::new().page("/", &[paths.as_slice(), &["/last"]].concat()),
            |site, path| site.fails(path, 429),
        );
        // Between two refusals of these it answers, and what it is asked after it begins anew.
        let site = site.page("/d", &[]).page("/last", &[]);
        let mut limits = limits(1);
        limits.seed = seed;
        limits.retry.backoff.base = ms(1_000);
        go(&site, plan("http://a.test/"), limits);
        let asked: Vec<_> = site.asked().iter().map(|(at, _)| *at).collect();
        // robots.txt, the seed, then a to e and the last one.
        assert_eq!(asked.len(), 8, "{asked:?}");
        let breaks = [(2, 3), (3, 4), (4, 5), (6, 7)];
        for (longest_ms, (refused, next)) in longest_ms.iter_mut().zip(breaks) {
            *longest_ms = (*longest_ms).max(asked[next] - asked[refused] - LATENCY_MS);
        }
        assert_eq!(asked[6] - asked[5], LATENCY_MS, "no break after an answer");
    }
    // A draw is even from nothing to what doubles: of forty the longest is near it.
    for (longest_ms, most_ms) in longest_ms.into_iter().zip([1_000, 2_000, 4_000, 1_000]) {
        assert!(longest_ms <= most_ms, "{longest_ms} ms of {most_ms}");
        assert!(longest_ms > most_ms / 2, "{longest_ms} ms of {most_ms}");
    }
}

#[test]
fn robots_txt_is_asked_first_and_once_and_its_delay_is_kept() {
    let site = Site::new()
        .text("/robots.txt", AGENT_RULES)
        .page("/", &["/a", "/b", "/private/c"])
        .page("/a", &[])
        .page("/b", &[]);
    let crawled = go(&site, plan("http://a.test/"), limits(4));
    assert_eq!(
        site.asked(),
        [
            (0, "http://a.test/robots.txt".into()),
            (2_000, "http://a.test/".into()),
            (4_000, "http://a.test/a".into()),
            (6_000, "http://a.test/b".into()),
        ]
    );
    assert_eq!(crawled.skipped(Reason::Robots).len(), 1);
    let robots = crawled.results.robots()[0];
    assert_eq!(
        (robots.found, robots.crawl_delay_ms),
        (RobotsFound::Read, Some(2_000))
    );
}

#[test]
fn no_more_than_half_a_minute_is_kept_between_two_requests() {
    let site = Site::new()
        .text("/robots.txt", "User-agent: *\nCrawl-delay: 3600\n")
        .page("/", &["/a"])
        .page("/a", &[]);
    go(&site, plan("http://a.test/"), limits(4));
    let at: Vec<u64> = site.asked().into_iter().map(|(at, _)| at).collect();
    assert_eq!(at, [0, 30_000, 60_000]);
}

#[test]
fn a_robots_txt_that_is_not_there_allows_all() {
    let site = Site::new().page("/", &["/a"]).page("/a", &[]);
    let crawled = go(&site, plan("http://a.test/"), limits(4));
    assert_eq!(crawled.results.robots()[0].found, RobotsFound::None);
    assert_eq!(crawled.results.pages().len(), 2);
}

#[test]
fn of_one_that_is_too_long_half_a_rule_is_none() {
    // What is read of the file ends in the middle of the last rule, and all that is kept of it a few bytes behind.
    let rules = "User-agent: *\nDisallow: /closed\n";
    let last = "Disallow: /private\n";
    let comment = "#".repeat(MAX_BYTES - rules.len() - "\nDisallow: /".len());
    let site = Site::new()
        .text("/robots.txt", &format!("{rules}{comment}\n{last}"))
        .page("/", &["/closed", "/open"])
        .page("/open", &[]);
    let crawled = go(&site, plan("http://a.test/"), limits(2));
    assert_eq!(
        site.order(),
        [
            "http://a.test/robots.txt",
            "http://a.test/",
            "http://a.test/open"
        ]
    );
    assert_eq!(crawled.skipped(Reason::Robots).len(), 1);
}

#[test]
fn sitemaps_that_it_names_are_looked_into_if_that_is_set() {
    const SITEMAP: &str = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>http://a.test/mapped</loc></url></urlset>";
    for uses_sitemaps in [true, false] {
        let site = Site::new()
            .text("/robots.txt", "Sitemap: http://a.test/map.xml")
            .page("/", &[])
            .body("/map.xml", "application/xml", SITEMAP)
            .page("/mapped", &[]);
        let plan = Crawl {
            uses_sitemaps,
            ..plan("http://a.test/")
        };
        go(&site, plan, limits(2));
        let asked = site.order();
        assert_eq!(
            asked.contains(&"http://a.test/mapped".to_owned()),
            uses_sitemaps,
            "{asked:?}"
        );
    }
}

#[test]
fn one_that_cannot_be_read_is_a_matter_of_policy() {
    for (status, unreadable, found, count) in [
        (500, Unreadable::SkipHost, RobotsFound::UnreadableSkipped, 0),
        (
            500,
            Unreadable::AssumeAllowed,
            RobotsFound::UnreadableAllowed,
            2,
        ),
        (429, Unreadable::SkipHost, RobotsFound::UnreadableSkipped, 0),
        (0, Unreadable::SkipHost, RobotsFound::UnreadableSkipped, 0), // no answer at all
        (403, Unreadable::SkipHost, RobotsFound::None, 2),
    ] {
        let site = Site::new()
            .fails("/robots.txt", status)
            .page("/", &["/a"])
            .page("/a", &[]);
        let plan = Crawl {
            unreadable,
            ..plan("http://a.test/")
        };
        let crawled = go(&site, plan, limits(4));
        assert_eq!(crawled.results.robots()[0].found, found, "{status}");
        assert_eq!(crawled.results.pages().len(), count, "{status}");
        let skipped = crawled.skipped(Reason::RobotsUnreadable);
        assert_eq!(skipped.len(), usize::from(count == 0), "{status}");
    }
}

#[test]
fn each_host_has_its_own_rules_its_own_clock_and_its_own_limit() {
    let site = Site::new()
        .text("http://a.test/robots.txt", AGENT_RULES)
        .page("http://a.test/", &["http://b.test/", "/a", "/private/"])
        .page("http://a.test/a", &[])
        .page("http://b.test/", &["/private/", "/c", "/d"])
        .page("http://b.test/private/", &[])
        .page("http://b.test/c", &[])
        .page("http://b.test/d", &[]);
    let plan = Crawl {
        rules: Rules {
            scope: Scope::Any,
            ..Rules::default()
        },
        ..plan("http://a.test/")
    };
    let limits = Limits {
        per_host: Some(1),
        ..limits(8)
    };
    let crawled = go(&site, plan, limits);
    assert_eq!(site.peak_at("a.test"), 1);
    assert_eq!(site.peak_at("b.test"), 1);
    let at_b: Vec<u64> = site
        .asked()
        .into_iter()
        .filter(|(_, address)| address.contains("b.test"))
        .map(|(at, _)| at)
        .collect();
    // As soon as the page of the other host has named it, and one right after another.
    assert_eq!(at_b, [2_100, 2_200, 2_300, 2_400, 2_500]);
    assert_eq!(crawled.skipped(Reason::Robots).len(), 1);
}

#[test]
fn pages_go_out_no_closer_than_the_host_delay() {
    let limits = Limits {
        host_delay: ms(500),
        ..limits(8)
    };
    let site = Site::new()
        .page("/", &["/a", "/b", "/c"])
        .page("/a", &[])
        .page("/b", &[])
        .page("/c", &[]);
    go(&site, plan("http://a.test/"), limits);
    let at: Vec<u64> = site.asked().into_iter().map(|(at, _)| at).collect();
    assert_eq!(at, [0, 500, 1_000, 1_500, 2_000]);
    let gap = Duration::from_millis(500);
    assert!(
        at.windows(2)
            .all(|pair| Duration::from_millis(pair[1] - pair[0]) >= gap)
    );
}
