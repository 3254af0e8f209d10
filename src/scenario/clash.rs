//! Two limits of which one leaves no room for the other.

use super::Scenario;
use super::dial::Dial;
use crate::engine::strategy::{Setting, Strategy, Use};

/// The names of the controls, as they stand on the page.
const CONCURRENCY: &str = "Concurrency";
const TIMEOUT: &str = "Timeout";

/// Such a pair, with the numbers that it has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Clash {
    /// One host may get more at a time than all may.
    HostOverAll { of_host: u32, of_all: usize },
    /// The run is over before a request is.
    RunBeforeTimeout { run_s: u32, timeout_ms: u32 },
    /// The run is over before a request is tried again.
    RunBeforeRetry { run_s: u32, backoff_ms: u128 },
    /// One host may get more of a crawl's pages than it fetches.
    HostOverPages { of_host: u32, of_all: u32 },
}

impl Clash {
    /// Those of a scenario.
    pub(super) fn all(scenario: &Scenario) -> impl Iterator<Item = Self> {
        let dials = &scenario.dials;
        let of_host = dials
            .get(Dial::PerHost)
            .filter(|_| is_bound_by_concurrency(scenario));
        let host_over_all = of_host.map(|of_host| Self::HostOverAll {
            of_host,
            of_all: scenario.concurrency,
        });
        let run_s = dials.get(Dial::RunTimeout);
        let run_before_timeout = run_s.map(|run_s| Self::RunBeforeTimeout {
            run_s,
            timeout_ms: scenario.timeout_ms,
        });
        let retry = scenario.limits().retry;
        let run_before_retry =
            run_s
                .filter(|_| retry.retries > 0)
                .map(|run_s| Self::RunBeforeRetry {
                    run_s,
                    backoff_ms: retry.backoff.ceiling(1).as_millis(),
                });
        let of_host = dials.get(Dial::HostPages).filter(|_| scenario.crawls());
        let host_over_pages = of_host.map(|of_host| Self::HostOverPages {
            of_host,
            of_all: dials.number(Dial::Pages),
        });
        [
            host_over_all,
            run_before_timeout,
            run_before_retry,
            host_over_pages,
        ]
        .into_iter()
        .flatten()
        .filter(Self::is_one)
    }

    fn is_one(&self) -> bool {
        match *self {
            Self::HostOverAll { of_host, of_all } => of_host as usize > of_all,
            Self::RunBeforeTimeout { run_s, timeout_ms } => {
                u64::from(run_s) * 1_000 < u64::from(timeout_ms)
            }
            Self::RunBeforeRetry { run_s, backoff_ms } => u128::from(run_s) * 1_000 <= backoff_ms,
            Self::HostOverPages { of_host, of_all } => of_host > of_all,
        }
    }

    /// What comes of it, where it is so.
    pub(super) fn told(&self) -> String {
        match self {
            Self::HostOverAll { of_host, of_all } => {
                format!("The per-host limit of {of_host} never binds: only {of_all} run at once.")
            }
            Self::RunBeforeTimeout { run_s, timeout_ms } => format!(
                "The run ends after {run_s}\u{a0}s, before any request’s timeout of {timeout_ms}\u{a0}ms."
            ),
            Self::RunBeforeRetry { run_s, backoff_ms } => format!(
                "The run ends after {run_s}\u{a0}s, and the back-off alone may take {backoff_ms}\u{a0}ms: there may be no retry."
            ),
            Self::HostOverPages { of_host, of_all } => format!(
                "The limit of {of_host} pages per host never binds: the crawl ends at {of_all}."
            ),
        }
    }

    /// Why it is not to become so.
    fn refused(&self) -> String {
        match self {
            Self::HostOverAll { of_host, of_all } => format!(
                "A per-host limit of {of_host} would never bind, since only {of_all} run at once."
            ),
            Self::RunBeforeTimeout { run_s, timeout_ms } => format!(
                "A run of {run_s}\u{a0}s would end before any request’s timeout of {timeout_ms}\u{a0}ms."
            ),
            Self::RunBeforeRetry { run_s, backoff_ms } => format!(
                "A run of {run_s}\u{a0}s would leave no room for a back-off of up to {backoff_ms}\u{a0}ms."
            ),
            Self::HostOverPages { of_host, of_all } => format!(
                "A limit of {of_host} pages per host would never bind, since the crawl ends at {of_all}."
            ),
        }
    }

    /// The controls of the two.
    const fn controls(&self) -> [&'static str; 2] {
        match self {
            Self::HostOverAll { .. } => [CONCURRENCY, Dial::PerHost.name()],
            Self::RunBeforeTimeout { .. } => [Dial::RunTimeout.name(), TIMEOUT],
            Self::RunBeforeRetry { .. } => [Dial::RunTimeout.name(), Dial::Backoff.name()],
            Self::HostOverPages { .. } => [Dial::Pages.name(), Dial::HostPages.name()],
        }
    }

    fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// Whether no run has more requests out than the concurrency says, and it is that which keeps one from it.
fn is_bound_by_concurrency(scenario: &Scenario) -> bool {
    let followed = || {
        let strategies = scenario.strategies();
        strategies.map(|strategy| scenario.followed(strategy))
    };
    // With auto throttle it is what each host's clock aims at, and no bound.
    let is_bound = |strategy: Strategy| {
        strategy.uses(Setting::Concurrency) != Use::No && strategy != Strategy::AutoThrottle
    };
    followed().any(is_bound)
        && followed().all(|strategy| is_bound(strategy) || strategy == Strategy::Sequential)
}

impl Scenario {
    /// Why a number that is typed into `control` is refused: it would have two limits contradict each other that did not
    /// before. `None` if it makes sense, or if there was no sense in them before: then it is no worse. Concurrency is
    /// never refused, for its slider follows the hand; what it makes of the other limits is told
    /// ([`Scenario::contradictions`]).
    ///
    /// ```
    /// use crawl_playground::scenario::{Scenario, dial::Dial};
    ///
    /// let (now, mut then) = (Scenario::default(), Scenario::default());
    /// then.dials.set(Dial::RunTimeout, Some(5));
    /// assert_eq!(
    ///     now.refusal_of(&then, Dial::RunTimeout.name()).unwrap(),
    ///     "A run of 5\u{a0}s would end before any request’s timeout of 10000\u{a0}ms. Change “Timeout” first."
    /// );
    /// ```
    #[must_use]
    pub fn refusal_of(&self, changed: &Self, control: &str) -> Option<String> {
        if control == CONCURRENCY {
            return None;
        }
        let clash = Clash::all(changed)
            .find(|clash| !Clash::all(self).any(|before| before.is_like(clash)))?;
        let why = clash.refused();
        let other = clash.controls().into_iter().find(|name| *name != control)?;
        Some(format!("{why} Change “{other}” first."))
    }
}
