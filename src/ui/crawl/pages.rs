//! The table `Pages`: sorted by any column, filtered, a row a page.

use std::sync::Arc;

use leptos::prelude::*;

use super::Crawl;
use super::exports::PageExports;
use crate::engine::outcome::Outcome;
use crate::engine::trace::Trace;
use crate::report::units::{bytes, grouped, ms};
use crate::results::Results;
use crate::results::order::Column;
use crate::ui::dynamic::{aria, each, effect, flag, text};
use crate::ui::scrolled::{ROW_PX, Scrolled, scrolled};
use crate::ui::stage::Lane;
use crate::ui::state::Derived;

/// The pages of the run that is shown.
#[component]
pub(super) fn Pages() -> impl IntoView {
    let crawl = expect_context::<Crawl>();
    let count = Derived::new(move || crawl.shown.with(Vec::len));
    let all = Derived::new(move || {
        crawl
            .read(|results, _, _| results.pages().len())
            .unwrap_or(0)
    });
    let told = move || {
        let (count, all) = (count.get(), all.get());
        let pages = if all == 1 { "page" } else { "pages" };
        if count == all {
            format!("{} {pages}", grouped(all))
        } else {
            format!("{} of {} {pages}", grouped(count), grouped(all))
        }
    };
    let frame = NodeRef::new();
    // Who selects a page in the graph sees its row.
    effect(move || {
        let Some((place, frame)) = crawl.selected.get().zip(frame.get_untracked()) else {
            return;
        };
        let is_it = |shown: &Vec<u32>| shown.iter().position(|other| *other as usize == place);
        let Some(index) = crawl.shown.with_untracked(is_it) else {
            return;
        };
        let frame: leptos::web_sys::HtmlDivElement = frame;
        let (top_px, height_px) = (
            f64::from(frame.scroll_top()),
            f64::from(frame.client_height()),
        );
        // Two rows are kept for the head and the bar at the bottom.
        let row_px = index as f64 * ROW_PX;
        if row_px < top_px || row_px + 3.0 * ROW_PX > top_px + height_px {
            frame.set_scroll_top((row_px - height_px / 2.0) as i32);
        }
    });
    let table = scrolled(Scrolled {
        name: "Pages",
        frame,
        count,
        is_dense: true,
        least_width: text(|| "760px"),
        head: each(Column::ALL, |column| heading(crawl, column)).into_any(),
        row: Arc::new(move |index| row(crawl, index)),
    });
    view! {
        <div class="heading">
            <h3>"Pages"</h3>
            <input
                type="search"
                class="filter"
                aria-label="Filter pages"
                placeholder="Filter: address, title, type, status"
                autocomplete="off"
                prop:value=text(move || crawl.filter.get())
                on:input:target=move |event| crawl.filter.set(event.target().value())
            />
            <span class="muted num grow">{text(told)}</span>
            <PageExports />
        </div>
        {table}
    }
}

fn heading(crawl: Crawl, column: Column) -> AnyView {
    let direction = move || {
        let order = crawl.order.get();
        match (order.column == column, order.is_descending) {
            (false, _) => "none",
            (true, false) => "ascending",
            (true, true) => "descending",
        }
    };
    let name = match column {
        Column::Time => "Time, ms",
        _ => column.name(),
    };
    view! {
        <th
            scope="col"
            class=format!("of-{}", column.name().trim_matches('#').to_lowercase())
            class:text=column.is_text()
            aria-sort=text(direction)
        >
            <button type="button" on:click=move |_| crawl.order.update(|order| *order = order.by(column))>
                {name}
            </button>
        </th>
    }
    .into_any()
}

/// A page as its row shows it.
#[derive(Clone, PartialEq)]
struct Shown {
    place: usize,
    /// By [`Column::ALL`].
    cells: [String; 9],
    is_failure: bool,
}

fn row(crawl: Crawl, index: usize) -> AnyView {
    let shown = Derived::new(move || {
        let place = crawl.shown.with(|shown| shown.get(index).copied())? as usize;
        let read =
            |results: &Results, lane: &Lane, trace: &Trace| read(results, lane, trace, place);
        crawl.read(read).flatten()
    });
    let place = move || shown.with(|shown| shown.as_ref().map(|shown| shown.place));
    let is_selected =
        Derived::new(move || place().is_some_and(|place| crawl.selected.get() == Some(place)));
    let is_failure =
        move || shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.is_failure));
    let select = move |_| {
        let place = shown.with_untracked(|shown| shown.as_ref().map(|shown| shown.place));
        if let Some(place) = place {
            crawl.toggle(place);
        }
    };
    let cell = move |column: usize| {
        text(move || {
            let read =
                |shown: &Option<Shown>| shown.as_ref().map(|shown| shown.cells[column].clone());
            shown.with(read).unwrap_or_default()
        })
    };
    let cells = each(
        Column::ALL.into_iter().enumerate().skip(1),
        |(at, column)| {
            let is_text = column.is_text();
            let is_name = column == Column::Address;
            if is_name {
                view! { <th scope="row" class="text address" title=cell(at)><bdi>{cell(at)}</bdi></th> }.into_any()
            } else {
                view! { <td class:text=is_text class:outcome=column == Column::Status>{cell(at)}</td> }
                .into_any()
            }
        },
    );
    view! {
        <tr
            aria-rowindex=(index + 2).to_string()
            aria-current=aria(move || is_selected.get())
            class:failed=flag(is_failure)
            on:click=select
        >
            <td>
                // What happens is the row's to do: a click on the button is one on its row.
                <button
                    type="button"
                    class="pick"
                    aria-controls="page-details"
                    aria-expanded=aria(move || is_selected.get())
                    aria-label=text(move || format!("Page {}", place().map_or(0, |place| place + 1)))
                >
                    {cell(0)}
                </button>
            </td>
            {cells}
        </tr>
    }
    .into_any()
}

fn read(results: &Results, lane: &Lane, trace: &Trace, place: usize) -> Option<Shown> {
    let page = results.page(place, &lane.rows, trace)?;
    let row = page.row;
    let is_cancelled = row.outcome == Some(Outcome::Cancelled);
    let content_type = page.content_type().split(';').next().unwrap_or_default();
    let cells = [
        (place + 1).to_string(),
        page.status(),
        page.title().unwrap_or_default().to_owned(),
        // As it was written: on the Lab all share one long beginning.
        trace.read(row.target).to_owned(),
        content_type.to_owned(),
        bytes(row.bytes()),
        page.depth.to_string(),
        page.out_links().to_string(),
        ms(page.duration_us(lane.now())),
    ];
    Some(Shown {
        place,
        cells,
        is_failure: row.outcome.is_some_and(|outcome| !outcome.is_ok()) && !is_cancelled,
    })
}
