//! The log: what happened, in words, newest last.

use std::collections::VecDeque;
use std::time::Duration;

use super::units::{bytes, ms};
use crate::engine::trace::{Ending, Event, GaveUp, Note, OriginId, TaskId, Trace, What};
use crate::engine::wait::Wait;

pub(crate) mod crawl;

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

/// The last lines of a run's log: an incremental fold of its trace. What is kept is which events they tell of. They are put into
/// words when they are read, so that to fold costs no words, and to show the newest forty costs forty lines.
#[derive(Clone, Default, Debug)]
pub struct Log {
    /// The places of those events in the trace.
    places: VecDeque<usize>,
    written: usize,
    cursor: usize,
}

impl Log {
    /// Writes what is new in `trace`.
    pub fn advance(&mut self, trace: &Trace) {
        self.move_to(trace, trace.events().len());
    }

    /// Shows the lines of the events before that at `place`, whether it lies ahead or behind: a step costs what it passes.
    pub fn move_to(&mut self, trace: &Trace, place: usize) {
        if place < self.cursor {
            self.go_back(trace, place);
        } else {
            self.go_on(trace, place);
        }
    }

    fn go_on(&mut self, trace: &Trace, place: usize) {
        let new = trace.between(self.cursor, place);
        // Of a million events nearly none are kept, and those are the last: the others are only counted.
        let mut newest = (0..new.len()).rev().filter(|at| is_told(new[*at].what));
        let (passed_over, kept) = new.split_at(newest.nth(MAX_LINES - 1).unwrap_or(0));
        self.written += told(passed_over);
        for (at, event) in kept.iter().enumerate() {
            if is_told(event.what) {
                if self.places.len() == MAX_LINES {
                    self.places.pop_front();
                }
                self.places.push_back(self.cursor + passed_over.len() + at);
                self.written += 1;
            }
        }
        self.cursor += new.len();
    }

    fn go_back(&mut self, trace: &Trace, place: usize) {
        self.written -= told(trace.between(place, self.cursor));
        self.cursor = place;
        while self.places.back().is_some_and(|last| *last >= place) {
            self.places.pop_back();
        }
        // Lines come back that were left out: so many were written before.
        let mut at = self.places.front().copied().unwrap_or(place);
        while self.places.len() < self.written.min(MAX_LINES) {
            at -= 1;
            if is_told(trace.events()[at].what) {
                self.places.push_front(at);
            }
        }
    }

    /// How many lines are kept.
    #[must_use]
    pub fn kept(&self) -> usize {
        self.places.len()
    }

    /// The lines that are kept of `trace`, which the log was made of, oldest first.
    pub fn lines<'a>(&'a self, trace: &'a Trace) -> impl ExactSizeIterator<Item = Line> + 'a {
        self.lines_from(trace, 0)
    }

    /// The same without the first so many, which are not put into words.
    pub fn lines_from<'a>(
        &'a self,
        trace: &'a Trace,
        passed: usize,
    ) -> impl ExactSizeIterator<Item = Line> + 'a {
        let places = self.places.range(passed.min(self.places.len())..);
        places.enumerate().map(move |(index, place)| {
            let event = &trace.events()[*place];
            Line {
                number: self.left_out() + passed + index,
                at_ms: ms(event.at.as_us()),
                text: words(event, trace).unwrap_or_default(),
            }
        })
    }

    /// How many lines were left out at the beginning.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.written - self.places.len()
    }
}

/// How many of these events are put into words.
fn told(events: &[Event]) -> usize {
    events.iter().filter(|event| is_told(event.what)).count()
}

/// Whether an event is put into words, which is where [`words`] has some. Cheap.
pub(super) const fn is_told(what: What) -> bool {
    match what {
        What::Joined(..) | What::Bytes(..) | What::Returned(_) | What::Depth(..) | What::Lag(_) => {
            false
        }
        What::Entered(_, wait) => matches!(wait, Wait::Request | Wait::Pause),
        What::Found(_)
        | What::LeftOut(..)
        | What::Skipped(..)
        | What::Visits(..)
        | What::Read(..)
        | What::Robots(_) => crawl::is_told(what),
        _ => true,
    }
}

/// What an event says; `None` where the picture says enough.
pub(super) fn words(event: &Event, trace: &Trace) -> Option<String> {
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
        What::Delay(delay) => format!("delay: {} ms", Duration::from(delay).as_millis()),
        What::KeepPermit(true) => "permits are kept during the delay".into(),
        What::KeepPermit(false) => "permits are given back before the delay".into(),
        What::Hidden(true) => "page hidden: the browser slows its timers".into(),
        What::Hidden(false) => "page shown again".into(),
        What::Paused(true) => "paused: no request goes out".into(),
        What::Paused(false) => "resumed".into(),
        What::Found(_)
        | What::LeftOut(..)
        | What::Skipped(..)
        | What::Visits(..)
        | What::Read(..)
        | What::Robots(_) => return crawl::words(event.what, trace),
        What::PerHost(Some(limit)) => format!("per host: {limit} at a time"),
        What::PerHost(None) => "per host: no limit".into(),
        What::HostDelay(delay) => format!("host delay: {} ms", Duration::from(delay).as_millis()),
        What::Throttled(OriginId(host), delay) => format!(
            "throttled: {} ms between requests to host {}",
            Duration::from(delay).as_millis(),
            host + 1
        ),
        What::Jitter(percent) => format!("jitter: {percent} %"),
        What::Store(span) => format!("consumer: {} ms a result", Duration::from(span).as_millis()),
        What::Rate(Some(rate)) => format!("rate: {rate}"),
        What::Rate(None) => "rate: no limit".into(),
        What::Adapted(reason) => reason.words(),
        What::Again {
            task: id,
            wait_us,
            is_told,
        } => again(&task(id), u64::from(wait_us), is_told),
        What::Noted(id, Note::GaveUp(why)) => {
            format!("{} is not tried again: {}", task(id), gave_up(why))
        }
        What::Collected(id) => format!("the result of {} is taken", task(id)),
        What::Depth(..) | What::Lag(_) => return None,
        What::Finished(Ending::Stopped) => "run stopped".into(),
        What::Finished(Ending::Done) => "run finished".into(),
        What::Finished(Ending::FirstFailure) => "run stopped at the first failure".into(),
        What::Finished(Ending::OutOfTime) => "run stopped: its time was up".into(),
    })
}

fn again(task: &str, wait_us: u64, is_told: bool) -> String {
    let wait = ms(wait_us);
    if is_told {
        format!("{task} is tried again in {wait}\u{a0}ms, as the server says (Retry-After)")
    } else {
        format!(
            "{task} is tried again in {wait}\u{a0}ms, by back-off: no Retry-After was there to read (servers of other origins may hide it)"
        )
    }
}

/// Why a task was not tried again.
pub(super) const fn gave_up(why: GaveUp) -> &'static str {
    match why {
        GaveUp::Tries => "its retries are used up",
        GaveUp::TooLong => "the server asks for too long a wait",
        GaveUp::Stalled => "it was put off up to the stall limit",
    }
}
