//! The picture of the settings before a run is made with them.
//!
//! What simulates it comes with a chunk ([`super::running`]) a moment after the first paint. Until then there is the picture of the
//! default scenario, which was simulated before, and for any other a stage that waits.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::lab_host::lab_host;
use super::playground::Playground;
use super::stage::Stage;
use crate::browser::link;
use crate::scenario::fragment::lab_address;

impl Playground {
    /// Shows the finished picture of the settings, as far as it is known in advance.
    pub(super) fn preview(self) {
        match self.running.get_untracked().table() {
            Some(running) => (running.preview)(self),
            None => self.show_finished(self.scenario.with_untracked(Stage::ahead)),
        }
    }

    fn show_finished(self, stage: Stage) {
        self.show(stage);
        self.has_ended();
    }

    /// The finished picture of the settings, simulated. `None` where it is not known in advance.
    pub(super) fn simulate(self) -> Option<Stage> {
        if self.refusal.with_untracked(Option::is_some) {
            return None;
        }
        let targets = self.list.with_untracked(|list| list.targets.clone());
        self.scenario.with_untracked(|scenario| {
            let crawling = self.crawling_for(scenario);
            Stage::simulated(scenario, targets, &link::page(), crawling)
        })
    }
}

/// Shows the finished picture of the settings, simulated; or a stage that waits, where that is not known in advance.
pub(super) fn show(playground: Playground) {
    let stage = playground.simulate().unwrap_or_else(|| {
        let targets = playground.list.with_untracked(|list| list.targets.clone());
        playground.scenario.with_untracked(|scenario| {
            let crawling = playground.crawling_for(scenario);
            Stage::new(scenario, &targets, &link::page(), crawling)
        })
    });
    playground.show_finished(stage);
}

/// Does what the page could not do before the chunk was there, once: reads the rest of the link, simulates, and brings up
/// what answers the Lab's requests. Then comes what a crawl needs, so that it is there when the network is gone.
pub(super) fn begin(playground: Playground) {
    if playground.lab_start.with_value(Option::is_some) {
        return;
    }
    let host = lab_host(playground);
    spawn_local(async move {
        host.await;
        playground.load_crawling();
    });
    if playground.is_address_due.with_value(Option::is_none) {
        // What the link says is what was to be run, unless it is refused now.
        let is_refused = link::read(lab_address).is_err();
        let waits_to_run = playground.waits_to_run.get_value() && !is_refused;
        if !playground.follow_link() {
            show(playground);
        }
        return playground.waits_to_run.set_value(waits_to_run);
    }
    // Settings were changed meanwhile: of the link there is only left what could not be read then.
    let linked = link::read(lab_address);
    if let Ok(linked) = &linked {
        let lab_at = linked.lab_at.clone();
        playground
            .scenario
            .update(|scenario| scenario.lab_at = lab_at);
    }
    playground.follow_change();
    if let Err(bad) = linked {
        playground.notice.set(Some(bad.to_string()));
    }
}
