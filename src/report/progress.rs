//! How far a crawl is, in words.

use super::units::{grouped, span};
use crate::engine::trace::Ending;
use crate::results::progress::Progress;

/// What goes on with a crawl.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// It goes on.
    Going,
    /// It is paused.
    Paused,
    /// It ended so.
    Ended(Ending),
}

/// How far a crawl is, in a sentence, with so many requests in flight now: a page that was begun may still wait for its host or
/// for a permit. It does not claim to know what nobody does: how many pages are still to be found.
///
/// ```
/// use crawl_playground::report::progress::{State, sentence};
/// use crawl_playground::results::progress::Progress;
/// use std::time::Duration;
///
/// let progress = Progress { done: 31, going: 2, known: 44, limit: 50, left: Some(Duration::from_secs(9)) };
/// assert_eq!(
///     sentence(&progress, 2, State::Going).replace('\u{a0}', " "),
///     "31 of at most 50 pages, 2 in flight, 44 known; at least 9 s to go: what is still to be found is not known."
/// );
/// ```
#[must_use]
pub fn sentence(progress: &Progress, in_flight: u32, state: State) -> String {
    let &Progress {
        done,
        going,
        known,
        limit,
        left,
    } = progress;
    let number = |number: u32| grouped(number as usize);
    let pages = if done == 1 { "page" } else { "pages" };
    let requests = match in_flight {
        1 => "request",
        _ => "requests",
    };
    // A page may wait to be sent, or be read, or pause; and a robots.txt is no page.
    let going = match going == in_flight {
        true => format!("{} in flight", number(in_flight)),
        false => format!(
            "{} begun, {} {requests} in flight",
            number(going),
            number(in_flight)
        ),
    };
    let so_far = format!(
        "{} of at most {} pages, {going}, {} known",
        number(done),
        number(limit),
        number(known)
    );
    let whole = format!("{} {pages}", number(done));
    let rest = match state {
        State::Ended(Ending::Done) if done >= limit => {
            return format!("{whole}: as many as it may have.");
        }
        State::Ended(Ending::Done) => {
            return format!("{whole}: all that it found and may fetch.");
        }
        State::Ended(ending) => {
            let why = match ending {
                Ending::FirstFailure => "the first failure ended it",
                Ending::OutOfTime => "its time was up",
                Ending::Done | Ending::Stopped => "it was stopped",
            };
            return format!(
                "{} of at most {} pages, {} known, when {why}.",
                number(done),
                number(limit),
                number(known)
            );
        }
        State::Paused if in_flight > 0 => {
            "paused: what is in flight ends, and nothing new is sent".into()
        }
        State::Paused => "paused".into(),
        State::Going => match left {
            None => "too early to say how long it takes".into(),
            Some(left) if progress.is_bound() => {
                format!("about {} to go: the limit ends it", seconds(left))
            }
            Some(left) => format!(
                "at least {} to go: what is still to be found is not known",
                seconds(left)
            ),
        },
    };
    format!("{so_far}; {rest}.")
}

/// Whole seconds, rounded up: an estimate has no milliseconds.
fn seconds(left: std::time::Duration) -> String {
    let whole = left.as_secs() + u64::from(left.subsec_nanos() > 0);
    match whole {
        0..60 => format!("{whole}\u{a0}s"),
        _ => span(std::time::Duration::from_secs(whole)),
    }
}
