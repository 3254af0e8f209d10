//! The one map between time and pixels, and the ticks of its axis.

use crate::engine::moment::Moment;

/// Maps a span of time to a span of pixels, both ways.
///
/// Times stay in `f64` and the view's start is subtracted first, so hours at microsecond steps stay exact.
///
/// ```
/// use crawl_playground::{engine::moment::Moment, timeline::scale::TimeScale};
///
/// let scale = TimeScale::new(Moment::ZERO, Moment::from_us(2_000_000), 100.0, 800.0);
/// assert_eq!(scale.px_from_moment(Moment::from_us(1_000_000)), 500.0);
/// assert_eq!(scale.moment_from_px(500.0), Moment::from_us(1_000_000));
/// ```
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct TimeScale {
    start_us: f64,
    span_us: f64,
    left_px: f64,
    width_px: f64,
    column_px: f64,
}

impl TimeScale {
    /// Maps `start..end` to `width_px` pixels from `left_px` on. An empty span counts as one microsecond, and no width as
    /// one pixel, so that nothing is ever divided by zero.
    #[must_use]
    pub fn new(start: Moment, end: Moment, left_px: f64, width_px: f64) -> Self {
        let span_us = (end - start).as_micros() as f64;
        Self::of_us(start.as_us() as f64, span_us, left_px, width_px)
    }

    /// The same for a span that need not begin or end with a whole microsecond.
    #[must_use]
    pub fn of_us(start_us: f64, span_us: f64, left_px: f64, width_px: f64) -> Self {
        Self {
            start_us,
            span_us: span_us.max(1.0),
            left_px,
            width_px: width_px.max(1.0),
            column_px: 1.0,
        }
    }

    /// The same for a screen of which so many pixels make one of the drawing's: its columns are that much narrower.
    #[must_use]
    pub fn at_ratio(self, ratio: f64) -> Self {
        let is_sound = ratio.is_finite() && ratio > 0.0;
        Self {
            column_px: if is_sound { 1.0 / ratio } else { 1.0 },
            ..self
        }
    }

    /// Width of a column of the screen's pixels. Column `k` begins at `k` times that, from the left of the drawing.
    #[must_use]
    pub fn column_px(&self) -> f64 {
        self.column_px
    }

    /// Where `moment` lies. Outside the span it lies outside the pixels.
    #[must_use]
    pub fn px_from_moment(&self, moment: Moment) -> f64 {
        self.px_from_us(moment.as_us() as f64)
    }

    /// The same for so many microseconds.
    #[must_use]
    pub fn px_from_us(&self, us: f64) -> f64 {
        self.left_px + (us - self.start_us) / self.span_us * self.width_px
    }

    /// Which moment lies at `x_px`; never before zero.
    #[must_use]
    pub fn moment_from_px(&self, x_px: f64) -> Moment {
        Moment::from_ms(self.us_from_px(x_px) / 1e3)
    }

    /// The same in microseconds and parts of them, for those who compare: it may be below zero.
    #[must_use]
    pub fn us_from_px(&self, x_px: f64) -> f64 {
        self.start_us + (x_px - self.left_px) / self.width_px * self.span_us
    }

    /// Where `moment` lies, if that is inside.
    #[must_use]
    pub fn px_inside(&self, moment: Moment) -> Option<f64> {
        let x_px = self.px_from_moment(moment);
        // Rounding may put the last moment a little beyond the edge.
        (self.left_px - 1e-6..=self.right_px() + 1e-6)
            .contains(&x_px)
            .then_some(x_px)
    }

    /// The first moment inside, and the last.
    #[must_use]
    pub fn range(&self) -> (Moment, Moment) {
        (
            self.moment_from_px(self.left_px),
            self.moment_from_px(self.right_px()),
        )
    }

    /// The left edge, in pixels.
    #[must_use]
    pub fn left_px(&self) -> f64 {
        self.left_px
    }

    /// The right edge, in pixels.
    #[must_use]
    pub fn right_px(&self) -> f64 {
        self.left_px + self.width_px
    }

    /// This pixel, or the edge that is nearest to it. Not by `clamp`: where edges cross that panics, and its message brings the
    /// code that writes an `f64`.
    #[must_use]
    pub fn within_px(&self, px: f64) -> f64 {
        px.max(self.left_px()).min(self.right_px())
    }

    /// Round moments to label, at least `gap_px` apart.
    ///
    /// Steps are 1, 2 or 5 times a power of ten microseconds up to 10 s; then 15 and 30 s, 1, 2, 5, 10, 15 and 30 min, 1, 2,
    /// 6, 12 and 24 h and whole days, so that each fits a whole number of times into the next unit.
    #[must_use]
    pub fn ticks(&self, gap_px: f64) -> Vec<Moment> {
        let least_us = self.span_us * gap_px.max(1.0) / self.width_px;
        let step_us = step_us(least_us);
        let first = (self.start_us / step_us).ceil();
        let last = ((self.start_us + self.span_us) / step_us).floor();
        // Late in a long run a short view may lie between two round moments, and has none.
        let count = (last - first + 1.0).max(0.0) as u64;
        (0..count)
            .map(|k| Moment::from_us(((first + k as f64) * step_us) as u64))
            .collect()
    }
}

/// The smallest round step that is not below `least_us`.
fn step_us(least_us: f64) -> f64 {
    const SECOND_US: f64 = 1e6;
    const DAY_SECONDS: f64 = 86_400.0;
    const LONG_SECONDS: [f64; 12] = [
        15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1_800.0, 3_600.0, 7_200.0, 21_600.0, 43_200.0,
    ];
    if least_us > 10.0 * SECOND_US {
        let seconds = least_us / SECOND_US;
        let round = LONG_SECONDS.into_iter().find(|step| *step >= seconds);
        let days = || (seconds / DAY_SECONDS).ceil() * DAY_SECONDS;
        return SECOND_US * round.unwrap_or_else(days);
    }
    let mut power = 1.0;
    while power * 10.0 <= least_us {
        power *= 10.0;
    }
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|step| step * power)
        .find(|step| *step >= least_us - 1e-9)
        .unwrap_or(power * 10.0)
}
