//! Exponential back-off with full jitter.

use std::time::Duration;

use crate::engine::random::Random;

/// Exponential back-off with full jitter: the wait before retry `r` is drawn evenly from 0 to
/// `min(cap, base · 2^(r − 1))`, in whole microseconds.
///
/// The doubling takes load off a server that is in trouble. The jitter keeps clients that failed together from coming
/// back together: of the variants that Marc Brooker compared ("Exponential Backoff And Jitter", AWS Architecture Blog,
/// 2015) the full one costs the fewest calls.
///
/// ```
/// use std::time::Duration;
/// use crawl_playground::engine::{random::Random, retry::Backoff};
///
/// let backoff = Backoff { base: Duration::from_millis(100), cap: Duration::from_secs(1) };
/// assert_eq!(backoff.ceiling(3), Duration::from_millis(400));
/// assert_eq!(backoff.ceiling(9), Duration::from_secs(1));
/// assert!(backoff.wait(3, &mut Random::seeded(7)) <= Duration::from_millis(400));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Backoff {
    /// The most that the first retry waits.
    pub base: Duration,
    /// The most that any retry waits.
    pub cap: Duration,
}

impl Backoff {
    /// The most that the retry with this number waits: 1 is the first, and 0 counts as 1. Never overflows; what is
    /// longer than 2^64 microseconds counts as that.
    #[must_use]
    pub fn ceiling(&self, retry: u32) -> Duration {
        let cap_us = whole_us(self.cap);
        // Sixty-four doublings of a 64-bit number fit into 128 bits, and lift all but zero above any cap.
        let doubled_us = u128::from(whole_us(self.base)) << retry.saturating_sub(1).min(64);
        let ceiling_us = u64::try_from(doubled_us).map_or(cap_us, |doubled| doubled.min(cap_us));
        Duration::from_micros(ceiling_us)
    }

    /// The wait before the retry with this number. Draws once.
    #[must_use]
    pub fn wait(&self, retry: u32, random: &mut Random) -> Duration {
        Duration::from_micros(random.up_to(whole_us(self.ceiling(retry))))
    }
}

fn whole_us(span: Duration) -> u64 {
    u64::try_from(span.as_micros()).unwrap_or(u64::MAX)
}
