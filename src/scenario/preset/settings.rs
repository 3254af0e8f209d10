//! How each preset is set.

use super::Preset;
use crate::engine::strategy::Strategy;
use crate::scenario::Scenario;
use crate::scenario::dial::Dial;

impl Preset {
    /// Its settings, where they differ from the plain ones.
    #[must_use]
    pub fn adjust(self, plain: Scenario) -> Scenario {
        match self {
            Self::Ten | Self::Own => plain,
            Self::Five | Self::OneSlow => Scenario {
                strategy: Strategy::AllAtOnce,
                concurrency: 5,
                ..plain
            },
            Self::KeptPause => Scenario {
                delay_ms: 1_000,
                keep_permit: true,
                ..plain
            },
            Self::InOrder => Scenario {
                strategy: Strategy::BufferUnordered,
                against: Strategy::Buffered,
                dials: plain.dials.with(Dial::Store, 50),
                ..plain
            },
            Self::Trap => Scenario {
                strategy: Strategy::Pipeline,
                against: Strategy::BufferUnordered,
                dials: plain.dials.with(Dial::Store, 300),
                ..plain
            },
            Self::RateLimit => Scenario {
                strategy: Strategy::RateLimited,
                against: Strategy::Semaphore,
                concurrency: 5,
                dials: plain.dials.with(Dial::Burst, 3),
                ..plain
            },
            Self::Adaptive => Scenario {
                strategy: Strategy::Adaptive,
                against: Strategy::AllAtOnce,
                concurrency: 32,
                dials: plain.dials.with(Dial::Retries, 3),
                ..plain
            },
            Self::AutoThrottle => Scenario {
                strategy: Strategy::AutoThrottle,
                against: Strategy::AllAtOnce,
                concurrency: 2,
                ..plain
            },
            Self::Retries => Scenario {
                dials: plain.dials.with(Dial::Retries, 3),
                ..plain
            },
            Self::Polite => Scenario {
                concurrency: 6,
                compare: false,
                dials: plain
                    .dials
                    .with(Dial::PerHost, 2)
                    .with(Dial::HostDelay, 250)
                    .with(Dial::Jitter, 50),
                ..plain
            },
            Self::Mirrors => Scenario {
                strategy: Strategy::Race,
                compare: false,
                ..plain
            },
            Self::Blocking => Scenario {
                concurrency: 8,
                compare: false,
                dials: plain.dials.with(Dial::Work, 2_000),
                ..plain
            },
            Self::Simulated => Scenario {
                concurrency: 8,
                ..plain
            },
            Self::Failures => Scenario {
                timeout_ms: 2_000,
                ..plain
            },
            Self::News | Self::JsonPlaceholder => Scenario {
                concurrency: 5,
                ..plain
            },
            Self::CrawlSmall => Scenario {
                concurrency: 4,
                dials: plain.dials.with(Dial::Depth, 5),
                ..crawl(plain)
            },
            Self::CrawlWide => Scenario {
                concurrency: 8,
                compare: false,
                dials: plain.dials.with(Dial::Pages, 250),
                ..crawl(plain)
            },
            Self::CrawlDeep => Scenario {
                concurrency: 6,
                dials: plain.dials.with(Dial::Depth, 12),
                ..crawl(plain)
            },
            Self::CrawlMixed => Scenario {
                concurrency: 6,
                timeout_ms: 3_000,
                compare: false,
                dials: plain
                    .dials
                    .with(Dial::Depth, 5)
                    .with(Dial::Pages, 100)
                    .with(Dial::Retries, 2),
                ..crawl(plain)
            },
            Self::CrawlPolite => Scenario {
                concurrency: 6,
                compare: false,
                dials: plain.dials.with(Dial::Depth, 5),
                ..crawl(plain)
            },
            Self::CrawlTrap => Scenario {
                concurrency: 6,
                compare: false,
                dials: plain.dials.with(Dial::Depth, 100),
                ..crawl(plain)
            },
            Self::PokeApi => polite_crawl(plain),
            Self::Httpbin => Scenario {
                concurrency: 3,
                timeout_ms: 20_000,
                ..plain
            },
        }
    }
}

fn crawl(plain: Scenario) -> Scenario {
    Scenario {
        is_crawl: true,
        ..plain
    }
}

/// A crawl as a host of other people's can bear it: two at a time, half a second apart.
pub(in crate::scenario) fn polite_crawl(plain: Scenario) -> Scenario {
    Scenario {
        concurrency: 2,
        compare: false,
        dials: plain
            .dials
            .with(Dial::PerHost, 2)
            .with(Dial::HostDelay, 500),
        ..crawl(plain)
    }
}
