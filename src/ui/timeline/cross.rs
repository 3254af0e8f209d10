//! The cross behind the bar of a task that goes on: who clicks it cancels that task.

use super::frame::scale;
use crate::engine::trace::TaskId;
use crate::timeline::layout::{Layout, View};
use crate::timeline::scene::{CANCEL_FROM_PX, CANCEL_GAP_PX};
use crate::timeline::window::Window;
use crate::ui::stage::Stage;

/// How much around the cross counts as on it: a finger needs 24 pixels.
const REACH_PX: f64 = 12.0;

/// The lane and the task whose cross is at this place of the canvas.
pub(super) fn at(
    stage: &Stage,
    layout: &Layout,
    view: View,
    shown: Window,
    (x_px, y_px): (f64, f64),
) -> Option<(usize, TaskId)> {
    // Where rows are too low for a cross there is none to click.
    let (index, row) = layout
        .row_under(view, y_px)
        .filter(|_| layout.row_px >= CANCEL_FROM_PX)?;
    let lane = stage.lanes.get(index).filter(|lane| lane.goes_on())?;
    lane.rows.rows().get(row)?.open()?;
    let scale = scale(stage, layout, shown);
    let cross_px = scale.px_inside(lane.now())? + CANCEL_GAP_PX + 4.0;
    let task = TaskId(u32::try_from(row).ok()?);
    ((x_px - cross_px).abs() <= REACH_PX).then_some((index, task))
}
