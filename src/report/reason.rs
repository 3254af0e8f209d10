//! What an outcome means for the person who reads it: what happened, why, and what to do.

use std::time::Duration;

use super::log::gave_up;
use super::units::{bytes, span};
use crate::engine::outcome::{Outcome, Refusal};
use crate::engine::trace::Trace;
use crate::timeline::rows::{OriginFacts, Row};

/// What is known of the host of a task that got no answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Host {
    /// What the run has found out about its origin.
    pub origin: OriginFacts,
    /// The browser says that it has no network.
    pub is_offline: bool,
}

/// A sentence about how a task ended, or about what was left out of its body; `None` where there is nothing to add.
#[must_use]
pub fn reason(row: &Row, trace: &Trace, timeout: Duration, host: Host) -> Option<String> {
    let mut sentence = match row.outcome? {
        // A page that came and was not what it was fetched for.
        Outcome::Ok(_) => row
            .error()
            .map(|words| format!("But {}.", trace.read(words)))
            .unwrap_or_default(),
        Outcome::HttpError(status) => http_error(status).into(),
        Outcome::Timeout => format!(
            "No complete answer within {}. Raise the timeout if the server may need longer.",
            span(timeout)
        ),
        Outcome::Network => network(host).into(),
        Outcome::Refused(Refusal::Limit) => {
            "Not sent: the run's limits left no room for it.".into()
        }
        Outcome::Refused(Refusal::Break) => {
            "Not sent: its host asked for a longer break than a run waits for. Come back later, and more slowly.".into()
        }
        Outcome::Cancelled => "Stopped before it ended.".into(),
    };
    let mut add = |more: String| {
        if !sentence.is_empty() {
            sentence.push(' ');
        }
        sentence += &more;
    };
    let was_asked = !matches!(row.outcome?, Outcome::Refused(_) | Outcome::Cancelled);
    if was_asked && row.attempts() > 1 {
        add(format!("Tried {} times.", row.attempts()));
    }
    if let Some(why) = row.gave_up() {
        add(format!("Not tried again: {}.", gave_up(why)));
    }
    if let Some(cut) = row.cut_bytes() {
        let cut = bytes(u64::from(cut));
        add(format!("The body was cut at {cut}: the rest was not read."));
    }
    if let Some(address) = row.final_url() {
        add(format!("Redirected to {}", trace.read(address)));
    }
    (!sentence.is_empty()).then_some(sentence)
}

/// The sentence for a request that got no answer, or a broken one.
fn network(host: Host) -> &'static str {
    if host.is_offline {
        return "This device is offline. Connect it, or use the Lab, which needs no network.";
    }
    match (host.origin.was_readable, host.origin.probed) {
        (true, _) => {
            "The connection broke: the host answered other requests of this run. Try again, or lower the concurrency."
        }
        (false, Some(true)) => {
            "The host is there but refuses CORS: asked once without reading the answer, it replied. Only its owner can \
             open it to pages (Access-Control-Allow-Origin); use another endpoint, or the Lab."
        }
        (false, Some(false)) => {
            "Nothing answered, nor when asked once more without CORS: the name is wrong, the host is down, or the \
             connection was cut. Check the address."
        }
        (false, None) => {
            "No answer: the browser does not say whether the host is down, unknown or refuses CORS."
        }
    }
}

fn http_error(status: u16) -> &'static str {
    match status {
        401 | 403 => {
            "The server refuses this page to visitors without credentials, and none are sent."
        }
        404 | 410 => "The server has no such page.",
        408 => "The server gave up waiting.",
        429 => "Too many requests for this server: lower the concurrency or raise the delay.",
        400..=499 => "The server refuses this request.",
        503 => "The server is not able to answer now: try again later, or more slowly.",
        500..=599 => "The server failed.",
        _ => "The server answered with an error.",
    }
}
