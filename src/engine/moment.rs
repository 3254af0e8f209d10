//! Points in time, in whole microseconds.
//!
//! A browser's clock ticks at 5 µs at best, and whole numbers make a run in virtual time repeatable bit for bit.

use std::fmt;
use std::ops::{Add, Sub};
use std::time::Duration;

/// A point in time: microseconds since some zero, which is a clock's origin or the start of a run.
///
/// ```
/// use crawl_playground::engine::moment::Moment;
/// use std::time::Duration;
///
/// let start = Moment::from_us(1_500);
/// let end = start + Duration::from_millis(2);
/// assert_eq!(end - start, Duration::from_millis(2));
/// assert_eq!(start - end, Duration::ZERO); // never negative
/// assert_eq!(end.as_ms(), 3.5);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Moment(u64);

impl Moment {
    /// The zero that all moments of one clock count from.
    pub const ZERO: Self = Self(0);

    /// The moment `us` microseconds after zero.
    #[must_use]
    pub const fn from_us(us: u64) -> Self {
        Self(us)
    }

    /// The moment `ms` milliseconds after zero. What is negative or not a number counts as zero.
    #[must_use]
    pub fn from_ms(ms: f64) -> Self {
        // A float-to-int cast saturates and turns NaN into 0: the rule that the doc states.
        Self((ms * 1e3).round() as u64)
    }

    /// Microseconds since zero.
    #[must_use]
    pub const fn as_us(self) -> u64 {
        self.0
    }

    /// Milliseconds since zero.
    #[must_use]
    pub fn as_ms(self) -> f64 {
        self.0 as f64 / 1e3
    }
}

impl Add<Duration> for Moment {
    type Output = Self;

    /// Saturates at the end of time, some 584 000 years on.
    fn add(self, span: Duration) -> Self {
        Self(
            self.0
                .saturating_add(u64::try_from(span.as_micros()).unwrap_or(u64::MAX)),
        )
    }
}

impl Sub for Moment {
    type Output = Duration;

    /// The span from `earlier` to `self`; zero when `earlier` is in fact later.
    fn sub(self, earlier: Self) -> Duration {
        Duration::from_micros(self.0.saturating_sub(earlier.0))
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} µs", self.0)
    }
}
