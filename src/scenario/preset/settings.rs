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
            Self::Httpbin => Scenario {
                concurrency: 3,
                timeout_ms: 20_000,
                ..plain
            },
        }
    }
}
