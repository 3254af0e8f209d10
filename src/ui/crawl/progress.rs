//! How far a crawl is, and what the sites' robots.txt say.

use leptos::prelude::*;

use super::Crawl;
use crate::engine::trace::crawl::RobotsRecord;
use crate::report::log::crawl::found;
use crate::report::progress::{State, sentence};
use crate::results::progress::Progress as Counts;
use crate::scenario::dial::Dial;
use crate::ui::dynamic::{each, part, text};
use crate::ui::stage::{Lane, Stage};
use crate::ui::state::Derived;

/// A bar, a sentence, and a line for each robots.txt.
#[component]
pub(super) fn Progress() -> impl IntoView {
    let crawl = expect_context::<Crawl>();
    let playground = crawl.playground;
    let now = Derived::new(move || {
        playground.tick.track();
        let lane = crawl.lane.get();
        playground.read(|stage| of(stage, lane)).flatten()
    });
    let told = move || {
        let told = now.with(|now| {
            now.as_ref()
                .map(|(counts, in_flight, state)| sentence(counts, *in_flight, *state))
        });
        told.unwrap_or_else(|| "Nothing is fetched yet.".into())
    };
    // At the end the bar is full, however few pages there were to find.
    let most = move || {
        now.with(|now| match now {
            Some((counts, _, State::Ended(ending))) if !ending.is_early() => counts.done.max(1),
            Some((counts, ..)) => counts.limit.max(1),
            None => 1,
        })
    };
    let done = move || now.with(|now| now.as_ref().map_or(0, |(counts, ..)| counts.done));
    let robots = Derived::new(move || {
        let lines = crawl.read(|results, lane, trace| {
            let line = |robots: &RobotsRecord| {
                let site = lane.rows.rows().get(robots.task.index());
                let site = site.map_or("robots.txt", |row| trace.read(row.target));
                format!("{site} {}.", found(robots))
            };
            results.robots().iter().map(line).collect::<Vec<_>>()
        });
        lines.unwrap_or_default()
    });
    view! {
        <div class="crawl-progress">
            <label for="crawl-progress">"Progress"</label>
            <progress
                id="crawl-progress"
                aria-describedby="crawl-told"
                max=text(move || most().to_string())
                prop:value=text(move || done().to_string())
            ></progress>
            <p id="crawl-told" class="num">{text(told)}</p>
        </div>
        <ul class="robots muted">{part(move || each(robots.get(), |line| view! { <li>{line}</li> }))}</ul>
    }
}

/// How far a crawl is, and how many of its requests are in flight.
fn of(stage: &Stage, lane: usize) -> Option<(Counts, u32, State)> {
    let lane = stage.lanes.get(lane)?;
    lane.run.as_ref()?;
    let limit = stage.scenario.dials.number(Dial::Pages);
    let counts = lane.results()?.progress(lane.now(), limit);
    Some((counts, lane.rows.in_flight().last(), state(lane)))
}

fn state(lane: &Lane) -> State {
    match lane.rows.finished() {
        Some(ending) => State::Ended(ending),
        None if lane.is_paused() => State::Paused,
        None => State::Going,
    }
}

/// How far the crawl is that goes on, or that was the last, for those who listen.
pub(in crate::ui) fn told(stage: &Stage) -> Option<String> {
    let begun = stage.lanes.iter().rposition(|lane| lane.run.is_some())?;
    let (counts, in_flight, state) = of(stage, begun)?;
    Some(sentence(&counts, in_flight, state))
}
