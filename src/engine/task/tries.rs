//! The tries of a task: how many there were, how the last one ended, and when the next is due.

use std::time::Duration;

use crate::engine::moment::Moment;
use crate::engine::outcome::Outcome;

/// How often a task was tried, and when it will be again.
#[derive(Default)]
pub(in crate::engine) struct Tries {
    /// Retries used up.
    pub(in crate::engine) used: u32,
    /// Answers of 429 and 503, which put it off without using up a retry.
    pub(in crate::engine) put_off: u32,
    /// When its first attempt went out.
    pub(in crate::engine) first_sent: Option<Moment>,
    /// It is to be tried again, and not before then.
    pub(in crate::engine) again_at: Option<Moment>,
    /// When the headers of the attempt that goes on were there.
    pub(in crate::engine) headers_at: Option<Moment>,
    pub(in crate::engine) last: Option<Attempt>,
}

/// An attempt that is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Attempt {
    /// When the request was sent.
    pub sent_at: Moment,
    /// When the response's headers were there, if they ever were.
    pub headers_at: Option<Moment>,
    /// When the response was complete, or had failed.
    pub ended_at: Moment,
    /// How it ended.
    pub outcome: Outcome,
}

impl Attempt {
    /// How long the server took for its answer: until the headers, since the body's time is the line's. `None` if no
    /// whole answer came.
    #[must_use]
    pub fn latency(&self) -> Option<Duration> {
        let is_answer = matches!(self.outcome, Outcome::Ok(_) | Outcome::HttpError(_));
        self.headers_at
            .filter(|_| is_answer)
            .map(|headers_at| headers_at - self.sent_at)
    }
}
