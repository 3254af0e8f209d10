//! Additive increase, multiplicative decrease: a concurrency limit from outcomes and latency.

use std::time::Duration;

use super::latency::Smoothed;
use crate::engine::moment::Moment;
use crate::engine::outcome::Outcome;
use crate::engine::task::Attempt;

/// A concurrency limit that looks for what the server bears.
///
/// - **Up by 1** when a whole round went well: as many answers as the limit is, and no sign of overload among them. After
///   that many each place has been used once, so a round is the round trip of TCP's congestion avoidance (RFC 5681, 3.1).
/// - **Down by half** on a sign of overload: status 429 or 503, no answer (a network failure or a time-out), or a
///   latency (until the headers) that has risen: its smoothed value is above `tolerance` times the smallest one so far. The last is the idea
///   of TCP Vegas (Brakmo and Peterson 1995), that a queue shows in the latency before it shows in losses, with the
///   tolerance of Netflix's concurrency-limits in place of Vegas's count of queued packets. At a limit of 1 there is no
///   queue of ours: a latency that has risen there is what the server takes now, and the new smallest. After such a
///   decrease a round is at least the eight answers that make a smoothed value.
/// - **Once a round trip**: what was sent before the last decrease tells of the old limit, so its end counts for
///   nothing, good or bad (as in RFC 6582, one loss window is one signal).
/// - Never below 1, never above the given maximum.
///
/// Adding and halving, of all linear rules, is what brings crawlers that share a server to fair and full use of it (Chiu and
/// Jain, "Analysis of the Increase and Decrease Algorithms for Congestion Avoidance in Computer Networks", 1989).
///
/// An answer below 500 counts for the limit, whatever it says: a 404 is no sign of load. Only pages that came count for
/// the latency, since error pages come faster. Any other 5xx, what was cancelled and what was refused count neither way.
/// Each end costs O(1).
///
/// ```
/// use crawl_playground::engine::{control::{Aimd, Reason}, moment::Moment, outcome::Outcome, task::Attempt};
///
/// let mut aimd = Aimd::new(2, 64, 2.0).unwrap();
/// let at = Moment::from_ms;
/// let good = Attempt { sent_at: at(0.0), headers_at: Some(at(90.0)), ended_at: at(100.0), outcome: Outcome::Ok(200) };
/// assert_eq!(aimd.on_end(&good), None);
/// let grew = aimd.on_end(&good).unwrap();
/// assert_eq!((grew.limit, grew.reason), (3, Reason::Grew));
/// let busy = Attempt { sent_at: at(100.0), ended_at: at(200.0), outcome: Outcome::HttpError(429), ..good };
/// let halved = aimd.on_end(&busy).unwrap();
/// assert_eq!((halved.limit, halved.reason.words()), (1, "halved: the server answered 429".to_owned()));
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Aimd {
    limit: usize,
    max: usize,
    /// Answers of this round.
    answers: usize,
    /// The fewest answers that make a round.
    least_round: usize,
    /// When the limit was last lowered, or should have been.
    lowered_at: Option<Moment>,
    latency: Smoothed,
    /// The smallest smoothed latency, in µs.
    smallest_us: u64,
    /// Thousandths.
    tolerance: u64,
}

/// A new limit, and why.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Change {
    /// How many may be in flight from now on.
    pub limit: usize,
    /// Why.
    pub reason: Reason,
}

/// Why an adaptive limit changed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Reason {
    /// Up: a whole round succeeded.
    Grew,
    /// Down: the server answered with this status, 429 or 503.
    Status(u16),
    /// Down: no answer came, for a network failure or a time-out.
    NoAnswer,
    /// Down: the latency rose.
    Latency {
        /// To how many times the smallest, in tenths.
        tenths: u32,
    },
}

impl Reason {
    /// What happened, for a person.
    ///
    /// ```
    /// use crawl_playground::engine::control::Reason;
    ///
    /// let reason = Reason::Latency { tenths: 23 };
    /// assert_eq!(reason.words(), "halved: the latency rose to 2.3 × its smallest");
    /// ```
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Grew => "grew: a whole round succeeded".to_owned(),
            Self::Status(status) => format!("halved: the server answered {status}"),
            Self::NoAnswer => "halved: no answer came".to_owned(),
            Self::Latency { tenths } => format!(
                "halved: the latency rose to {}.{} × its smallest",
                tenths / 10,
                tenths % 10
            ),
        }
    }
}

impl Aimd {
    /// A tolerance that lets the latency double.
    pub const TOLERANCE: f64 = 2.0;

    /// A limit that begins with `start` and stays from 1 to `max`, and is halved when the smoothed latency exceeds
    /// `tolerance` times its smallest value.
    ///
    /// # Errors
    /// A sentence, if `start` is 0 or above `max`, or `tolerance` is not a number from 1.1 to 1 000.
    pub fn new(start: usize, max: usize, tolerance: f64) -> Result<Self, String> {
        if start == 0 {
            return Err("A limit of 0 would never let a request go: start with 1 or more.".into());
        }
        if start > max {
            return Err(format!(
                "The limit cannot start at {start}, above its maximum of {max}: lower the one or raise the other."
            ));
        }
        if !(1.1..=1_000.0).contains(&tolerance) {
            return Err(format!(
                "Latency cannot be held to {tolerance} times its smallest: set the factor from 1.1 to 1000."
            ));
        }
        Ok(Self {
            limit: start,
            tolerance: (tolerance * 1e3).round() as u64,
            ..Self::up_to(max)
        })
    }

    /// A limit that begins with one and stays from 1 to `max` (0 counts as 1), with the usual tolerance.
    #[must_use]
    pub fn up_to(max: usize) -> Self {
        Self {
            limit: 1,
            max: max.max(1),
            answers: 0,
            least_round: 1,
            lowered_at: None,
            latency: Smoothed::default(),
            smallest_us: u64::MAX,
            tolerance: (Self::TOLERANCE * 1e3) as u64,
        }
    }

    /// How many may be in flight now.
    #[must_use]
    pub const fn limit(&self) -> usize {
        self.limit
    }

    /// Changes the maximum (0 counts as 1), and gives the limit, which comes down to it at once if it is above.
    pub fn set_max(&mut self, max: usize) -> usize {
        self.max = max.max(1);
        self.limit = self.limit.min(self.max);
        self.limit
    }

    /// Takes in the end of an attempt. Gives the new limit if it changes.
    pub fn on_end(&mut self, attempt: &Attempt) -> Option<Change> {
        if self
            .lowered_at
            .is_some_and(|lowered_at| attempt.sent_at < lowered_at)
        {
            return None;
        }
        let now = attempt.ended_at;
        match attempt.outcome {
            Outcome::HttpError(status @ (429 | 503)) => self.halve(now, Reason::Status(status)),
            Outcome::Network | Outcome::Timeout => self.halve(now, Reason::NoAnswer),
            Outcome::Ok(_) => match attempt.latency().and_then(|latency| self.rise(latency)) {
                Some(risen) => self.halve(now, risen),
                None => self.count(),
            },
            Outcome::HttpError(..500) => self.count(),
            Outcome::HttpError(_) | Outcome::Refused(_) | Outcome::Cancelled => None,
        }
    }

    /// Whether the latency, with this one, has risen too far.
    fn rise(&mut self, latency: Duration) -> Option<Reason> {
        let smoothed_us = self.latency.add(latency)?;
        // Not 0, which nothing could be a multiple of.
        let smallest_us = self.smallest_us.min(smoothed_us).max(1);
        let [smoothed, smallest] = [smoothed_us, smallest_us].map(u128::from);
        let has_risen = smoothed * 1_000 > smallest * u128::from(self.tolerance);
        if has_risen && self.limit == 1 {
            self.smallest_us = smoothed_us;
            return None;
        }
        self.smallest_us = smallest_us;
        let tenths = u32::try_from(smoothed * 10 / smallest).unwrap_or(u32::MAX);
        has_risen.then_some(Reason::Latency { tenths })
    }

    /// Counts an answer, and grows when they make a round.
    fn count(&mut self) -> Option<Change> {
        self.answers += 1;
        if self.answers < self.limit.max(self.least_round) {
            return None;
        }
        (self.answers, self.least_round) = (0, 1);
        self.change(self.limit.saturating_add(1), Reason::Grew)
    }

    fn halve(&mut self, now: Moment, reason: Reason) -> Option<Change> {
        self.answers = 0;
        self.lowered_at = Some(now);
        // What is measured from here on is the lower limit's latency. If that was the trouble, a small limit must not
        // have grown back before it is known whether halving was enough.
        self.latency = Smoothed::default();
        if matches!(reason, Reason::Latency { .. }) {
            self.least_round = Smoothed::FIRST as usize;
        }
        self.change(self.limit / 2, reason)
    }

    fn change(&mut self, to: usize, reason: Reason) -> Option<Change> {
        let limit = to.clamp(1, self.max);
        (limit != self.limit).then(|| {
            self.limit = limit;
            Change { limit, reason }
        })
    }
}
