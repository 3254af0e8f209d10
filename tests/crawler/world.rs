//! A crawl that is over, and what it tells.

use std::collections::BTreeSet;
use std::rc::Rc;

use crawl_playground::engine::crawl::extension::Extensions;
use crawl_playground::engine::crawl::facts::Inline;
use crawl_playground::engine::crawl::rules::Rules;
use crawl_playground::engine::crawl::skip::Reason;
use crawl_playground::engine::crawler::{Crawl, SiteRoots};
use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::ports::{Ports, Read};
use crawl_playground::engine::run::Run;
use crawl_playground::engine::source::{Source, Target};
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::lab::site;
use crawl_playground::results::Results;
use crawl_playground::sim::Sim;
use url::Url;

use super::lab::{check, rows};

/// The plan of a crawl of all of a Lab's site.
pub(crate) fn whole(name: &str) -> Crawl {
    let written = format!("lab/site/{name}/");
    let url = Url::parse("http://lab.test/")
        .unwrap()
        .join(&written)
        .unwrap();
    Crawl {
        rules: Rules {
            max_depth: 100,
            max_pages: 10_000,
            root: site::root(&url),
            skip_extensions: Extensions::NONE,
            takes_assets: true,
            ..Rules::default()
        },
        sites: SiteRoots::Below(Url::parse("http://lab.test/lab/site/").unwrap()),
        ..Crawl::from_seed(Target { url, written })
    }
}

/// A crawl in virtual time, to its end.
pub(crate) struct Crawled {
    pub(crate) run: Run,
    pub(crate) results: Results,
}

pub(crate) fn crawl_with(
    read: Rc<dyn Read>,
    plan: Crawl,
    limits: Limits,
    strategy: Strategy,
) -> Crawled {
    let sim = Sim::new();
    let ports = sim.lab().reading(read);
    crawl_in(&sim, ports, plan, limits, strategy)
}

fn crawl_in(sim: &Sim, ports: Ports, plan: Crawl, limits: Limits, strategy: Strategy) -> Crawled {
    let run = Run::new(ports, limits);
    sim.block_on(run.go(strategy, Source::Course(Rc::new(plan))))
        .unwrap();
    check(&run);
    let mut results = Results::default();
    results.advance(&run.trace());
    Crawled { run, results }
}

/// By reading its HTML.
pub(crate) fn crawl(plan: Crawl, limits: Limits) -> Crawled {
    crawl_with(Rc::new(Inline), plan, limits, Strategy::Semaphore)
}

/// By knowing what it says.
pub(crate) fn outlined(plan: Crawl, limits: Limits) -> Crawled {
    let sim = Sim::new();
    crawl_in(&sim, sim.outlined_lab(), plan, limits, Strategy::Semaphore)
}

impl Crawled {
    /// The addresses that were asked for, below the site, in the order of the requests.
    pub(crate) fn order(&self, site: &str) -> Vec<String> {
        let (rows, trace) = (rows(&self.run), self.run.trace());
        let root = format!("http://lab.test/lab/site/{site}/");
        let pages = 0..self.results.pages().len();
        pages
            .map(|place| {
                let page = self.results.page(place, &rows, &trace).unwrap();
                page.address
                    .strip_prefix(&root)
                    .unwrap_or(page.address)
                    .to_owned()
            })
            .collect()
    }

    /// The same as a set.
    pub(crate) fn pages(&self, site: &str) -> BTreeSet<String> {
        self.order(site).into_iter().collect()
    }

    /// The addresses that were not fetched for this reason.
    pub(crate) fn skipped(&self, reason: Reason) -> BTreeSet<String> {
        let trace = self.run.trace();
        let rows = self.results.skipped().iter();
        rows.filter(|row| row.reason == reason)
            .map(|row| row.address(&trace).to_owned())
            .collect()
    }
}
