//! A scenario: targets and settings, everything that a link carries. What a run is made from.

use std::time::Duration;

use url::Url;

use crate::engine::run::{Limits, MAX_IN_FLIGHT};
use crate::engine::source::{ItemAddress, Source, Target};
use crate::engine::strategy::Strategy;
use preset::Preset;
use urls::{Rules, UrlList};

pub mod fragment;
pub mod preset;
pub mod urls;

/// The most that the slider `Delay` offers.
pub const MAX_DELAY_MS: u32 = 5_000;
/// The range of the timeout of an attempt.
pub const TIMEOUT_MS: std::ops::RangeInclusive<u32> = 100..=120_000;
/// More requests at once than this to other people's hosts is worth a sentence.
pub const POLITE_IN_FLIGHT: usize = 6;

/// Which network answers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Network {
    /// The one that comes with the page.
    Lab,
    /// The internet.
    Live,
}

impl Network {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Lab, Self::Live];

    /// The name on the page and in links.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lab => "Lab",
            Self::Live => "Live",
        }
    }

    /// What it is, for someone new.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Lab => {
                "A network that comes with this page: real requests, nobody else’s server."
            }
            Self::Live => {
                "Real servers of other people, from your browser. Nothing is sent before you press Run."
            }
        }
    }
}

/// Targets and settings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scenario {
    /// Which network answers.
    pub network: Network,
    /// Which preset it is, or the visitor's own list.
    pub preset: Preset,
    /// The targets, one a line, as they are written.
    pub urls: String,
    /// How tasks are combined.
    pub strategy: Strategy,
    /// Permits of the semaphore: 1 to [`MAX_IN_FLIGHT`].
    pub concurrency: usize,
    /// The deliberate delay after each request, up to [`MAX_DELAY_MS`].
    pub delay_ms: u32,
    /// Whether the permit is kept during the delay.
    pub keep_permit: bool,
    /// How long an attempt may take, within [`TIMEOUT_MS`].
    pub timeout_ms: u32,
    /// Whether the same is run one at a time too.
    pub compare: bool,
    /// Whether both runs go at the same time (in the Lab only).
    pub race: bool,
    /// A Lab on another address than the page's own: one run as a real server, say.
    pub lab_at: Option<Url>,
}

impl Default for Scenario {
    fn default() -> Self {
        Self::of(Preset::Ten, Network::Lab)
    }
}

impl Scenario {
    /// The scenario of a preset, as it is offered for `network`.
    #[must_use]
    pub fn of(preset: Preset, network: Network) -> Self {
        let plain = Self {
            network,
            preset,
            urls: preset.urls(network),
            strategy: Strategy::Semaphore,
            concurrency: 3,
            delay_ms: 0,
            keep_permit: false,
            timeout_ms: 10_000,
            compare: true,
            race: false,
            lab_at: None,
        };
        preset.adjust(plain)
    }

    /// The limits that a run of it starts with.
    #[must_use]
    pub fn limits(&self) -> Limits {
        Limits {
            concurrency: self.concurrency.clamp(1, MAX_IN_FLIGHT),
            delay: Duration::from_millis(u64::from(self.delay_ms)),
            keep_permit: self.keep_permit,
            timeout: Duration::from_millis(u64::from(self.timeout_ms)),
        }
    }

    /// Whether requests go to servers that may be other people's: the internet's, or those of a Lab that a link names.
    #[must_use]
    pub fn asks_others(&self) -> bool {
        self.network == Network::Live
            || self
                .lab_at
                .as_ref()
                .is_some_and(|lab| !urls::is_loopback(lab))
    }

    /// Whether both runs go at the same time.
    #[must_use]
    pub fn races(&self) -> bool {
        self.compare && self.race && self.network == Network::Lab
    }

    /// Whether a second, sequential run is worth making.
    #[must_use]
    pub fn compares(&self) -> bool {
        self.compare && self.strategy != Strategy::Sequential
    }

    /// The strategies that its runs use: one at a time first, if there is something to compare with it.
    pub fn strategies(&self) -> impl Iterator<Item = Strategy> + use<> {
        let sequential = self.compares().then_some(Strategy::Sequential);
        sequential.into_iter().chain([self.strategy])
    }

    /// What relative addresses are resolved against: the Lab's address if it has one of its own, else the page's.
    #[must_use]
    pub fn base<'a>(&'a self, page: &'a Url) -> &'a Url {
        self.lab_at.as_ref().unwrap_or(page)
    }

    /// The lines of its list, read by the rules of its network. `in_ascii` is for [`urls::read_with`].
    #[must_use]
    pub fn list(&self, page: &Url, in_ascii: impl Fn(&str) -> Option<String>) -> UrlList {
        let rules = Rules {
            network: self.network,
            base: self.base(page),
            page_is_https: page.scheme() == "https",
        };
        urls::read_with(&self.urls, &rules, in_ascii)
    }

    /// Where a run takes its targets from. `targets` are those of [`Scenario::list`].
    #[must_use]
    pub fn source(&self, targets: Vec<Target>, page: &Url) -> Source {
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
