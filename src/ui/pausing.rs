//! Pause and Resume: a run that is paused sends nothing new, and goes on where it stood.

use leptos::prelude::*;

use super::dynamic::{aria, each, part, text};
use super::playground::Playground;
use super::stage::{Lane, Stage};
use super::state::Derived;

impl Lane {
    /// Whether its run goes on, and is paused.
    pub(super) fn is_paused(&self) -> bool {
        let paused = self.rows.paused().last();
        self.goes_on() && paused.is_some_and(|(_, until)| until.is_none())
    }
}

impl Playground {
    /// Whether a run on show is paused. Followed as often as the tables are.
    fn is_paused(self) -> bool {
        self.tick.track();
        self.read(|stage| stage.lanes.iter().any(Lane::is_paused))
            .unwrap_or(false)
    }

    /// Pauses all runs that go on, or has them go on.
    fn set_paused(self, is_paused: bool) {
        if let Some(running) = self.running.get_untracked().table() {
            (running.set_paused)(self, is_paused);
        }
    }
}

/// Pauses all runs that go on, or has them go on, and says so.
pub(super) fn set_paused(playground: Playground, is_paused: bool) {
    let went_on = playground.read(|stage| {
        let lanes = stage.lanes.iter().filter(|lane| lane.goes_on());
        let runs = lanes.filter_map(|lane| lane.run.as_ref());
        runs.map(|run| run.set_paused(is_paused)).count()
    });
    if went_on.unwrap_or(0) == 0 {
        return;
    }
    let advance = |stage: &mut Option<Stage>| stage.iter_mut().for_each(Stage::advance);
    playground.stage.update_value(advance);
    let said = if is_paused { "Paused." } else { "Resumed." };
    let told = playground.crawl_told().unwrap_or_default();
    playground.status.set(format!("{said} {told}"));
    playground.changed();
}

/// One button for both, beside Stop; of crawls only. It keeps the focus when it changes its name.
#[component]
pub(super) fn PauseButton() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let is_crawl = Derived::new(move || playground.scenario.with(|scenario| scenario.crawls()));
    let is_paused = Derived::new(move || playground.is_running.get() && playground.is_paused());
    view! {
        {part(move || each(is_crawl.get().then_some(()), |()| view! {
            <button
                class="plain pause"
                type="button"
                aria-disabled=aria(move || !playground.is_running.get())
                on:click=move |_| playground.set_paused(!is_paused.get_untracked())
            >
                {text(move || if is_paused.get() { "Resume" } else { "Pause" })}
            </button>
        }))}
    }
}
