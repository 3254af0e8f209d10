//! What a network tells afterwards of an exchange: the headers that may be read, and what went on while it lasted.
//!
//! A run's own marks ([`Trace`](super::trace::Trace)) are the truth of when a request was sent and answered. What lies between
//! two of them only the network knows; a browser tells it in its Resource Timing, if the server lets it.

use std::time::Duration;

use super::moment::Moment;
use super::trace::TaskId;

/// What is known of an exchange beside its answer.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Exchange {
    /// The answer's headers that may be read, by their names in lower case.
    pub headers: Vec<(String, String)>,
    /// What went on while it lasted; none where the network kept no record of it.
    pub timing: Option<Timing>,
}

/// The network's own record of an exchange.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Timing {
    /// What went on, in order and edge to edge. None where the server does not let it be seen.
    pub spans: Vec<Span>,
    /// The protocol, as ALPN names it (`h2`, `http/1.1`); empty where it is not told.
    pub protocol: String,
    /// Bytes that came over the wire, headers with them; 0 where none came or that is not told.
    pub wire_bytes: u64,
    /// Bytes of the body as it was sent, maybe compressed; 0 as before.
    pub sent_bytes: u64,
    /// Bytes of the body.
    pub body_bytes: u64,
    /// Whether a service worker answered.
    pub is_by_worker: bool,
}

/// How long requests were stalled, as far as that is told.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Stalled {
    /// All of them together.
    pub total: Duration,
    /// Of so many requests it is told.
    pub told: usize,
    /// So many were sent.
    pub sent: usize,
}

/// How long an attempt was stalled before it was sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stall {
    /// Whose attempt.
    pub task: TaskId,
    /// After so many attempts that the task had made before.
    pub attempts_before: u32,
    /// For so long.
    pub wait: Duration,
}

/// What a request goes through, as the network sees it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Phase {
    /// Not sent yet: the browser has it wait, for instance until one of its connections is free.
    Stalled,
    /// Redirects were followed.
    Redirects,
    /// Handed to a service worker.
    Worker,
    /// The host's name was looked up.
    Dns,
    /// A connection was opened.
    Connect,
    /// The connection was made secure.
    Tls,
    /// Sent, and no byte of the answer yet.
    FirstByte,
    /// The answer's body came.
    Body,
}

/// A phase of an exchange.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// What went on.
    pub phase: Phase,
    /// From when.
    pub start: Moment,
    /// Until when.
    pub end: Moment,
}

/// Lays what is `told` edge to edge from `start` to `end`: cuts what lies outside or in one told before, and calls
/// [`Phase::Stalled`] what nothing is told of. What takes no time is left out. O(n).
///
/// Marks of different parts of a browser do not always agree to the tick, and one that is not told reads as zero.
///
/// ```
/// use crawl_playground::engine::exchange::{Phase, Span, edge_to_edge};
/// use crawl_playground::engine::moment::Moment;
///
/// let ms = |ms: u64| Moment::from_us(ms * 1_000);
/// let told = [(Phase::FirstByte, ms(60), ms(90)), (Phase::Body, ms(90), ms(95))];
/// let spans = edge_to_edge(ms(10), ms(100), told);
/// let told: Vec<_> = spans.iter().map(|span| (span.phase, span.end.as_ms())).collect();
/// assert_eq!(told, [(Phase::Stalled, 60.0), (Phase::FirstByte, 90.0), (Phase::Body, 95.0), (Phase::Stalled, 100.0)]);
/// ```
#[must_use]
pub fn edge_to_edge(
    start: Moment,
    end: Moment,
    told: impl IntoIterator<Item = (Phase, Moment, Moment)>,
) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut push = |phase, start: Moment, end: Moment| {
        if end > start {
            spans.push(Span { phase, start, end });
        }
    };
    let end = end.max(start);
    let mut at = start;
    for (phase, from, to) in told {
        let from = from.max(at).min(end);
        let to = to.max(from).min(end);
        if to > from {
            push(Phase::Stalled, at, from);
            push(phase, from, to);
            at = to;
        }
    }
    push(Phase::Stalled, at, end);
    spans
}

impl Timing {
    /// How long it was stalled; `None` where what went on can't be seen.
    #[must_use]
    pub fn stalled(&self) -> Option<Duration> {
        let stalls = self
            .spans
            .iter()
            .filter(|span| span.phase == Phase::Stalled);
        (!self.spans.is_empty()).then(|| stalls.map(|span| span.end - span.start).sum())
    }

    /// How long it was stalled before the request was sent; `None` where what went on can't be seen. Looking up a name and
    /// opening a connection is no stall, though there may be one between them.
    ///
    /// ```
    /// use crawl_playground::engine::exchange::{Phase, Timing, edge_to_edge};
    /// use crawl_playground::engine::moment::Moment;
    ///
    /// let ms = |ms: u64| Moment::from_us(ms * 1_000);
    /// let told = [(Phase::Connect, ms(1), ms(3)), (Phase::FirstByte, ms(60), ms(90))];
    /// let timing = Timing { spans: edge_to_edge(ms(0), ms(100), told), ..Timing::default() };
    /// assert_eq!(timing.stalled_before_sent().unwrap().as_millis(), 58);
    /// assert_eq!(timing.stalled().unwrap().as_millis(), 68);
    /// ```
    #[must_use]
    pub fn stalled_before_sent(&self) -> Option<Duration> {
        let before = self.spans.iter();
        let before =
            before.take_while(|span| !matches!(span.phase, Phase::FirstByte | Phase::Body));
        let stalls = before.filter(|span| span.phase == Phase::Stalled);
        (!self.spans.is_empty()).then(|| stalls.map(|span| span.end - span.start).sum())
    }

    /// The same with all times counted from `zero`.
    #[must_use]
    pub fn since(mut self, zero: Moment) -> Self {
        for span in &mut self.spans {
            span.start = Moment::ZERO + (span.start - zero);
            span.end = Moment::ZERO + (span.end - zero);
        }
        self
    }
}

impl Phase {
    /// The name, the same in code, page and documents.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stalled => "stalled",
            Self::Redirects => "redirects",
            Self::Worker => "to worker",
            Self::Dns => "DNS",
            Self::Connect => "connect",
            Self::Tls => "TLS",
            Self::FirstByte => "first byte",
            Self::Body => "body",
        }
    }

    /// The name in one word, for the page's style.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::Dns => "dns",
            Self::Tls => "tls",
            Self::FirstByte => "first-byte",
            _ => self.name(),
        }
    }
}
