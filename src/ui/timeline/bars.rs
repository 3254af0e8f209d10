//! The bars for those who hear the picture: a list over it, in which the arrow keys go from bar to bar. Each says in a
//! sentence what its task did. Of many bars only those in view are there, as in the picture.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement};

use super::navigator::Navigator;
use crate::engine::trace::TaskId;
use crate::timeline::layout::{AXIS_PX, Layout};
use crate::ui::dynamic::{aria, text};
use crate::ui::px;
use crate::ui::stage::Stage;
use crate::ui::state::{Derived, State};

/// At most so many are there, the one that is selected among them.
const MOST: usize = 48;

/// Above these bits a key has its lane: runs have fewer tasks. Keys are plain numbers, since the page has the code for those already.
const LANE_BITS: u32 = 24;

/// A bar: its lane and its task.
type Bar = (usize, TaskId);

/// The list. The bar that is selected is the one that the keys are at.
#[component]
pub(super) fn Bars(navigator: Navigator) -> impl IntoView {
    let playground = navigator.playground;
    let bars = Derived::new(move || {
        playground.late_tick.track();
        navigator.scroll_px.track();
        navigator.width_px.track();
        navigator.folds.track();
        in_view(navigator, playground.selected.get())
    });
    let count = Derived::new(move || {
        playground.late_tick.track();
        playground.read(Stage::bars).unwrap_or_default()
    })
    .settled(); // each bar follows it
    // The element of an option must be there before the list may point to it.
    let active = move || {
        let selected = playground.selected.get();
        let is_there = bars.with(|bars| bars.iter().any(|bar| Some(*bar) == selected));
        selected
            .filter(|_| is_there)
            .map(|(lane, task)| id(lane, task))
            .unwrap_or_default()
    };
    view! {
        <div
            class="bars"
            role="listbox"
            tabindex="0"
            aria-label="Bars"
            aria-busy=aria(move || count.get() == 0)
            aria-activedescendant=text(active)
        >
            <For each=move || bars.get() key=|(lane, task)| lane << LANE_BITS | task.index() let:bar>
                {option(navigator, bar, count)}
            </For>
        </div>
    }
}

/// One bar, over its row in the picture: hands go through it to the picture, and what a screen reader does to it arrives.
fn option(navigator: Navigator, (lane, task): Bar, count: State<usize>) -> AnyView {
    let playground = navigator.playground;
    let sentence = Derived::new(move || {
        playground.late_tick.track();
        playground.sentence(lane, task).unwrap_or_default()
    });
    let place_px = move || {
        navigator.width_px.track();
        navigator.folds.track();
        count.with(|_| ());
        let place = places(navigator, |_, layout| {
            let top_px = layout.row_top_px(lane, task.index())?;
            Some((AXIS_PX + top_px, layout.row_px))
        });
        place.flatten().unwrap_or_default()
    };
    view! {
        <div
            role="option"
            id=id(lane, task)
            aria-label=text(move || sentence.get())
            aria-selected=aria(move || playground.selected.get() == Some((lane, task)))
            aria-setsize=text(move || count.get().to_string())
            aria-posinset=text(move || { count.with(|_| ()); playground.read(|stage| stage.bar_place(lane, task) + 1).unwrap_or_default().to_string() })
            style:top=text(move || px(place_px().0))
            style:height=text(move || px(place_px().1))
            on:click=move |_| playground.toggle(lane, task)
        ></div>
    }
    .into_any()
}

/// Reads the runs and where their rows are. Not as they were drawn last: the frame of what is new may be yet to come.
fn places<T>(navigator: Navigator, read: impl FnOnce(&Stage, &Layout) -> T) -> Option<T> {
    let width_px = navigator.view().width_px;
    navigator.playground.read(|stage| {
        let layout = navigator.layout(stage, width_px);
        read(stage, &layout)
    })
}

fn id(lane: usize, task: TaskId) -> String {
    format!("bar-{lane}-{}", task.0)
}

/// The bars that the view shows, and of too many those around the selected one.
fn in_view(navigator: Navigator, selected: Option<(usize, TaskId)>) -> Vec<Bar> {
    let view = navigator.view();
    let bars = places(navigator, |stage, layout| {
        let mut bars: Vec<Bar> = Vec::new();
        for (lane, rows) in stage
            .lanes
            .iter()
            .map(|lane| lane.rows.rows().len())
            .enumerate()
        {
            let seen = layout.visible_rows(lane, view);
            let mut seen: Vec<usize> = seen.take_while(|row| *row < rows).collect();
            // Who selects a bar by its number may be told of it before the picture has scrolled there, and of bars that share
            // a line only one is drawn.
            let chosen = selected.filter(|(of, task)| *of == lane && task.index() < rows);
            if let Some((_, task)) = chosen
                && let Err(place) = seen.binary_search(&task.index())
            {
                seen.insert(place, task.index());
            }
            bars.extend(seen.into_iter().map(|row| (lane, TaskId(row as u32))));
        }
        bars
    });
    let mut bars = bars.unwrap_or_default();
    let at = bars
        .iter()
        .position(|bar| Some(*bar) == selected)
        .unwrap_or(0);
    let first = at
        .saturating_sub(MOST / 2)
        .min(bars.len().saturating_sub(MOST));
    bars.drain(..first);
    bars.truncate(MOST);
    bars
}

/// Gives the list the focus that its frame got.
pub(super) fn focus() {
    let list = document().query_selector(".chart .bars").ok().flatten();
    if let Some(list) = list.and_then(|list| list.dyn_into::<HtmlElement>().ok()) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = list.focus_with_options(&options);
    }
}
