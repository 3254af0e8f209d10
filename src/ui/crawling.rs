//! What the page needs to crawl. It is a chunk of its own ([`super::chunk`]), loaded when the page has nothing else to
//! do, or at once if a crawl is chosen; until it is there, a crawl can be set and not run.

use std::rc::Rc;

use leptos::prelude::*;
use url::Url;

use super::chunk::{self, Loaded};
use super::crawl::CrawlResults;
use super::crawl::progress::told;
use super::playground::Playground;
use super::setup::CrawlFields;
use super::stage::Stage;
use crate::browser::reader::WorkerReader;
use crate::engine::moment::Moment;
use crate::engine::ports::{Ports, Read};
use crate::engine::source::{Source, Target};
use crate::engine::trace::Trace;
use crate::report::why::discovery::{Chain, longest_chain};
use crate::results::Results;
use crate::scenario::Scenario;
use crate::sim::Sim;
use crate::timeline::rows::Rows;

/// What a crawl found, to those who may not know how that is found out.
pub(super) trait Findings {
    /// Folds what is new in `trace` up to the event at `place`.
    fn advance_to(&mut self, trace: &Trace, place: usize);
    /// Nothing found yet.
    fn anew(&self) -> Box<dyn Findings>;
    /// The longest chain of pages; see [`longest_chain`].
    fn chain(&self, rows: &Rows, now: Moment) -> Option<Chain>;
    /// All of it.
    fn results(&self) -> &Results;
}

impl Findings for Results {
    fn advance_to(&mut self, trace: &Trace, place: usize) {
        self.advance_to(trace, place);
    }

    fn anew(&self) -> Box<dyn Findings> {
        Box::new(Self::default())
    }

    fn chain(&self, rows: &Rows, now: Moment) -> Option<Chain> {
        longest_chain(self, rows, now)
    }

    fn results(&self) -> &Results {
        self
    }
}

/// The chunk's table.
pub(super) struct Crawling {
    /// Where a run takes its pages from; see [`Scenario::crawl_source`].
    pub(super) source: fn(&Scenario, Vec<Target>, u64) -> Source,
    /// Why a crawl can't be run; see [`Scenario::crawl_refusal`].
    pub(super) refusal: fn(&Scenario) -> Option<String>,
    /// Who reads real pages.
    pub(super) reader: fn() -> Rc<dyn Read>,
    /// The Lab in virtual time, with somebody who reads its pages.
    pub(super) virtual_lab: fn(&Sim) -> Ports,
    /// Nothing found yet.
    pub(super) findings: fn() -> Box<dyn Findings>,
    /// How far it is, in a sentence.
    pub(super) told: fn(&Stage) -> Option<String>,
    /// Its part of the setup.
    pub(super) fields: fn() -> AnyView,
    /// What it found, in pictures and tables.
    pub(super) view: fn() -> AnyView,
}

pub(super) static CRAWLING: Crawling = Crawling {
    source: Scenario::crawl_source,
    refusal: Scenario::crawl_refusal,
    reader: || Rc::new(WorkerReader::default()),
    virtual_lab: Sim::outlined_lab,
    findings: || Box::new(Results::default()),
    told,
    fields: || view! { <CrawlFields /> }.into_any(),
    view: || view! { <CrawlResults /> }.into_any(),
};

impl Playground {
    /// What crawls need, if `scenario` is one and that is there.
    pub(super) fn crawling_for(self, scenario: &Scenario) -> Option<&'static Crawling> {
        let loaded = self.crawling.get_untracked();
        loaded.table().filter(|_| scenario.crawls())
    }

    /// Loads the chunk now, unless it is there; then shows what could not be shown without.
    pub(super) fn load_crawling(self) {
        if self.crawling.get_untracked() == Loaded::Failed {
            self.crawling.set(Loaded::Waiting);
        }
        chunk::load(self.crawling, chunk::crawling, move |_| {
            let is_shown = |stage: &Stage| {
                stage.is_measured() || stage.lanes.iter().any(|lane| lane.results().is_some())
            };
            let is_shown = self.is_running.get_untracked() || self.read(is_shown) == Some(true);
            if self.scenario.with_untracked(Scenario::crawls) && !is_shown {
                self.preview();
            }
        });
    }

    /// How far the crawl is that goes on, or that was the last, for those who listen.
    pub(super) fn crawl_told(self) -> Option<String> {
        self.read(|stage| {
            let crawling = self.crawling_for(&stage.scenario)?;
            (crawling.told)(stage)
        })?
    }
}

/// Where a run takes its tasks from: a crawl finds them, any other has its list.
pub(super) fn source(
    crawling: Option<&Crawling>,
    scenario: &Scenario,
    targets: Vec<Target>,
    page: &Url,
    run: u64,
) -> Source {
    match crawling {
        Some(crawling) => (crawling.source)(scenario, targets, run),
        None => scenario.plain_source(targets, page, run),
    }
}

/// Why a crawl can't be run, if `scenario` is one and that is so.
pub(super) fn crawl_refusal(loaded: Loaded<Crawling>, scenario: &Scenario) -> Option<String> {
    if !scenario.crawls() {
        return None;
    }
    match loaded {
        Loaded::Here(crawling) => (crawling.refusal)(scenario),
        Loaded::Waiting => Some("The crawler is being loaded.".into()),
        Loaded::Failed => Some(
            "The crawler could not be loaded: this page fetches it when it is first needed, and the network or the page’s host did not answer. It is tried again as soon as you are online, or when you choose “URL list” and “Crawl” again."
                .into(),
        ),
    }
}
