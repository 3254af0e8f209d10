//! The dials: settings that are one number each, with their names, ranges and what they mean. Links, fields and checks
//! are made from this one table.

use std::ops::RangeInclusive;

use crate::engine::compute::Kind;

/// A setting that is a number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Dial {
    /// How many requests a second.
    Rate,
    /// How many tokens lie ready at most.
    Burst,
    /// How many requests one host gets at a time.
    PerHost,
    /// Milliseconds between the starts of two requests to one host.
    HostDelay,
    /// How far that may be off, in per cent.
    Jitter,
    /// How often a task is tried again.
    Retries,
    /// The back-off before the first retry, at most, in milliseconds; it doubles with each.
    Backoff,
    /// Seconds that answers of 429 and 503 may put a task off.
    Stall,
    /// Seconds for the whole run.
    RunTimeout,
    /// Milliseconds that the consumer takes with each result.
    Store,
    /// How much work each page is: primes are counted below so many thousands, unless it is of another kind.
    Work,
    /// How many requests fail, of a thousand; of the simulated network.
    Failures,
    /// What chance is drawn from. Plain, it is another with each run on Live.
    Seed,
    /// How many links away from its seed a crawl goes.
    Depth,
    /// How many pages a crawl fetches.
    Pages,
    /// How many pages of one host it fetches.
    HostPages,
}

/// Where a dial belongs on the page.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Group {
    /// How fast, and how fast for each host.
    Pace,
    /// What follows a failure, and when to stop.
    Failure,
    /// What a result costs.
    Cost,
    /// The simulated network.
    Simulation,
    /// How far a crawl goes.
    Crawl,
}

impl Group {
    /// All of them, in their order on the page.
    pub const ALL: [Self; 5] = [
        Self::Pace,
        Self::Failure,
        Self::Cost,
        Self::Simulation,
        Self::Crawl,
    ];

    /// The name on the page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pace => "Pace",
            Self::Failure => "Failures",
            Self::Cost => "What a result costs",
            Self::Simulation => "Simulated network",
            Self::Crawl => "How far",
        }
    }
}

impl Dial {
    /// All of them, in their order on the page.
    pub const ALL: [Self; 16] = [
        Self::Rate,
        Self::Burst,
        Self::PerHost,
        Self::HostDelay,
        Self::Jitter,
        Self::Retries,
        Self::Backoff,
        Self::Stall,
        Self::RunTimeout,
        Self::Store,
        Self::Work,
        Self::Failures,
        Self::Seed,
        Self::Depth,
        Self::Pages,
        Self::HostPages,
    ];

    /// The name in links.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Rate => "rate",
            Self::Burst => "burst",
            Self::PerHost => "per-host",
            Self::HostDelay => "host-delay",
            Self::Jitter => "jitter",
            Self::Retries => "retries",
            Self::Backoff => "backoff",
            Self::Stall => "stall",
            Self::RunTimeout => "run-timeout",
            Self::Store => "store",
            Self::Work => "work",
            Self::Failures => "failures",
            Self::Seed => "seed",
            Self::Depth => "depth",
            Self::Pages => "pages",
            Self::HostPages => "host-pages",
        }
    }

    /// The name on the page, with the unit.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rate => "Rate, per s",
            Self::Burst => "Burst",
            Self::PerHost => "Per-host limit",
            Self::HostDelay => "Host delay, ms",
            Self::Jitter => "Jitter, %",
            Self::Retries => "Retries",
            Self::Backoff => "Back-off, ms",
            Self::Stall => "Stall limit, s",
            Self::RunTimeout => "Run timeout, s",
            Self::Store => "Consumer, ms",
            Self::Work => "Primes below, thousands",
            Self::Failures => "Failures, ‰",
            Self::Seed => "Seed",
            Self::Depth => "Depth",
            Self::Pages => "Pages",
            Self::HostPages => "Pages per host",
        }
    }

    /// The same where work is of that kind: its number counts something else then.
    ///
    /// ```
    /// use crawl_playground::{engine::compute::Kind, scenario::dial::Dial};
    ///
    /// assert_eq!(Dial::Work.name_for(Kind::Page), "Page size, × 20\u{a0}kB");
    /// assert_eq!(Dial::Work.name_for(Kind::Primes), Dial::Work.name());
    /// assert_eq!(Dial::Store.name_for(Kind::Page), Dial::Store.name());
    /// ```
    #[must_use]
    pub const fn name_for(self, kind: Kind) -> &'static str {
        match (self, kind) {
            (Self::Work, Kind::Page) => "Page size, × 20\u{a0}kB",
            _ => self.name(),
        }
    }

    /// The numbers that make sense.
    #[must_use]
    pub const fn range(self) -> RangeInclusive<u32> {
        match self {
            Self::Rate | Self::Burst => 1..=1_000,
            Self::PerHost => 1..=256,
            Self::HostDelay => 0..=10_000,
            Self::Jitter => 0..=100,
            Self::Retries => 0..=10,
            Self::Backoff => 1..=60_000,
            Self::Stall => 1..=900,
            Self::RunTimeout => 1..=3_600,
            Self::Store => 0..=5_000,
            Self::Work => 0..=5_000,
            Self::Failures => 0..=1_000,
            Self::Seed => 0..=999_999,
            Self::Depth => 0..=100,
            Self::Pages | Self::HostPages => 1..=10_000,
        }
    }

    /// What it is set to unless somebody says otherwise. `None`: it is switched off.
    #[must_use]
    pub const fn plain(self) -> Option<u32> {
        match self {
            Self::Rate | Self::PerHost | Self::RunTimeout | Self::HostPages => None,
            Self::Burst => Some(1),
            Self::Backoff => Some(500),
            Self::Stall => Some(60),
            Self::HostDelay
            | Self::Jitter
            | Self::Retries
            | Self::Store
            | Self::Work
            | Self::Failures => Some(0),
            Self::Seed => Some(1),
            Self::Depth => Some(2),
            Self::Pages => Some(50),
        }
    }

    /// Whether it can be switched off, and what it is first set to when it is switched on.
    #[must_use]
    pub const fn first(self) -> Option<u32> {
        match self {
            Self::Rate => Some(10),
            Self::PerHost => Some(2),
            Self::RunTimeout => Some(10),
            Self::HostPages => Some(20),
            _ => None,
        }
    }

    /// Where it belongs on the page.
    #[must_use]
    pub const fn group(self) -> Group {
        match self {
            Self::Rate | Self::Burst | Self::PerHost | Self::HostDelay | Self::Jitter => {
                Group::Pace
            }
            Self::Retries | Self::Backoff | Self::Stall | Self::RunTimeout => Group::Failure,
            Self::Store | Self::Work => Group::Cost,
            Self::Failures | Self::Seed => Group::Simulation,
            Self::Depth | Self::Pages | Self::HostPages => Group::Crawl,
        }
    }

    /// Whether a run follows it while it goes on.
    #[must_use]
    pub const fn is_live(self) -> bool {
        matches!(
            self,
            Self::Rate | Self::Burst | Self::PerHost | Self::HostDelay | Self::Jitter | Self::Store
        )
    }

    /// Why `number` is refused, in a sentence; `None` if it makes sense.
    ///
    /// ```
    /// use crawl_playground::scenario::dial::Dial;
    ///
    /// assert_eq!(Dial::Burst.refusal(1), None);
    /// assert_eq!(
    ///     Dial::Burst.refusal(0).unwrap(),
    ///     "With a burst of 0 no token could ever lie ready, and nothing would be sent. Use 1 to 1000."
    /// );
    /// ```
    #[must_use]
    pub fn refusal(self, number: u32) -> Option<String> {
        let range = self.range();
        if range.contains(&number) {
            return None;
        }
        let why = match (self, number) {
            (Self::Rate, 0) => {
                "A rate of 0 would never let a request out. Switch the limit off, or use"
            }
            (Self::Burst, 0) => {
                "With a burst of 0 no token could ever lie ready, and nothing would be sent. Use"
            }
            (Self::PerHost, 0) => {
                "A limit of 0 would never let a request out. Switch the limit off, or use"
            }
            (Self::RunTimeout, 0) => {
                "A run of 0 s would end before it began. Switch the limit off, or use"
            }
            _ => "Whole numbers from",
        };
        Some(format!("{why} {} to {}.", range.start(), range.end()))
    }

    const fn index(self) -> usize {
        self as usize
    }
}

/// The settings of all dials.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dials([Option<u32>; Dial::ALL.len()]);

impl Default for Dials {
    fn default() -> Self {
        Self(Dial::ALL.map(Dial::plain))
    }
}

impl Dials {
    /// The setting of a dial; `None` when it is switched off.
    #[must_use]
    pub const fn get(&self, dial: Dial) -> Option<u32> {
        self.0[dial.index()]
    }

    /// The setting of a dial that can't be switched off; 0 for one that is.
    #[must_use]
    pub fn number(&self, dial: Dial) -> u32 {
        self.get(dial).unwrap_or_default()
    }

    /// Sets a dial. What is out of range, or off where there is no off, is not taken.
    ///
    /// ```
    /// use crawl_playground::scenario::dial::{Dial, Dials};
    ///
    /// let mut dials = Dials::default();
    /// assert!(dials.set(Dial::Rate, Some(5)));
    /// assert!(!dials.set(Dial::Rate, Some(0)));
    /// assert_eq!(dials.get(Dial::Rate), Some(5));
    /// assert!(!dials.set(Dial::Retries, None));
    /// ```
    pub fn set(&mut self, dial: Dial, setting: Option<u32>) -> bool {
        let is_good = match setting {
            Some(number) => dial.range().contains(&number),
            None => dial.first().is_some(),
        };
        if is_good {
            self.0[dial.index()] = setting;
        }
        is_good
    }

    /// The same with a dial set.
    #[must_use]
    pub fn with(mut self, dial: Dial, number: u32) -> Self {
        self.set(dial, Some(number));
        self
    }
}
