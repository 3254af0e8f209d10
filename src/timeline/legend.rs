//! What the picture's colours, patterns and lines mean, in words: for the page and for pictures that leave it.

use crate::engine::wait::Wait;

/// A wait, for someone who meets it for the first time.
#[must_use]
pub const fn meaning(wait: Wait) -> &'static str {
    match wait {
        Wait::Queue => "queue: not started",
        Wait::Permit => "permit: waits in line",
        Wait::HostPermit => "host permit: waits for a place at its host",
        Wait::Host => "host: politeness clock",
        Wait::Token => "token: rate limit",
        Wait::Backoff => "backoff: before a retry, or a break that its host is given",
        Wait::Request => "request",
        Wait::Download => "download",
        Wait::Parse => "parse: reads the page, in its turn",
        Wait::Pause => "pause: deliberate delay",
        Wait::Handover => "handover: result waits to be taken",
        Wait::Store => "store: the consumer works",
    }
}

/// The lines in the picture, and the areas that are no bars.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Line {
    /// Permits in use, below a lane.
    Permits,
    /// Requests in flight, over those.
    InFlight,
    /// Items in a queue between tasks.
    Queued,
    /// The event loop's lag.
    Lag,
    /// The ideal bound.
    Ideal,
    /// The end of a run.
    End,
    /// A setting was changed.
    Change,
}

impl Line {
    /// All of them, in the legend's order.
    pub const ALL: [Self; 7] = [
        Self::Permits,
        Self::InFlight,
        Self::Queued,
        Self::Lag,
        Self::Ideal,
        Self::End,
        Self::Change,
    ];

    /// What it is.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Permits => "permits in use",
            Self::InFlight => "requests in flight",
            Self::Queued => "items in a queue",
            Self::Lag => "event loop’s lag",
            Self::Ideal => "soonest possible end",
            Self::End => "end",
            Self::Change => "setting changed",
        }
    }
}
