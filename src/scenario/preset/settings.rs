//! How each preset is set.

use super::Preset;
use crate::engine::strategy::Strategy;
use crate::scenario::Scenario;
use crate::scenario::dial::Dial;

impl Preset {
    /// Sets a plain scenario to its settings, where they differ.
    pub fn adjust(self, scenario: &mut Scenario) {
        let mut dial = |dial, number| {
            scenario.dials.set(dial, Some(number));
        };
        match self {
            Self::InOrder => dial(Dial::Store, 50),
            Self::Trap => dial(Dial::Store, 300),
            Self::RateLimit => dial(Dial::Burst, 3),
            Self::Adaptive | Self::Retries => dial(Dial::Retries, 3),
            Self::Polite => {
                dial(Dial::PerHost, 2);
                dial(Dial::HostDelay, 250);
                dial(Dial::Jitter, 50);
            }
            Self::Blocking => dial(Dial::Work, 2_000),
            Self::CrawlSmall | Self::CrawlPolite => dial(Dial::Depth, 5),
            Self::CrawlWide => dial(Dial::Pages, 250),
            Self::CrawlDeep => dial(Dial::Depth, 12),
            Self::CrawlMixed => {
                dial(Dial::Depth, 5);
                dial(Dial::Pages, 100);
                dial(Dial::Retries, 2);
            }
            Self::CrawlTrap => dial(Dial::Depth, 100),
            _ => {}
        }
        match self {
            Self::Ten | Self::Own | Self::Retries => {}
            Self::Five | Self::OneSlow => {
                scenario.strategy = Strategy::AllAtOnce;
                scenario.concurrency = 5;
            }
            Self::KeptPause => {
                scenario.delay_ms = 1_000;
                scenario.keep_permit = true;
            }
            Self::InOrder => {
                scenario.strategy = Strategy::BufferUnordered;
                scenario.against = Strategy::Buffered;
            }
            Self::Trap => {
                scenario.strategy = Strategy::Pipeline;
                scenario.against = Strategy::BufferUnordered;
            }
            Self::RateLimit => {
                scenario.strategy = Strategy::RateLimited;
                scenario.against = Strategy::Semaphore;
                scenario.concurrency = 5;
            }
            Self::Adaptive => {
                scenario.strategy = Strategy::Adaptive;
                scenario.against = Strategy::AllAtOnce;
                scenario.concurrency = 32;
            }
            Self::AutoThrottle => {
                scenario.strategy = Strategy::AutoThrottle;
                scenario.against = Strategy::AllAtOnce;
                scenario.concurrency = 2;
            }
            Self::Polite => {
                scenario.concurrency = 6;
                scenario.compare = false;
            }
            Self::CrawlSmall => (scenario.is_crawl, scenario.concurrency) = (true, 4),
            Self::CrawlDeep => (scenario.is_crawl, scenario.concurrency) = (true, 6),
            Self::CrawlWide | Self::CrawlMixed | Self::CrawlPolite | Self::CrawlTrap => {
                scenario.is_crawl = true;
                scenario.concurrency = 6;
                scenario.compare = false;
            }
            Self::PokeApi => scenario.crawl_politely(),
            Self::Wikipedia | Self::NewsTree => {
                scenario.crawl_politely();
                scenario.crawl.items = self.items();
            }
            Self::Mirrors => {
                scenario.strategy = Strategy::Race;
                scenario.compare = false;
            }
            Self::Blocking => {
                scenario.concurrency = 8;
                scenario.compare = false;
            }
            Self::Simulated => scenario.concurrency = 8,
            Self::Failures => scenario.timeout_ms = 2_000,
            Self::News | Self::JsonPlaceholder => scenario.concurrency = 5,
            Self::Httpbin => scenario.timeout_ms = 20_000,
        }
    }
}
