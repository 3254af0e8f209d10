//! The state of the page, and the commands that change it. Everything that a component reads comes from here.

use futures::future::AbortHandle;
use leptos::prelude::*;

use super::lab_host::{LabHost, LabStart, start_lab};
use super::session;
use super::stage::Stage;
use super::state::{Derived, State};
use crate::browser::link::{self, Step};
use crate::engine::strategy::Strategy;
use crate::engine::trace::TaskId;
use crate::scenario::preset::Preset;
use crate::scenario::urls::UrlList;
use crate::scenario::{Network, Scenario};

/// Said beside a list that no link can carry.
const TOO_LONG_FOR_A_LINK: &str =
    "This list is too long for a link: it stays in this tab, and survives a reload.";

/// What is chosen from lists.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) network: Network,
    pub(super) preset: Preset,
    pub(super) strategy: Strategy,
}

/// The page's state. Copies are handles to the same.
#[derive(Clone, Copy)]
pub(super) struct Playground {
    /// What the controls say.
    pub(super) scenario: State<Scenario>,
    /// What is chosen from lists, so that these are not made anew when a slider moves.
    pub(super) choice: Derived<Choice>,
    /// The list, read.
    pub(super) list: Derived<UrlList>,
    /// Whether a run goes on.
    pub(super) is_running: State<bool>,
    /// The runs on show. Not reactive: read it after [`Playground::frame`] or [`Playground::tick`].
    pub(super) stage: StoredValue<Option<Stage>, LocalStorage>,
    /// Counts up whenever the picture changes: once an animation frame at most.
    pub(super) frame: State<u32>,
    /// Counts up when the page looks different: another theme, another screen.
    pub(super) look: State<u32>,
    /// Counts up a few times a second, for what is read and not watched.
    pub(super) tick: State<u32>,
    /// Which lane the table and the log show.
    pub(super) lane: State<Option<usize>>,
    /// What the Lab is answered by.
    pub(super) lab: State<LabHost>,
    /// Resolves when that is known.
    pub(super) lab_start: StoredValue<LabStart, LocalStorage>,
    /// Counts the sessions.
    pub(super) session: StoredValue<u32>,
    /// Something to say about the page's address.
    pub(super) notice: State<Option<String>>,
    /// What a screen reader is told.
    pub(super) status: State<String>,
    pub(super) stop: StoredValue<Option<AbortHandle>, LocalStorage>,
    /// Whether the next frame writes the address, and as a step for Back.
    is_address_due: StoredValue<Option<Step>>,
    /// The visitor's own list, kept while a preset is looked at.
    own_urls: StoredValue<String>,
}

impl Playground {
    pub(super) fn new() -> Self {
        let (scenario, notice) = match link::read() {
            Ok(scenario) => (scenario, None),
            Err(bad) => (Scenario::default(), Some(bad.to_string())),
        };
        let scenario = State::new(scenario);
        // Read anew when the list itself changes, and not when a slider moves.
        let written = Derived::new(move || {
            scenario.with(|scenario| {
                (
                    scenario.network,
                    scenario.lab_at.clone(),
                    scenario.urls.clone(),
                )
            })
        });
        let list = Derived::new(move || {
            written.with(|_| ()); // to track a memo is not enough: only reading it makes it follow its own sources
            scenario.with_untracked(|scenario| scenario.list(&link::page(), link::in_ascii))
        });
        let playground = Self {
            scenario,
            choice: Derived::new(move || {
                scenario.with(
                    |&Scenario {
                         network,
                         preset,
                         strategy,
                         ..
                     }| Choice {
                        network,
                        preset,
                        strategy,
                    },
                )
            }),
            list,
            is_running: State::new(false),
            stage: StoredValue::new_local(None),
            frame: State::new(0),
            look: State::new(0),
            tick: State::new(0),
            lane: State::new(None),
            lab: State::new(LabHost::Starting),
            lab_start: StoredValue::new_local(start_lab()),
            session: StoredValue::new(0),
            is_address_due: StoredValue::new(None),
            notice: State::new(notice),
            status: State::new(String::new()),
            stop: StoredValue::new_local(None),
            own_urls: StoredValue::new(String::new()),
        };
        playground.preview();
        playground
    }

    /// Shows the finished picture of the settings, simulated; or a stage that waits, where that is not known in advance.
    pub(super) fn preview(self) {
        let stage = self.simulate().unwrap_or_else(|| {
            let targets = self.list.with_untracked(|list| list.targets.clone());
            self.scenario
                .with_untracked(|scenario| Stage::new(scenario, &targets, &link::page()))
        });
        self.stage.set_value(Some(stage));
        self.changed();
    }

    pub(super) fn simulate(self) -> Option<Stage> {
        let targets = self
            .list
            .with_untracked(|list| list.refusal().is_none().then(|| list.targets.clone()))?;
        self.scenario
            .with_untracked(|scenario| Stage::simulated(scenario, targets, &link::page()))
    }

    /// Tells all views that the stage has changed.
    pub(super) fn changed(self) {
        self.frame.update(|frame| *frame = frame.wrapping_add(1));
        self.tick.update(|tick| *tick = tick.wrapping_add(1));
    }

    /// Tells the picture that the page looks different.
    pub(super) fn looks_different(self) {
        self.look.update(|look| *look = look.wrapping_add(1));
    }

    /// Reads the runs on show.
    pub(super) fn read<T>(self, read: impl FnOnce(&Stage) -> T) -> Option<T> {
        self.stage
            .try_with_value(|stage| stage.as_ref().map(read))
            .flatten()
    }

    /// The lane that the table and the log show: the visitor's choice, else the one that runs, else the last.
    pub(super) fn shown_lane(self) -> usize {
        let chosen = self.lane.get();
        let shown = self.read(|stage| {
            let last = stage.lanes.len().saturating_sub(1);
            let running = stage
                .lanes
                .iter()
                .position(|lane| lane.verdict.is_none() && lane.rows.finished().is_none());
            chosen.or(running).map_or(last, |lane| lane.min(last))
        });
        shown.unwrap_or(0)
    }

    pub(super) fn start(self) {
        session::start(self);
    }

    /// Stops everything at once: the run's future is dropped, and with it all requests.
    pub(super) fn stop(self) {
        self.stop.update_value(|stop| {
            if let Some(stop) = stop.take() {
                stop.abort();
            }
        });
    }

    /// Cancels one task of a run that goes on.
    pub(super) fn cancel(self, lane: usize, task: TaskId) {
        self.read(|stage| {
            if let Some(run) = stage.lanes.get(lane).and_then(|lane| lane.run.as_ref()) {
                run.cancel(task);
            }
        });
    }

    /// Changes settings. A run that goes on takes what it can at once; a simulated picture follows with the next frame.
    pub(super) fn set(self, change: impl FnOnce(&mut Scenario)) {
        self.change(Step::Own, change);
    }

    /// Changes settings as part of something longer, such as typing: Back does not stop at each letter.
    pub(super) fn edit(self, change: impl FnOnce(&mut Scenario)) {
        self.change(Step::SameAsBefore, change);
    }

    fn change(self, step: Step, change: impl FnOnce(&mut Scenario)) {
        self.scenario.update(change);
        if self.is_running.get_untracked() {
            self.adjust_runs();
        }
        // A slider moves more often than pictures are drawn.
        let was_due = self.is_address_due.get_value();
        self.is_address_due
            .set_value(Some(was_due.map_or(step, |due| due.max(step))));
        if was_due.is_none() {
            request_animation_frame(move || self.follow_change());
        }
    }

    fn follow_change(self) {
        let Some(step) = self.is_address_due.try_update_value(Option::take).flatten() else {
            return;
        };
        if !self.is_running.get_untracked() && !self.read(Stage::is_measured).unwrap_or(false) {
            self.preview();
        }
        let is_whole = self
            .scenario
            .with_untracked(|scenario| link::write(scenario, step));
        let notice = (!is_whole).then(|| TOO_LONG_FOR_A_LINK.to_owned());
        if self.notice.with_untracked(|shown| *shown != notice) {
            self.notice.set(notice);
        }
    }

    /// The number of a new session.
    pub(super) fn next_session(self) -> u32 {
        self.session
            .update_value(|session| *session = session.wrapping_add(1));
        self.session.get_value()
    }

    /// Whether the settings are others than those that were measured.
    pub(super) fn is_stale(self) -> bool {
        let scenario = self.scenario.get();
        self.read(|stage| stage.is_measured() && stage.scenario != scenario)
            .unwrap_or(false)
    }

    fn adjust_runs(self) {
        let scenario = self.scenario.get_untracked();
        self.read(|stage| {
            for lane in &stage.lanes {
                let Some(run) = lane.run.as_ref().filter(|_| lane.rows.finished().is_none()) else {
                    continue;
                };
                run.set_limits(scenario.limits_for(lane.strategy));
            }
        });
    }

    /// Shows a preset. A list of the visitor's own is kept, and comes back with [`Preset::Own`].
    pub(super) fn choose_preset(self, preset: Preset) {
        let old = self.scenario.get_untracked();
        if old.preset == Preset::Own {
            self.own_urls.set_value(old.urls.clone());
        }
        let chosen = if preset == Preset::Own {
            // One's own list starts from what is on the page, if nothing was typed before.
            let own = self.own_urls.get_value();
            Scenario {
                preset,
                urls: if own.is_empty() {
                    old.urls.clone()
                } else {
                    own
                },
                ..old
            }
        } else {
            let lab_at = old.lab_at.clone();
            Scenario {
                lab_at,
                ..Scenario::of(preset, old.network)
            }
        };
        self.replace(chosen);
    }

    /// Changes the network, to the same preset if that is offered there, else to the first one.
    pub(super) fn choose_network(self, network: Network) {
        let old = self.scenario.get_untracked();
        let chosen = if old.preset == Preset::Own {
            Scenario { network, ..old }
        } else {
            let same = old.preset.is_offered(network).then_some(old.preset);
            let preset = same
                .or_else(|| Preset::offered(network).next())
                .unwrap_or(Preset::Own);
            Scenario {
                lab_at: old.lab_at,
                ..Scenario::of(preset, network)
            }
        };
        self.replace(chosen);
    }

    fn replace(self, scenario: Scenario) {
        if self.is_running.get_untracked() {
            return;
        }
        self.set(|old| *old = scenario);
        self.preview();
    }

    /// The address changed under the page: a link, or Back.
    pub(super) fn follow_link(self) {
        match link::read() {
            Ok(scenario) if self.scenario.with_untracked(|now| *now == scenario) => {}
            Ok(scenario) => {
                self.stop();
                self.scenario.set(scenario);
                self.notice.set(None);
                self.preview();
            }
            Err(bad) => {
                self.stop();
                self.scenario.set(Scenario::default());
                self.notice.set(Some(bad.to_string()));
                self.preview();
            }
        }
    }

    /// Marks on the traces that the page was hidden or shown.
    pub(super) fn mark_hidden(self, is_hidden: bool) {
        if self.is_running.get_untracked() {
            self.read(|stage| {
                let unfinished = stage
                    .lanes
                    .iter()
                    .filter(|lane| lane.rows.finished().is_none());
                unfinished
                    .filter_map(|lane| lane.run.as_ref())
                    .for_each(|run| run.set_hidden(is_hidden));
            });
        }
    }
}
