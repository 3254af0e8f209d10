//! How fast a run is played again.

use std::time::Duration;

/// A frame that comes later than this counts as one that came then: a page that was hidden does not jump on.
pub const LONGEST_FRAME: Duration = Duration::from_millis(250);

/// A speed: so many times as fast as it was.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Speed {
    times: u64,
    of: u64,
}

impl Speed {
    /// From a tenth to a hundred times as fast.
    pub const ALL: [Self; 10] = [
        Self::new(1, 10),
        Self::new(1, 5),
        Self::new(1, 2),
        Self::new(1, 1),
        Self::new(2, 1),
        Self::new(5, 1),
        Self::new(10, 1),
        Self::new(20, 1),
        Self::new(50, 1),
        Self::new(100, 1),
    ];

    /// As fast as it was.
    pub const REAL: Self = Self::new(1, 1);

    /// Whether it is the same as another.
    #[must_use]
    pub const fn is(self, other: Self) -> bool {
        self.times == other.times && self.of == other.of
    }

    const fn new(times: u64, of: u64) -> Self {
        Self { times, of }
    }

    /// What it is called: `1/10 ×`.
    ///
    /// ```
    /// use crawl_playground::replay::pace::Speed;
    /// assert_eq!(Speed::ALL[0].name(), "1/10\u{a0}×");
    /// assert_eq!(Speed::REAL.name(), "1\u{a0}×");
    /// ```
    #[must_use]
    pub fn name(self) -> String {
        if self.of == 1 {
            format!("{}\u{a0}×", self.times)
        } else {
            format!("{}/{}\u{a0}×", self.times, self.of)
        }
    }
}

/// The time of a replay, from the time that passes in front of the screen. What a slow replay has of a microsecond is kept
/// for the next frame, so nothing is lost in any number of them.
///
/// ```
/// use crawl_playground::replay::pace::{Pace, Speed};
/// use std::time::Duration;
///
/// let mut pace = Pace::default();
/// let frame = Duration::from_micros(16_667);
/// assert_eq!(pace.advance(frame, Speed::ALL[0]), Duration::from_micros(1_666));
/// assert_eq!(pace.advance(frame, Speed::ALL[0]), Duration::from_micros(1_667));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Pace {
    /// What of a microsecond is due, in parts of `of`.
    rest: u64,
    of: u64,
}

impl Pace {
    /// How much of the run goes by while `frame` does at this speed.
    pub fn advance(&mut self, frame: Duration, speed: Speed) -> Duration {
        let frame_us = frame.min(LONGEST_FRAME).as_micros() as u64;
        // Parts of another size are less than a microsecond.
        if self.of != speed.of {
            *self = Self {
                rest: 0,
                of: speed.of,
            };
        }
        let parts = frame_us * speed.times + self.rest;
        self.rest = parts % speed.of;
        Duration::from_micros(parts / speed.of)
    }
}
