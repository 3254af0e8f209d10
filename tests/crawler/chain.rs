//! How soon a crawl could have ended at best: after the longest chain of pages that name one another.

use std::rc::Rc;

use crawl_playground::engine::crawl::facts::Inline;
use crawl_playground::engine::crawler::Crawl;
use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::retry::{Backoff, Retry};
use crawl_playground::engine::run::Run;
use crawl_playground::engine::source::{Source, Target};
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::report::figures::Figures;
use crawl_playground::report::units::span;
use crawl_playground::report::why::discovery::{Chain, longest_chain};
use crawl_playground::report::why::{Bound, Why, why};
use crawl_playground::results::Results;
use crawl_playground::sim::Sim;
use url::Url;

use super::lab::{limits, ms, rows};
use super::net::{Site, serve};

fn explained(n: usize) -> (Figures, Why) {
    let site = Site::new()
        .page("/", &["/a", "/b", "/c"])
        .page("/a", &["/a1"])
        .page("/b", &[])
        .page("/c", &[])
        .page("/a1", &[]);
    let (figures, why, chain) = crawled(&site, limits(n));
    // robots.txt, the root, /a, /a1: 100 ms each.
    assert_eq!((chain.length, chain.pages), (ms(400), 3));
    (figures, why)
}

fn crawled(site: &Site, limits: Limits) -> (Figures, Why, Chain) {
    let sim = Sim::new();
    let ports = sim
        .ports(Rc::new(serve(&sim, site)))
        .reading(Rc::new(Inline));
    let run = Run::new(ports, limits);
    let url = Url::parse("http://a.test/").unwrap();
    let written = String::new();
    let plan = Crawl::from_seed(Target { url, written });
    sim.block_on(run.go(Strategy::Semaphore, Source::Course(Rc::new(plan))))
        .unwrap();
    let rows = rows(&run);
    let mut results = Results::default();
    results.advance(&run.trace());
    let mut figures = Figures::of(&rows, rows.last_end());
    let chain = longest_chain(&results, &rows, rows.last_end()).unwrap();
    figures.ideal = chain.length;
    let why = why(&run.trace(), &rows, &figures, Strategy::Semaphore, false)
        .of_crawl(chain, &rows, &figures);
    (figures, why, chain)
}

#[test]
fn what_was_tried_again_made_the_chain_longer_and_is_told() {
    let site = Site::new()
        .page("/", &["/a", "/b"])
        .fails("/a", 503)
        .page("/b", &[]);
    let limits = Limits {
        retry: Retry {
            retries: 2,
            backoff: Backoff {
                base: ms(1_000),
                cap: ms(1_000),
            },
            ..Retry::default()
        },
        ..limits(8)
    };
    let (figures, why, chain) = crawled(&site, limits);
    // robots.txt, the root and the last attempt take 100 ms each; all else of the chain went before that.
    assert_eq!(chain.length, figures.total);
    assert_eq!(chain.retried, chain.length - ms(300));
    assert!(chain.retried > ms(200), "{:?}", chain.retried);
    assert_eq!(why.bound, Bound::Discovery);
    let told = format!(
        "{} of that went into attempts that failed",
        span(chain.retried)
    );
    assert!(why.sentence.contains(&told), "{}", why.sentence);
}

#[test]
fn who_has_a_place_for_every_page_waits_for_what_names_them_alone() {
    let (figures, why) = explained(8);
    assert_eq!((figures.total, why.bound), (ms(400), Bound::Discovery));
    assert!(
        why.sentence.contains("3 pages one after another") && !why.sentence.contains("failed"),
        "{}",
        why.sentence
    );
}

#[test]
fn who_has_few_places_is_told_what_more_would_bring() {
    let (figures, why) = explained(1);
    assert_eq!((figures.total, why.bound), (ms(600), Bound::Frontier));
    assert!(
        why.sentence.contains("after 400\u{a0}ms"),
        "{}",
        why.sentence
    );
}

#[test]
fn what_crawled_nothing_has_no_chain() {
    let rows = crawl_playground::timeline::rows::Rows::default();
    assert_eq!(
        longest_chain(&Results::default(), &rows, rows.last_end()),
        None
    );
}
