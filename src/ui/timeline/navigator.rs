//! What wheel, fingers, keys and buttons do to the picture: the window of time, the rows in view, the bar that is selected
//! and the range that is measured. Each is one command, whoever gives it.

use std::cell::RefCell;

use leptos::html;
use leptos::prelude::*;

use super::frame::{self, Studio};
use crate::engine::moment::Moment;
use crate::engine::trace::TaskId;
use crate::report::measured::{Measured, range};
use crate::report::step::{event, next_event};
use crate::report::units::span;
use crate::timeline::layout::{AXIS_PX, Layout, View};
use crate::timeline::scale::TimeScale;
use crate::timeline::window::{Extent, Window};
use crate::ui::playground::Playground;
use crate::ui::stage::Stage;
use crate::ui::state::{Derived, State};

/// A range of time that is measured, and what it came to once it is complete.
#[derive(Clone, PartialEq)]
pub(super) struct Range {
    pub(super) start: Moment,
    pub(super) end: Moment,
    pub(super) words: String,
}

/// Everything about how the picture is looked at. Copies are handles to the same.
#[derive(Clone, Copy)]
pub(super) struct Navigator {
    pub(super) playground: Playground,
    pub(super) viewport: NodeRef<html::Div>,
    pub(super) width_px: State<f64>,
    pub(super) height_px: Derived<f64>,
    pub(super) scroll_px: State<f64>,
    /// Whether rows share a line where there are too many for one each, if somebody chose.
    pub(super) folds: State<Option<bool>>,
    pub(super) measured: State<Option<Range>>,
    /// The event that was stepped to: its lane, its place in the trace, and when it was.
    pub(super) event: State<Option<(usize, usize, Moment)>>,
    /// What is in view, in words.
    pub(super) told: Derived<String>,
    pub(super) studio: StoredValue<RefCell<Studio>, LocalStorage>,
}

impl Navigator {
    /// What of the content is in view now.
    pub(super) fn view(self) -> View {
        View {
            width_px: self.width_px.get_untracked(),
            height_px: self.height_px.get_untracked(),
            scroll_px: self.scroll_px.get_untracked(),
        }
    }

    /// Where the rows are to be.
    pub(super) fn layout(self, stage: &Stage, width_px: f64) -> Layout {
        frame::layout(stage, width_px, self.folds.get_untracked())
    }

    /// Reads the runs and where their rows are, as the last frame has drawn them.
    pub(super) fn read<T>(self, read: impl FnOnce(&Stage, &Layout) -> T) -> Option<T> {
        self.studio.with_value(|studio| {
            let layout = &studio.borrow().layout;
            self.playground.read(|stage| read(stage, layout))
        })
    }

    fn scale(self) -> Option<TimeScale> {
        let shown = self.playground.window.get_untracked();
        self.read(|stage, layout| frame::scale(stage, layout, shown))
    }

    /// Which share of the window's width is at this pixel of the canvas.
    pub(super) fn share(self, x_px: f64) -> f64 {
        let at = |scale: TimeScale| {
            (x_px - scale.left_px()) / (scale.right_px() - scale.left_px()).max(1.0)
        };
        self.scale().map_or(0.5, at)
    }

    /// The moment at this pixel of the canvas, or the first or last that is in view.
    pub(super) fn moment(self, x_px: f64) -> Option<Moment> {
        let scale = self.scale()?;
        Some(scale.moment_from_px(scale.within_px(x_px)))
    }

    /// Looks through another window.
    pub(super) fn look(self, through: impl FnOnce(Window, Extent) -> Window) {
        if let Some(extent) = self.playground.read(Stage::extent) {
            let before = self.playground.window.get_untracked();
            let after = through(before, extent);
            if after != before {
                self.playground.window.set(after);
            }
        }
    }

    /// The same, and says what is in view then: for those who see no picture.
    pub(super) fn look_and_tell(self, through: impl FnOnce(Window, Extent) -> Window) {
        self.look(through);
        let told = in_view(self.playground);
        self.playground.status.set(format!("In view: {told}."));
    }

    /// Zooms around the middle.
    pub(super) fn zoom(self, factor: f64) {
        self.look_and_tell(|window, extent| window.zoomed(factor, 0.5, extent));
    }

    /// Shows everything again.
    pub(super) fn fit(self) {
        self.look_and_tell(|_, _| Window::WHOLE);
    }

    /// Shows the bar that is selected as wide as there is room.
    pub(super) fn fit_selected(self) {
        let bar = self.playground.selected.get_untracked();
        let ends = bar.and_then(|(lane, task)| self.bar_ends(lane, task));
        if let Some((start, end)) = ends {
            self.look_and_tell(|_, extent| Window::of(start, end, extent).zoomed(1.1, 0.5, extent));
        }
    }

    fn bar_ends(self, lane: usize, task: TaskId) -> Option<(Moment, Moment)> {
        self.playground
            .read(|stage| {
                let lane = stage.lanes.get(lane)?;
                let row = lane.rows.rows().get(task.index())?;
                Some((row.joined, row.end_at(lane.now())))
            })
            .flatten()
    }

    /// Selects the bar so many rows further down, over the lanes' ends too; the first or the last if none is selected.
    /// If it `moves`, the window goes to that bar. The list of bars says what it is, so the status line does not.
    pub(super) fn step_bar(self, by: isize, moves: bool) {
        let selected = self.playground.selected.get_untracked();
        let next = self.playground.read(|stage| {
            let next = match (selected, by > 0) {
                (Some((lane, task)), _) => stage.bar_place(lane, task).checked_add_signed(by)?,
                (None, true) => 0,
                (None, false) => stage.bars().checked_sub(1)?,
            };
            stage.bar_at(next)
        });
        match next.flatten() {
            Some((lane, task)) => {
                self.select(lane, task);
                if let Some((start, end)) = self.bar_ends(lane, task).filter(|_| moves) {
                    self.look(|window, extent| window.with_in_view(start, end, extent));
                }
            }
            None => self.playground.status.set("No more bars.".into()),
        }
    }

    /// Shows the window's first or last place; and if a bar is selected, selects the first or the last of all.
    pub(super) fn go_to_end(self, is_last: bool) {
        self.look_and_tell(|window, extent| match is_last {
            true => window.at_end(extent),
            false => window.at_start(extent),
        });
        let end = self.playground.read(|stage| {
            stage.bar_at(if is_last {
                stage.bars().checked_sub(1)?
            } else {
                0
            })
        });
        if let Some(((lane, task), _)) = end.flatten().zip(self.playground.selected.get_untracked())
        {
            self.select(lane, task);
        }
    }

    /// Selects a bar. Who follows the selection scrolls its row into view.
    fn select(self, lane: usize, task: TaskId) {
        self.playground.selected.set(Some((lane, task)));
    }

    /// Scrolls a bar's row into view.
    pub(super) fn reveal(self, lane: usize, task: TaskId) {
        self.reveal_row(lane, task.index());
    }

    pub(super) fn reveal_row(self, lane: usize, row: usize) {
        let height_px = self.height_px.get_untracked();
        let row = self.read(|_, layout| Some((layout.row_top_px(lane, row)?, layout.row_px)));
        let Some(((top_px, row_px), viewport)) = row.flatten().zip(self.viewport.get_untracked())
        else {
            return;
        };
        let room_px = height_px - AXIS_PX;
        // Where the rows are now, not where they were at the last scroll event: that comes with the next frame, and of two
        // keys within one frame the second would find its row where the first has just taken it away.
        let scroll_px = f64::from(viewport.scroll_top());
        if top_px < scroll_px || top_px + row_px > scroll_px + room_px {
            viewport.set_scroll_top((top_px - room_px / 2.0).max(0.0) as i32);
        }
    }

    /// Goes to the next event, or to the one before: of the run whose bar is selected, else of the one that the table
    /// shows. The first step goes to the first event in view.
    pub(super) fn step_event(self, is_forward: bool) {
        let selected = self.playground.selected.get_untracked();
        let at = self.event.get_untracked();
        let lane = at.map(|(lane, ..)| lane).or(selected.map(|(lane, _)| lane));
        let lane = lane.unwrap_or_else(|| self.playground.shown_lane());
        let shown = self.playground.window.get_untracked();
        let found = self.playground.read(|stage| {
            let trace = stage.lanes.get(lane)?.run.as_ref()?.trace();
            let from = match at {
                Some((_, place, _)) => place,
                None => {
                    let (start, _) = shown.range(stage.extent());
                    let first = trace.events().partition_point(|event| event.at < start);
                    first.saturating_sub(usize::from(is_forward))
                }
            };
            let place = next_event(&trace, from, is_forward)?;
            let (task, told) = event(&trace, place)?;
            Some((place, trace.events()[place].at, task, told))
        });
        let Some((place, moment, task, told)) = found.flatten() else {
            self.playground.status.set("No more events.".into());
            return;
        };
        self.event.set(Some((lane, place, moment)));
        self.select(lane, task);
        self.look(|window, extent| window.with_in_view(moment, moment, extent));
        self.playground.status.set(told);
    }

    /// Marks the range between two pixels of the canvas.
    pub(super) fn mark(self, from_px: f64, to_px: f64) {
        let Some(scale) = self.scale() else { return };
        let at = |px: f64| scale.moment_from_px(scale.within_px(px));
        let (start, end) = (at(from_px.min(to_px)), at(from_px.max(to_px)));
        let words = format!("{}: {}", range(start, end), span(end - start));
        self.measured.set(Some(Range { start, end, words }));
    }

    /// Marks what is in view, and measures it.
    pub(super) fn measure_view(self) {
        if let Some(scale) = self.scale() {
            self.mark(scale.left_px(), scale.right_px());
            self.measure();
        }
    }

    /// Measures the range that is marked, and says what it came to.
    pub(super) fn measure(self) {
        let Some(Range { start, end, words }) = self.measured.get_untracked() else {
            return;
        };
        let told = self.playground.read(|stage| {
            let lanes = stage.lanes.iter().filter_map(|lane| {
                let trace = lane.run.as_ref()?.trace();
                let measured = Measured::of(&lane.rows, &trace, start, end);
                Some(format!(" {}: {}.", lane.name(), measured.words()))
            });
            lanes.collect::<String>()
        });
        let words = format!("{words}.{}", told.unwrap_or_default());
        self.playground.status.set(words.clone());
        self.measured.set(Some(Range { start, end, words }));
    }
}

/// What is in view, in words.
pub(super) fn in_view(playground: Playground) -> String {
    let shown = playground.window.get_untracked();
    let Some(extent) = playground.read(Stage::extent) else {
        return String::new();
    };
    let (start, end) = shown.range(extent);
    let words = range(start, end);
    if shown.is_whole() {
        format!("all, {words}")
    } else {
        let whole = span(extent.end - Moment::ZERO);
        format!("{words} of {whole}")
    }
}
