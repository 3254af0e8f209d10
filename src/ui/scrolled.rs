//! A table in a frame that scrolls. Of many rows only those in view are there, so thousands cost no more than a screen.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use super::dynamic::{Text, flag, text};
use super::playground::Playground;
use super::px;
use super::state::{Derived, State};

/// Height of a row when there are many.
pub(super) const ROW_PX: f64 = 29.0;
/// Up to so many rows all are there; above, only those in view are.
const ALL_ROWS: usize = 200;
/// The same for rows of one line while a run goes on, which adds to them all the time.
const ALL_ROWS_RUNNING: usize = 60;
/// Rows kept ready around those in view.
const SPARE_ROWS: usize = 10;
/// Rows that the frame shows, with some to spare.
const FRAME_ROWS: usize = 24;

/// A table that is shown in such a frame.
pub(super) struct Scrolled {
    /// Its accessible name.
    pub(super) name: &'static str,
    /// The frame, for those who scroll it.
    pub(super) frame: NodeRef<html::Div>,
    /// How many rows it has.
    pub(super) count: Derived<usize>,
    /// Whether its rows are of one line however few there are.
    pub(super) is_dense: bool,
    /// What its columns need.
    pub(super) least_width: Text,
    /// The cells of its head.
    pub(super) head: AnyView,
    /// The row at a place.
    pub(super) row: Arc<dyn Fn(usize) -> AnyView + Send + Sync>,
}

/// The frame with the table.
pub(super) fn scrolled(table: Scrolled) -> AnyView {
    let Scrolled {
        name,
        frame,
        count,
        is_dense,
        least_width,
        head,
        row,
    } = table;
    let playground = expect_context::<Playground>();
    let scrolled_px = State::new(0.0);
    let shown = Derived::new(move || {
        let count = count.get();
        let all_rows = match is_dense && playground.is_running.get() {
            true => ALL_ROWS_RUNNING,
            false => ALL_ROWS,
        };
        if count <= all_rows {
            return 0..count;
        }
        let first = (scrolled_px.get() / ROW_PX) as usize;
        first.saturating_sub(SPARE_ROWS).min(count)..(first + FRAME_ROWS + SPARE_ROWS).min(count)
    });
    let is_dense = move || is_dense || count.get() > ALL_ROWS;
    let room_above = move || px(shown.get().start as f64 * ROW_PX);
    let room_below = move || px((count.get() - shown.get().end) as f64 * ROW_PX);
    view! {
        <div
            class="scroller"
            class:dense=flag(is_dense)
            tabindex="0"
            role="group"
            aria-label=format!("{name}, scrollable")
            node_ref=frame
            on:scroll=move |_| if let Some(frame) = frame.get() { scrolled_px.set(f64::from(frame.scroll_top())) }
        >
            <table class="num" style:min-width=least_width aria-label=name aria-rowcount=text(move || (count.get() + 1).to_string())>
                <thead><tr aria-rowindex="1">{head}</tr></thead>
                <tbody>
                    <tr class="room" aria-hidden="true" style:height=text(room_above)></tr>
                    <For each=move || shown.get() key=|index| *index let:index>
                        {row(index)}
                    </For>
                    <tr class="room" aria-hidden="true" style:height=text(room_below)></tr>
                </tbody>
            </table>
        </div>
    }
    .into_any()
}
