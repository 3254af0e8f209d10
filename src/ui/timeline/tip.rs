//! What the pointer is over: a task's segments in milliseconds.

use leptos::prelude::*;

use super::frame::scale;
use crate::engine::wait::Wait;
use crate::report::table::cells;
use crate::report::units::ms;
use crate::timeline::layout::{Layout, View};
use crate::timeline::window::Window;
use crate::ui::dynamic::{each, part};
use crate::ui::px;
use crate::ui::stage::Stage;
use crate::ui::state::State;

/// Width that is kept for the box.
const TIP_WIDTH_PX: f64 = 264.0;

/// A task, told beside the pointer.
#[derive(Clone, PartialEq)]
pub(super) struct Tip {
    x_px: f64,
    y_px: f64,
    heading: String,
    title: String,
    outcome: String,
    /// Wait, start and length in ms, and whether the pointer is on it.
    segments: Vec<(Wait, String, String, bool)>,
    total_ms: String,
}

/// The tip for a pointer at `at` in the canvas, if it is over a task's row.
pub(super) fn at(
    stage: &Stage,
    layout: &Layout,
    view: View,
    shown: Window,
    at: (f64, f64),
) -> Option<Tip> {
    let (x_px, y_px) = at;
    let (lane, index) = layout.row_under(view, y_px)?;
    let target = stage.target(lane, index);
    let is_foreseen = lane == stage.lanes.len();
    let lane = stage.pictured(lane)?;
    let row = lane.rows.rows().get(index)?;
    let now = lane.now();
    let scale = scale(stage, layout, shown);
    let moment = scale.moment_from_px(x_px);
    let cells = cells(index, row, &lane.run.as_ref()?.trace(), now);
    let segments = row.segments_at(now).map(|segment| {
        let is_here = segment.start <= moment && moment < segment.end;
        let length = (segment.end - segment.start).as_micros();
        (
            segment.wait,
            ms(segment.start.as_us()),
            ms(u64::try_from(length).unwrap_or(u64::MAX)),
            is_here,
        )
    });
    Some(Tip {
        x_px,
        y_px,
        heading: format!("{}  {}", cells.number, target.unwrap_or(cells.target)),
        title: if is_foreseen {
            "predicted".into()
        } else {
            cells.title
        },
        outcome: cells.outcome,
        segments: segments.collect(),
        total_ms: cells.total_ms,
    })
}

/// The box beside the pointer.
#[component]
pub(super) fn TipView(tip: State<Option<Tip>>, width_px: State<f64>) -> impl IntoView {
    let place = move |tip: &Tip| {
        // To the left of the pointer where there is no room at the right; never outside the figure.
        let right_px = tip.x_px + 16.0;
        let is_room = right_px + TIP_WIDTH_PX < width_px.get();
        let left_px = if is_room {
            right_px
        } else {
            (tip.x_px - 16.0 - TIP_WIDTH_PX).max(4.0)
        };
        format!("left:{};top:{}", px(left_px), px(tip.y_px + 14.0))
    };
    view! {
        {part(move || each(tip.get(), |tip| { let style = place(&tip); view! {
            <div class="tip num" style=style aria-hidden="true">
                <p class="tip-name">{tip.heading.clone()}</p>
                {each(Some(tip.title).filter(|title| !title.is_empty()), |title| view! { <p class="muted">{title}</p> })}
                <table>
                    <tbody>
                        {each(tip.segments, |(wait, start, length, is_here)| view! {
                            <tr class:here=is_here>
                                <td><i class=format!("swatch wait-{}", wait.key())></i>{wait.name()}</td>
                                <td class="muted">{format!("at {start}")}</td>
                                <td>{format!("{length}\u{a0}ms")}</td>
                            </tr>
                        })}
                        <tr class="sum"><td>{tip.outcome.clone()}</td><td></td><td>{format!("{}\u{a0}ms", tip.total_ms)}</td></tr>
                    </tbody>
                </table>
            </div>
        }}))}
    }
}
