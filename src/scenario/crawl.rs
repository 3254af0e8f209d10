//! The settings of a crawl that are no numbers (those are dials), as they are written, and the plan that they make.

use std::rc::Rc;

use crate::engine::crawl::extension::Extensions;
use crate::engine::crawl::facts::ReadOptions;
use crate::engine::crawl::rules::{Order, Rules};
use crate::engine::crawler::{Crawl, SiteRoots, Unreadable};
use crate::engine::source::{Source, Target};
use crate::engine::strategy::Strategy;
use crate::lab::{self, site};

use super::dial::{Dial, Dials};
use super::{Network, POLITE_IN_FLIGHT, Scenario};
use written::{Written, patterns};

pub mod written;

/// A crawl that asks a host of other people's more often than this is worth a question.
pub const POLITE_HOST_DELAY_MS: u32 = 100;

/// How a crawl is set, besides its numbers. Lists are kept as they were written, one item a line.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CrawlSettings {
    /// In which order pages are fetched.
    pub order: Order,
    /// Which hosts belong to it.
    pub scope: ScopeKind,
    /// The hosts that belong to it with [`ScopeKind::Hosts`], one a line.
    pub hosts: String,
    /// Patterns of addresses to take, one a line; none: all.
    pub include: String,
    /// Patterns of addresses to leave out, one a line.
    pub exclude: String,
    /// Whether files are fetched, too: what ends as pictures, archives and others do, and what pages are made of, however
    /// that ends.
    pub takes_files: bool,
    /// Whether links marked `nofollow` are left alone.
    pub respects_nofollow: bool,
    /// What to think of a host whose robots.txt can't be read.
    pub unreadable: Unreadable,
    /// Whether the sitemaps that a robots.txt names are looked into.
    pub uses_sitemaps: bool,
    /// Whether relative addresses in JSON are links, under keys that say so.
    pub relative_json: bool,
    /// What in JSON stands for an address: a key and the address, as [`Items`](crate::engine::crawl::facts::Items) reads
    /// them.
    pub items: String,
    /// What stands before each address that is fetched: somebody's own CORS proxy.
    pub proxy: String,
}

/// Which hosts belong to a crawl, as it is chosen.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum ScopeKind {
    /// The seeds' own.
    #[default]
    SameHost,
    /// Those and their subdomains.
    SameSite,
    /// Listed ones.
    Hosts,
    /// All.
    Any,
}

impl ScopeKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::SameHost, Self::SameSite, Self::Hosts, Self::Any];

    /// The name on the page and in links.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SameHost => "same host",
            Self::SameSite => "same site",
            Self::Hosts => "listed hosts",
            Self::Any => "any",
        }
    }
}

impl CrawlSettings {
    /// The plan of a crawl from `seeds`, by these settings and the dials.
    ///
    /// # Errors
    /// A sentence about the first setting that makes no sense.
    pub fn plan(
        &self,
        seeds: Vec<Target>,
        network: Network,
        dials: &Dials,
    ) -> Result<Crawl, String> {
        let is_lab = network == Network::Lab;
        let lab = seeds.first().filter(|_| is_lab).map(|seed| &seed.url);
        let mut rules = Rules {
            order: self.order,
            max_depth: u16::try_from(dials.number(Dial::Depth)).unwrap_or(u16::MAX),
            max_pages: dials.number(Dial::Pages),
            per_host_pages: dials.get(Dial::HostPages),
            scope: self.scope()?,
            root: lab.and_then(|seed| match self.scope {
                ScopeKind::Any => lab::root(seed),
                _ => site::root(seed),
            }),
            include: patterns(&self.include)?,
            exclude: patterns(&self.exclude)?,
            skip_extensions: if self.takes_files {
                Extensions::NONE
            } else {
                Extensions::default()
            },
            takes_assets: self.takes_files,
            is_nofollow_respected: self.respects_nofollow,
            ..Rules::default()
        };
        rules.check()?;
        let items = self.items()?.map(Rc::new);
        if items.is_some() {
            // Items of an API often differ in nothing but their query, and somebody has said that they are pages.
            rules.traps.max_queries = u32::MAX;
        }
        self.prefix()?;
        Ok(Crawl {
            rules,
            sites: lab
                .and_then(lab::root)
                .and_then(|root| root.join("site/").ok())
                .map_or(SiteRoots::Origins, SiteRoots::Below),
            seeds,
            unreadable: self.unreadable,
            uses_sitemaps: self.uses_sitemaps,
            read: ReadOptions {
                relative_json: self.relative_json,
                items,
            },
        })
    }

    /// What is written in links: by [`TEXT_KEYS`], with whether it is as in `plain`.
    pub(super) fn texts<'a>(&'a self, plain: &Self) -> [(&'static str, &'a str, bool); 8] {
        let values = [
            (order_name(self.order), self.order == plain.order),
            (self.scope.name(), self.scope == plain.scope),
            (&*self.hosts, self.hosts == plain.hosts),
            (&*self.include, self.include == plain.include),
            (&*self.exclude, self.exclude == plain.exclude),
            (self.unreadable.name(), self.unreadable == plain.unreadable),
            (&*self.items, self.items == plain.items),
            (&*self.proxy, self.proxy == plain.proxy),
        ];
        let mut keys = TEXT_KEYS.into_iter();
        values.map(|(written, is_plain)| (keys.next().unwrap_or_default(), written, is_plain))
    }

    /// Sets what a link says. Returns whether it makes sense.
    pub(super) fn set_text(&mut self, key: &str, written: &str) -> bool {
        match key {
            "order" => choose(&mut self.order, &ORDERS, order_name, written),
            "scope" => choose(&mut self.scope, &ScopeKind::ALL, ScopeKind::name, written),
            "robots" => choose(
                &mut self.unreadable,
                &Unreadable::ALL,
                Unreadable::name,
                written,
            ),
            _ => {
                let setting = Written::ALL.into_iter().find(|text| text.key() == key);
                if let Some(text) = setting {
                    text.set(self, written.to_owned());
                }
                setting.is_some()
            }
        }
    }
}

/// The orders of a crawl.
pub const ORDERS: [Order; 2] = [Order::BreadthFirst, Order::DepthFirst];

/// The name of an order on the page and in links.
#[must_use]
pub const fn order_name(order: Order) -> &'static str {
    match order {
        Order::BreadthFirst => "breadth first",
        Order::DepthFirst => "depth first",
    }
}

/// The keys of texts and choices in links.
pub(super) const TEXT_KEYS: [&str; 8] = [
    "order", "scope", "hosts", "include", "exclude", "robots", "items", "proxy",
];

fn choose<T: Copy>(setting: &mut T, all: &[T], name: fn(T) -> &'static str, written: &str) -> bool {
    let found = all.iter().find(|choice| name(**choice) == written);
    if let Some(choice) = found {
        *setting = *choice;
    }
    found.is_some()
}

impl Scenario {
    /// Makes it a crawl from its list's addresses, or a list again. A crawl of other people's hosts begins politely.
    pub fn set_crawl(&mut self, is_crawl: bool) {
        let is_eager =
            self.dials.get(Dial::PerHost).is_none() && self.dials.number(Dial::HostDelay) == 0;
        if is_crawl && is_eager && self.asks_others() {
            self.crawl_politely();
        }
        self.is_crawl = is_crawl;
    }

    /// Makes it a crawl as a host of other people's can bear it: two pages at a time, half a second apart.
    pub(super) fn crawl_politely(&mut self) {
        self.is_crawl = true;
        self.begin_politely();
        self.dials.set(Dial::PerHost, Some(2));
    }

    /// The pace of such a crawl if a link to it says nothing else. A link that says how many are in flight means it, so
    /// hosts have no limit of their own here.
    pub(super) fn begin_politely(&mut self) {
        self.compare = false;
        self.concurrency = 2;
        self.dials.set(Dial::HostDelay, Some(500));
    }

    /// Whether its runs are crawls.
    #[must_use]
    pub fn crawls(&self) -> bool {
        self.is_crawl && self.network != Network::Simulation
    }

    /// The plan of its crawl from these seeds.
    ///
    /// # Errors
    /// A sentence about the first setting that makes no sense.
    pub fn plan(&self, seeds: Vec<Target>) -> Result<Crawl, String> {
        self.crawl.plan(seeds, self.network, &self.dials)
    }

    /// Its crawl, as the source of a run ([`Scenario::source`]). What can't be planned is refused before it comes to
    /// this, and fetches nothing.
    #[must_use]
    pub fn crawl_source(&self, seeds: Vec<Target>, run: u64) -> Source {
        let plan = self.plan(seeds);
        plan.map_or_else(
            |_| Source::List(Vec::new()),
            |plan| Source::Course(Rc::new(plan)).of_run(run),
        )
    }

    /// Why its crawl can't be run, in a sentence, if it is one and that is so.
    #[must_use]
    pub fn crawl_refusal(&self) -> Option<String> {
        self.crawls().then(|| self.plan(Vec::new()).err())?
    }

    /// What a crawl of other people's servers should be asked about once, before it begins: whether it is meant to be as
    /// hard on a host as it is set.
    #[must_use]
    pub fn crawl_question(&self) -> Option<String> {
        if !self.crawls() || !self.asks_others() {
            return None;
        }
        let (per_host, delay_ms) = self.load_on_a_host();
        if per_host <= POLITE_IN_FLIGHT && delay_ms >= POLITE_HOST_DELAY_MS {
            return None;
        }
        let how_many = match per_host {
            1 => "one page at a time".to_owned(),
            _ => format!("up to {per_host} pages at once"),
        };
        Some(format!(
            "This crawl asks one host for {how_many}, {delay_ms}\u{a0}ms apart. Its owner did not invite it: many servers answer such crawls with 429 or block them. More than {POLITE_IN_FLIGHT} at once, or less than {POLITE_HOST_DELAY_MS}\u{a0}ms apart, is for hosts of your own."
        ))
    }

    /// Whether it would be harder on a host than `other`: more pages at once, or sooner after one another.
    #[must_use]
    pub fn is_harder_than(&self, other: &Self) -> bool {
        let ((at_once, delay_ms), (before, delay_before_ms)) =
            (self.load_on_a_host(), other.load_on_a_host());
        at_once > before || delay_ms < delay_before_ms
    }

    /// The same with the load on a host that `other` has.
    #[must_use]
    pub fn as_hard_as(&self, other: &Self) -> Self {
        let mut scenario = self.clone();
        scenario.concurrency = other.concurrency;
        for dial in [Dial::PerHost, Dial::HostDelay] {
            scenario.dials.set(dial, other.dials.get(dial));
        }
        scenario
    }

    /// How many pages of one host it asks for at once at most, and how many milliseconds apart.
    fn load_on_a_host(&self) -> (usize, u32) {
        // Of two runs that are compared, the one that asks for more at once.
        let at_once = if self.strategies().all(|it| it == Strategy::Sequential) {
            1
        } else {
            self.concurrency
        };
        let per_host = self.dials.get(Dial::PerHost);
        let most = per_host.map_or(at_once, |most| at_once.min(most as usize));
        (most, self.dials.number(Dial::HostDelay))
    }
}
