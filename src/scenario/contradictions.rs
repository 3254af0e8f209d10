//! What in a scenario's settings works against itself.

use super::Scenario;
use super::dial::{Dial, Dials};
use crate::engine::strategy::{Setting, Strategy, Use};

impl Scenario {
    /// What is to be said where a strategy is to be compared with itself.
    #[must_use]
    pub fn compares_with_itself(&self) -> Option<String> {
        let is_same = self.compare && self.strategy == self.against;
        is_same.then(|| {
            let name = self.strategy.name();
            format!("“{name}” is what runs already, so there is nothing to compare it with: one run is made.")
        })
    }

    /// What in the settings works against itself, in sentences.
    #[must_use]
    pub fn contradictions(&self) -> Vec<String> {
        let dials = &self.dials;
        let mut found = Vec::new();
        let uses = |setting| self.uses(setting) != Use::No;
        if self.crawls() && !matches!(self.strategy, Strategy::Sequential | Strategy::Semaphore) {
            let name = self.strategy.name();
            found.push(format!(
                "A crawl finds its pages as it goes, so “{name}” does as the semaphore does."
            ));
        }
        if let Some(per_host) = dials.get(Dial::PerHost)
            && uses(Setting::Concurrency)
            // Its concurrency is what it aims at, and no bound.
            && self.strategy != Strategy::AutoThrottle
            && per_host as usize > self.concurrency
        {
            found.push(format!(
                "The per-host limit of {per_host} never binds: only {} run at once.",
                self.concurrency
            ));
        }
        if let Some(run_s) = dials.get(Dial::RunTimeout)
            && u64::from(run_s) * 1_000 < u64::from(self.timeout_ms)
        {
            found.push(format!(
                "The run ends after {run_s}\u{a0}s, before any request’s timeout of {}\u{a0}ms.",
                self.timeout_ms
            ));
        }
        let retry = self.limits().retry;
        let backoff_ms = retry.backoff.ceiling(1).as_millis();
        if let Some(run_s) = dials.get(Dial::RunTimeout)
            && retry.retries > 0
            && u128::from(run_s) * 1_000 <= backoff_ms
        {
            found.push(format!(
                "The run ends after {run_s}\u{a0}s, and the back-off alone may take {backoff_ms}\u{a0}ms: there may be no retry."
            ));
        }
        let is_burst_set = dials.get(Dial::Burst) != Dials::default().get(Dial::Burst);
        let has_rate = |strategy| self.limits_for(strategy).rate.is_some();
        if is_burst_set && !self.strategies().any(has_rate) {
            found.push("The burst has no rate to begin with.".into());
        }
        let (pages, of_host) = (dials.number(Dial::Pages), dials.get(Dial::HostPages));
        if let Some(of_host) = of_host.filter(|of_host| self.crawls() && *of_host > pages) {
            found.push(format!(
                "The limit of {of_host} pages per host never binds: the crawl ends at {pages}."
            ));
        }
        if dials.number(Dial::Jitter) > 0 && dials.number(Dial::HostDelay) == 0 {
            found.push("The jitter has no host delay to vary.".into());
        }
        if dials.number(Dial::Store) > 0 && !uses(Setting::Store) {
            let name = self.strategy.name();
            found.push(format!(
                "“{name}” has no consumer, so its time means nothing."
            ));
        }
        found
    }
}
