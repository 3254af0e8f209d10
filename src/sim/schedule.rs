//! When each task starts and ends, worked out without running anything.
//!
//! In many strategies tasks start in the order of the list, and each as soon as what it needs is free: a permit, a
//! worker, a place in the buffer, a token, the host's clock. Then the start of a task is the latest of these times, and
//! all of them follow from the tasks before it. That is Graham's list scheduling (1966) with a few more resources. It
//! costs some tens of nanoseconds a task, where the engine takes microseconds; tests hold the two against each other.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Duration;

use super::prediction::{Prediction, p95};
use super::world::Flights;
use crate::engine::limits::{Limits, OnFailure};
use crate::engine::moment::Moment;
use crate::engine::order::sorted;
use crate::engine::rate::{Rate, TokenBucket};
use crate::engine::run::MAX_IN_FLIGHT;
use crate::engine::strategy::Strategy;

/// What holds the tasks of a run back.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Rules {
    lanes: Lanes,
    /// How many may be in flight: permits, the host's limit, the browser's.
    places: usize,
    pause_us: u64,
    /// Between two requests.
    gap_us: u64,
    rate: Option<Rate>,
}

/// What a task keeps from its start to the end of its pause.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Lanes {
    /// Nothing.
    None,
    /// One of so many, whichever is free first: a worker, a kept permit.
    FirstFree(usize),
    /// One of so many that become free in the order of the list: a place in an ordered buffer.
    InOrder(usize),
}

impl Rules {
    /// The rules of `strategy`, if its tasks follow such rules. `None` for what has to be run to be known.
    pub(super) fn of(strategy: Strategy, limits: &Limits, flights: &Flights) -> Option<Self> {
        let retries = limits.retry.retries > 0 && flights.any_is_retryable;
        let stops = limits.on_failure == OnFailure::StopAtFirst && flights.any_failed;
        let has_clock = !limits.host_delay.is_zero();
        let draws = has_clock && limits.jitter_percent > 0;
        let knows_hosts = has_clock || limits.per_host.is_some();
        let needs_run = retries || stops || draws || limits.work.is_some();
        if needs_run || knows_hosts && !flights.has_one_origin || limits.per_host == Some(0) {
            return None;
        }
        let n = limits.concurrency.clamp(1, MAX_IN_FLIGHT);
        let has_consumer = !limits.store.is_zero();
        let (lanes, permits) = match strategy {
            Strategy::Sequential => (Lanes::FirstFree(1), None),
            Strategy::AllAtOnce | Strategy::RateLimited => (Lanes::None, None),
            Strategy::Semaphore if limits.concurrency == 0 => return None,
            Strategy::Semaphore if limits.keep_permit => {
                (Lanes::FirstFree(limits.concurrency), None)
            }
            Strategy::Semaphore => (Lanes::None, Some(limits.concurrency)),
            Strategy::WorkerPool => (Lanes::FirstFree(n), None),
            // While a consumer is at work nobody polls the others, which no rule tells.
            Strategy::Buffered | Strategy::BufferUnordered if has_consumer => return None,
            Strategy::Buffered => (Lanes::InOrder(n), None),
            Strategy::BufferUnordered => (Lanes::FirstFree(n), None),
            // The next start depends on more than the tasks before: on outcomes, on stages, on who wins.
            Strategy::Adaptive | Strategy::AutoThrottle | Strategy::Pipeline | Strategy::Race => {
                return None;
            }
        };
        let places = permits.into_iter().chain(limits.per_host);
        let places = places.fold(MAX_IN_FLIGHT, usize::min);
        // Who has waited for one thing may find that a clock has closed meanwhile. It stands in line there then, behind
        // those who came later: the order is lost.
        let has_rate = limits.rate.is_some();
        let loses_order = match lanes {
            _ if has_rate && limits.per_host.is_some() => true,
            Lanes::FirstFree(n) | Lanes::InOrder(n) => {
                n > 1 && has_clock && (has_rate || places < n)
            }
            Lanes::None => false,
        };
        if loses_order {
            return None;
        }
        Some(Self {
            lanes,
            places,
            pause_us: in_us(limits.delay),
            gap_us: in_us(limits.host_delay),
            rate: limits.rate,
        })
    }
}

/// Works schedules out, and keeps the memory that it needs for that from one to the next.
#[derive(Default)]
pub(super) struct Schedule {
    /// When requests were sent, and when their responses were complete, of those that took any time.
    starts_us: Vec<u64>,
    landed_us: Vec<u64>,
    ends_us: Vec<u64>,
    lanes: FreeAt,
    places: FreeAt,
}

impl Schedule {
    /// What `rules` make of `flights`. O(n log n).
    pub(super) fn of(&mut self, rules: &Rules, flights: &Flights) -> Prediction {
        self.clear(rules, flights.us.len());
        let mut bucket = rules.rate.map(TokenBucket::new);
        // A listing goes first and alone; the others are not known before it is there.
        let (list, items) = flights.us.split_at(usize::from(flights.is_listing));
        let (mut known_us, mut clock_us) = (0, 0);
        for flight_us in list {
            let start_us = with_token(&mut bucket, 0);
            clock_us = start_us.saturating_add(rules.gap_us);
            known_us = self.send(start_us, *flight_us);
            self.ends_us.push(known_us);
        }
        let (mut last_us, mut open_us) = (known_us, known_us);
        for (index, flight_us) in items.iter().enumerate() {
            let lane_us = match rules.lanes {
                Lanes::None => 0,
                Lanes::FirstFree(_) => self.lanes.next_us(),
                Lanes::InOrder(n) if index < n => 0,
                Lanes::InOrder(n) => self.ends_us[list.len() + index - n],
            };
            let free_us = lane_us.max(self.places.next_us()).max(clock_us);
            let start_us = with_token(&mut bucket, free_us.max(open_us));
            open_us = start_us;
            clock_us = start_us.saturating_add(rules.gap_us);
            let landed_us = self.send(start_us, *flight_us);
            self.places.take_until(landed_us);
            let done_us = landed_us.saturating_add(rules.pause_us);
            self.lanes.take_until(done_us);
            last_us = last_us.max(done_us);
            self.ends_us.push(match rules.lanes {
                // The result is taken when all before it have been.
                Lanes::InOrder(_) => last_us,
                Lanes::None | Lanes::FirstFree(_) => done_us,
            });
        }
        let most = match rules.lanes {
            Lanes::FirstFree(n) | Lanes::InOrder(n) => n.min(rules.places),
            Lanes::None => rules.places,
        };
        Prediction {
            total: Duration::from_micros(last_us),
            brought: flights.brought,
            peak: self.peak(most, known_us),
            latency_p95: flights.p95,
            done_p95: p95(&self.ends_us),
        }
    }

    fn clear(&mut self, rules: &Rules, tasks: usize) {
        self.starts_us.clear();
        self.landed_us.clear();
        self.ends_us.clear();
        let lanes = match rules.lanes {
            Lanes::FirstFree(n) | Lanes::InOrder(n) => n.min(tasks),
            Lanes::None => tasks,
        };
        // Who has a lane keeps it longer than the place, so with fewer lanes there is always a place.
        self.places
            .clear(Some(rules.places).filter(|places| *places < lanes));
        let is_first_free = matches!(rules.lanes, Lanes::FirstFree(_));
        self.lanes
            .clear(Some(lanes).filter(|lanes| is_first_free && *lanes < tasks));
    }

    /// Returns when the response is complete.
    fn send(&mut self, start_us: u64, flight_us: u64) -> u64 {
        let landed_us = start_us.saturating_add(flight_us);
        if flight_us > 0 {
            self.starts_us.push(start_us);
            self.landed_us.push(landed_us);
        }
        landed_us
    }

    /// Most that were in flight together. Who lands at the very moment at which another starts has landed before.
    fn peak(&mut self, most: usize, known_us: u64) -> u32 {
        // Without clocks as many as may be start at once, and there is nothing to sort: that is half of the whole time.
        let before = self.starts_us.partition_point(|us| *us < known_us);
        let at_once = self.starts_us[before..].partition_point(|us| *us == known_us);
        if at_once >= most.min(self.starts_us.len() - before) {
            return u32::try_from(at_once.max(before)).unwrap_or(u32::MAX);
        }
        self.landed_us = sorted(std::mem::take(&mut self.landed_us));
        let (mut landed, mut peak) = (0, 0);
        // Starts are in order, since all that a task waits for is passed on in order.
        for (before, start_us) in self.starts_us.iter().enumerate() {
            while self.landed_us.get(landed).is_some_and(|at| at <= start_us) {
                landed += 1;
            }
            peak = peak.max((before + 1).saturating_sub(landed));
        }
        u32::try_from(peak).unwrap_or(u32::MAX)
    }
}

/// When a task that could start then has its token.
fn with_token(bucket: &mut Option<TokenBucket>, at_us: u64) -> u64 {
    let Some(bucket) = bucket else {
        return at_us;
    };
    let ready = bucket.ready_at(Moment::from_us(at_us));
    let is_taken = bucket.take(ready);
    debug_assert!(is_taken, "a token is there when it is said to be");
    ready.as_us()
}

/// So many of a kind, and when each is free again.
#[derive(Default)]
struct FreeAt {
    /// `None` if there are enough for all.
    most: Option<usize>,
    soonest_us: BinaryHeap<Reverse<u64>>,
}

impl FreeAt {
    fn clear(&mut self, most: Option<usize>) {
        self.most = most;
        self.soonest_us.clear();
    }

    /// When the next one is free.
    fn next_us(&self) -> u64 {
        let is_full = Some(self.soonest_us.len()) == self.most;
        let soonest = self.soonest_us.peek().filter(|_| is_full);
        soonest.map_or(0, |Reverse(us)| *us)
    }

    /// Takes that one, until `us`.
    fn take_until(&mut self, us: u64) {
        let Some(most) = self.most else {
            return;
        };
        if self.soonest_us.len() < most {
            self.soonest_us.push(Reverse(us));
        } else if let Some(mut soonest) = self.soonest_us.peek_mut() {
            *soonest = Reverse(us);
        }
    }
}

fn in_us(span: Duration) -> u64 {
    (Moment::ZERO + span).as_us()
}
