//! The state of the page, and the commands that change it. Everything that a component reads comes from here.

use futures::future::AbortHandle;
use leptos::prelude::*;

use super::chunk::Loaded;
use super::crawling::{Crawling, crawl_refusal};
use super::dynamic::effect;
use super::lab_host::{LabHost, LabStart};
use super::replay::Player;
use super::running::Running;
use super::stage::Stage;
use super::state::{Derived, State};
use crate::browser::link;
use crate::engine::compute::{Kind, Place};
use crate::engine::crawl::rules::Order;
use crate::engine::crawler::Unreadable;
use crate::engine::strategy::Strategy;
use crate::engine::trace::TaskId;
use crate::report::critical_path::Step;
use crate::scenario::crawl::ScopeKind;
use crate::scenario::fragment::LabAddress;
use crate::scenario::preset::Preset;
use crate::scenario::urls::UrlList;
use crate::scenario::{Network, Scenario};
use crate::timeline::window::Window;

mod change;
pub(super) mod question;

/// How often what is read, and not watched, is renewed while a run goes on or is played again.
pub(super) const TICK_MS: f64 = 200.0;

/// What is chosen from lists.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) network: Network,
    pub(super) preset: Preset,
    pub(super) strategy: Strategy,
    pub(super) against: Strategy,
    pub(super) kind: Kind,
    pub(super) place: Place,
    pub(super) is_crawl: bool,
    pub(super) order: Order,
    pub(super) scope: ScopeKind,
    pub(super) unreadable: Unreadable,
}

impl Choice {
    fn of(scenario: &Scenario) -> Self {
        Self {
            network: scenario.network,
            preset: scenario.preset,
            strategy: scenario.strategy,
            against: scenario.against,
            kind: scenario.kind,
            place: scenario.place,
            is_crawl: scenario.crawls(),
            order: scenario.crawl.order,
            scope: scenario.crawl.scope,
            unreadable: scenario.crawl.unreadable,
        }
    }
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
    /// Why nothing can be run, if so.
    pub(super) refusal: Derived<Option<String>>,
    /// What crawls need, once it is loaded.
    pub(super) crawling: State<Loaded<Crawling>>,
    /// What runs need, once it is loaded.
    pub(super) running: State<Loaded<Running>>,
    /// The bar that is selected, in every view: its lane and its task.
    pub(super) selected: State<Option<(usize, TaskId)>>,
    /// Whether the picture shows the critical paths.
    pub(super) shows_path: State<bool>,
    /// Those that it shows, by lane.
    pub(super) path: State<Vec<Vec<Step>>>,
    /// The window of time that the picture shows, for all runs.
    pub(super) window: State<Window>,
    /// What is asked before a run, while that is open.
    pub(super) question: State<Option<String>>,
    /// What was agreed to.
    agreed: StoredValue<String>,
    /// What a run keeps to, while what was changed waits for an answer.
    pub(super) held: StoredValue<Option<Scenario>>,
    /// How a run that is over is played again.
    pub(super) player: Player,
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
    /// The same for the permits and for the list of bars, a frame later while a run goes on: all of it in one frame would
    /// keep the loop longer than the run's own work does.
    pub(super) late_tick: State<u32>,
    /// Counts the finished pictures, simulated or measured.
    pub(super) ended: State<u32>,
    /// Counts the sessions that were run and are over.
    pub(super) finished: State<u32>,
    /// What the requests of the last measured run took, as a law that a simulation can follow, and how many tasks it had.
    pub(super) measured: State<Option<(String, u32)>>,
    /// Which lane the table and the log show.
    pub(super) lane: State<Option<usize>>,
    /// What the Lab is answered by.
    pub(super) lab: State<LabHost>,
    /// Resolves when that is known. Missing until what runs need is loaded.
    pub(super) lab_start: StoredValue<Option<LabStart>, LocalStorage>,
    /// Counts the sessions.
    pub(super) session: StoredValue<u32>,
    /// Something to say about the page's address.
    pub(super) notice: State<Option<String>>,
    /// What a screen reader is told.
    pub(super) status: State<String>,
    pub(super) stop: StoredValue<Option<AbortHandle>, LocalStorage>,
    /// Whether Run was pressed, and waits for what runs need.
    pub(super) waits_to_run: StoredValue<bool>,
    /// Whether the address is to be written, and as a step for Back: with the next frame, or once what runs need is there.
    pub(super) is_address_due: StoredValue<Option<link::Step>>,
    /// The visitor's own list, kept while a preset is looked at.
    own_urls: StoredValue<String>,
}

impl Playground {
    pub(super) fn new() -> Self {
        let (scenario, notice) = match link::read(|_| LabAddress::Unread) {
            Ok(scenario) => (scenario, None),
            Err(bad) => (Scenario::default(), Some(bad.to_string())),
        };
        let scenario = State::new(scenario);
        let running = State::new(Loaded::<Running>::Waiting);
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
            let running = running.get().table();
            scenario.with_untracked(|scenario| match running {
                Some(running) => (running.list)(scenario),
                None => UrlList::counted(&scenario.urls),
            })
        });
        let crawling = State::new(Loaded::Waiting);
        let playground = Self {
            crawling,
            running,
            selected: State::new(None),
            shows_path: State::new(false),
            path: State::new(Vec::new()),
            window: State::new(Window::WHOLE),
            scenario,
            choice: Derived::new(move || scenario.with(Choice::of)),
            list,
            refusal: Derived::new(move || {
                list.with(|list| {
                    let running = running.get().table();
                    scenario.with(|scenario| {
                        let plain = running.and_then(|running| (running.refusal)(scenario, list));
                        plain.or_else(|| crawl_refusal(crawling.get(), scenario))
                    })
                })
            }),
            question: State::new(None),
            agreed: StoredValue::new(String::new()),
            held: StoredValue::new(None),
            player: Player::new(),
            is_running: State::new(false),
            stage: StoredValue::new_local(None),
            frame: State::new(0),
            look: State::new(0),
            tick: State::new(0),
            late_tick: State::new(0),
            ended: State::new(0),
            finished: State::new(0),
            measured: State::new(None),
            lane: State::new(None),
            lab: State::new(LabHost::Starting),
            lab_start: StoredValue::new_local(None),
            session: StoredValue::new(0),
            waits_to_run: StoredValue::new(false),
            is_address_due: StoredValue::new(None),
            notice: State::new(notice),
            status: State::new(String::new()),
            stop: StoredValue::new_local(None),
            own_urls: StoredValue::new(String::new()),
        };
        // A bar of other runs is another bar. When a run ends, its bars stay; when one begins, `session::start` lets go.
        effect(move || {
            playground.choice.with(|_| ());
            playground.selected.set(None);
        });
        // And so is the time of other runs. To move a slider is to look at the same time of the next.
        effect(move || {
            playground.choice.with(|_| ());
            playground.window.set(Window::WHOLE);
        });
        playground.preview();
        playground
    }

    /// Puts a stage in the place of the one on show, below what is pinned there.
    pub(super) fn show(self, stage: Stage) {
        self.stage.update_value(|shown| {
            let old = shown.take();
            *shown = Some(stage.with_pins_of(old));
        });
    }

    /// Pins a run that is over, or takes its pin away.
    pub(super) fn toggle_pin(self, lane: usize) {
        self.selected.set(None);
        self.stage.update_value(|stage| {
            if let Some(stage) = stage {
                stage.leave_replay();
                stage.toggle_pin(lane);
            }
        });
        self.has_ended();
    }

    /// Tells all views that the stage shows a finished picture.
    pub(super) fn has_ended(self) {
        self.ended.update(|ended| *ended = ended.wrapping_add(1));
        self.changed();
    }

    /// Tells all views that the stage has changed.
    pub(super) fn changed(self) {
        self.frame.update(|frame| *frame = frame.wrapping_add(1));
        self.tick.update(|tick| *tick = tick.wrapping_add(1));
        self.late_tick.update(|tick| *tick = tick.wrapping_add(1));
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
                .position(|lane| lane.verdict.is_none() && lane.rows.finished().is_none())
                // In a replay what was shown stays.
                .filter(|_| stage.replay.is_none());
            chosen.or(running).map_or(last, |lane| lane.min(last))
        });
        shown.unwrap_or(0)
    }

    /// Stops everything at once: the run's future is dropped, and with it all requests. A question is taken back; of a run
    /// that goes on at its end, since until then it says what the run keeps to.
    pub(super) fn stop(self) {
        self.take_run_back();
        if !self.is_running.get_untracked() {
            self.take_question_back();
        }
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

    /// The number of a new session.
    pub(super) fn next_session(self) -> u32 {
        self.session
            .update_value(|session| *session = session.wrapping_add(1));
        self.session.get_value()
    }

    /// Whether the settings are others than those of the runs on show.
    pub(super) fn is_stale(self) -> bool {
        let scenario = self.scenario.get();
        self.read(|stage| stage.has_run() && stage.scenario != scenario)
            .unwrap_or(false)
    }

    /// Marks on the traces that the page was hidden or shown.
    pub(super) fn mark_hidden(self, is_hidden: bool) {
        if self.is_running.get_untracked()
            && let Some(running) = self.running.get_untracked().table()
        {
            self.read(|stage| (running.set_hidden)(stage, is_hidden));
        }
    }
}
