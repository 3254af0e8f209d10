//! What a crawl found: its progress, its pages as a table and as a graph, what it left out, and all of that as files.
//!
//! Everything here follows the tick, a few times a second: a frame of the timeline costs the same however many pages
//! there are.

use leptos::prelude::*;

use super::dynamic::{each, part};
use super::playground::Playground;
use super::stage::{Lane, Stage};
use super::state::{Derived, State};
use crate::engine::trace::{TaskId, Trace};
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
    selected: State<Option<usize>>,
    order: State<Order>,
    filter: State<String>,
    /// The places of the pages that the table shows, in its order.
    shown: Derived<Vec<u32>>,
}

impl Crawl {
    pub(super) fn new(playground: Playground) -> Self {
        let order = State::new(Order::default());
        let filter = State::new(String::new());
        let selected = State::new(None);
        let lane = Derived::new(move || {
            playground.tick.track();
            playground.shown_lane()
        });
        let shown = Derived::new(move || {
            playground.tick.track();
            let (lane, order) = (lane.get(), order.get());
            let shown = filter.with(|filter| {
                read(playground, lane, |lane, trace| {
                    let results = &lane.results;
                    results.shown(filter, order, &lane.rows, trace, lane.now())
                })
            });
            shown.unwrap_or_default()
        });
        // A page of another crawl is another page.
        Effect::new(move |_| {
            playground.choice.with(|_| ());
            playground.is_running.track();
            selected.set(None);
        });
        Self {
            playground,
            lane,
            selected,
            order,
            filter,
            shown,
        }
    }

    /// Reads the run that is shown; follows the tick.
    fn read<T>(self, look: impl FnOnce(&Lane, &Trace) -> T) -> Option<T> {
        self.playground.tick.track();
        read(self.playground, self.lane.get(), look)
    }

    /// Selects a page, or none if it is selected already.
    fn toggle(self, place: usize) {
        let is_new = self.selected.get_untracked() != Some(place);
        self.selected.set(is_new.then_some(place));
    }

    /// The selected page's bar: its lane and its task. Followed.
    pub(super) fn marked(self, stage: &Stage) -> Option<(usize, TaskId)> {
        let place = self.selected.get()?;
        let index = self.lane.get();
        let page = stage.lanes.get(index)?.results.pages().get(place)?;
        Some((index, page.task))
    }
}

fn read<T>(
    playground: Playground,
    lane: usize,
    look: impl FnOnce(&Lane, &Trace) -> T,
) -> Option<T> {
    playground
        .read(|stage| {
            let lane = stage.lanes.get(lane)?;
            let run = lane.run.as_ref()?;
            Some(look(lane, &run.trace()))
        })
        .flatten()
}

/// The results of a crawl; of other runs nothing.
#[component]
pub(super) fn CrawlView() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let is_crawl = Derived::new(move || {
        playground.tick.track();
        playground
            .read(|stage| stage.scenario.crawls())
            .unwrap_or(false)
    });
    view! {
        {part(move || each(is_crawl.get().then_some(()), |()| view! {
            <section class="crawl" aria-labelledby="crawl-name">
                <h2 id="crawl-name">"Crawl"</h2>
                <Progress />
                <Graph />
                <Pages />
                <Details />
                <Skipped />
            </section>
        }))}
    }
}
