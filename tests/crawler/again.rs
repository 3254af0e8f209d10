//! Links to what is known already: each is counted, and listed with the page that it stands on.

use std::rc::Rc;

use crawl_playground::engine::crawl::facts::{Inline, MAX_LINKS};
use crawl_playground::engine::crawl::skip::Reason;
use crawl_playground::engine::crawler::Crawl;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::source::{Source, Target};
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::crawl::MAX_AGAIN;
use crawl_playground::results::Results;
use crawl_playground::sim::Sim;
use url::Url;

use super::lab::limits;
use super::net::{Site, serve};

fn crawl(site: &Site) -> Run {
    let address = "http://a.test/";
    let sim = Sim::new();
    let ports = sim
        .ports(Rc::new(serve(&sim, site)))
        .reading(Rc::new(Inline));
    let run = Run::new(ports, limits(1));
    let mut plan = Crawl::from_seed(Target {
        url: Url::parse(address).unwrap(),
        written: address.to_owned(),
    });
    plan.rules.max_pages = 100;
    sim.block_on(run.go(Strategy::Semaphore, Source::Course(Rc::new(plan))))
        .unwrap();
    run
}

#[test]
fn each_is_listed_with_the_page_that_it_stands_on() {
    let site = Site::new()
        .page("/", &["/a", "/b", "/a#top"])
        .page("/a", &["/", "/a", "/b"])
        .page("/b", &["/c", "/picture.png", "/picture.png"])
        .page("/c", &[]);
    let run = crawl(&site);
    let trace = run.trace();
    let mut results = Results::default();
    let mut grown = Vec::new();
    // A replay shows those of the pages that were read by then.
    for place in 0..=trace.events().len() {
        results.advance_to(&trace, place);
        let listed: Vec<_> = results.again(&trace).collect();
        assert_eq!(listed.len(), results.again_count());
        assert_eq!(listed.len(), results.count(Reason::Duplicate) as usize);
        let first = results.skipped().len();
        let in_line: Vec<_> = (0..listed.len())
            .map(|place| results.left_out(first + place, &trace).unwrap())
            .collect();
        assert_eq!(in_line, listed);
        assert_eq!(results.left_out(first + listed.len(), &trace), None);
        if grown.last().is_none_or(|last| *last != listed.len()) {
            grown.push(listed.len());
        }
    }
    assert_eq!(grown, [0, 1, 4, 5]);
    let listed: Vec<_> = results
        .again(&trace)
        .map(|row| {
            assert_eq!(row.reason, Reason::Duplicate);
            let path = |address: &str| address.strip_prefix("http://a.test").unwrap().to_owned();
            let page = row.referrer(&trace).unwrap();
            (path(page), path(row.address(&trace)))
        })
        .collect();
    let listed: Vec<_> = listed
        .iter()
        .map(|(page, link)| (page.as_str(), link.as_str()))
        .collect();
    let expected = [
        ("/", "/a"),
        ("/a", "/"),
        ("/a", "/a"),
        ("/a", "/b"),
        // One that is known and not fetched is no new one either.
        ("/b", "/picture.png"),
    ];
    assert_eq!(listed, expected);
}

#[test]
fn beyond_what_can_be_listed_they_are_only_counted() {
    let pages = MAX_AGAIN / MAX_LINKS + 2;
    let paths: Vec<String> = (0..pages).map(|page| format!("/{page}")).collect();
    let home: Vec<&str> = paths.iter().map(String::as_str).collect();
    let links = vec!["/"; MAX_LINKS];
    let site = Site::new().page("/", &home);
    let site = paths
        .iter()
        .fold(site, |site, path| site.page(path, &links));
    let run = crawl(&site);
    let mut results = Results::default();
    results.advance(&run.trace());
    assert_eq!(results.again_count(), MAX_AGAIN);
    let counted = results.count(Reason::Duplicate) as usize;
    assert_eq!(counted, pages * MAX_LINKS);
    assert!(counted > MAX_AGAIN);
}
