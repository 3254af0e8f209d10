//! What the page needs from its first run on, and what stands beside the picture and can come a moment after it. It is a
//! chunk of its own ([`super::chunk`]), loaded as soon as the first picture is painted.

use leptos::prelude::*;

use super::adjusting;
use super::chunk::{self, Loaded};
use super::code::Code;
use super::comparison::Comparison;
use super::critical::Critical;
use super::detail::TaskDetail;
use super::foreseen;
use super::history::RunHistory;
use super::lending::LendingView;
use super::lifted::LiftedBounds;
use super::log::LogView;
use super::pausing::set_paused;
use super::playground::Playground;
use super::preview;
use super::replay;
use super::session;
use super::setup::{DialGroups, Law};
use super::stage::Stage;
use super::tasks::Tasks;
use super::timeline::{HANDLING, Handling};
use super::what_if::WhatIf;
use crate::browser::link::{self, Step};
use crate::scenario::Scenario;
use crate::scenario::fragment::{LabAddress, lab_address};
use crate::scenario::urls::UrlList;

/// Said when Run is pressed and the chunk can't be had.
const NOT_LOADED: &str = "What runs need could not be loaded: the network or the page’s host did not answer, or the page was renewed meanwhile. Press Run again once you are online, or reload the page.";

/// Said when Run is pressed before the chunk is there.
const LOADING: &str = "Loading what runs need. The run begins by itself; Escape takes it back.";

/// The chunk's table.
pub(super) struct Running {
    /// What is done once it is loaded; see [`preview::begin`].
    pub(super) begin: fn(Playground),
    /// Starts a session; see [`session::start`].
    pub(super) start: fn(Playground),
    /// Shows the picture of the settings before a run is made; see [`preview::show`].
    pub(super) preview: fn(Playground),
    /// Shows what would come of the settings, after a run was measured; see [`foreseen::foresee`].
    pub(super) foresee: fn(Playground),
    /// The list, read.
    pub(super) list: fn(&Scenario) -> UrlList,
    /// Why nothing can be run, if so; see [`Scenario::plain_refusal`].
    pub(super) refusal: fn(&Scenario, &UrlList) -> Option<String>,
    /// Reads where a link says that another Lab is.
    pub(super) lab_address: fn(&str) -> LabAddress,
    /// What is to be said of the page's address, if it holds more than settings; see [`link::unknown`].
    pub(super) unknown: fn() -> Option<String>,
    /// Writes the page's address; see [`link::write`].
    pub(super) write_link: fn(&Scenario, Step) -> bool,
    /// Has the runs that go on follow the settings; see [`adjusting::adjust`].
    pub(super) adjust: fn(Playground, &Scenario),
    /// Tells the runs that go on that the page was hidden, or shown.
    pub(super) set_hidden: fn(&Stage, bool),
    /// Pauses the runs that go on, or has them go on.
    pub(super) set_paused: fn(Playground, bool),
    /// What hands and keys do to the picture.
    pub(super) handling: Handling,
    /// What the headline says in a replay; see [`replay::told`].
    pub(super) replayed: fn(&Stage) -> Option<(String, String)>,
    /// The permits as slots, and the line of those that wait for one.
    pub(super) lending: fn() -> AnyView,
    /// The tasks as a table, and the runs that were made before.
    pub(super) tasks: fn() -> AnyView,
    /// What would have come of other settings, the code that runs, and the log.
    pub(super) evidence: fn() -> AnyView,
    /// The task that is selected, in full.
    pub(super) detail: fn() -> AnyView,
    /// What set the end of the run, beside what held it back.
    pub(super) critical: fn() -> AnyView,
    /// What in the settings works against itself; see [`Scenario::contradictions`].
    pub(super) contradictions: fn(&Scenario) -> Vec<String>,
    /// Why a number that is typed is refused; see [`Scenario::refusal_of`].
    pub(super) contradicts: fn(&Scenario, &Scenario, &str) -> Option<String>,
    /// The fields under “More limits”.
    pub(super) dials: fn() -> AnyView,
    /// What the simulated network is.
    pub(super) law: fn() -> AnyView,
}

pub(super) static RUNNING: Running = Running {
    begin: preview::begin,
    start: session::start,
    preview: preview::show,
    foresee: foreseen::foresee,
    list: |scenario| scenario.list(&link::page(), link::in_ascii),
    refusal: Scenario::plain_refusal,
    lab_address,
    unknown: link::unknown,
    write_link: link::write,
    adjust: adjusting::adjust,
    set_hidden: Stage::set_hidden,
    set_paused,
    detail: || view! { <TaskDetail /> }.into_any(),
    critical: || view! { <Critical /> }.into_any(),
    contradictions: Scenario::contradictions,
    contradicts: Scenario::refusal_of,
    dials: || view! { <DialGroups /> }.into_any(),
    law: || view! { <Law /> }.into_any(),
    handling: HANDLING,
    tasks: || view! { <Tasks /><Comparison /><RunHistory /> }.into_any(),
    evidence: || view! { <WhatIf /><LiftedBounds /><Code /><LogView /> }.into_any(),
    replayed: replay::told,
    lending: || view! { <LendingView /> }.into_any(),
};

impl Playground {
    /// Loads the chunk now, unless it is there.
    pub(super) fn load_running(self) {
        self.with_running(|_| {});
    }

    /// Loads the chunk unless it is there; then does `next` with what came of it.
    fn with_running(self, next: impl FnOnce(Loaded<Running>) + 'static) {
        chunk::load(self.running, chunk::running, move |loaded| {
            self.unsay(LOADING);
            if let Some(running) = loaded.table() {
                self.unsay(NOT_LOADED);
                (running.begin)(self);
            }
            next(loaded);
        });
    }

    /// Starts a run, once what runs need is there; unless it was stopped meanwhile.
    pub(super) fn start(self) {
        self.waits_to_run.set_value(true);
        if self.running.get_untracked().table().is_none() {
            self.notice.set(Some(LOADING.into()));
        }
        self.with_running(move |loaded| {
            if !self.waits_to_run.get_value() {
                return;
            }
            self.waits_to_run.set_value(false);
            match loaded.table() {
                Some(running) => (running.start)(self),
                None => self.notice.set(Some(NOT_LOADED.into())),
            }
        });
    }

    /// Takes back a Run that waits for the chunk.
    pub(super) fn take_run_back(self) {
        if self.waits_to_run.get_value() {
            self.waits_to_run.set_value(false);
            self.unsay(LOADING);
        }
    }

    /// Takes back what was said, unless something else is said meanwhile.
    pub(super) fn unsay(self, said: &str) {
        if self
            .notice
            .with_untracked(|notice| notice.as_deref() == Some(said))
        {
            self.notice.set(None);
        }
    }
}
