//! The window of time that is looked at: the whole, or a part of it. One for all runs that are compared.
//!
//! A window knows no pixels. Places in it are shares of its width, from 0 at its left edge to 1 at its right, so that the
//! same window holds for a picture of any width, and for the strip that shows where it lies.

use crate::engine::moment::Moment;

use super::scale::TimeScale;

/// No window is shorter: ten ticks of the finest clock.
pub const LEAST_SPAN_US: f64 = 10.0;
/// A window that follows the end keeps this share free behind it.
const LEAD: f64 = 0.04;

/// What there is to look at: from zero on.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Extent {
    /// Where the axis of the whole ends. It leaves a margin behind the last end.
    pub end: Moment,
    /// How far the runs have come.
    pub now: Moment,
}

impl Extent {
    fn span_us(self) -> f64 {
        (self.end.as_us() as f64).max(LEAST_SPAN_US)
    }
}

/// A span of time that is looked at.
///
/// Whatever it is asked for, it stays within what there is, and never gets shorter than [`LEAST_SPAN_US`].
///
/// ```
/// use crawl_playground::{engine::moment::Moment, timeline::window::{Extent, Window}};
///
/// let extent = Extent { end: Moment::from_us(1_000_000), now: Moment::from_us(900_000) };
/// // Half as much, around the middle; then a quarter of that to the right.
/// let window = Window::WHOLE.zoomed(0.5, 0.5, extent);
/// assert_eq!(window.range(extent), (Moment::from_us(250_000), Moment::from_us(750_000)));
/// let window = window.panned(0.25, extent);
/// assert_eq!(window.range(extent), (Moment::from_us(375_000), Moment::from_us(875_000)));
/// assert_eq!(window.zoomed(4.0, 0.5, extent), Window::WHOLE);
/// ```
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Window(Option<Part>);

#[derive(Clone, Copy, PartialEq, Debug)]
struct Part {
    start_us: f64,
    span_us: f64,
    follows: bool,
}

impl Window {
    /// All there is, also when that gets more.
    pub const WHOLE: Self = Self(None);

    /// The window from `start` to `end`, or the shortest one around its middle.
    #[must_use]
    pub fn of(start: Moment, end: Moment, extent: Extent) -> Self {
        let (start_us, end_us) = (start.as_us() as f64, end.as_us() as f64);
        let span_us = (end_us - start_us).max(LEAST_SPAN_US);
        let middle_us = start_us + (end_us - start_us).max(0.0) / 2.0;
        Self::part(middle_us - span_us / 2.0, span_us, false, extent)
    }

    /// The part that was asked for, as far as it can be had.
    fn part(start_us: f64, span_us: f64, follows: bool, extent: Extent) -> Self {
        let whole_us = extent.span_us();
        // What is no number is no window.
        if !start_us.is_finite() || span_us.is_nan() || span_us >= whole_us {
            return Self::WHOLE;
        }
        let span_us = span_us.max(LEAST_SPAN_US);
        Self(Some(Part {
            start_us: start_us.min(whole_us - span_us).max(0.0),
            span_us,
            follows,
        }))
    }

    /// Whether it shows all there is.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.0.is_none()
    }

    /// Whether it moves on with a run.
    #[must_use]
    pub const fn follows(self) -> bool {
        matches!(self.0, Some(Part { follows: true, .. }))
    }

    /// Where it begins and how long it is now, in microseconds.
    fn seen_us(self, extent: Extent) -> (f64, f64) {
        let whole_us = extent.span_us();
        let Some(part) = self.0.filter(|part| part.span_us < whole_us) else {
            return (0.0, whole_us);
        };
        let start_us = if part.follows {
            extent.now.as_us() as f64 - (1.0 - LEAD) * part.span_us
        } else {
            part.start_us
        };
        (start_us.min(whole_us - part.span_us).max(0.0), part.span_us)
    }

    /// From when until when it shows, to the nearest microsecond.
    #[must_use]
    pub fn range(self, extent: Extent) -> (Moment, Moment) {
        let (start_us, span_us) = self.seen_us(extent);
        (
            Moment::from_ms(start_us / 1e3),
            Moment::from_ms((start_us + span_us) / 1e3),
        )
    }

    /// The window of `factor` times the span, in which the moment at the share `at` of the width stays in its place.
    /// A factor below 1 shows less, and that larger.
    #[must_use]
    pub fn zoomed(self, factor: f64, at: f64, extent: Extent) -> Self {
        let is_sound = factor.is_finite() && factor > 0.0 && at.is_finite();
        if !is_sound {
            return self;
        }
        let (start_us, span_us) = self.seen_us(extent);
        let whole_us = extent.span_us();
        let new_us = (span_us * factor).max(LEAST_SPAN_US).min(whole_us);
        let start_us = start_us + at.clamp(0.0, 1.0) * (span_us - new_us);
        Self::part(start_us, new_us, self.follows(), extent)
    }

    /// The window moved by this share of its width, to later moments if it is positive. It follows nothing any more.
    #[must_use]
    pub fn panned(self, share: f64, extent: Extent) -> Self {
        let (start_us, span_us) = self.seen_us(extent);
        let by_us = if share.is_finite() {
            share * span_us
        } else {
            0.0
        };
        Self::part(start_us + by_us, span_us, false, extent)
    }

    /// A window as long, with this share of all there is in its middle.
    #[must_use]
    pub fn centred(self, share: f64, extent: Extent) -> Self {
        let (_, span_us) = self.seen_us(extent);
        Self::part(
            share * extent.span_us() - span_us / 2.0,
            span_us,
            false,
            extent,
        )
    }

    /// A window as long, at the beginning.
    #[must_use]
    pub fn at_start(self, extent: Extent) -> Self {
        Self::part(0.0, self.seen_us(extent).1, false, extent)
    }

    /// A window as long, at the end, which it follows while there comes more.
    #[must_use]
    pub fn at_end(self, extent: Extent) -> Self {
        Self::part(0.0, self.seen_us(extent).1, true, extent)
    }

    /// The window moved so far that it shows `start..end`, and not at all if it does. Of what is too long for it, it
    /// shows the beginning.
    #[must_use]
    pub fn with_in_view(self, start: Moment, end: Moment, extent: Extent) -> Self {
        let (from_us, span_us) = self.seen_us(extent);
        let (start_us, end_us) = (start.as_us() as f64, end.as_us() as f64);
        // Windows begin between microseconds, moments don't.
        let is_seen = start_us >= from_us - 1.0 && end_us <= from_us + span_us + 1.0;
        if is_seen {
            return self;
        }
        // In the middle, where there is room for it on both sides.
        let lead_us = ((span_us - (end_us - start_us)) / 2.0).max(span_us * LEAD);
        Self::part(start_us - lead_us, span_us, false, extent)
    }

    /// Where it lies in all there is: the share before it, and its own.
    #[must_use]
    pub fn place(self, extent: Extent) -> (f64, f64) {
        let (start_us, span_us) = self.seen_us(extent);
        (start_us / extent.span_us(), span_us / extent.span_us())
    }

    /// The map between the times in it and `width_px` pixels from `left_px` on.
    #[must_use]
    pub fn scale(self, extent: Extent, left_px: f64, width_px: f64) -> TimeScale {
        let (start_us, span_us) = self.seen_us(extent);
        TimeScale::of_us(start_us, span_us, left_px, width_px)
    }
}
