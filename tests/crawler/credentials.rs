//! Addresses with a user's name and a password: they are not fetched, and no password is kept.

use std::rc::Rc;

use crawl_playground::engine::crawl::facts::Inline;
use crawl_playground::engine::crawl::rules::Rules;
use crawl_playground::engine::crawl::scope::Scope;
use crawl_playground::engine::crawl::skip::Reason;
use crawl_playground::engine::crawler::Crawl;
use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::source::{Source, Target};
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::results::Results;
use crawl_playground::results::export::Format;
use crawl_playground::sim::Sim;
use url::Url;

use super::lab::{limits, rows};
use super::net::{Site, serve};

#[test]
fn a_password_is_in_no_table_and_in_no_file() {
    let long = format!("https://me:secret{}@b.test/", "x".repeat(3_000));
    let site = Site::new()
        .page(
            "/",
            &[
                "http://me:secret@a.test/in?q=1",
                "//secret@b.test",
                &long,
                "/on",
            ],
        )
        .body(
            "/on",
            "text/html",
            "<link rel=canonical href=https://me:secret@a.test/on>",
        );
    let sim = Sim::new();
    let ports = sim.ports(Rc::new(serve(&sim, &site)));
    let run = Run::new(ports.reading(Rc::new(Inline)), limits(2));
    let url = Url::parse("http://a.test/").unwrap();
    let plan = Crawl {
        rules: Rules {
            scope: Scope::Any,
            ..Rules::default()
        },
        ..Crawl::from_seed(Target {
            url,
            written: String::new(),
        })
    };
    sim.block_on(run.go(Strategy::Semaphore, Source::Course(Rc::new(plan))))
        .unwrap();
    let (rows, trace) = (rows(&run), run.trace());
    let mut results = Results::default();
    results.advance(&trace);
    let of = |reason| {
        let skipped = results.skipped().iter();
        let of_reason = skipped.filter(move |row| row.reason == reason);
        of_reason.map(|row| row.address(&trace)).collect::<Vec<_>>()
    };
    assert_eq!(
        of(Reason::Credentials),
        [
            "http://***@a.test/in?q=1",
            "http://***@b.test/",
            "https://***@…",
            "https://***@a.test/on"
        ]
    );
    for format in Format::ALL {
        let pages = format.write(results.page_table(&rows, &trace, Moment::ZERO));
        let skipped = format.write(results.skipped_table(&trace));
        assert!(skipped.contains("***@b.test"), "{skipped}");
        for file in [pages, skipped] {
            assert!(!file.contains("secret"), "{file}");
        }
    }
    let asked = [
        "http://a.test/robots.txt",
        "http://a.test/",
        "http://a.test/on",
    ];
    assert_eq!(site.order(), asked);
}
