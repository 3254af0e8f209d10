//! More tasks than there is room for: all of them in lines that each stand for several, or each in a row of its own to scroll
//! through.

use leptos::prelude::*;

use super::navigator::Navigator;
use crate::report::units::grouped;
use crate::timeline::layout::{Layout, View};
use crate::timeline::window::Window;
use crate::ui::dynamic::{Part, aria, each, part};
use crate::ui::stage::Stage;
use crate::ui::state::Derived;

/// The button that folds rows and unfolds them, where there are that many.
pub(super) fn fold_button(navigator: Navigator) -> Part {
    let can_fold = Derived::new(move || state(navigator).is_some());
    let is_folded = move || state(navigator).is_some_and(|(is_folded, _)| is_folded);
    let button = move |()| {
        view! {
            <button class="plain" type="button" aria-pressed=aria(is_folded) on:click=move |_| toggle(navigator)>
                "Fit rows"
            </button>
        }
    };
    part(move || each(can_fold.get().then_some(()), button))
}

/// What a line stands for, if it is more than a row.
pub(super) fn folded(navigator: Navigator) -> Part {
    let told = Derived::new(move || state(navigator)?.1);
    part(move || {
        each(
            told.get(),
            |words| view! { <p class="measured muted">{words}</p> },
        )
    })
}

/// Whether rows are folded now, if there are more of them than have room each; and what a line stands for then.
fn state(navigator: Navigator) -> Option<(bool, Option<String>)> {
    navigator.playground.tick.track();
    navigator.folds.track();
    navigator.width_px.track();
    let view = navigator.view();
    let state = |stage: &Stage| {
        let layout = navigator.layout(stage, view.width_px);
        let can_fold = Layout::can_fold(&stage.pictured_counts());
        can_fold.then(|| (layout.is_folded(), line(&layout)))
    };
    navigator.playground.read(state)?
}

fn line(layout: &Layout) -> Option<String> {
    let of = grouped(layout.rows_per_line);
    (layout.rows_per_line > 1).then(|| ["Each line shows the first of ", &of, " rows."].concat())
}

/// What a picture of this view leaves out of its rows.
pub(super) fn told(layout: &Layout, view: View) -> Option<String> {
    let lanes = layout.lanes.iter().enumerate();
    let seen: usize = lanes
        .map(|(lane, _)| layout.visible_rows(lane, view).len())
        .sum();
    let lines = |rows: usize| rows.div_ceil(layout.rows_per_line);
    let all: usize = layout.lanes.iter().map(|lane| lines(lane.rows)).sum();
    let line = line(layout).unwrap_or_default();
    let kind = if line.is_empty() { " rows" } else { " lines" };
    let cut = match seen < all {
        true => [
            &*grouped(seen),
            " of ",
            &grouped(all),
            kind,
            " are in view. ",
        ]
        .concat(),
        false => String::new(),
    };
    let told = cut + &line;
    (!told.is_empty()).then(|| told.trim_end().to_owned())
}

/// Folds the rows, or gives each its own and scrolls to the one that is selected, or else to the first of those in the picture
/// that are at work in the window of time.
fn toggle(navigator: Navigator) {
    let folds = !navigator
        .read(|_, layout| layout.is_folded())
        .unwrap_or_default();
    let selected = navigator.playground.selected.get_untracked();
    let shown = navigator.playground.window.get_untracked();
    let chosen = selected.map(|(lane, task)| (lane, task.index()));
    let at_work = || navigator.read(|stage, layout| at_work(stage, layout, shown))?;
    let place = if folds {
        chosen
    } else {
        chosen.or_else(at_work)
    };
    navigator.folds.set(Some(folds));
    // Once the content is as high as it will be.
    request_animation_frame(move || {
        if let Some((lane, row)) = place {
            navigator.reveal_row(lane, row);
        }
    });
}

fn at_work(stage: &Stage, layout: &Layout, shown: Window) -> Option<(usize, usize)> {
    let (start, end) = shown.range(stage.extent());
    stage.lanes.iter().enumerate().find_map(|(place, lane)| {
        let rows = lane.rows.rows();
        let is_at_work = |row: &usize| {
            let mut segments = rows[*row].segments_at(lane.now());
            segments.any(|it| it.wait.is_work() && it.end > start && it.start < end)
        };
        let mut drawn = (0..rows.len()).step_by(layout.rows_per_line);
        Some((place, drawn.find(is_at_work)?))
    })
}
