//! How a task ends. Failures are data: each is an outcome that a person can act on.

/// How a task ended.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Outcome {
    /// A response below 400, read to its end.
    Ok(u16),
    /// A response of 400 and above.
    HttpError(u16),
    /// No complete response within the time allowed for an attempt.
    Timeout,
    /// No response, or a broken one: offline, DNS, refused, or withheld by CORS. `fetch` gives one error for all.
    Network,
    /// Never sent, for this reason.
    Refused(Refusal),
    /// Stopped before its end.
    Cancelled,
}

/// Why a task was never sent.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Refusal {
    /// The run's limits left no room for it, or its semaphore was closed.
    Limit,
    /// Its host had asked for a break (429, 503) longer than anyone is to wait for.
    Break,
}

impl Outcome {
    /// The outcome of a whole response with this status.
    #[must_use]
    pub const fn of_status(status: u16) -> Self {
        if status < 400 {
            Self::Ok(status)
        } else {
            Self::HttpError(status)
        }
    }

    /// Whether the page came.
    #[must_use]
    pub const fn is_ok(self) -> bool {
        matches!(self, Self::Ok(_))
    }

    /// A short name for a table's cell.
    ///
    /// ```
    /// use crawl_playground::engine::outcome::Outcome;
    /// assert_eq!(Outcome::of_status(404).label(), "404");
    /// assert_eq!(Outcome::Timeout.label(), "timeout");
    /// ```
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Ok(status) | Self::HttpError(status) => status.to_string(),
            Self::Timeout => "timeout".into(),
            Self::Network => "network error".into(),
            Self::Refused(_) => "refused".into(),
            Self::Cancelled => "cancelled".into(),
        }
    }
}
