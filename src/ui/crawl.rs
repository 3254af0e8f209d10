//! What a crawl found: its progress, its pages as a table and as a graph, what it left out, and all of that as files.
//!
//! Everything here follows the tick, a few times a second: a frame of the timeline costs the same however many pages
//! there are.

use leptos::prelude::*;

use super::dynamic::{each, effect, part};
use super::playground::Playground;
use super::stage::{Lane, Stage};
use super::state::{Derived, State};
use crate::engine::trace::Trace;
use crate::results::Results;
use crate::results::order::Order;
use details::Details;
use graph::Graph;
use pages::Pages;
use progress::Progress;
use skipped::Skipped;

mod details;
mod exports;
mod graph;
mod pages;
mod paint;
pub(super) mod progress;
mod skipped;

/// What is looked at in a crawl. Copies are handles to the same.
#[derive(Clone, Copy)]
pub(super) struct Crawl {
    playground: Playground,
    /// The run that is shown.
    lane: Derived<usize>,
    /// The page that is selected, by its place.
    selected: Derived<Option<usize>>,
    order: State<Order>,
    filter: State<String>,
    /// What was skipped for this reason is listed, by its word; all that was skipped if there is none.
    reason: State<Option<&'static str>>,
    /// The places of the pages that the table shows, in its order.
    shown: Derived<Vec<u32>>,
}

impl Crawl {
    fn new(playground: Playground) -> Self {
        let order = State::new(Order::default());
        let filter = State::new(String::new());
        let reason = State::new(None);
        forget_filters(playground, filter, reason);
        let lane = Derived::new(move || {
            playground.tick.track();
            playground.shown_lane()
        });
        let selected = Derived::new(move || {
            playground.tick.track();
            let (of, task) = playground.selected.get()?;
            let is_shown = of == lane.get();
            read(playground, of, |results, _, _| results.of_task(task))
                .flatten()
                .filter(|_| is_shown)
        });
        let shown = Derived::new(move || {
            playground.tick.track();
            let (lane, order) = (lane.get(), order.get());
            let shown = filter.with(|filter| {
                read(playground, lane, |results, lane, trace| {
                    results.shown(filter, order, &lane.rows, trace, lane.now())
                })
            });
            shown.unwrap_or_default()
        });
        Self {
            playground,
            lane,
            selected,
            order,
            filter,
            reason,
            shown,
        }
    }

    /// Reads the run that is shown; follows the tick.
    fn read<T>(self, look: impl FnOnce(&Results, &Lane, &Trace) -> T) -> Option<T> {
        self.playground.tick.track();
        read(self.playground, self.lane.get(), look)
    }

    /// Selects a page.
    fn select(self, place: usize) {
        let lane = self.lane.get_untracked();
        let task = read(self.playground, lane, |results, _, _| {
            results.pages().get(place).map(|page| page.task)
        });
        self.playground
            .selected
            .set(task.flatten().map(|task| (lane, task)));
    }

    /// Selects a page, or none if it is selected already.
    fn toggle(self, place: usize) {
        if self.selected.get_untracked() == Some(place) {
            self.playground.selected.set(None);
        } else {
            self.select(place);
        }
    }
}

/// Empties the filters when another crawl is on stage: what was looked for in one would hide the rows of the next. A crawl
/// that is run after it was foreseen, or with other settings, is the same one.
fn forget_filters(
    playground: Playground,
    filter: State<String>,
    reason: State<Option<&'static str>>,
) {
    let begins_at = Derived::new(move || {
        playground.tick.track();
        playground.read(|stage| (stage.scenario.preset, stage.scenario.urls.clone()))
    });
    effect(move || {
        begins_at.with(|_| {
            filter.renew(String::new());
            reason.renew(None);
        });
    });
}

fn read<T>(
    playground: Playground,
    lane: usize,
    look: impl FnOnce(&Results, &Lane, &Trace) -> T,
) -> Option<T> {
    playground
        .read(|stage| {
            let lane = stage.lanes.get(lane)?;
            let run = lane.run.as_ref()?;
            Some(look(lane.results()?, lane, &run.trace()))
        })
        .flatten()
}

/// The results of a crawl, if the run that is shown is one and what crawls need is there; of other runs nothing.
#[component]
pub(super) fn CrawlView() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let is_crawl = Derived::new(move || {
        playground.tick.track();
        let shown = playground.shown_lane();
        let has_results = |stage: &Stage| stage.lanes.get(shown)?.results().map(|_| ());
        playground.read(has_results).flatten().is_some()
    });
    view! {
        {part(move || {
            let crawling = playground.crawling.get().table().filter(|_| is_crawl.get());
            each(crawling, |crawling| (crawling.view)())
        })}
    }
}

/// The results of a crawl.
#[component]
pub(super) fn CrawlResults() -> impl IntoView {
    provide_context(Crawl::new(expect_context()));
    view! {
        <section class="crawl" aria-labelledby="crawl-name">
            <h2 id="crawl-name">"Crawl"</h2>
            <Progress />
            <Graph />
            <Pages />
            <Details />
            <Skipped />
        </section>
    }
}
