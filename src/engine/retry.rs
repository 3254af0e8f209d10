//! Which ends are worth another attempt, and how long to wait before it.
//!
//! Two voices say how long. The server's own word comes first: `Retry-After` (RFC 9110, section 10.2.3), where the page
//! can read it. A browser hides the header of another origin's answer unless that names it in
//! `Access-Control-Expose-Headers`, so most of the time it is not known, and [`Backoff`] decides.

use std::time::{Duration, SystemTime};

use super::outcome::Outcome;
use super::random::Random;

mod backoff;
mod http_date;

pub use backoff::Backoff;

/// Whether another attempt may end better: the server was busy or failed for now, or no answer came.
///
/// 408, 429, 500, 502, 503 and 504, a network failure, and an attempt that ran out of its time. Those are the ones that
/// Scrapy's `RETRY_HTTP_CODES` names, less 522 and 524, which are one vendor's. Any other status is an answer, and asking
/// again would bring the same one (RFC 9110, section 15.5). What was refused or cancelled was meant so.
///
/// ```
/// use crawl_playground::engine::{outcome::Outcome, retry::is_retryable};
///
/// assert!(is_retryable(Outcome::of_status(503)));
/// assert!(is_retryable(Outcome::Timeout));
/// assert!(!is_retryable(Outcome::of_status(404)));
/// ```
#[must_use]
pub const fn is_retryable(outcome: Outcome) -> bool {
    matches!(
        outcome,
        Outcome::HttpError(408 | 429 | 500 | 502 | 503 | 504) | Outcome::Timeout | Outcome::Network
    )
}

/// How long a `Retry-After` header asks to wait from `now` on: RFC 9110, section 10.2.3.
///
/// The value is a number of seconds (digits and nothing else), or a date in one of the three formats of section 5.6.7.
/// `None` when it is neither, or when the date has passed. Seconds beyond 2^64 count as 2^64 − 1, so a caller must
/// cap what it is willing to wait, as [`Retry`] does, before it adds the wait to anything.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
/// use crawl_playground::engine::retry::retry_after;
///
/// let now = UNIX_EPOCH + Duration::from_secs(784_111_717); // Sun, 06 Nov 1994 08:48:37 GMT
/// let minute = Some(Duration::from_secs(60));
/// assert_eq!(retry_after("60", now), minute);
/// assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now), minute);
/// assert_eq!(retry_after("Sunday, 06-Nov-94 08:49:37 GMT", now), minute);
/// assert_eq!(retry_after("Sun Nov  6 08:49:37 1994", now), minute);
/// assert_eq!(retry_after("Sun, 06 Nov 1994 08:47:37 GMT", now), None); // past
/// assert_eq!(retry_after("soon", now), None);
/// ```
#[must_use]
pub fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    // Optional white space round a field's value is no part of it (section 5.5).
    let value = value.trim_matches([' ', '\t']);
    let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    if is_number {
        // Digits alone can only fail by being too many.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    http_date::parse(value, now)?.duration_since(now).ok()
}

/// The rule for retries: how many, and how long to wait before each.
///
/// ```
/// use std::time::Duration;
/// use crawl_playground::engine::{random::Random, retry::{Retry, RetryWait}};
///
/// let retry = Retry::default();
/// let mut random = Random::seeded(7);
/// let told = Some(Duration::from_secs(3));
/// assert_eq!(retry.wait_before(1, told, &mut random), RetryWait::AsTold(Duration::from_secs(3)));
/// assert!(matches!(retry.wait_before(1, None, &mut random), RetryWait::Backoff(_)));
/// let hour = Some(Duration::from_secs(3_600));
/// assert!(matches!(retry.wait_before(1, hour, &mut random), RetryWait::TooLong(_)));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Retry {
    /// How many attempts may follow the first one.
    pub retries: u32,
    /// What decides when the server does not.
    pub backoff: Backoff,
    /// The longest wait that a server may ask for. What it asks beyond that is not waited for, and if it was a break that
    /// it asked for (429, 503) it is not asked again meanwhile.
    pub longest: Duration,
}

/// What to do before a retry.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RetryWait {
    /// Wait as long as the server's `Retry-After` asks.
    AsTold(Duration),
    /// Wait for this draw of the back-off: the server did not say, or the browser does not show what it said.
    Backoff(Duration),
    /// Don't retry: the server asks for this much, and coming back sooner would be against its word.
    TooLong(Duration),
}

impl Retry {
    /// No retries at all.
    pub const NONE: Self = Self {
        retries: 0,
        ..Self::DEFAULT
    };

    const DEFAULT: Self = Self {
        retries: 2,
        backoff: Backoff {
            base: Duration::from_millis(500),
            cap: Duration::from_secs(30),
        },
        longest: Duration::from_secs(60),
    };

    /// Whether an attempt that ended so, after `retries` retries before it, is followed by another.
    #[must_use]
    pub const fn is_due(&self, outcome: Outcome, retries: u32) -> bool {
        retries < self.retries && is_retryable(outcome)
    }

    /// What comes before the retry with this number (1 is the first), where `retry_after` is what [`fn@retry_after`] read,
    /// if there was anything to read. Draws from `random` only for a back-off.
    #[must_use]
    pub fn wait_before(
        &self,
        retry: u32,
        retry_after: Option<Duration>,
        random: &mut Random,
    ) -> RetryWait {
        match retry_after {
            Some(told) if told > self.longest => RetryWait::TooLong(told),
            Some(told) => RetryWait::AsTold(told),
            None => RetryWait::Backoff(self.backoff.wait(retry, random)),
        }
    }
}

impl Default for Retry {
    /// Scrapy's two retries; a back-off from half a second up to 30 s; and not more than a minute at a server's word,
    /// since somebody is watching.
    fn default() -> Self {
        Self::DEFAULT
    }
}
