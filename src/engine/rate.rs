//! A rate limit as a token bucket: pure state, no clock and no futures.
//!
//! All of it is whole numbers, so that a run in virtual time is the same to the bit each time, and so that a limit is
//! kept exactly, not but for a rounding error. Rates are whole thousandths of a token a second, and a token is made of
//! 10^9 grains: then what flows in during a microsecond is a whole number of grains, and it is the rate itself.

use std::fmt;
use std::time::Duration;

use super::moment::Moment;

const GRAINS_A_TOKEN: u64 = 1_000_000_000;

/// How many tokens a second come, and how many can be saved up.
///
/// ```
/// use crawl_playground::engine::rate::Rate;
///
/// let rate = Rate::new(2.5, 10).unwrap();
/// assert_eq!(rate.to_string(), "2.5/s, burst 10");
/// assert!(Rate::new(0.0, 10).unwrap_err().starts_with("A rate of 0 a second"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Rate {
    /// Thousandths of a token a second, which is also grains a microsecond. Not 0.
    milli: u32,
    /// Not 0.
    burst: u32,
}

impl Rate {
    /// The slowest rate, a token in 1 000 s. It is also the step: rates are rounded to a multiple of it.
    pub const MIN_PER_SECOND: f64 = 0.001;
    /// The fastest rate: a token a microsecond, which is as fine as time is counted here.
    pub const MAX_PER_SECOND: f64 = 1e6;

    /// `per_second` tokens a second, of which at most `burst` can be saved up and then be taken at once.
    ///
    /// # Errors
    /// A sentence, if `per_second` is not a number from 0.001 to 1 000 000, or `burst` is 0.
    pub fn new(per_second: f64, burst: u32) -> Result<Self, String> {
        // Also false for what is not a number.
        if !(Self::MIN_PER_SECOND..=Self::MAX_PER_SECOND).contains(&per_second) {
            return Err(format!(
                "A rate of {per_second} a second cannot be kept: set it from {} to {}.",
                Self::MIN_PER_SECOND,
                Self::MAX_PER_SECOND
            ));
        }
        if burst == 0 {
            return Err(
                "A burst of 0 would never let a request go: set it to 1 or more.".to_owned(),
            );
        }
        let milli = (per_second * 1e3).round() as u32;
        Ok(Self { milli, burst })
    }

    /// The same for whole numbers; `None` if one of them is 0 or the rate is above a million. The page makes its rates so:
    /// what writes binary fractions into sentences is five kilobytes of its wasm.
    #[must_use]
    pub const fn whole(per_second: u32, burst: u32) -> Option<Self> {
        match (per_second, burst) {
            (1..=1_000_000, 1..) => Some(Self {
                milli: per_second * 1_000,
                burst,
            }),
            _ => None,
        }
    }

    /// Tokens a second.
    #[must_use]
    pub fn per_second(self) -> f64 {
        f64::from(self.milli) / 1e3
    }

    /// How many tokens can be saved up.
    #[must_use]
    pub const fn burst(self) -> u32 {
        self.burst
    }

    /// The most tokens that any window of this length can see: the arrival curve, `burst + ⌊rate · window⌋`.
    #[must_use]
    pub fn most_in(self, window: Duration) -> u128 {
        let grains = window.as_micros().saturating_mul(self.milli.into());
        u128::from(self.burst) + grains / u128::from(GRAINS_A_TOKEN)
    }

    const fn capacity(self) -> u64 {
        // At most 4.3 · 10^18, and 64 bits hold four times as much.
        self.burst as u64 * GRAINS_A_TOKEN
    }
}

/// So many thousandths as a decimal number, without needless zeros.
///
/// ```
/// use crawl_playground::engine::rate::thousandths;
/// assert_eq!([2_500, 3_000, 1].map(thousandths), ["2.5", "3", "0.001"]);
/// ```
#[must_use]
pub fn thousandths(milli: u64) -> String {
    let (whole, rest) = (milli / 1_000, milli % 1_000);
    if rest == 0 {
        return whole.to_string();
    }
    let decimal = format!("{whole}.{rest:03}");
    decimal.trim_end_matches('0').to_owned()
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let milli = u64::from(self.milli);
        write!(f, "{}/s, burst {}", thousandths(milli), self.burst)
    }
}

/// A bucket that fills at a [`Rate`] and holds its burst; each request takes a token. It is full at first.
///
/// In any window of time at most `burst + rate · length` tokens are taken: Cruz's (σ, ρ) constraint ("A Calculus for
/// Network Delay, Part I", IEEE Transactions on Information Theory, 1991), kept as ITU-T I.371's leaky bucket keeps it.
/// Each operation is O(1). A time before one already seen counts as that one.
///
/// Time is whole microseconds, so a token is taken up to one microsecond after it came. A bucket for one token cannot save
/// that up, and its intervals are `⌈1 / rate⌉` µs long: the limit is kept, at the cost of that much speed.
///
/// ```
/// use crawl_playground::engine::{moment::Moment, rate::{Rate, TokenBucket}};
///
/// let mut bucket = TokenBucket::new(Rate::new(10.0, 2).unwrap());
/// let start = Moment::ZERO;
/// assert!(bucket.take(start) && bucket.take(start)); // the burst
/// assert!(!bucket.take(start));
/// let next = bucket.ready_at(start);
/// assert_eq!(next.as_ms(), 100.0);
/// assert!(bucket.take(next));
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TokenBucket {
    rate: Rate,
    grains: u64,
    /// When `grains` was right.
    at: Moment,
}

impl TokenBucket {
    /// A full bucket.
    #[must_use]
    pub const fn new(rate: Rate) -> Self {
        Self {
            rate,
            grains: rate.capacity(),
            at: Moment::ZERO,
        }
    }

    /// The rate at which it fills.
    #[must_use]
    pub const fn rate(&self) -> Rate {
        self.rate
    }

    /// Whole tokens in it.
    pub fn tokens(&mut self, now: Moment) -> u32 {
        self.fill(now);
        (self.grains / GRAINS_A_TOKEN) as u32
    }

    /// When there will be a token, if none is taken and the rate stays: `now` if there is one already.
    ///
    /// It is the first microsecond at which [`TokenBucket::take`] succeeds.
    pub fn ready_at(&mut self, now: Moment) -> Moment {
        self.fill(now);
        let missing = GRAINS_A_TOKEN.saturating_sub(self.grains);
        // Counted from what the bucket has seen, should that be later than `now`.
        now.max(self.at + Duration::from_micros(missing.div_ceil(self.rate.milli.into())))
    }

    /// Takes a token if there is one.
    #[must_use = "without a token the request has to wait"]
    pub fn take(&mut self, now: Moment) -> bool {
        self.fill(now);
        let left = self.grains.checked_sub(GRAINS_A_TOKEN);
        self.grains = left.unwrap_or(self.grains);
        left.is_some()
    }

    /// Changes the rate from `now` on. Tokens that are there stay, as many as the new burst allows.
    ///
    /// Whoever waits until [`TokenBucket::ready_at`] has to ask again.
    pub fn set_rate(&mut self, now: Moment, rate: Rate) {
        self.fill(now);
        self.rate = rate;
        self.grains = self.grains.min(rate.capacity());
    }

    fn fill(&mut self, now: Moment) {
        let elapsed_us = (now - self.at).as_micros() as u64;
        let inflow = elapsed_us.saturating_mul(self.rate.milli.into());
        self.grains = self.grains.saturating_add(inflow).min(self.rate.capacity());
        self.at = self.at.max(now);
    }
}
