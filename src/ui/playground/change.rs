//! What changes the settings: controls, presets and links. Runs, pictures and the address follow.

use leptos::prelude::*;
use url::Url;

use super::Playground;
use crate::browser::link::{self, Step};
use crate::scenario::fragment::LabAddress;
use crate::scenario::preset::Preset;
use crate::scenario::{Network, Scenario};
use crate::ui::chunk::Loaded;
use crate::ui::stage::Stage;

/// Said beside a list that no link can carry.
const TOO_LONG_FOR_A_LINK: &str =
    "This list is too long for a link: it stays in this tab, and survives a reload.";

impl Playground {
    /// Changes settings. A run that goes on takes what it can at once; a simulated picture follows with the next frame.
    pub(in crate::ui) fn set(self, change: impl FnOnce(&mut Scenario)) {
        self.change(Step::Own, change);
    }

    /// Changes settings as part of something longer, such as typing: Back does not stop at each letter.
    pub(in crate::ui) fn edit(self, change: impl FnOnce(&mut Scenario)) {
        self.change(Step::SameAsBefore, change);
    }

    fn change(self, step: Step, change: impl FnOnce(&mut Scenario)) {
        let in_force = self.is_running.get_untracked().then(|| self.in_force());
        self.scenario.update(change);
        if let Some(in_force) = in_force {
            self.adjust_runs(&in_force);
        } else if self.question.with_untracked(Option::is_some) {
            self.question.set(None);
        }
        // A slider moves more often than pictures are drawn.
        let was_due = self.is_address_due.get_value();
        self.is_address_due
            .set_value(Some(was_due.map_or(step, |due| due.max(step))));
        // Before what runs need is there it stays due.
        let is_ahead = self.running.get_untracked().table().is_none();
        if was_due.is_none() || is_ahead {
            request_animation_frame(move || self.follow_change());
        }
    }

    pub(in crate::ui) fn follow_change(self) {
        let Some(step) = self.is_address_due.try_update_value(Option::take).flatten() else {
            return;
        };
        let running = self.running.get_untracked();
        if !self.is_running.get_untracked() {
            match running.table() {
                Some(running) if self.read(Stage::is_measured) == Some(true) => {
                    (running.foresee)(self)
                }
                // Too many to be simulated with each move of a slider: what was simulated stays until Run is pressed.
                Some(_) if self.keeps_simulation() => {}
                _ => self.preview(),
            }
        }
        let Some(running) = running.table() else {
            // Written when that is there.
            self.is_address_due.set_value(Some(step));
            if running == Loaded::Failed {
                self.running.set(Loaded::Waiting);
                self.load_running();
            }
            return;
        };
        let write = |scenario: &Scenario| (running.write_link)(scenario, step);
        let is_whole = self.scenario.with_untracked(write);
        let notice = (!is_whole).then(|| TOO_LONG_FOR_A_LINK.to_owned());
        if self.notice.with_untracked(|shown| *shown != notice) {
            self.notice.set(notice);
        }
    }

    /// Whether the simulation on show says more of the settings than a picture that is not known in advance.
    fn keeps_simulation(self) -> bool {
        let is_too_large = self.scenario.with_untracked(Stage::is_large_simulation);
        is_too_large
            && self.refusal.with_untracked(Option::is_none)
            && self.read(|stage| stage.has_run() && stage.scenario.network == Network::Simulation)
                == Some(true)
    }

    /// Has the runs that go on, which keep to `in_force`, follow the settings; see [`crate::ui::adjusting`].
    pub(super) fn adjust_runs(self, in_force: &Scenario) {
        if let Some(running) = self.running.get_untracked().table() {
            (running.adjust)(self, in_force);
        }
    }

    /// Shows a preset. A list of the visitor's own is kept, and comes back with [`Preset::Own`].
    pub(in crate::ui) fn choose_preset(self, preset: Preset) {
        self.keep_own_list();
        let old = self.scenario.get_untracked();
        if preset == Preset::Own {
            // One's own list starts from what is on the page, if nothing was typed before.
            let own = self.own_urls.get_value();
            let mut chosen = old;
            chosen.preset = preset;
            if !own.is_empty() {
                chosen.urls = own;
            }
            self.replace(chosen);
        } else {
            self.replace_by(preset, old.network, old.lab_at);
        }
    }

    /// Keeps what was typed, whatever comes instead.
    fn keep_own_list(self) {
        self.scenario.with_untracked(|scenario| {
            if scenario.preset == Preset::Own {
                self.own_urls.set_value(scenario.urls.clone());
            }
        });
    }

    /// Changes the network, to the same preset if that is offered there, else to the first one.
    pub(in crate::ui) fn choose_network(self, network: Network) {
        let mut old = self.scenario.get_untracked();
        if old.preset == Preset::Own {
            old.network = network;
            old.set_crawl(old.is_crawl);
            return self.replace(old);
        }
        let same = old.preset.is_offered(network).then_some(old.preset);
        let preset = same.or_else(|| Preset::offered(network).next());
        self.replace_by(preset.unwrap_or(Preset::Own), network, old.lab_at);
    }

    fn replace_by(self, preset: Preset, network: Network, lab_at: Option<Url>) {
        let mut chosen = Scenario::of(preset, network);
        chosen.lab_at = lab_at;
        self.replace(chosen);
    }

    fn replace(self, scenario: Scenario) {
        if self.is_running.get_untracked() {
            return;
        }
        self.set(|old| *old = scenario);
        self.preview();
    }

    /// The address changed under the page: a link, or Back. Whether it had other settings, whose picture is shown.
    pub(in crate::ui) fn follow_link(self) -> bool {
        let running = self.running.get_untracked().table();
        let lab_address = running.map_or(unread as fn(&str) -> _, |running| running.lab_address);
        let (scenario, notice) = match link::read(lab_address) {
            Ok(scenario) => (scenario, running.and_then(|running| (running.unknown)())),
            Err(bad) => (Scenario::default(), Some(bad.to_string())),
        };
        if self.notice.with_untracked(|shown| *shown != notice) {
            self.notice.set(notice);
        }
        if self.scenario.with_untracked(|now| *now == scenario) {
            return false;
        }
        self.stop();
        self.keep_own_list();
        self.scenario.set(scenario);
        self.preview();
        true
    }
}

fn unread(_: &str) -> LabAddress {
    LabAddress::Unread
}
