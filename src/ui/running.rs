//! What the page needs from its first run on, and what stands beside the picture and can come a moment after it. It is a
//! chunk of its own ([`super::chunk`]), loaded as soon as the first picture is painted.

use leptos::prelude::*;

use super::chunk;
use super::code::Code;
use super::comparison::Comparison;
use super::critical::Critical;
use super::detail::TaskDetail;
use super::history::RunHistory;
use super::lending::LendingView;
use super::lifted::LiftedBounds;
use super::log::LogView;
use super::playground::Playground;
use super::replay;
use super::session;
use super::setup::{DialGroups, Law};
use super::stage::Stage;
use super::tasks::Tasks;
use super::timeline::{HANDLING, Handling};
use super::what_if::WhatIf;

/// Said when Run is pressed and the chunk can't be had.
const NOT_LOADED: &str = "What runs need could not be loaded: the network or the page’s host did not answer. Press Run again once you are online.";

/// The chunk's table.
pub(super) struct Running {
    /// Starts a session; see [`session::start`].
    pub(super) start: fn(Playground),
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
    /// The fields under “More limits”.
    pub(super) dials: fn() -> AnyView,
    /// What the simulated network is.
    pub(super) law: fn() -> AnyView,
}

pub(super) static RUNNING: Running = Running {
    start: session::start,
    detail: || view! { <TaskDetail /> }.into_any(),
    critical: || view! { <Critical /> }.into_any(),
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
        chunk::load(self.running, chunk::running, |_| {});
    }

    /// Starts a run, once what runs need is there.
    pub(super) fn start(self) {
        chunk::load(self.running, chunk::running, move |loaded| {
            let Some(running) = loaded.table() else {
                return self.notice.set(Some(NOT_LOADED.into()));
            };
            let was_said = |notice: &Option<String>| notice.as_deref() == Some(NOT_LOADED);
            if self.notice.with_untracked(was_said) {
                self.notice.set(None);
            }
            (running.start)(self);
        });
    }
}
