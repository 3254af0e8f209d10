//! What a scenario fetches: its list, read, and what a run makes of that.

use url::Url;

use super::urls::{self, Rules, UrlList};
use super::{Network, Scenario};
use crate::engine::source::{ItemAddress, Source, Target};
use crate::sim::latency::Latency;

impl Scenario {
    /// What relative addresses are resolved against: the Lab's address if it has one of its own, else the page's.
    #[must_use]
    pub fn base<'a>(&'a self, page: &'a Url) -> &'a Url {
        self.lab_at.as_ref().unwrap_or(page)
    }

    /// The lines of its list, read by the rules of its network. `in_ascii` is for [`urls::read_with`].
    #[must_use]
    pub fn list(&self, page: &Url, in_ascii: impl Fn(&str) -> Option<String>) -> UrlList {
        if self.network == Network::Simulation {
            return UrlList::simulated();
        }
        let rules = Rules {
            network: self.network,
            base: self.base(page),
            page_is_https: page.scheme() == "https",
        };
        urls::read_with(&self.urls, &rules, in_ascii)
    }

    /// Why nothing can be run, if so; `list` is that of [`Scenario::list`].
    ///
    /// ```
    /// use crawl_playground::scenario::{Network, Scenario, preset::Preset, urls::UrlList};
    ///
    /// let plain = Scenario::of(Preset::Simulated, Network::Simulation);
    /// assert_eq!(plain.refusal(&UrlList::simulated()), None);
    /// let nonsense = Scenario { latency: "fixed -1".into(), ..plain };
    /// assert!(nonsense.refusal(&UrlList::simulated()).unwrap().contains("cannot be"));
    /// ```
    #[must_use]
    pub fn refusal(&self, list: &UrlList) -> Option<String> {
        self.plain_refusal(list).or_else(|| self.crawl_refusal())
    }

    /// The same without what can be wrong with a crawl only.
    #[must_use]
    pub fn plain_refusal(&self, list: &UrlList) -> Option<String> {
        match self.network {
            Network::Simulation => self.latency.parse::<Latency>().err(),
            Network::Lab | Network::Live => list.refusal(),
        }
    }

    /// Where a run takes its targets from. `targets` are those of [`Scenario::list`]; `run` is the run's number, for
    /// servers that remember others ([`Source::of_run`]).
    #[must_use]
    pub fn source(&self, targets: Vec<Target>, page: &Url, run: u64) -> Source {
        if self.crawls() {
            self.crawl_source(targets, run)
        } else {
            self.plain_source(targets, page, run)
        }
    }

    /// The same for what is no crawl.
    #[must_use]
    pub fn plain_source(&self, targets: Vec<Target>, page: &Url, run: u64) -> Source {
        self.targets_of(targets, page).of_run(run)
    }

    fn targets_of(&self, targets: Vec<Target>, page: &Url) -> Source {
        if self.network == Network::Simulation
            && let Some(target) = targets.first()
        {
            return Source::Repeat(target.clone(), self.simulated_tasks as usize);
        }
        let Some((item, take)) = self.preset.listing(self.network) else {
            return Source::List(targets);
        };
        let item = ItemAddress {
            base: self.base(page).clone(),
            written: item.into(),
        };
        match targets.into_iter().next() {
            Some(list) => Source::Listing { list, item, take },
            None => Source::List(Vec::new()),
        }
    }
}
