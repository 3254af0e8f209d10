//! What the network tells of an exchange, in words.

use super::units::bytes;
use crate::engine::exchange::{Exchange, Phase, Timing};
use crate::engine::outcome::Outcome;
use crate::engine::trace::GaveUp;
use crate::timeline::rows::Row;

/// What a phase is, for who meets it for the first time.
#[must_use]
pub const fn meaning(phase: Phase, is_by_worker: bool) -> &'static str {
    match phase {
        Phase::Stalled => "the browser: its six connections a host, or its other work",
        Phase::Redirects => "the answers that led elsewhere",
        Phase::Worker => "the service worker to take it on",
        Phase::Dns => "the address of the host’s name",
        Phase::Connect => "a connection to the host",
        Phase::Tls => "the connection to be secure",
        Phase::FirstByte if is_by_worker => "the service worker’s answer to begin",
        Phase::FirstByte => "the way there, the server’s work, and the way back",
        Phase::Body => "the rest of the answer",
    }
}

/// The heading of the network's own record of an attempt.
///
/// ```
/// use crawl_playground::engine::exchange::Timing;
/// use crawl_playground::report::exchange::record;
///
/// let timing = Timing {
///     protocol: "h2".into(),
///     wire_bytes: 1_300,
///     sent_bytes: 1_000,
///     body_bytes: 4_000,
///     ..Timing::default()
/// };
/// let told = "The browser’s own record of it (Resource Timing): h2, 1.3\u{a0}kB over the wire, 4.0\u{a0}kB unpacked";
/// assert_eq!(record(&timing), told);
/// ```
#[must_use]
pub fn record(timing: &Timing) -> String {
    let mut told = "The browser’s own record of it (Resource Timing)".to_owned();
    let mut mark = ": ";
    let mut tell = |words: &[&str]| {
        told.push_str(mark);
        words.iter().for_each(|word| told.push_str(word));
        mark = ", ";
    };
    if !timing.protocol.is_empty() {
        tell(&[&timing.protocol]);
    }
    if timing.wire_bytes > 0 {
        tell(&[&bytes(timing.wire_bytes), " over the wire"]);
    } else if timing.is_by_worker {
        tell(&["answered by the service worker"]);
    }
    if timing.body_bytes > timing.sent_bytes && timing.sent_bytes > 0 {
        tell(&[&bytes(timing.body_bytes), " unpacked"]);
    }
    told
}

/// What the browser does not let a page know of a task, whose last attempt was `last`: a sentence, or `None` where nothing
/// is hidden, as in virtual time and before anything was sent.
#[must_use]
pub fn hidden(row: &Row, last: Option<&Exchange>, is_simulated: bool) -> Option<&'static str> {
    if is_simulated || !row.segments().any(|segment| segment.wait.is_in_flight()) {
        return None;
    }
    let has_header =
        |name| last.is_some_and(|last| last.headers.iter().any(|(key, _)| key == name));
    let asks_for_break =
        row.gave_up() == Some(GaveUp::TooLong) || matches!(row.status(), Some(429 | 503));
    let timing = last.and_then(|last| last.timing.as_ref());
    match (row.outcome, timing) {
        (Some(Outcome::Network), _) => Some(
            "The browser gives the same error for a host that is gone, a name that is not known, and an answer that it keeps from the page.",
        ),
        _ if asks_for_break && !has_header("retry-after") => Some(
            "Retry-After is read only if the host exposes it (Access-Control-Expose-Headers); else the browser hides it.",
        ),
        (_, Some(timing)) if !timing.spans.is_empty() => None,
        // What was given up before an answer has a record without phases, whatever the server allows.
        (Some(Outcome::Ok(_) | Outcome::HttpError(_)), Some(_)) => Some(
            "This server does not let pages see what lies inside “request” (it sends no Timing-Allow-Origin): name look-up, connecting, the browser’s own line for six connections a host, and the server’s work.",
        ),
        _ => Some(
            "What lies inside “request” the browser keeps to itself: name look-up, connecting, its own line for six connections a host, and the server’s work.",
        ),
    }
}
