//! What set the end: the critical path in a sentence and, if it is asked for, in the picture; and Little's law.

use leptos::prelude::*;

use super::dynamic::{each, effect, part};
use super::playground::Playground;
use super::stage::Stage;
use super::state::Derived;
use crate::report::critical_path::{critical_path, littles_law, sentence};
use crate::report::turns::backwards::MOST_EVENTS;
use crate::report::why::Bound;

/// Said in the place of a path.
const TOO_LONG: &str = "No critical path: of more than a million events none is made, it would fill the page’s memory.";

/// Two lines under “Why not faster?”, of the last run.
#[component]
pub(super) fn Critical() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let paths = Derived::new(move || {
        playground.ended.track();
        if playground.is_running.get() {
            return Vec::new();
        }
        let all = |stage: &Stage| {
            let lanes = stage.lanes.iter().map(|lane| {
                // Of a run that was stopped no task set the end.
                let ended_itself = lane.whole_verdict().is_some_and(|verdict| {
                    !matches!(verdict.why.bound, Bound::Stopped | Bound::OutOfTime)
                });
                let run = lane.run.as_ref().filter(|_| ended_itself);
                run.map_or_else(Vec::new, |run| critical_path(&run.trace()))
            });
            lanes.collect()
        };
        playground.read(all).unwrap_or_default()
    });
    // A moment's bars have no way to the end below them.
    let is_whole = Derived::new(move || {
        playground.tick.track();
        !playground.is_replaying()
    });
    let lines = Derived::new(move || {
        playground.ended.track();
        let path = paths.with(|paths| sentence(paths.last()?));
        let law = playground.read(|stage| {
            let lane = stage.lanes.last()?;
            let total = lane.whole_verdict()?.figures.total;
            let trace = lane.run.as_ref()?.trace();
            let is_too_long = trace.events().len() > MOST_EVENTS;
            let path = is_too_long.then(|| TOO_LONG.to_owned());
            Some((path, littles_law(lane.whole_rows(), total)))
        });
        let (too_long, law) = law.flatten().unwrap_or_default();
        [path.or(too_long), law]
    });
    effect(move || {
        let is_shown = playground.shows_path.get() && is_whole.get();
        let shown = is_shown.then(|| paths.get());
        playground.path.set(shown.unwrap_or_default());
    });
    view! {
        {part(move || each(lines.get().into_iter().flatten(), |line| view! { <p>{line}</p> }))}
    }
}
