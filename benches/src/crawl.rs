//! `crawl/virtual`: how many pages of the Lab a crawl in virtual time goes through in a second of real time.
//!
//! The site is a tree of a hundred thousand pages that link up, down and sideways; the crawl finds all of them, 64 at a
//! time, with its robots.txt and its whole trace. Pages are read by their outlines, as the page's own previews read them.
//! `crawl/virtual-html` is the same crawl with each page's HTML taken apart, for comparison.
//!
//! What counts is the processor's time for this thread, which is all that a simulation takes.

use std::rc::Rc;

use crawl_playground::engine::crawl::facts::Inline;
use crawl_playground::engine::crawl::rules::Rules;
use crawl_playground::engine::crawler::{Crawl, SiteRoots};
use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::ports::Ports;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::source::{Source, Target};
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::What;
use crawl_playground::sim::Sim;
use url::Url;

use crate::figure::{Better, Figure, Goal};
use crate::measure::medians_of;
use crate::sim::processor_time;

pub(crate) const NAME: &str = "crawl/virtual";
const HTML: &str = "crawl/virtual-html";
const PAGES: usize = 100_000;
const REPETITIONS: usize = 5;
const IN_FLIGHT: usize = 64;
const GOAL: f64 = 200.0;

pub(crate) fn figures() -> Vec<Figure> {
    let medians = medians_of(2, REPETITIONS, |place| match place {
        0 => thousands_a_second(Sim::outlined_lab),
        _ => thousands_a_second(|sim| sim.lab().reading(Rc::new(Inline))),
    });
    let figure = |name, value, goal| Figure {
        name,
        unit: "k/s",
        better: Better::Higher,
        value,
        peer: "the goal",
        peer_value: GOAL,
        goal,
    };
    let goal = Goal {
        bound: 1.0,
        words: "at least 200 000 pages a second",
    };
    vec![
        figure(NAME, medians[0], Some(goal)),
        figure(HTML, medians[1], None),
    ]
}

/// Pages a second, in thousands.
fn thousands_a_second(ports: fn(&Sim) -> Ports) -> f64 {
    let start = processor_time();
    let run = crawl(ports);
    let seconds = (processor_time() - start).as_secs_f64();
    let trace = run.trace();
    let read = |what: What| matches!(what, What::Read(..));
    let pages = trace.events().iter().filter(|event| read(event.what));
    assert_eq!(pages.count(), PAGES, "it finds the whole site");
    PAGES as f64 / seconds / 1e3
}

/// A crawl to its end, with a world that is made for it and dropped.
fn crawl(ports: fn(&Sim) -> Ports) -> Run {
    let written = format!("lab/site/tree-{PAGES}/");
    let lab = Url::parse("http://lab.test/").expect("an address");
    let url = lab.join(&written).expect("an address");
    let plan = Crawl {
        rules: Rules {
            max_depth: u16::MAX,
            max_pages: PAGES as u32,
            root: Some(url.clone()),
            ..Rules::default()
        },
        sites: SiteRoots::Below(lab.join("lab/site/").expect("an address")),
        ..Crawl::from_seed(Target { url, written })
    };
    let limits = Limits {
        concurrency: IN_FLIGHT,
        per_host: None,
        watch_lag: false,
        ..Limits::default()
    };
    let sim = Sim::new();
    let run = Run::new(ports(&sim), limits);
    let source = Source::Course(std::rc::Rc::new(plan));
    let ended = sim.block_on(run.go(Strategy::Semaphore, source));
    ended.expect("every page comes");
    run
}
