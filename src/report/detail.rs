//! A task in full: attempt by attempt each of its waits, how long it was, and what it waited for.

use std::time::Duration;

use super::turns::{By, Release, Turn, visit};
use super::units::span;
use crate::engine::moment::Moment;
use crate::engine::trace::{Event, TaskId, What};
use crate::engine::wait::Wait;

/// Timers may be as late as this.
const MARGIN: Duration = Duration::from_millis(2);

/// A stretch of a task's time, spent on one thing.
#[derive(Clone, PartialEq, Debug)]
pub struct Part {
    /// On what.
    pub wait: Wait,
    /// From when.
    pub start: Moment,
    /// For how long, until now if it goes on.
    pub length: Duration,
    /// Its share of the task's time, in per cent, from 0 to 100.
    pub share_percent: f64,
    /// What ended it, where that was another's doing.
    pub release: Option<Release>,
    /// Whether it goes on.
    pub is_open: bool,
    /// For the back-off of its own: how long it was to be, and whether the server said so.
    pub again: Option<(Duration, bool)>,
}

/// An attempt, with all that it waited for before.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Attempt {
    /// The status of its answer.
    pub status: Option<u16>,
    /// Its time, in order.
    pub parts: Vec<Part>,
}

/// A task in full.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Detail {
    /// Its attempts. The first is there from the start.
    pub attempts: Vec<Attempt>,
    /// When it joined.
    pub start: Moment,
    /// From then until it ended or until now.
    pub total: Duration,
}

/// All that `events`, a trace from its beginning up to a cursor, tell of `task` at the moment `now`; `None` of a task that
/// has not joined. O(n) in the events.
///
/// ```
/// use crawl_playground::engine::{moment::Moment, trace::{OriginId, TaskId, Trace, What}, wait::Wait};
/// use crawl_playground::report::detail::detail;
///
/// let mut trace = Trace::default();
/// let name = trace.text("lab/delay/100");
/// trace.push(Moment::ZERO, What::Joined(TaskId(0), name, OriginId(0)));
/// trace.push(Moment::from_us(5), What::Entered(TaskId(0), Wait::Request));
/// let detail = detail(trace.events(), TaskId(0), Moment::from_us(20)).unwrap();
/// let parts = &detail.attempts[0].parts;
/// assert_eq!((parts[1].wait, parts[1].share_percent, parts[1].is_open), (Wait::Request, 75.0, true));
/// ```
#[must_use]
pub fn detail(events: &[Event], task: TaskId, now: Moment) -> Option<Detail> {
    let mut fold = Fold::default();
    visit(events, |turn| {
        if turn.task == task {
            fold.add(turn);
        }
    });
    let joined = fold.joined?;
    if let Some((wait, start)) = fold.open {
        fold.part(wait, start, now.max(start), None, true);
    }
    let mut attempts = fold.attempts;
    let end = attempts.iter().flat_map(|attempt| &attempt.parts).last();
    let end = end.map_or(joined, |part| part.start + part.length);
    let total = end - joined;
    let whole = total.as_secs_f64().max(1e-9);
    for part in attempts.iter_mut().flat_map(|attempt| &mut attempt.parts) {
        part.share_percent = part.length.as_secs_f64() / whole * 100.0;
    }
    Some(Detail {
        attempts,
        start: joined,
        total,
    })
}

#[derive(Default)]
struct Fold {
    joined: Option<Moment>,
    open: Option<(Wait, Moment)>,
    attempts: Vec<Attempt>,
    /// The attempt before was worth another try.
    is_over: bool,
    again: Option<(Duration, bool)>,
}

impl Fold {
    fn add(&mut self, turn: Turn) {
        match turn.what {
            What::Joined(..) => {
                self.joined = Some(turn.at);
                self.open = Some((Wait::Queue, turn.at));
                self.attempts.push(Attempt::default());
            }
            What::Lent(_) => self.close(&turn, turn.wait),
            What::Entered(_, next) => self.close(&turn, Some(next)),
            What::Ended(..) => self.close(&turn, None),
            What::Status(_, status) => {
                if let Some(attempt) = self.attempts.last_mut() {
                    attempt.status = Some(status);
                }
            }
            What::Again {
                wait_us, is_told, ..
            } => {
                self.again = Some((Duration::from_micros(wait_us.into()), is_told));
                self.is_over = true;
            }
            _ => {}
        }
    }

    fn close(&mut self, turn: &Turn, next: Option<Wait>) {
        if let Some((wait, start)) = self.open {
            self.part(wait, start, turn.at, turn.release, false);
        }
        self.open = next.map(|next| (next, turn.at));
        // What its answer said is read after it is known that there will be another try.
        if self.is_over && next != Some(Wait::Parse) {
            self.is_over = false;
            self.attempts.push(Attempt::default());
        }
    }

    /// What took no time is left out.
    fn part(
        &mut self,
        wait: Wait,
        start: Moment,
        end: Moment,
        release: Option<Release>,
        is_open: bool,
    ) {
        if end == start && !is_open {
            return;
        }
        let again = match wait {
            Wait::Backoff => self.again.take(),
            _ => None,
        };
        if let Some(attempt) = self.attempts.last_mut() {
            attempt.parts.push(Part {
                wait,
                start,
                length: end - start,
                share_percent: 0.0,
                // Its own back-off needs nobody to end it; what took longer was ended by another's.
                release: release
                    .filter(|_| again.is_none_or(|(own, _)| end - start > own + MARGIN)),
                is_open,
                again,
            });
        }
    }
}

impl Part {
    /// What was waited for, in words; empty where the wait's name says it all.
    ///
    /// Task numbers are those of the table, from 1.
    #[must_use]
    pub fn waited_for(&self) -> String {
        if let Some((length, is_told)) = self.again {
            let whose = if is_told {
                "as its host asked for (Retry-After)"
            } else {
                "drawn for this retry"
            };
            let own = format!("its own back-off: {}, {whose}", span(length));
            return match self.release.filter(|release| release.by == By::Break) {
                Some(release) => format!("{own}; then {}", by_whom(release)),
                None if self.length > length + MARGIN => {
                    format!("{own}; then a break that its host was given")
                }
                None => own,
            };
        }
        if let Some(release) = self.release {
            return by_whom(release);
        }
        let plain = match self.wait {
            _ if self.is_open && !self.wait.is_work() => "goes on",
            Wait::Permit => "a permit",
            Wait::HostPermit => "a place at its host",
            Wait::Host => "its host’s clock",
            Wait::Token => "the token bucket",
            Wait::Backoff => "a break that its host was given",
            Wait::Request => "the answer’s headers",
            Wait::Download => "the rest of the body",
            Wait::Pause => "the deliberate delay",
            Wait::Handover => "somebody to take its result",
            Wait::Queue | Wait::Parse | Wait::Store => "",
        };
        plain.into()
    }
}

fn by_whom(release: Release) -> String {
    let Some(TaskId(task)) = release.task else {
        return "a permit; there was one when the limit was raised".into();
    };
    let task = u64::from(task) + 1;
    match release.by {
        By::Permit => format!("the permit that task {task} gave back"),
        By::Limit => "a permit; there was one when the limit was raised".into(),
        By::Ceiling => {
            format!("the place among all in flight that task {task} left")
        }
        By::HostPlace => format!("the place at its host that task {task} left"),
        By::HostClock => format!(
            "its host’s clock, which the request of task {task} had set at {}",
            span(release.at - Moment::ZERO)
        ),
        By::Token => format!("the token bucket; the token before went to task {task}"),
        By::Break => format!("the break that its host was given after its answer to task {task}"),
        By::Done => format!("task {task} to be done"),
        By::Found => format!("the page of task {task}"),
    }
}
