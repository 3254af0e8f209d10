//! The waits: everything that a task can spend time on, each with its name, and which may follow which.

use super::outcome::Outcome;

/// What a task spends its time on. A task's bar is made of these, edge to edge: no time is unaccounted for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Wait {
    /// Known, not started.
    Queue,
    /// In line for a permit of a semaphore.
    Permit,
    /// In line for a place at its host, which gets so many requests at a time.
    HostPermit,
    /// Held by its host's politeness clock.
    Host,
    /// Held by a rate limit.
    Token,
    /// Before a retry, or while the host is left alone since it asked for a break.
    Backoff,
    /// The request is sent, no headers yet.
    Request,
    /// From the headers to the body's last byte.
    Download,
    /// The page is read for what it says. In the browser that includes its turn on the event loop, which a crawl shares with
    /// the frames.
    Parse,
    /// The deliberate delay after a request.
    Pause,
    /// The result is there, and waits to be taken: for those before it, for room, or for the consumer.
    Handover,
    /// The consumer works on the result.
    Store,
}

impl Wait {
    /// All of them, in the order in which a task usually meets them.
    pub const ALL: [Self; 12] = [
        Self::Queue,
        Self::Permit,
        Self::HostPermit,
        Self::Host,
        Self::Token,
        Self::Backoff,
        Self::Request,
        Self::Download,
        Self::Parse,
        Self::Pause,
        Self::Handover,
        Self::Store,
    ];

    /// The name, the same in code, page and documents.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queue => "queue",
            Self::Permit => "permit",
            Self::HostPermit => "host permit",
            Self::Host => "host",
            Self::Token => "token",
            Self::Backoff => "backoff",
            Self::Request => "request",
            Self::Download => "download",
            Self::Parse => "parse",
            Self::Pause => "pause",
            Self::Handover => "handover",
            Self::Store => "store",
        }
    }

    /// The name in one word, for the page's style.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::HostPermit => "host-permit",
            _ => self.name(),
        }
    }

    /// Whether the task gets something done meanwhile. The others are plain waiting, and are drawn hatched.
    #[must_use]
    pub const fn is_work(self) -> bool {
        matches!(
            self,
            Self::Request | Self::Download | Self::Parse | Self::Store
        )
    }

    /// Whether an attempt's request is out: sent, and its body not complete.
    #[must_use]
    pub const fn is_in_flight(self) -> bool {
        matches!(self, Self::Request | Self::Download)
    }

    /// The place in [`Wait::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// Where a task stands: in one of the waits, or at its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Spending time on this.
    In(Wait),
    /// Ended, with this outcome, for good.
    Done(Outcome),
}

impl State {
    /// The table of legal transitions.
    ///
    /// ```
    /// use crawl_playground::engine::{outcome::Outcome, wait::{State, Wait}};
    ///
    /// assert!(State::In(Wait::Permit).may_become(State::In(Wait::Request)));
    /// assert!(!State::In(Wait::Download).may_become(State::In(Wait::Queue)));
    /// assert!(!State::Done(Outcome::Cancelled).may_become(State::In(Wait::Request)));
    /// ```
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        use Wait::{
            Backoff, Download, Handover, Host, HostPermit, Parse, Pause, Permit, Queue, Request,
            Store, Token,
        };
        let Self::In(now) = self else { return false };
        let has_asked = matches!(now, Request | Download | Parse | Pause | Handover | Store);
        match next {
            Self::Done(Outcome::Cancelled) => true,
            Self::Done(Outcome::Refused(_)) => !has_asked,
            Self::Done(_) => has_asked,
            Self::In(next) => match now {
                // Held now by this and now by that, and then sent.
                Queue | Backoff | Permit | HostPermit | Host | Token => {
                    next != now
                        && matches!(next, Backoff | Permit | HostPermit | Host | Token | Request)
                }
                Request => matches!(next, Download | Backoff | Pause | Handover),
                Download => matches!(next, Parse | Backoff | Pause | Handover),
                Parse => matches!(next, Backoff | Pause | Handover),
                Pause => next == Handover,
                Handover => matches!(next, Parse | Store),
                Store => false,
            },
        }
    }
}
