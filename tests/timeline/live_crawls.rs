//! The crawls of other people's APIs as reviewed snapshots: what is asked and when, what is found, and what is left out and why.

use std::fmt::Write as _;
use std::rc::Rc;

use crawl_playground::engine::crawl::facts::Inline;
use crawl_playground::engine::crawl::skip::Reason;
use crawl_playground::engine::run::Run;
use crawl_playground::results::Results;
use crawl_playground::scenario::preset::Preset;
use crawl_playground::scenario::{Network, Scenario};
use crawl_playground::sim::Sim;
use url::Url;

use super::answers::Answers;
use super::{in_words, lab};

const CRAWLS: [(Preset, &str); 3] = [
    (Preset::PokeApi, include_str!("answers/pokeapi.txt")),
    (Preset::Wikipedia, include_str!("answers/wikipedia.txt")),
    (Preset::NewsTree, include_str!("answers/news-tree.txt")),
];

/// What a crawl found: the robots.txt, a line a page, and what it left out.
fn results_in_words(run: &Run) -> String {
    let (rows, trace) = (lab::rows(run), run.trace());
    let mut results = Results::default();
    results.advance(&trace);
    let mut words = String::new();
    for robots in results.robots() {
        writeln!(words, "robots.txt: {:?}", robots.found).unwrap();
    }
    for place in 0..results.pages().len() {
        let page = results.page(place, &rows, &trace).unwrap();
        let title = page.title().unwrap_or("–");
        let (depth, links) = (page.depth, page.out_links());
        writeln!(words, "depth {depth}, {links} links: {title}").unwrap();
    }
    let again = results.count(Reason::Duplicate);
    writeln!(words, "{again} links to what was known already").unwrap();
    for row in results.skipped() {
        writeln!(words, "{}: {}", row.reason, row.address(&trace)).unwrap();
    }
    words
}

#[test]
fn the_crawls_of_live_presets_make_these_pictures_of_answers_that_are_written() {
    for (preset, file) in CRAWLS {
        let scenario = Scenario::of(preset, Network::Live);
        let page = Url::parse("http://page.test/").unwrap();
        let mut words = format!("{}\n", preset.title());
        for strategy in scenario.strategies() {
            let sim = Sim::new();
            let answers = Answers::read(&sim, file);
            let count = answers.count();
            let ports = sim.ports(Rc::new(answers)).reading(Rc::new(Inline));
            let run = Run::new(ports, scenario.limits_for(strategy));
            let targets = scenario.list(&page, |_| None).targets;
            sim.block_on(run.go(strategy, scenario.source(targets, &page, 1)))
                .unwrap();
            lab::check(&run);
            assert_eq!(
                lab::rows(&run).rows().len(),
                count,
                "all that is written is asked for"
            );
            write!(
                words,
                "\n{}\n{}\n{}",
                strategy.name(),
                in_words(&run),
                results_in_words(&run)
            )
            .unwrap();
        }
        insta::assert_snapshot!(preset.name(), words);
    }
}
