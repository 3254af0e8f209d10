//! The course of a crawl: its order, its limits, its pauses, its redirects.

use std::collections::BTreeSet;
use std::rc::Rc;

use crawl_playground::engine::crawl::facts::Inline;
use crawl_playground::engine::crawl::rules::{Order, Rules};
use crawl_playground::engine::crawl::skip::Reason;
use crawl_playground::engine::crawl::trap::Trap;
use crawl_playground::engine::crawler::Crawl;
use crawl_playground::engine::limits::{Limits, OnFailure};
use crawl_playground::engine::outcome::Outcome;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::source::{Source, Target};
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::Ending;
use crawl_playground::results::Results;
use crawl_playground::sim::Sim;
use futures::future::join;
use url::Url;

use super::lab::{check, limits, ms, outcomes, rows};
use super::net::{Site, serve};
use super::world::{Crawled, crawl, crawl_with, outlined, whole};

fn site() -> Site {
    Site::new()
        .page("/", &["/a", "/b"])
        .page("/a", &["/a1", "/a2"])
        .page("/b", &["/b1", "/a1"])
        .page("/a1", &[])
        .page("/a2", &["/"])
        .page("/b1", &[])
}

fn plan() -> Crawl {
    let url = Url::parse("http://a.test/").unwrap();
    let written = String::new();
    Crawl {
        rules: Rules {
            max_depth: 9,
            ..Rules::default()
        },
        ..Crawl::from_seed(Target { url, written })
    }
}

fn paths(site: &Site) -> Vec<String> {
    let path = |address: String| Url::parse(&address).unwrap().path().to_owned();
    site.order().into_iter().map(path).collect()
}

fn go(site: &Site, plan: Crawl, limits: Limits, strategy: Strategy) -> Crawled {
    let sim = Sim::new();
    let ports = sim
        .ports(Rc::new(serve(&sim, site)))
        .reading(Rc::new(Inline));
    let run = Run::new(ports, limits);
    sim.block_on(run.go(strategy, Source::Course(Rc::new(plan))))
        .unwrap();
    check(&run);
    let mut results = Results::default();
    results.advance(&run.trace());
    Crawled { run, results }
}

#[test]
fn breadth_first_takes_the_nearest_and_depth_first_follows_each_way_to_its_end() {
    let first = site();
    go(&first, plan(), limits(1), Strategy::Semaphore);
    assert_eq!(
        paths(&first),
        ["/robots.txt", "/", "/a", "/b", "/a1", "/a2", "/b1"]
    );
    let deep = site();
    let mut plan = plan();
    plan.rules.order = Order::DepthFirst;
    go(&deep, plan, limits(1), Strategy::Semaphore);
    assert_eq!(
        paths(&deep),
        ["/robots.txt", "/", "/a", "/a1", "/a2", "/b", "/b1"]
    );
}

#[test]
fn one_at_a_time_is_the_sequential_strategy_whatever_the_limit() {
    let site = site();
    go(&site, plan(), limits(6), Strategy::Sequential);
    assert_eq!(site.peak(), 1);
    assert_eq!(site.order().len(), 7);
}

#[test]
fn as_many_go_at_once_as_permits_are_lent() {
    let site = site();
    let crawled = go(&site, plan(), limits(2), Strategy::Semaphore);
    assert_eq!(site.peak(), 2);
    // robots, then the root, then two by two.
    let at: Vec<u64> = site.asked().into_iter().map(|(at, _)| at).collect();
    assert_eq!(at, [0, 100, 200, 200, 300, 300, 400]);
    assert_eq!(crawled.run.permits().in_use(), 0);
}

#[test]
fn depth_and_pages_are_limits_and_what_lies_beyond_says_so() {
    let near = site();
    let mut shallow = plan();
    shallow.rules.max_depth = 1;
    let crawled = go(&near, shallow, limits(3), Strategy::Semaphore);
    assert_eq!(paths(&near), ["/robots.txt", "/", "/a", "/b"]);
    assert_eq!(crawled.skipped(Reason::TooDeep).len(), 3);
    let few = site();
    let mut short = plan();
    short.rules.max_pages = 3;
    let crawled = go(&few, short, limits(3), Strategy::Semaphore);
    assert_eq!(paths(&few).len(), 4);
    assert_eq!(crawled.skipped(Reason::Limit).len(), 3);
    assert_eq!(crawled.results.count(Reason::Duplicate), 1);
}

#[test]
fn a_trap_ends_at_its_limit_and_its_guards_say_what_they_stopped() {
    let crawled = outlined(whole("trap"), limits(8));
    let reasons: BTreeSet<Reason> = crawled
        .results
        .skipped()
        .iter()
        .map(|row| row.reason)
        .collect();
    for trap in [Trap::RepeatedSegment, Trap::TooManyQueries] {
        assert!(
            reasons.contains(&Reason::Trap(trap)),
            "{trap:?} of {reasons:?}"
        );
    }
    let mut few = whole("trap");
    few.rules.max_pages = 40;
    assert_eq!(outlined(few, limits(8)).results.pages().len(), 40);
}

#[test]
fn who_is_paused_and_goes_on_loses_nothing_and_repeats_nothing() {
    let all = crawl(whole("small"), limits(3));
    for pause_at in [10, 130, 260, 500] {
        let sim = Sim::new();
        let run = Run::new(sim.lab().reading(Rc::new(Inline)), limits(3));
        let go = run.go(Strategy::Semaphore, Source::Course(Rc::new(whole("small"))));
        let pause = async {
            sim.sleep(ms(pause_at)).await;
            run.set_paused(true);
            sim.sleep(ms(60_000)).await;
            run.set_paused(false);
        };
        sim.block_on(join(go, pause)).unwrap();
        check(&run);
        let mut results = Results::default();
        results.advance(&run.trace());
        let paused = Crawled { run, results };
        assert_eq!(paused.pages("small"), all.pages("small"));
        assert_eq!(paused.order("small").len(), 25);
    }
}

#[test]
fn a_redirect_is_judged_by_where_it_leads() {
    let site = Site::new()
        .page("/", &["/out", "/moved", "/twice", "/new"])
        .page("/new", &["/after"])
        .page("/after", &[])
        .page("http://b.test/", &["/never"])
        .redirects("/out", "http://b.test/")
        .redirects("/moved", "/elsewhere")
        .redirects("/twice", "/new");
    let crawled = go(&site, plan(), limits(1), Strategy::Semaphore);
    assert_eq!(
        crawled.skipped(Reason::OutOfScope),
        BTreeSet::from(["http://a.test/out".to_owned()])
    );
    let asked = paths(&site);
    assert!(asked.contains(&"/after".to_owned()));
    assert!(!asked.contains(&"/never".to_owned()));
    // What /twice led to waited for its own turn, and needs none any more.
    assert!(!asked.contains(&"/new".to_owned()));
}

#[test]
fn what_a_redirect_leads_to_is_not_used_where_robots_txt_forbids_it() {
    let site = Site::new()
        .text("/robots.txt", "User-agent: *\nDisallow: /private")
        .page("/", &["/go", "/open"])
        .page("/open", &[])
        .page("/private/diary", &["/secret"])
        .redirects("/go", "/private/diary");
    let crawled = go(&site, plan(), limits(1), Strategy::Semaphore);
    assert_eq!(
        crawled.skipped(Reason::Robots),
        BTreeSet::from(["http://a.test/go".to_owned()])
    );
    assert_eq!(paths(&site), ["/robots.txt", "/", "/go", "/open"]);
    assert_eq!(crawled.run.trace().crawl().found_count(), 3);
}

#[test]
fn a_first_failure_stops_a_crawl_that_is_set_so_and_a_missing_robots_txt_is_none() {
    let broken = || {
        Site::new()
            .page("/", &["/a", "/broken", "/b"])
            .page("/a", &[])
            .page("/b", &["/c"])
            .fails("/broken", 500)
    };
    let stops = Limits {
        on_failure: OnFailure::StopAtFirst,
        ..limits(1)
    };
    let site = broken();
    let crawled = go(&site, plan(), stops, Strategy::Semaphore);
    assert_eq!(rows(&crawled.run).finished(), Some(Ending::FirstFailure));
    assert_eq!(paths(&site), ["/robots.txt", "/", "/a", "/broken"]);
    let site = broken();
    let crawled = go(&site, plan(), limits(1), Strategy::Semaphore);
    assert_eq!(rows(&crawled.run).finished(), Some(Ending::Done));
    assert!(outcomes(&crawled.run).contains(&Outcome::HttpError(500)));
    assert_eq!(paths(&site).len(), 6); // `/c` is missing, and was asked for
}

#[test]
fn json_sitemaps_and_broken_pages_are_read_like_any_other() {
    let site = Site::new()
        .page("/", &["/api", "/map.xml", "/deep", "/image"])
        .body("/api", "application/json", r#"{"name": "List", "all": ["http://a.test/one", "x"]}"#)
        .body(
            "/map.xml",
            "application/xml",
            "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>http://a.test/two</loc></url></urlset>",
        )
        .body("/deep", "text/html", &format!("{}<a href=/three>", "<div>".repeat(50_000)))
        .body("/image", "image/png", "<a href=/four>");
    go(&site, plan(), limits(2), Strategy::Semaphore);
    let asked: BTreeSet<String> = paths(&site).into_iter().collect();
    for found in ["/one", "/two", "/three"] {
        assert!(asked.contains(found), "{found}");
    }
    assert!(!asked.contains("/four"));
}

#[test]
fn the_same_crawl_makes_the_same_trace_twice() {
    let once = crawl(whole("mixed"), limits(5));
    let again = crawl(whole("mixed"), limits(5));
    assert_eq!(once.run.trace().events(), again.run.trace().events());
}

#[test]
fn dropping_a_crawl_ends_every_page_that_was_begun() {
    let sim = Sim::new();
    let run = Run::new(sim.lab().reading(Rc::new(Inline)), limits(4));
    let go = run.go(Strategy::Semaphore, Source::Course(Rc::new(whole("wide"))));
    sim.run_until(super::lab::at_ms(700), Box::pin(go));
    check(&run);
    assert_eq!(run.permits().in_use(), 0);
    assert!(outcomes(&run).contains(&Outcome::Cancelled));
    // What was known has a reason, too: 201 pages, of which some were begun.
    let mut results = Results::default();
    results.advance(&run.trace());
    let stopped = results.count(Reason::Stopped) as usize;
    assert_eq!(results.pages().len() + stopped, 201);
}

#[test]
fn a_reader_that_reads_nothing_leaves_a_crawl_with_its_seed() {
    let nobody = Rc::new(crawl_playground::engine::ports::NoReader);
    let crawled = crawl_with(nobody, whole("small"), limits(2), Strategy::Semaphore);
    assert_eq!(crawled.results.pages().len(), 1);
    let (rows, trace) = (rows(&crawled.run), crawled.run.trace());
    let page = crawled.results.page(0, &rows, &trace).unwrap();
    assert!(page.record.unwrap().problem.is_some());
}

#[test]
fn a_page_pauses_once_with_its_permit_in_hand_or_without() {
    for (keep_permit, sent_ms) in [(false, [0, 100, 200, 300]), (true, [0, 100, 400, 700])] {
        let site = Site::new()
            .page("/", &["/a", "/b"])
            .page("/a", &[])
            .page("/b", &[]);
        let limits = Limits {
            delay: ms(200),
            keep_permit,
            ..limits(1)
        };
        let crawled = go(&site, plan(), limits, Strategy::Semaphore);
        let at: Vec<u64> = site.asked().into_iter().map(|(at, _)| at).collect();
        assert_eq!(at, sent_ms);
        // The last page's 100 ms, and its pause.
        let end_ms = rows(&crawled.run).last_end().as_ms();
        assert_eq!(end_ms, (sent_ms[3] + 300) as f64);
    }
}
