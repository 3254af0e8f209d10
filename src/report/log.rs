//! The log: what happened, in words, newest last.

use std::collections::VecDeque;

use super::units::{bytes, ms};
use crate::engine::trace::{Event, Note, TaskId, Trace, What};
use crate::engine::wait::Wait;

/// Lines kept; older ones go.
pub const MAX_LINES: usize = 400;

/// A line of the log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// Counts up from 0 over all lines ever written.
    pub number: usize,
    /// Milliseconds since the run's start.
    pub at_ms: String,
    /// What happened.
    pub text: String,
}

/// The last lines of a run's log: an incremental fold of its trace.
#[derive(Clone, Default, Debug)]
pub struct Log {
    lines: VecDeque<Line>,
    written: usize,
    cursor: usize,
}

impl Log {
    /// Writes what is new in `trace`.
    pub fn advance(&mut self, trace: &Trace) {
        let new = trace.events().get(self.cursor..).unwrap_or_default();
        self.cursor += new.len();
        for event in new {
            let Some(text) = words(event, trace) else {
                continue;
            };
            if self.lines.len() == MAX_LINES {
                self.lines.pop_front();
            }
            self.lines.push_back(Line {
                number: self.written,
                at_ms: ms(event.at.as_us()),
                text,
            });
            self.written += 1;
        }
    }

    /// The lines that are kept, oldest first.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter()
    }

    /// How many lines were left out at the beginning.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.written - self.lines.len()
    }
}

/// What an event says; `None` where the picture says enough.
fn words(event: &Event, trace: &Trace) -> Option<String> {
    let task = |TaskId(id): TaskId| format!("task {}", id + 1);
    Some(match event.what {
        What::Joined(..) | What::Bytes(..) | What::Returned(_) => return None,
        What::Entered(id, Wait::Request) => format!("{} sends its request", task(id)),
        What::Entered(id, Wait::Pause) => format!("{} pauses", task(id)),
        What::Entered(..) => return None,
        What::Lent(id) => format!("{} gets a permit", task(id)),
        What::Status(id, status) => format!("{} has its headers: {status}", task(id)),
        What::Ended(id, outcome) => format!("{} ends: {}", task(id), outcome.label()),
        What::Noted(id, Note::Title(text)) => format!("{} is “{}”", task(id), trace.read(text)),
        What::Noted(id, Note::FinalUrl(text)) => {
            format!("{} was redirected to {}", task(id), trace.read(text))
        }
        What::Noted(id, Note::Error(text)) => format!("{}: “{}”", task(id), trace.read(text)),
        What::Noted(id, Note::Offline) => format!("{}: this device is offline", task(id)),
        What::Noted(id, Note::Cut(cut)) => {
            format!("{} is cut at {}", task(id), bytes(u64::from(cut)))
        }
        What::Noted(id, Note::Probed(true)) => {
            format!(
                "{}: asked once without CORS, its host answered, so it refuses CORS",
                task(id)
            )
        }
        What::Noted(id, Note::Probed(false)) => {
            format!("{}: asked once without CORS, nothing answered", task(id))
        }
        What::Limit(limit) => format!("limit: {limit}"),
        What::Delay(delay) => format!("delay: {} ms", delay.as_millis()),
        What::KeepPermit(true) => "permits are kept during the delay".into(),
        What::KeepPermit(false) => "permits are given back before the delay".into(),
        What::Hidden(true) => "page hidden: the browser slows its timers".into(),
        What::Hidden(false) => "page shown again".into(),
        What::Finished(true) => "run stopped".into(),
        What::Finished(false) => "run finished".into(),
    })
}
