//! One host's politeness: how many requests it gets at a time, and how long after one another.

use std::cell::Cell;
use std::time::Duration;

use super::limits::Limits;
use super::live::{Changed, Live};
use super::moment::Moment;
use super::semaphore::Semaphore;
use super::wait::Wait;

/// A host as a run treats it.
pub(super) struct Host {
    /// Lends to as many requests as the host gets at a time.
    pub(super) slots: Semaphore,
    /// Lent to the one who goes next while the clock holds everyone.
    pub(super) turn: Semaphore,
    last_sent: Cell<Option<Sent>>,
    /// The time between two requests as a controller has set it.
    throttled: Cell<Duration>,
    /// The host asked for a break until then.
    held_until: Live<Moment>,
    refused: Cell<Refused>,
    /// The time between two requests that its robots.txt asks for.
    asked_delay: Cell<Duration>,
}

/// The last request to a host.
#[derive(Clone, Copy)]
struct Sent {
    at: Moment,
    /// Its draw, from -1 to 1: where within the jitter the next one is due. Drawn once, so that a change of the delay
    /// stretches or shrinks the wait and does not throw dice again.
    draw: f64,
}

/// How often a host has asked for a break without having answered since.
#[derive(Clone, Copy, Default)]
struct Refused {
    times: u32,
    /// When it did last.
    at: Moment,
}

impl Host {
    /// A host that has not been asked anything. Without a limit it gets all at once.
    pub(super) fn new(per_host: Option<usize>) -> Self {
        Self {
            slots: Semaphore::new(slots(per_host)),
            turn: Semaphore::new(1),
            last_sent: Cell::new(None),
            throttled: Cell::new(Duration::ZERO),
            held_until: Live::new(Moment::ZERO),
            refused: Cell::new(Refused::default()),
            asked_delay: Cell::new(Duration::ZERO),
        }
    }

    pub(super) fn set_limit(&self, per_host: Option<usize>) {
        self.slots.set_limit(slots(per_host));
    }

    /// Sets the time between two requests, which the delay as the visitor sets it is the least of. Returns whether it is
    /// another.
    pub(super) fn throttle(&self, delay: Duration) -> bool {
        self.throttled.replace(delay) != delay
    }

    /// How long it holds whoever is next, by the delay as it is set now, and by the break that it asked for.
    pub(super) fn rest(&self, now: Moment, limits: &Limits) -> Duration {
        self.due(limits).max(self.held_until.get()) - now
    }

    /// What it is that holds whoever is next: of the break and the clock, the one that takes longer.
    pub(super) fn held_by(&self, now: Moment, limits: &Limits) -> Wait {
        let is_on_break = self.held_until.get() > self.due(limits).max(now);
        if is_on_break {
            Wait::Backoff
        } else {
            Wait::Host
        }
    }

    /// Whether there is to be time between two requests.
    pub(super) fn has_clock(&self, limits: &Limits) -> bool {
        let delay = limits.host_delay.max(self.throttled.get());
        !delay.max(self.asked_delay.get()).is_zero()
    }

    /// When its clock lets the next request go.
    fn due(&self, limits: &Limits) -> Moment {
        self.last_sent.get().map_or(Moment::ZERO, |sent| {
            sent.at + self.gap(limits, sent.draw).max(self.asked_delay.get())
        })
    }

    /// Its robots.txt asks for so much time between two requests. No setting makes it less.
    pub(super) fn ask_delay(&self, delay: Duration) {
        self.asked_delay.set(delay);
    }

    /// The time between two requests: the delay, off by up to the jitter.
    fn gap(&self, limits: &Limits, draw: f64) -> Duration {
        let delay = limits.host_delay.max(self.throttled.get());
        let jitter = f64::from(limits.jitter_percent.min(100)) / 100.0;
        if jitter == 0.0 {
            return delay;
        }
        let seconds = delay.as_secs_f64() * (1.0 + jitter * draw);
        Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
    }

    /// A request goes out now.
    pub(super) fn sent(&self, at: Moment, draw: f64) {
        self.last_sent.set(Some(Sent { at, draw }));
    }

    /// How much of the break that the host asked for is left.
    pub(super) fn break_left(&self, now: Moment) -> Duration {
        self.held_until.get() - now
    }

    /// Resolves when the host asks for a break, or for a longer one.
    pub(super) fn break_asked(&self) -> Changed<Moment> {
        self.held_until.changed()
    }

    /// It asks whom it was sent at `sent_at` for a break. Returns for the how manieth time in a row it does, where all
    /// that were under way together count as one: none of them knew of the other's answer.
    pub(super) fn refused(&self, sent_at: Moment, now: Moment) -> u32 {
        let Refused { mut times, at } = self.refused.get();
        if times == 0 || sent_at >= at {
            times = times.saturating_add(1);
            self.refused.set(Refused { times, at: now });
        }
        times
    }

    /// It has answered whom it was sent at `sent_at`. What was sent before the last refusal says nothing of what came of it.
    pub(super) fn served(&self, sent_at: Moment) {
        if sent_at >= self.refused.get().at {
            self.refused.set(Refused::default());
        }
    }

    /// The host asked for a break (429, 503): nobody goes before `until`.
    pub(super) fn hold(&self, until: Moment) {
        self.held_until.set(self.held_until.get().max(until));
    }
}

fn slots(per_host: Option<usize>) -> usize {
    per_host.unwrap_or(usize::MAX)
}
