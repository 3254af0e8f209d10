//! What in a scenario's settings works against itself.

use super::Scenario;
use super::clash::Clash;
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

    /// What in the settings works against itself, in sentences: what a link, a preset, a slider or a choice brought about,
    /// for what is typed is refused ([`Scenario::refusal_of`]).
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
        found.extend(Clash::all(self).map(|clash| clash.told()));
        let is_burst_set = dials.get(Dial::Burst) != Dials::default().get(Dial::Burst);
        let has_rate = |strategy| self.limits_for(strategy).rate.is_some();
        if is_burst_set && !self.strategies().any(has_rate) {
            found.push("The burst has no rate to begin with.".into());
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
