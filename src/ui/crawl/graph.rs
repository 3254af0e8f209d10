//! The figure `Link graph`: a dot a page, by depth. Its twin for those who do not see it is the table of pages.

use leptos::html;
use leptos::prelude::*;
use web_sys::{KeyboardEvent, MouseEvent};

use super::Crawl;
use super::paint::{Colours, Mark, Picture, paint};
use crate::results::tree::{Grid, More, PITCH_PX, Step, Tree};
use crate::scenario::dial::Dial;
use crate::timeline::layout::View;
use crate::ui::dynamic::{each, effect, part, text};
use crate::ui::px;
use crate::ui::state::{Derived, State};
use crate::ui::timeline::{context, observe_width};

/// Most of its height that is shown at once.
const MAX_VIEW_PX: f64 = 300.0;
/// Width that is kept for the box beside the pointer.
const TIP_WIDTH_PX: f64 = 264.0;

/// Where a pointer is in the view, and which page is there.
type Hover = (f64, f64, usize);

/// The picture, its legend, and what it leaves out.
#[component]
pub(super) fn Graph() -> impl IntoView {
    let crawl = expect_context::<Crawl>();
    let playground = crawl.playground;
    let canvas = NodeRef::<html::Canvas>::new();
    let frame = NodeRef::<html::Div>::new();
    let width_px = State::new(0.0);
    let scroll_px = State::new((0.0, 0.0));
    let hover = State::new(None::<Hover>);
    let colours = StoredValue::new_local(None::<(u32, Colours)>);
    let grid = Derived::new(move || {
        playground.tick.track();
        let depth = playground.read(|stage| stage.scenario.dials.number(Dial::Depth));
        Grid::new(width_px.get(), depth.unwrap_or(0))
    });
    // Made anew: of five hundred pages that costs less than to keep it.
    let tree = Derived::new(move || {
        let mut tree = Tree::default();
        crawl.read(|results, _, _| tree.advance(results));
        tree
    });
    let more = Derived::new(move || {
        crawl
            .read(|results, lane, _| Tree::more(results, &lane.rows))
            .unwrap_or_default()
    });
    let size_px = Derived::new(move || tree.with(|tree| grid.get().size_px(tree)));
    let view_px = Derived::new(move || size_px.get().1.min(MAX_VIEW_PX));

    effect(move || {
        let look = playground.look.get();
        let view = View {
            width_px: width_px.get(),
            height_px: view_px.get(),
            scroll_px: 0.0,
        };
        let Some(canvas) = canvas.get().filter(|_| view.width_px > 0.0) else {
            return;
        };
        let marks = crawl.read(|results, lane, _| {
            let outcome = |page: &crate::results::PageRow| {
                let row = lane.rows.rows().get(page.task.index());
                Mark::of(row.and_then(|row| row.outcome))
            };
            results
                .pages()
                .iter()
                .map(outcome)
                .take(crate::results::tree::MAX_DRAWN)
                .collect::<Vec<_>>()
        });
        let Some(context) = context(&canvas, view) else {
            return;
        };
        // To read them makes the browser work out the page's style: only when it may be another.
        let kept = colours.try_update_value(Option::take).flatten();
        let kept = kept.filter(|(read_at, _)| *read_at == look);
        let kept = kept.unwrap_or_else(|| (look, Colours::read(&canvas)));
        tree.with(|tree| {
            more.with(|more| {
                paint(
                    &Picture {
                        tree,
                        grid: grid.get(),
                        marks: &marks.unwrap_or_default(),
                        more,
                        selected: crawl.selected.get(),
                        scroll_px: scroll_px.get(),
                        view,
                    },
                    &context,
                    &kept.1,
                )
            })
        });
        colours.set_value(Some(kept));
    });
    observe_width(frame, width_px);
    // Who selects a page in the table sees its dot.
    effect(move || {
        let Some((place, frame)) = crawl.selected.get().zip(frame.get_untracked()) else {
            return;
        };
        let Some(node) = tree.with_untracked(|tree| tree.nodes().get(place).copied()) else {
            return;
        };
        let (x_px, y_px) = grid.get_untracked().place_px(node);
        let bring = |at_px: f64, from: i32, room: i32| {
            let (from_px, room_px) = (f64::from(from), f64::from(room));
            let is_seen = at_px > from_px + PITCH_PX && at_px < from_px + room_px - PITCH_PX;
            (!is_seen).then_some((at_px - room_px / 2.0) as i32)
        };
        if let Some(left) = bring(x_px, frame.scroll_left(), frame.client_width()) {
            frame.set_scroll_left(left);
        }
        if let Some(top) = bring(y_px, frame.scroll_top(), frame.client_height()) {
            frame.set_scroll_top(top);
        }
    });
    let page_at = move |event: &MouseEvent| {
        let (x_px, y_px) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        let (left_px, top_px) = scroll_px.get_untracked();
        let grid = grid.get_untracked();
        let page = tree.with_untracked(|tree| tree.at(&grid, x_px + left_px, y_px + top_px));
        page.map(|page| (x_px, y_px, page))
    };
    let step = move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowLeft" => Step::Parent,
            "ArrowRight" => Step::Child,
            "ArrowUp" => Step::Before,
            "ArrowDown" => Step::Behind,
            _ => return,
        };
        event.prevent_default();
        let from = crawl.selected.get_untracked();
        let to = tree.with_untracked(|tree| match from {
            Some(from) => tree.step(from, step),
            None => (!tree.nodes().is_empty()).then_some(0),
        });
        if let Some(to) = to {
            crawl.select(to);
        }
    };
    let lines = move || more.with(|more| words(more));
    view! {
        <figure class="chart graph" aria-label="Link graph">
            <div
                class="viewport"
                tabindex="0"
                role="group"
                aria-label="Link graph: arrow keys go from page to page"
                style:height=text(move || px(view_px.get()))
                node_ref=frame
                on:keydown=step
                on:scroll=move |_| if let Some(frame) = frame.get() {
                    scroll_px.set((f64::from(frame.scroll_left()), f64::from(frame.scroll_top())));
                }
            >
                <div
                    class="content"
                    style:height=text(move || px(size_px.get().1))
                    style:width=text(move || px(size_px.get().0.max(width_px.get())))
                >
                    <canvas
                        node_ref=canvas
                        role="img"
                        aria-label=text(move || description(tree))
                        on:pointermove=move |event| hover.set(page_at(&event))
                        on:pointerleave=move |_| hover.set(None)
                        on:click=move |event| if let Some((.., page)) = page_at(&event) { crawl.toggle(page) }
                    ></canvas>
                </div>
            </div>
            {part(move || each(hover.get(), |at| tip(crawl, at, width_px.get_untracked())))}
            <ul class="legend">
                {each(Mark::ALL, |mark| view! { <li><i class=format!("dot {}", mark.name())></i>{mark.name()}</li> })}
                {part(move || each(lines(), |line| view! { <li class="num">{line}</li> }))}
            </ul>
        </figure>
    }
}

fn description(tree: Derived<Tree>) -> String {
    tree.with(|tree| {
        let columns: Vec<String> = tree.columns().iter().map(u32::to_string).collect();
        format!(
            "A dot for each page, by depth from 0: {}. The table of pages holds the same.",
            columns.join(", ")
        )
    })
}

/// What each depth does not draw.
fn words(more: &[More]) -> Vec<String> {
    let columns = more.iter().enumerate().filter(|(_, more)| more.count() > 0);
    columns
        .map(|(depth, more)| format!("depth {depth}: {}", more.words()))
        .collect()
}

/// The box beside the pointer.
fn tip(crawl: Crawl, (x_px, y_px, place): Hover, width_px: f64) -> AnyView {
    let lane = crawl.lane.get_untracked();
    let said = super::read(crawl.playground, lane, |results, lane, trace| {
        let page = results.page(place, &lane.rows, trace)?;
        let title = page.title().unwrap_or_default().to_owned();
        Some((trace.read(page.row.target).to_owned(), title, page.status()))
    });
    let (address, title, status) = said.flatten().unwrap_or_default();
    let left_px = (x_px + 16.0).min(width_px - TIP_WIDTH_PX).max(4.0);
    let style = format!("left:{};top:{}", px(left_px), px(y_px + 14.0));
    view! {
        <div class="tip num" style=style aria-hidden="true">
            <p class="tip-name">{format!("{}  {address}", place + 1)}</p>
            <p class="muted">{title}</p>
            <p>{status}</p>
        </div>
    }
    .into_any()
}
