//! A crawl that may go to any host: which of them it asks for their robots.txt, and which not any more.

use std::collections::BTreeSet;
use std::rc::Rc;

use crawl_playground::engine::crawl::facts::Inline;
use crawl_playground::engine::crawl::rules::Rules;
use crawl_playground::engine::crawl::scope::Scope;
use crawl_playground::engine::crawl::skip::Reason;
use crawl_playground::engine::crawler::{Crawl, SITES_A_PAGE, Unreadable};
use crawl_playground::engine::run::Run;
use crawl_playground::engine::source::{Source, Target};
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::results::Results;
use crawl_playground::sim::Sim;
use url::Url;

use super::lab::{check, limits};
use super::net::{Site, serve};
use super::world::Crawled;

const CLOSED: &str = "User-agent: *\nDisallow: /\n";

/// A crawl of at most so many pages, from a page that leads to whatever host.
fn go(site: &Site, max_pages: u32, concurrency: usize) -> Crawled {
    let sim = Sim::new();
    let ports = sim
        .ports(Rc::new(serve(&sim, site)))
        .reading(Rc::new(Inline));
    let run = Run::new(ports, limits(concurrency));
    let address = "http://a.test/";
    let plan = Crawl {
        rules: Rules {
            max_pages,
            scope: Scope::Any,
            ..Rules::default()
        },
        unreadable: Unreadable::SkipHost,
        ..Crawl::from_seed(Target {
            url: Url::parse(address).unwrap(),
            written: address.to_owned(),
        })
    };
    sim.block_on(run.go(Strategy::Semaphore, Source::Course(Rc::new(plan))))
        .unwrap();
    check(&run);
    let mut results = Results::default();
    results.advance(&run.trace());
    Crawled { run, results }
}

/// A page that leads to these hosts, each of which has a page, and no robots.txt.
fn open_hosts(names: &[&str]) -> Site {
    let addresses: Vec<String> = names.iter().map(|name| format!("http://{name}/")).collect();
    let links: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let seed = Site::new().page("/", &links);
    links.iter().fold(seed, |site, link| site.page(link, &[]))
}

fn asked(site: &Site) -> Vec<(u64, String)> {
    let short = |(at, address): (u64, String)| (at, address.replace("http://", ""));
    site.asked().into_iter().map(short).collect()
}

fn set<const N: usize>(addresses: [&str; N]) -> BTreeSet<String> {
    addresses.map(str::to_owned).into()
}

#[test]
fn a_host_whose_page_has_no_place_is_not_asked_for_its_robots_txt() {
    let site = open_hosts(&["b.test", "c.test", "d.test", "e.test"]);
    let crawled = go(&site, 3, 8);
    let expected = [
        (0, "a.test/robots.txt"),
        (100, "a.test/"),
        (200, "b.test/robots.txt"),
        (200, "c.test/robots.txt"),
        (300, "b.test/"),
        (300, "c.test/"),
    ];
    assert_eq!(asked(&site), expected.map(|(at, it)| (at, it.to_owned())));
    assert_eq!(
        crawled.skipped(Reason::Limit),
        set(["http://d.test/", "http://e.test/"])
    );
}

#[test]
fn a_page_that_its_host_forbids_gives_its_place_to_the_next_host() {
    let site = open_hosts(&["b.test", "c.test", "d.test", "e.test"])
        .text("http://b.test/robots.txt", CLOSED);
    let crawled = go(&site, 3, 8);
    let expected = [
        (0, "a.test/robots.txt"),
        (100, "a.test/"),
        (200, "b.test/robots.txt"),
        (200, "c.test/robots.txt"),
        (300, "d.test/robots.txt"),
        (300, "c.test/"),
        (400, "d.test/"),
    ];
    assert_eq!(asked(&site), expected.map(|(at, it)| (at, it.to_owned())));
    assert_eq!(crawled.skipped(Reason::Robots), set(["http://b.test/"]));
    assert_eq!(crawled.skipped(Reason::Limit), set(["http://e.test/"]));
}

#[test]
fn hosts_that_let_no_page_come_are_asked_only_as_long_as_there_are_few_of_them() {
    // As it is in a browser: most hosts let nobody read theirs.
    let names: Vec<String> = (1..=40).map(|host| format!("h{host}.test")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let site = names.iter().fold(open_hosts(&names), |site, name| {
        site.fails(&format!("http://{name}/robots.txt"), 0)
    });
    let crawled = go(&site, 2, 8);
    assert_eq!(SITES_A_PAGE, 2);
    // One after another, since there is place for one page besides the first.
    let expected = [
        (0, "a.test/robots.txt"),
        (100, "a.test/"),
        (200, "h1.test/robots.txt"),
        (300, "h2.test/robots.txt"),
        (400, "h3.test/robots.txt"),
    ];
    assert_eq!(asked(&site), expected.map(|(at, it)| (at, it.to_owned())));
    assert_eq!(crawled.skipped(Reason::RobotsUnreadable).len(), 3);
    let beyond = crawled.skipped(Reason::Limit);
    assert_eq!(beyond.len(), 37);
    assert!(beyond.contains("http://h4.test/") && beyond.contains("http://h40.test/"));
}

#[test]
fn what_lies_on_hosts_that_were_asked_is_fetched_when_no_more_hosts_are() {
    let hosts = ["b.test", "c.test", "d.test", "e.test"];
    let site = hosts.iter().fold(open_hosts(&hosts), |site, name| {
        site.text(&format!("http://{name}/robots.txt"), CLOSED)
    });
    // Behind all hosts stands another page of the first.
    let links = hosts.map(|name| format!("http://{name}/"));
    let links: Vec<&str> = links.iter().map(String::as_str).chain(["/on"]).collect();
    let site = site.page("/", &links).page("/on", &[]);
    let crawled = go(&site, 2, 1);
    assert_eq!(
        site.order().last().map(String::as_str),
        Some("http://a.test/on")
    );
    assert_eq!(site.order().len(), 6);
    assert_eq!(crawled.skipped(Reason::Robots).len(), 3);
    assert_eq!(crawled.skipped(Reason::Limit), set(["http://e.test/"]));
}
