//! A latency without its noise.

use std::time::Duration;

/// A moving average with the gain 1/8 of TCP's round-trip time (Jacobson 1988; RFC 6298). The first eight samples are
/// averaged evenly, and before that there is no value: one slow page is not a slow server.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Smoothed {
    samples: u64,
    /// The average, in eighths of a µs: while it is being gathered, the sum of the samples.
    eighths: u64,
}

impl Smoothed {
    /// How many samples make a value.
    pub(super) const FIRST: u64 = 8;
    /// No latency is longer, as far as this is concerned: about 36 years.
    const MAX_US: u64 = 1 << 50;

    /// Takes a sample in, and gives the average in µs if there are enough.
    pub(super) fn add(&mut self, latency: Duration) -> Option<u64> {
        let sample_us = u64::try_from(latency.as_micros())
            .unwrap_or(u64::MAX)
            .min(Self::MAX_US);
        if self.samples < Self::FIRST {
            self.samples += 1;
            // Eight samples of a µs are eight eighths of the average's.
            self.eighths += sample_us;
        } else {
            self.eighths = self.eighths - self.eighths / 8 + sample_us;
        }
        (self.samples == Self::FIRST).then_some(self.eighths / 8)
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, Smoothed};

    #[test]
    fn eight_samples_make_a_mean_that_then_moves_by_eighths() {
        let mut smoothed = Smoothed::default();
        let mut add = |us| smoothed.add(Duration::from_micros(us));
        for us in 1..8 {
            assert_eq!(add(100 * us), None);
        }
        assert_eq!(add(800), Some(450));
        assert_eq!(add(450), Some(450));
        assert_eq!(add(1_250), Some(550));
        assert_eq!(add(1_350), Some(650));
    }

    #[test]
    fn no_latency_is_too_long() {
        let mut smoothed = Smoothed::default();
        let last = (0..100).filter_map(|_| smoothed.add(Duration::MAX)).last();
        assert_eq!(last, Some(Smoothed::MAX_US));
    }
}
