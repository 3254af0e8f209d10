//! How many pages of each host were taken out of the frontier and are not done.

use crate::engine::crawl::frontier::HostId;

/// The places taken, by host.
#[derive(Default)]
pub(super) struct Places(Vec<usize>);

impl Places {
    pub(super) fn taken_at(&self, host: HostId) -> usize {
        self.0.get(host.index()).copied().unwrap_or(0)
    }

    pub(super) fn take(&mut self, host: HostId) {
        if self.0.len() <= host.index() {
            self.0.resize(host.index() + 1, 0);
        }
        self.0[host.index()] += 1;
    }

    pub(super) fn give_back(&mut self, host: HostId) {
        if let Some(taken) = self.0.get_mut(host.index()) {
            *taken = taken.saturating_sub(1);
        }
    }
}
