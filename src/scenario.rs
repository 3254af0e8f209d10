//! A scenario: targets and settings, everything that a link carries. What a run is made from.

use std::time::Duration;

use url::Url;

use crate::engine::compute::{Kind, Place, Work};
use crate::engine::limits::{Limits, OnFailure};
use crate::engine::rate::Rate;
use crate::engine::retry::{Backoff, Retry};
use crate::engine::run::MAX_IN_FLIGHT;
use crate::engine::strategy::{Setting, Strategy, Use};
use crate::engine::wait::Wait;
use crate::sim::network::MAX_SIMULATED_TASKS;
use crawl::CrawlSettings;
use dial::{Dial, Dials};
pub use network::Network;
use preset::Preset;

mod clash;
mod contradictions;
pub mod crawl;
pub mod dial;
pub mod fragment;
mod network;
pub mod preset;
mod targets;
pub mod urls;

/// The most that the slider `Delay` offers.
pub const MAX_DELAY_MS: u32 = 5_000;
/// The range of the timeout of an attempt.
pub const TIMEOUT_MS: std::ops::RangeInclusive<u32> = 100..=120_000;
/// More requests at once than this to other people's hosts is worth a sentence.
pub const POLITE_IN_FLIGHT: usize = 6;

/// The law that a simulated network has unless another is written.
pub const PLAIN_LATENCY: &str = "lognormal 200 0.5";
/// The range of how many tasks are simulated.
pub const SIMULATED_TASKS: std::ops::RangeInclusive<u32> = 1..=MAX_SIMULATED_TASKS as u32;

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
    /// The strategy that the other run has, which is compared with.
    pub against: Strategy,
    /// Whether the list names the seeds of a crawl, and not all there is to fetch.
    pub is_crawl: bool,
    /// How a crawl is set.
    pub crawl: CrawlSettings,
    /// The settings that are one number each.
    pub dials: Dials,
    /// Whether the first failure stops a run.
    pub stop_at_first: bool,
    /// What a page's work for the processor is.
    pub kind: Kind,
    /// Where it is done.
    pub place: Place,
    /// The law of the simulated network's latencies, as it was written.
    pub latency: String,
    /// How many tasks the simulated network is asked for.
    pub simulated_tasks: u32,
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
        let mut scenario = Self {
            network,
            preset,
            urls: preset.urls(network),
            strategy: Strategy::Semaphore,
            concurrency: 3,
            delay_ms: 0,
            keep_permit: false,
            timeout_ms: 10_000,
            compare: true,
            against: Strategy::Sequential,
            is_crawl: false,
            crawl: CrawlSettings::default(),
            dials: Dials::default(),
            stop_at_first: false,
            kind: Kind::Primes,
            place: Place::OnLoop,
            latency: PLAIN_LATENCY.into(),
            simulated_tasks: 100,
            race: false,
            lab_at: None,
        };
        preset.adjust(&mut scenario);
        scenario
    }

    /// The limits that its own run starts with.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.limits_for(self.strategy)
    }

    /// The limits that a run of it by another strategy starts with: the one that it is compared with, say.
    #[must_use]
    pub fn limits_for(&self, strategy: Strategy) -> Limits {
        let number = |dial| self.dials.number(dial);
        let ms = |dial| Duration::from_millis(number(dial).into());
        let seconds = |number: u32| Duration::from_secs(number.into());
        Limits {
            concurrency: self.concurrency.clamp(1, MAX_IN_FLIGHT),
            delay: Duration::from_millis(u64::from(self.delay_ms)),
            keep_permit: self.keep_permit,
            timeout: Duration::from_millis(u64::from(self.timeout_ms)),
            run_timeout: self.dials.get(Dial::RunTimeout).map(seconds),
            per_host: self.dials.get(Dial::PerHost).map(|limit| limit as usize),
            host_delay: ms(Dial::HostDelay),
            jitter_percent: number(Dial::Jitter),
            rate: self.rate_for(strategy),
            retry: Retry {
                retries: number(Dial::Retries),
                backoff: Backoff {
                    base: ms(Dial::Backoff),
                    ..Retry::default().backoff
                },
                ..Retry::default()
            },
            stall: seconds(number(Dial::Stall)),
            on_failure: if self.stop_at_first {
                OnFailure::StopAtFirst
            } else {
                OnFailure::CollectAll
            },
            work: (number(Dial::Work) > 0).then(|| Work {
                job: self.kind.job(number(Dial::Work)),
                place: self.place,
            }),
            store: ms(Dial::Store),
            watch_lag: number(Dial::Work) > 0,
            is_paused: false,
            seed: number(Dial::Seed).into(),
        }
    }

    /// The same for a run that is made, with a number that no other has. On Live the plain seed stands for chance anew in
    /// each run: if all visitors drew the same, their back-offs would fall together, which jitter is there to prevent.
    #[must_use]
    pub fn limits_of_run(&self, strategy: Strategy, run: u64) -> Limits {
        let mut limits = self.limits_for(strategy);
        if self.network == Network::Live && self.dials.get(Dial::Seed) == Dial::Seed.plain() {
            limits.seed = run;
        }
        limits
    }

    /// The rate, if there is one. The strategy that is made of it has one in any case.
    fn rate_for(&self, strategy: Strategy) -> Option<Rate> {
        let is_needed = strategy == Strategy::RateLimited;
        let per_second = self
            .dials
            .get(Dial::Rate)
            .or(Dial::Rate.first().filter(|_| is_needed))?;
        Rate::whole(per_second, self.dials.number(Dial::Burst))
    }

    /// The strategy whose settings a run by `strategy` follows: a crawl has its own way.
    #[must_use]
    pub fn followed(&self, strategy: Strategy) -> Strategy {
        if self.crawls() {
            strategy.in_crawl()
        } else {
            strategy
        }
    }

    /// What a setting is to its runs, the one that is compared with among them.
    #[must_use]
    pub fn uses(&self, setting: Setting) -> Use {
        let uses = |wanted| {
            self.strategies()
                .any(|strategy| self.followed(strategy).uses(setting) == wanted)
        };
        if uses(Use::Live) {
            Use::Live
        } else if uses(Use::AtStart) {
            Use::AtStart
        } else {
            Use::No
        }
    }

    /// Whether tasks can spend time on `wait`, by these settings.
    #[must_use]
    pub fn meets(&self, wait: Wait) -> bool {
        let number = |dial| self.dials.number(dial);
        let any = |is_such: &dyn Fn(Strategy) -> bool| self.strategies().any(is_such);
        let has_consumer = any(&|strategy| strategy.uses(Setting::Store) != Use::No);
        match wait {
            Wait::Queue
            | Wait::Permit
            | Wait::Request
            | Wait::Download
            | Wait::Parse
            | Wait::Pause => true,
            Wait::HostPermit => number(Dial::PerHost) > 0,
            // A crawled site may ask for a delay in its robots.txt.
            Wait::Host => {
                any(&|strategy| strategy == Strategy::AutoThrottle)
                    || number(Dial::HostDelay) > 0
                    || self.crawls()
            }
            Wait::Token => any(&|strategy| self.rate_for(strategy).is_some()),
            // A crawl gives a host the break that it asks for also where nothing is tried again.
            Wait::Backoff => number(Dial::Retries) > 0 || self.crawls(),
            Wait::Handover => has_consumer,
            Wait::Store => has_consumer && number(Dial::Store) > 0,
        }
    }

    /// Whether a run of it has queues between tasks.
    #[must_use]
    pub fn has_queues(&self) -> bool {
        let mut strategies = self.strategies();
        strategies.any(|strategy| matches!(strategy, Strategy::WorkerPool | Strategy::Pipeline))
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

    /// Whether a second run is worth making.
    #[must_use]
    pub fn compares(&self) -> bool {
        self.compare && self.strategy != self.against
    }

    /// The strategies that its runs use: the one to compare with first, if there is something to compare with it.
    pub fn strategies(&self) -> impl Iterator<Item = Strategy> + use<> {
        let other = self.compares().then_some(self.against);
        other.into_iter().chain([self.strategy])
    }
}
