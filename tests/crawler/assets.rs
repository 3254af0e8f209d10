//! What is no page: what pages are made of, and files that only their content type gives away.

use std::collections::BTreeSet;
use std::rc::Rc;

use crawl_playground::engine::crawl::facts::Inline;
use crawl_playground::engine::crawl::rules::Rules;
use crawl_playground::engine::crawl::skip::Reason;
use crawl_playground::engine::crawler::Crawl;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::source::{Source, Target};
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::results::Results;
use crawl_playground::sim::Sim;
use url::Url;

use super::lab::{check, limits, rows};
use super::net::{Site, serve};
use super::world::Crawled;

/// A page with all that can be part of one, none of which ends as a file, and two links to pages.
const MADE_OF: &str = r#"
    <link rel="stylesheet" href="/style?v=2">
    <link rel="shortcut icon" href="/icon">
    <link rel="preload" as="font" href="/font/7">
    <link rel="preconnect" href="http://a.test/cdn/">
    <link rel="next" href="/next">
    <img srcset="/img?id=1 1x, /img?id=2 2x" alt="">
    <picture><source srcset="/img?id=4"></picture>
    <iframe src="/frame"></iframe>
    <a href="/img?id=2">The second picture by itself</a>
"#;

fn site() -> Site {
    Site::new()
        .body("/", "text/html", MADE_OF)
        .page("/next", &[])
        .page("/frame", &[])
        .body("/img?id=2", "image/png", "\u{89}PNG <a href=/never>")
}

fn go(site: &Site, rules: Rules) -> Crawled {
    let sim = Sim::new();
    let ports = sim
        .ports(Rc::new(serve(&sim, site)))
        .reading(Rc::new(Inline));
    let run = Run::new(ports, limits(1));
    let written = "http://a.test/".to_owned();
    let plan = Crawl {
        rules,
        ..Crawl::from_seed(Target {
            url: Url::parse(&written).unwrap(),
            written,
        })
    };
    sim.block_on(run.go(Strategy::Semaphore, Source::Course(Rc::new(plan))))
        .unwrap();
    check(&run);
    let mut results = Results::default();
    results.advance(&run.trace());
    Crawled { run, results }
}

fn paths(site: &Site) -> Vec<String> {
    let path = |address: String| address.replace("http://a.test", "");
    site.order().into_iter().map(path).collect()
}

#[test]
fn what_a_page_is_made_of_is_not_asked_for() {
    let site = site();
    let crawled = go(&site, Rules::default());
    // What a frame shows is a page, and what has a link of its own is taken for one.
    assert_eq!(
        paths(&site),
        ["/robots.txt", "/", "/next", "/img?id=2", "/frame"]
    );
    let parts = [
        "/style?v=2",
        "/icon",
        "/font/7",
        "/cdn/",
        "/img?id=1",
        "/img?id=4",
    ];
    let parts = parts.map(|path| format!("http://a.test{path}"));
    assert_eq!(crawled.skipped(Reason::Asset), BTreeSet::from(parts));
}

#[test]
fn who_wants_files_too_gets_them_in_their_order() {
    let site = site();
    let rules = Rules {
        takes_assets: true,
        ..Rules::default()
    };
    let crawled = go(&site, rules);
    let asked = paths(&site);
    assert_eq!(asked[2..6], ["/style?v=2", "/icon", "/font/7", "/cdn/"]);
    assert_eq!(asked.len(), 11);
    assert_eq!(crawled.results.count(Reason::Asset), 0);
}

#[test]
fn what_turns_out_to_be_a_picture_counts_as_what_was_fetched_and_says_its_type() {
    let site = Site::new()
        .page("/", &["/img?id=3", "/a", "/b"])
        .body("/img?id=3", "image/png", "\u{89}PNG <a href=/never>")
        .page("/a", &[]);
    let rules = Rules {
        max_pages: 3,
        ..Rules::default()
    };
    let crawled = go(&site, rules);
    // A limit on pages is one on requests: nobody knows what comes before it was asked for.
    assert_eq!(paths(&site), ["/robots.txt", "/", "/img?id=3", "/a"]);
    let (rows, trace) = (rows(&crawled.run), crawled.run.trace());
    let picture = crawled.results.page(1, &rows, &trace).unwrap();
    assert_eq!(
        (picture.content_type(), picture.out_links()),
        ("image/png", 0)
    );
    assert_eq!(
        crawled.skipped(Reason::Limit),
        BTreeSet::from(["http://a.test/b".to_owned()])
    );
}
