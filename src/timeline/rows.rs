//! Rows: the fold of a trace into one row a task, each a bar of segments, edge to edge.
//!
//! The fold is incremental. [`Rows::advance`] reads only what is new in the trace, so a frame costs what happened since
//! the last one, not what happened since the start.

use std::time::Duration;

use crate::engine::control::Reason;
use crate::engine::moment::Moment;
use crate::engine::rate::Rate;
use crate::engine::trace::{Ending, Event, Micros, Note, QueueId, TaskId, Trace, What};
use crate::engine::wait::Wait;

use super::steps::Steps;

pub use row::{Row, Segment};

mod edges;
mod hold;
mod longest;
mod rare;
mod row;
mod views;

/// A limit that held for a shorter time was on the way to another.
const PASSING: Duration = Duration::from_millis(400);

/// A span of a run, from when until when; one that goes on has no end yet.
pub type Span = (Moment, Option<Moment>);

/// A setting that was changed while the run went on.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Change {
    /// The semaphore's limit is now this.
    Limit(u32),
    /// The deliberate delay is now this many milliseconds.
    DelayMs(f64),
    /// Whether permits are now kept during the delay.
    KeepPermit(bool),
    /// A host now gets so many requests at a time.
    PerHost(Option<u32>),
    /// The time between two requests to a host is now this many milliseconds.
    HostDelayMs(f64),
    /// That time may now be off by so many per cent.
    JitterPercent(u32),
    /// The consumer now takes this many milliseconds with each result.
    StoreMs(f64),
    /// The rate is now this.
    Rate(Option<Rate>),
}

/// What a run has found out about an origin.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct OriginFacts {
    /// A response of it was readable.
    pub was_readable: bool,
    /// Whether its probe without CORS was answered, if one was sent.
    pub probed: Option<bool>,
}

/// A run up to a cursor: its rows, its curves, and how far it got.
#[derive(Clone, Default, Debug)]
pub struct Rows {
    rows: Vec<Row>,
    origins: Vec<OriginFacts>,
    in_flight: Steps,
    permits: Steps,
    changes: Vec<(Moment, Change)>,
    hidden: Vec<Span>,
    paused: Vec<Span>,
    /// What a controller decided, and why.
    reasons: Vec<(Moment, Reason)>,
    /// The next limit is a controller's.
    is_adapted: bool,
    /// How many items lay in each queue between tasks.
    depths: Vec<Steps>,
    /// How late the event loop was, in ms, over the spans in which it was.
    lag_ms: Option<Steps>,
    /// The limits that held for a while, and since when.
    limits: Vec<(Moment, u32)>,
    ended: usize,
    last_end: Moment,
    finished: Option<Ending>,
    spent: [bool; Wait::ALL.len()],
    cursor: usize,
}

impl Rows {
    /// Folds what is new in `trace`. Returns whether there was anything.
    ///
    /// ```
    /// use crawl_playground::engine::{moment::Moment, outcome::Outcome, trace::{OriginId, TaskId, Trace, What}, wait::Wait};
    /// use crawl_playground::timeline::rows::Rows;
    ///
    /// let mut trace = Trace::default();
    /// let name = trace.text("lab/delay/100");
    /// trace.push(Moment::ZERO, What::Joined(TaskId(0), name, OriginId(0)));
    /// trace.push(Moment::from_us(5), What::Entered(TaskId(0), Wait::Request));
    /// let mut rows = Rows::default();
    /// rows.advance(&trace);
    /// assert_eq!(rows.in_flight().last(), 1);
    ///
    /// trace.push(Moment::from_us(9), What::Ended(TaskId(0), Outcome::Timeout));
    /// assert!(rows.advance(&trace));
    /// assert_eq!((rows.in_flight().last(), rows.ended()), (0, 1));
    /// ```
    pub fn advance(&mut self, trace: &Trace) -> bool {
        self.advance_to(trace, trace.events().len())
    }

    /// The same up to the event at `place`, which is left for later. What is folded already stays so.
    pub fn advance_to(&mut self, trace: &Trace, place: usize) -> bool {
        let new = trace.between(self.cursor, place);
        self.cursor += new.len();
        new.iter().for_each(|event| self.apply(event));
        !new.is_empty()
    }

    fn apply(&mut self, &Event { at, what }: &Event) {
        match what {
            What::Joined(_, target, origin) => self.rows.push(Row::new(target, origin, at)),
            What::Entered(task, wait) => self.turn(task, at, Some(wait)),
            What::Ended(task, outcome) => {
                self.turn(task, at, None);
                if let Some(row) = self.row_mut(task) {
                    row.outcome = Some(outcome);
                }
                self.ended += 1;
                self.last_end = at;
            }
            What::Status(task, status) => {
                self.with(task, |row| row.note_status(status));
                self.with_origin(task, |facts| facts.was_readable = true);
            }
            What::Noted(task, Note::Probed(answered)) => {
                self.with_origin(task, |facts| facts.probed = Some(answered));
            }
            What::Bytes(task, bytes) => self.with(task, |row| row.add_bytes(bytes)),
            What::Noted(task, note) => self.with(task, |row| match note {
                Note::Title(text) => row.title = Some(text),
                Note::FinalUrl(text) => row.rare_mut().final_url = Some(text),
                Note::Error(text) => row.rare_mut().error = Some(text),
                Note::Cut(bytes) => row.rare_mut().cut_bytes = Some(bytes),
                Note::Offline => row.rare_mut().was_offline = true,
                Note::GaveUp(why) => row.rare_mut().gave_up = Some(why),
                Note::Probed(_) => {}
            }),
            What::Lent(task) => {
                self.permits.add(at, 1);
                self.with(task, |row| row.lend(at));
            }
            What::Returned(task) => {
                self.permits.add(at, -1);
                self.with(task, |row| row.give_back(at));
            }
            What::Limit(limit) => {
                // Until a permit is lent or a request is out this is what the run begins with: a controller begins with a
                // limit of its own.
                let is_first = self.permits.peak() == 0 && self.in_flight.peak() == 0;
                if is_first {
                    self.limits.clear();
                }
                self.note_limit(at, limit);
                // What a controller does, with each answer maybe, is no change of a setting.
                if !std::mem::take(&mut self.is_adapted) && !is_first {
                    self.note_change(at, Change::Limit(limit));
                }
            }
            What::Delay(delay) => self.note_change(at, Change::DelayMs(in_ms(delay))),
            What::KeepPermit(keep) => self.note_change(at, Change::KeepPermit(keep)),
            What::Hidden(is_hidden) => turn_span(&mut self.hidden, at, is_hidden),
            What::Paused(is_paused) => turn_span(&mut self.paused, at, is_paused),
            What::PerHost(limit) => self.note_change(at, Change::PerHost(limit)),
            What::HostDelay(delay) => {
                self.note_change(at, Change::HostDelayMs(in_ms(delay)));
            }
            What::Jitter(percent) => self.note_change(at, Change::JitterPercent(percent)),
            What::Store(span) => self.note_change(at, Change::StoreMs(in_ms(span))),
            What::Rate(rate) => self.note_change(at, Change::Rate(rate)),
            What::Adapted(reason) => {
                self.reasons.push((at, reason));
                self.is_adapted = true;
            }
            // What a controller sets is told by its reasons, and what a crawl finds by its results.
            What::Throttled(..)
            | What::Collected(_)
            | What::Found(_)
            | What::LeftOut(..)
            | What::Skipped(..)
            | What::Visits(..)
            | What::Read(..)
            | What::Robots(_) => {}
            What::Again { task, .. } => self.with(task, Row::add_attempt),
            What::Depth(queue, depth) => self.note_depth(at, queue, depth),
            What::Lag(lag) => self.note_lag(at, lag.into()),
            What::Finished(ending) => {
                self.finished = Some(ending);
                self.rows.shrink_to_fit();
                self.in_flight.shrink_to_fit();
                self.permits.shrink_to_fit();
            }
        }
    }

    fn note_limit(&mut self, at: Moment, limit: u32) {
        let is_passing = self.limits.len() > 1
            && self
                .limits
                .last()
                .is_some_and(|(since, _)| at - *since < PASSING);
        if is_passing {
            self.limits.pop();
        }
        if self
            .limits
            .last()
            .is_none_or(|(_, before)| *before != limit)
        {
            self.limits.push((at, limit));
        }
    }

    /// A beat that came late tells of the span before it.
    fn note_lag(&mut self, at: Moment, lag: Duration) {
        let steps = self.lag_ms.get_or_insert_default();
        let ms = i32::try_from(lag.as_millis()).unwrap_or(i32::MAX);
        if ms > 0 {
            let due = Moment::ZERO + (at - Moment::ZERO).saturating_sub(lag);
            steps.add(due, ms);
            steps.add(at, -ms);
        }
    }

    fn note_depth(&mut self, at: Moment, queue: QueueId, depth: u32) {
        let index = usize::from(queue.0);
        if self.depths.len() <= index {
            self.depths.resize(index + 1, Steps::default());
        }
        let steps = &mut self.depths[index];
        // Depths change by one.
        steps.add(at, depth.cast_signed() - steps.last().cast_signed());
    }

    /// The settings that a run begins with are no changes.
    fn note_change(&mut self, at: Moment, change: Change) {
        if !self.rows.is_empty() {
            self.changes.push((at, change));
        }
    }

    fn turn(&mut self, task: TaskId, at: Moment, next: Option<Wait>) {
        let Some(row) = self.rows.get_mut(task.index()) else {
            return;
        };
        let before = row.turn(at, next);
        if let Some((wait, true)) = before {
            self.spent[wait.index()] = true;
        }
        let before = before.map(|(wait, _)| wait);
        let was_out = before.is_some_and(Wait::is_in_flight);
        let is_out = next.is_some_and(Wait::is_in_flight);
        if was_out != is_out {
            self.in_flight.add(at, if is_out { 1 } else { -1 });
        }
    }

    fn row_mut(&mut self, task: TaskId) -> Option<&mut Row> {
        self.rows.get_mut(task.index())
    }

    fn with(&mut self, task: TaskId, change: impl FnOnce(&mut Row)) {
        if let Some(row) = self.row_mut(task) {
            change(row);
        }
    }

    fn with_origin(&mut self, task: TaskId, change: impl FnOnce(&mut OriginFacts)) {
        let Some(row) = self.rows.get(task.index()) else {
            return;
        };
        let index = row.origin.index();
        if self.origins.len() <= index {
            self.origins.resize(index + 1, OriginFacts::default());
        }
        change(&mut self.origins[index]);
    }
}

fn in_ms(span: Micros) -> f64 {
    Duration::from(span).as_secs_f64() * 1e3
}

/// What has spans begins one, or ends the one that goes on.
fn turn_span(spans: &mut Vec<Span>, at: Moment, begins: bool) {
    match spans.last_mut() {
        Some((_, end)) if !begins => *end = Some(at),
        _ => spans.push((at, None)),
    }
}
