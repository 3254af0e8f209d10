//! The figures of a run: what it took, what it could have taken, and where the time went.

use std::time::Duration;

use crate::engine::moment::Moment;
use crate::engine::order::percentile;
use crate::engine::outcome::Outcome;
use crate::engine::wait::Wait;
use crate::timeline::rows::{Row, Rows, Segment};

/// The figures of one run, at the moment that they are taken. O(n) in its tasks, so they are taken once it is over.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// From the start to the end of the last task.
    pub total: Duration,
    /// How soon it could have ended if no task had had to wait for another: the task that ends last when all begin as
    /// soon as they are known.
    pub ideal: Duration,
    /// Tasks.
    pub tasks: usize,
    /// Tasks whose page came.
    pub ok: usize,
    /// Tasks that failed.
    pub failed: usize,
    /// Tasks that were cancelled.
    pub cancelled: usize,
    /// Most requests that were in flight together.
    pub peak_in_flight: u32,
    /// Bytes of all bodies.
    pub bytes: u64,
    /// Latencies of the requests (request and download), median, 95th percentile and longest; `None` without any.
    pub latency: Option<Latency>,
    /// How long it stood paused.
    pub paused: Duration,
    /// Time of all tasks together, by [`Wait::index`].
    pub by_wait: [Duration; Wait::ALL.len()],
    /// The task with the most time of its own: its place, and [`own_time`].
    pub slowest: Option<(usize, Duration)>,
}

/// How long requests took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Latency {
    /// Half of them took no longer.
    pub p50: Duration,
    /// Nineteen of twenty took no longer.
    pub p95: Duration,
    /// None took longer.
    pub max: Duration,
}

impl Figures {
    /// The figures of `rows` at the moment `now`.
    #[must_use]
    pub fn of(rows: &Rows, now: Moment) -> Self {
        let mut by_wait_us = [0; Wait::ALL.len()];
        let mut latencies = Vec::with_capacity(rows.rows().len());
        let mut longest_us = 0;
        let (mut ok, mut failed, mut cancelled, mut bytes) = (0, 0, 0, 0);
        let (mut ideal_us, mut slowest) = (0, None);
        for (place, row) in rows.rows().iter().enumerate() {
            let (mut own_us, mut latency_us, mut has_asked) = (0, 0, false);
            row.each_segment(now, |Segment { wait, start, end }| {
                let us = end.as_us() - start.as_us();
                by_wait_us[wait.index()] += us;
                if is_own(wait, &mut has_asked) {
                    own_us += us;
                }
                if matches!(wait, Wait::Request | Wait::Download) {
                    latency_us += us;
                }
            });
            ideal_us = ideal_us.max(row.joined.as_us() + own_us);
            if slowest.is_none_or(|(_, most_us)| own_us >= most_us) {
                slowest = Some((place, own_us));
            }
            bytes += row.bytes();
            match row.outcome {
                Some(Outcome::Ok(_)) => ok += 1,
                Some(Outcome::Cancelled) => cancelled += 1,
                Some(_) => failed += 1,
                None => {}
            }
            // What goes on has no latency yet.
            let has_ended = row
                .outcome
                .is_some_and(|outcome| outcome != Outcome::Cancelled);
            if latency_us > 0 && has_ended {
                latencies.push(latency_us);
                longest_us = longest_us.max(latency_us);
            }
        }
        Self {
            total: rows.finished().map_or(now, |_| rows.last_end()) - Moment::ZERO,
            ideal: Duration::from_micros(ideal_us),
            tasks: rows.rows().len(),
            ok,
            failed,
            cancelled,
            peak_in_flight: rows.in_flight().peak(),
            bytes,
            latency: Latency::of(&latencies, longest_us),
            paused: paused(rows, now),
            by_wait: by_wait_us.map(Duration::from_micros),
            slowest: slowest.map(|(place, us)| (place, Duration::from_micros(us))),
        }
    }

    /// How near the run came to its ideal, from 0 to 1. An empty run is as good as it can be.
    #[must_use]
    pub fn efficiency(&self) -> f64 {
        if self.total.is_zero() {
            1.0
        } else {
            (self.ideal.as_secs_f64() / self.total.as_secs_f64()).min(1.0)
        }
    }
}

fn paused(rows: &Rows, now: Moment) -> Duration {
    // The end of what was paused when the run ended is the run's.
    let end = rows.finished().map_or(now, |_| rows.last_end());
    let spans = rows.paused().iter();
    spans
        .map(|&(since, until)| until.unwrap_or(end).max(since) - since)
        .sum()
}

impl Latency {
    fn of(latencies_us: &[u64], longest_us: u64) -> Option<Self> {
        let rank = |percent| percentile(latencies_us, percent).map(Duration::from_micros);
        Some(Self {
            p50: rank(50)?,
            p95: rank(95)?,
            max: Duration::from_micros(longest_us),
        })
    }
}

/// A task's own time: all but what it waited for other tasks and for limits. A back-off before its first request is
/// another's: the break that this one was given.
#[must_use]
pub fn own_time(row: &Row, now: Moment) -> Duration {
    let mut has_asked = false;
    let own = row
        .segments_at(now)
        .filter(|segment| is_own(segment.wait, &mut has_asked));
    own.map(|segment| segment.end - segment.start).sum()
}

/// What of its own time a task spent before its last attempt: on attempts that failed, and on the breaks after them.
#[must_use]
pub fn retried_time(row: &Row, now: Moment) -> Duration {
    let mut requests = row
        .segments_at(now)
        .filter(|segment| segment.wait == Wait::Request);
    let Some(last) = requests.next_back() else {
        return Duration::ZERO;
    };
    let mut has_asked = false;
    let before = row
        .segments_at(now)
        .filter(|segment| is_own(segment.wait, &mut has_asked) && segment.start < last.start);
    before.map(|segment| segment.end - segment.start).sum()
}

/// Whether a task spends this wait on itself. `has_asked` remembers from wait to wait whether it has sent its request.
fn is_own(wait: Wait, has_asked: &mut bool) -> bool {
    match wait {
        Wait::Queue
        | Wait::Permit
        | Wait::HostPermit
        | Wait::Host
        | Wait::Token
        | Wait::Handover => false,
        Wait::Backoff => *has_asked,
        _ => {
            *has_asked = true;
            true
        }
    }
}
