//! Where everything stands, before anything is drawn: lanes under one another, a row a task, a strip below.
//!
//! Vertical places are in *content* pixels, counted from the top of the first lane; the view scrolls over them.

use std::iter::StepBy;
use std::ops::Range;

/// The size of the view, and what it looks at.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct View {
    /// Width of the drawing.
    pub width_px: f64,
    /// Height of the drawing, with the axis.
    pub height_px: f64,
    /// How far the content is scrolled up.
    pub scroll_px: f64,
}

/// Height of the axis at the top, which does not scroll.
pub const AXIS_PX: f64 = 26.0;
/// Highest that the rows of a whole picture try to be together, before they scroll.
pub const ROWS_TARGET_PX: f64 = 400.0;
const NARROW_PX: f64 = 620.0;
const GUTTER_PX: f64 = 140.0;
const RIGHT_PX: f64 = 16.0;
const STRIP_PX: f64 = 26.0;
const STRIP_GAP_PX: f64 = 5.0;
const LANE_GAP_PX: f64 = 18.0;
const ROW_PX: Range<f64> = 3.0..16.0;
/// Least height of a line where all rows are to have room.
const FOLDED_PX: f64 = 1.0;
/// More rows than these are folded unless somebody wants each: to scroll through them would show next to nothing of the run.
pub const FOLDED_ABOVE: usize = 2_000;

/// One run's place.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct LanePlace {
    /// Where its heading begins.
    pub top_px: f64,
    /// Where its first row begins.
    pub rows_top_px: f64,
    /// How many rows it has.
    pub rows: usize,
    /// Where the strip of permits and requests begins.
    pub strip_top_px: f64,
    /// Where the strip ends, and the lane.
    pub bottom_px: f64,
}

impl LanePlace {
    /// Where a line of this height begins, counted from 0.
    #[must_use]
    pub fn top_of(&self, line: usize, row_px: f64) -> f64 {
        self.rows_top_px + line as f64 * row_px
    }
}

/// The places of all lanes.
#[derive(Clone, PartialEq, Debug)]
pub struct Layout {
    /// Whether there is too little room for a gutter at the left.
    pub is_narrow: bool,
    /// Where the time axis begins.
    pub left_px: f64,
    /// How wide the time axis is.
    pub plot_width_px: f64,
    /// Height of a line, which is a row, or several that are folded.
    pub row_px: f64,
    /// How many rows share a line. Drawn is the first of them.
    pub rows_per_line: usize,
    /// The lanes, from the top.
    pub lanes: Vec<LanePlace>,
    /// Height of everything.
    pub content_px: f64,
}

impl Default for Layout {
    fn default() -> Self {
        Self::new(0.0, &[])
    }
}

impl Layout {
    /// Places lanes with these numbers of rows. Rows get thinner as there are more, down to 3 pixels; then it scrolls.
    #[must_use]
    pub fn new(width_px: f64, row_counts: &[usize]) -> Self {
        let total: usize = row_counts.iter().sum();
        let row_px = (ROWS_TARGET_PX / total.max(1) as f64).clamp(ROW_PX.start, ROW_PX.end);
        // Whole device pixels keep the thin rows apart evenly.
        let row_px = if row_px < 8.0 { row_px.floor() } else { row_px };
        Self::of_lines(width_px, row_counts, row_px, 1)
    }

    /// Places them so that there is room for all: where rows would have to scroll, some of them share a line, of which the
    /// first is drawn. What that shows of a run is its shape, at the same cost whether there are a thousand rows or a million.
    ///
    /// ```
    /// use crawl_playground::timeline::layout::{Layout, ROWS_TARGET_PX};
    ///
    /// let layout = Layout::folded(1000.0, &[100_000]);
    /// assert_eq!(layout.rows_per_line, 250);
    /// assert!(layout.lanes[0].strip_top_px < ROWS_TARGET_PX + 50.0);
    /// assert_eq!(Layout::folded(1000.0, &[100]), Layout::new(1000.0, &[100]));
    /// ```
    #[must_use]
    pub fn folded(width_px: f64, row_counts: &[usize]) -> Self {
        if !Self::can_fold(row_counts) {
            return Self::new(width_px, row_counts);
        }
        let total: usize = row_counts.iter().sum();
        let rows_per_line = total.div_ceil((ROWS_TARGET_PX / FOLDED_PX) as usize);
        let row_px = (ROWS_TARGET_PX / total as f64).floor().max(FOLDED_PX);
        Self::of_lines(width_px, row_counts, row_px, rows_per_line)
    }

    /// Whether its rows are thinner than those that scroll, or share lines.
    #[must_use]
    pub fn is_folded(&self) -> bool {
        self.row_px < ROW_PX.start
    }

    /// Whether there are more rows than there is room for.
    #[must_use]
    pub fn can_fold(row_counts: &[usize]) -> bool {
        row_counts.iter().sum::<usize>() as f64 * ROW_PX.start > ROWS_TARGET_PX
    }

    fn of_lines(width_px: f64, row_counts: &[usize], row_px: f64, rows_per_line: usize) -> Self {
        let is_narrow = width_px < NARROW_PX;
        let left_px = if is_narrow { 8.0 } else { GUTTER_PX };
        let heading_px = if is_narrow { 22.0 } else { 4.0 };
        let mut top_px = 4.0;
        let lanes = row_counts
            .iter()
            .map(|&rows| {
                let rows_top_px = top_px + heading_px;
                // The gutter holds two lines of text beside even the smallest lane.
                let lines = rows.div_ceil(rows_per_line);
                let rows_px = (lines as f64 * row_px).max(if is_narrow { row_px } else { 36.0 });
                let strip_top_px = rows_top_px + rows_px + STRIP_GAP_PX;
                let bottom_px = strip_top_px + STRIP_PX;
                let place = LanePlace {
                    top_px,
                    rows_top_px,
                    rows,
                    strip_top_px,
                    bottom_px,
                };
                top_px = bottom_px + LANE_GAP_PX;
                place
            })
            .collect();
        let plot_width_px = (width_px - left_px - RIGHT_PX).max(1.0);
        Self {
            is_narrow,
            left_px,
            plot_width_px,
            row_px,
            rows_per_line,
            lanes,
            content_px: top_px,
        }
    }

    /// Where the line of a row begins, in content pixels.
    #[must_use]
    pub fn row_top_px(&self, lane: usize, row: usize) -> Option<f64> {
        Some(
            self.lanes
                .get(lane)?
                .top_of(row / self.rows_per_line, self.row_px),
        )
    }

    /// The rows of `lane` that a view shows, the first of each line.
    pub fn visible_rows(&self, lane: usize, view: View) -> StepBy<Range<usize>> {
        let rows = self.lanes.get(lane).map_or(0..0, |place| {
            let line_at = |y_px: f64| ((y_px - place.rows_top_px) / self.row_px).max(0.0);
            let row_of = |line: usize| (line * self.rows_per_line).min(place.rows);
            let first = line_at(view.scroll_px).floor() as usize;
            let behind = line_at(view.scroll_px + view.height_px - AXIS_PX).ceil() as usize;
            row_of(first)..row_of(behind)
        });
        rows.step_by(self.rows_per_line)
    }

    /// The lane and row at this height of a view, if it is below the axis.
    ///
    /// ```
    /// use crawl_playground::timeline::layout::{AXIS_PX, Layout, View};
    ///
    /// let layout = Layout::new(1000.0, &[10]);
    /// let view = View { width_px: 1000.0, height_px: 300.0, scroll_px: layout.lanes[0].rows_top_px };
    /// assert_eq!(layout.row_under(view, AXIS_PX + 1.0), Some((0, 0)));
    /// assert_eq!(layout.row_under(view, AXIS_PX - 1.0), None);
    /// ```
    #[must_use]
    pub fn row_under(&self, view: View, y_px: f64) -> Option<(usize, usize)> {
        let is_content = y_px > AXIS_PX;
        is_content
            .then(|| self.row_at(y_px - AXIS_PX + view.scroll_px))
            .flatten()
    }

    /// The stretches, from `top_px` down to the end of a view's content, that an upright line over all lanes takes: where the
    /// lanes' names stand above their rows and not beside them, it is left out there.
    ///
    /// ```
    /// use crawl_playground::timeline::layout::{Layout, View};
    ///
    /// let view = |width_px| View { width_px, height_px: 300.0, scroll_px: 0.0 };
    /// assert_eq!(Layout::new(1000.0, &[2, 2]).stretches(view(1000.0), 18.0).len(), 1);
    /// assert_eq!(Layout::new(360.0, &[2, 2]).stretches(view(360.0), 18.0).len(), 3);
    /// ```
    #[must_use]
    pub fn stretches(&self, view: View, top_px: f64) -> Vec<(f64, f64)> {
        let shift_px = AXIS_PX - view.scroll_px;
        let bottom_px = (self.content_px + shift_px).min(view.height_px);
        let named = self.lanes.iter().filter(|_| self.is_narrow);
        let mut stretches = Vec::new();
        let mut from_px = top_px;
        for place in named {
            // What is scrolled away is below the axis.
            let name_px = (place.top_px + shift_px).max(AXIS_PX).min(bottom_px);
            stretches.push((from_px, name_px));
            from_px = (place.rows_top_px + shift_px).max(AXIS_PX);
        }
        stretches.push((from_px, bottom_px));
        stretches.retain(|(from_px, to_px)| from_px < to_px);
        stretches
    }

    /// The lane and row at this height of the content.
    ///
    /// ```
    /// use crawl_playground::timeline::layout::Layout;
    ///
    /// let layout = Layout::new(1000.0, &[10, 10]);
    /// let second = layout.lanes[1];
    /// assert_eq!(layout.row_at(second.rows_top_px + 1.0), Some((1, 0)));
    /// assert_eq!(layout.row_at(second.strip_top_px + 1.0), None);
    /// ```
    #[must_use]
    pub fn row_at(&self, y_px: f64) -> Option<(usize, usize)> {
        self.lanes.iter().enumerate().find_map(|(lane, place)| {
            let line = ((y_px - place.rows_top_px) / self.row_px).floor();
            let row = line * self.rows_per_line as f64;
            (row >= 0.0 && row < place.rows as f64).then_some((lane, row as usize))
        })
    }
}
