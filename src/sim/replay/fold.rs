//! The fold of a trace into what each task's requests took.

use super::{Life, Replay};
use crate::engine::moment::Moment;
use crate::engine::outcome::Outcome;
use crate::engine::retry::is_retryable;
use crate::engine::trace::{Event, GaveUp, Note, OriginId, TaskId, What};
use crate::engine::wait::Wait;
use crate::sim::network::{End, Exchange};

/// Stands for a wait that was too long to be waited for: the trace does not tell how long it was.
const TOO_LONG_S: u32 = 1_000_000;

#[derive(Default)]
pub(super) struct Fold {
    tasks: Vec<Observed>,
    ended: usize,
    is_listing: bool,
}

/// A task as far as the fold has come.
struct Observed {
    life: Life,
    /// When the attempt that is in flight was sent.
    sent: Option<Moment>,
    headers: Option<Moment>,
    status: Option<u16>,
    has_failed: bool,
    /// The last attempt, until all is known of it.
    last: Option<Exchange>,
}

impl Fold {
    pub(super) fn apply(&mut self, &Event { at, what }: &Event) {
        match what {
            What::Joined(_, _, origin) => {
                // Tasks join together, but for those that the first had to name.
                self.is_listing |= self.tasks.len() == 1 && self.ended == 1;
                self.tasks.push(Observed::new(origin));
            }
            What::Entered(task, Wait::Request) => self.with(task, |task| task.send(at)),
            What::Entered(task, Wait::Download) => self.with(task, |task| task.headers = Some(at)),
            What::Entered(task, _) => self.with(task, |task| task.land(at)),
            What::Status(task, status) => self.with(task, |task| task.status = Some(status)),
            What::Noted(task, Note::Error(_)) => self.with(task, |task| task.has_failed = true),
            What::Noted(task, Note::GaveUp(GaveUp::TooLong)) => self.with(task, |task| {
                task.land(at);
                task.told_to_wait(TOO_LONG_S);
            }),
            What::Noted(task, Note::GaveUp(GaveUp::Stalled)) => self.with(task, |task| {
                task.land(at);
                task.told_as_before();
            }),
            What::Again {
                task,
                wait_us,
                is_told,
            } => self.with(task, |task| {
                task.land(at);
                if is_told {
                    task.told_to_wait(wait_us.div_ceil(1_000_000));
                }
                task.was_worth_a_retry();
            }),
            What::Ended(task, outcome) => {
                self.ended += 1;
                self.with(task, |task| task.end(at, outcome));
            }
            _ => {}
        }
    }

    pub(super) fn replay(self) -> Replay {
        Replay {
            lives: self.tasks.into_iter().map(|task| task.life).collect(),
            is_listing: self.is_listing,
            guessed: 0,
        }
    }

    fn with(&mut self, task: TaskId, change: impl FnOnce(&mut Observed)) {
        if let Some(task) = self.tasks.get_mut(task.index()) {
            change(task);
        }
    }
}

impl Observed {
    const fn new(origin: OriginId) -> Self {
        Self {
            life: Life {
                origin,
                first: None,
                more: Vec::new(),
            },
            sent: None,
            headers: None,
            status: None,
            has_failed: false,
            last: None,
        }
    }

    fn send(&mut self, at: Moment) {
        self.keep();
        self.sent = Some(at);
        (self.headers, self.status, self.has_failed) = (None, None, false);
    }

    /// The response is complete, or there will be none. Nothing happens if that was known.
    fn land(&mut self, at: Moment) {
        let Some(sent) = self.sent.take() else {
            return;
        };
        let headers = self.headers.unwrap_or(at);
        self.last = Some(Exchange {
            request: headers - sent,
            download: at - headers,
            status: self.status,
            end: match (self.has_failed, self.status) {
                (true, _) => End::Broken,
                (false, Some(_)) => End::Whole,
                // Neither an answer nor an error: its time was up.
                (false, None) => End::Never,
            },
            retry_after_s: None,
        });
    }

    fn told_to_wait(&mut self, seconds: u32) {
        if let Some(last) = &mut self.last {
            last.retry_after_s = Some(seconds);
        }
    }

    /// What it was told when it gave up is not in the trace. Most servers ask for the same each time.
    fn told_as_before(&mut self) {
        let before = self.life.more.last().or(self.life.first.as_ref());
        if let (Some(last), Some(before)) = (&mut self.last, before) {
            last.retry_after_s = before.retry_after_s;
        }
    }

    /// A whole answer that nobody would ask for again had not come to its end when its time was up.
    fn was_worth_a_retry(&mut self) {
        if let Some(last) = &mut self.last
            && last.end == End::Whole
            && !last
                .status
                .is_some_and(|status| is_retryable(Outcome::of_status(status)))
        {
            last.end = End::Never;
        }
    }

    fn end(&mut self, at: Moment, outcome: Outcome) {
        if outcome == Outcome::Cancelled {
            // Nobody knows how long it would have taken.
            self.sent = None;
        }
        self.land(at);
        if outcome == Outcome::Timeout
            && let Some(last) = &mut self.last
        {
            last.end = End::Never;
        }
        self.keep();
    }

    fn keep(&mut self) {
        match self.last.take() {
            Some(first) if self.life.first.is_none() => self.life.first = Some(first),
            last => self.life.more.extend(last),
        }
    }
}
