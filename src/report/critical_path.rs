//! The critical path: what set the end of a run, from its start on, without a gap.
//!
//! From the end of the last task backwards: where a task worked, its own time is on the path; where it waited and another
//! let it go on, the path goes over to that other at that moment, unless the task had not even begun to wait then. So
//! each step goes to the *last* of what had to come before it, as in Kelley and Walker's “Critical-path planning and
//! scheduling” (1959), on the graph of [`super::turns`]. Each step ends where the next begins, the first at the start
//! of the run and the last at its end, so that the steps' lengths add up to the run's total. It says what did set the end,
//! not what would: with a step made shorter, those who stand in line may go in another order.

use std::time::Duration;

use super::turns::backwards::{Stretch, backwards};
use super::units::{fixed, grouped, span};
use crate::engine::moment::Moment;
use crate::engine::trace::{TaskId, Trace};
use crate::engine::wait::Wait;
use crate::timeline::rows::Rows;

/// A stretch of the path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Step {
    /// Whose time it is.
    pub task: TaskId,
    /// What that task did, or waited for. Before it joined that is the queue.
    pub wait: Wait,
    /// From when.
    pub start: Moment,
    /// Until when.
    pub end: Moment,
}

/// The path of a run, up to the end of the last task that ended: its steps, edge to edge. Stretches of no length are left
/// out. O(n) in the trace; empty if nothing ended, or if it is longer than
/// [`MOST_EVENTS`](super::turns::backwards::MOST_EVENTS).
///
/// ```
/// use crawl_playground::engine::{moment::Moment, outcome::Outcome, trace::{OriginId, TaskId, Trace, What}, wait::Wait};
/// use crawl_playground::report::critical_path::critical_path;
///
/// let mut trace = Trace::default();
/// let name = trace.text("lab/delay/100");
/// trace.push(Moment::ZERO, What::Joined(TaskId(0), name, OriginId(0)));
/// trace.push(Moment::from_us(5), What::Entered(TaskId(0), Wait::Request));
/// trace.push(Moment::from_us(9), What::Ended(TaskId(0), Outcome::Timeout));
/// let waits: Vec<Wait> = critical_path(&trace).iter().map(|step| step.wait).collect();
/// assert_eq!(waits, [Wait::Queue, Wait::Request]);
/// ```
#[must_use]
pub fn critical_path(trace: &Trace) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for Stretch {
        task,
        wait,
        start,
        end,
        ..
    } in backwards(trace)
    {
        push(
            &mut steps,
            Step {
                task,
                wait,
                start,
                end,
            },
        );
    }
    steps.reverse();
    steps
}

/// Adds a step in front of the last one, or lengthens that if it is the same stretch.
fn push(steps: &mut Vec<Step>, step: Step) {
    if step.start == step.end {
        return;
    }
    match steps.last_mut() {
        Some(behind) if (behind.task, behind.wait) == (step.task, step.wait) => {
            behind.start = step.start;
        }
        _ => steps.push(step),
    }
}

/// The path in a sentence: how many requests stand in it one after another, and what its time went into. `None` for
/// a path without steps.
///
/// ```
/// use crawl_playground::engine::{moment::Moment, trace::TaskId, wait::Wait};
/// use crawl_playground::report::critical_path::{Step, sentence};
///
/// let step = |wait, start, end| Step {
///     task: TaskId(0), wait, start: Moment::from_us(start), end: Moment::from_us(end),
/// };
/// assert_eq!(
///     sentence(&[step(Wait::Host, 0, 250_000), step(Wait::Request, 250_000, 1_000_000)]).unwrap(),
///     "The critical path, which set the end after 1.00\u{a0}s: 1 request, 75\u{a0}% of it in requests, \
///      25\u{a0}% waiting for hosts’ clocks."
/// );
/// ```
#[must_use]
pub fn sentence(path: &[Step]) -> Option<String> {
    let total = path.last()?.end - path.first()?.start;
    let mut parts: Vec<(&'static str, Duration)> = Vec::new();
    for step in path {
        let (name, length) = (part(step.wait), step.end - step.start);
        match parts.iter_mut().find(|(other, _)| *other == name) {
            Some((_, sum)) => *sum += length,
            None => parts.push((name, length)),
        }
    }
    parts.sort_by_key(|(_, sum)| std::cmp::Reverse(*sum));
    let share = |sum: Duration| sum.as_secs_f64() / total.as_secs_f64().max(1e-9) * 100.0;
    let told = parts.iter().filter(|(_, sum)| share(*sum) >= 0.5);
    let told: String = told
        .enumerate()
        .map(|(place, (name, sum))| {
            let of_it = if place == 0 { " of it" } else { "" };
            format!(", {}\u{a0}%{of_it} {name}", fixed(share(*sum), 0))
        })
        .collect();
    let requests = match requests(path) {
        1 => "1 request".to_owned(),
        count => format!("{} requests one after another", grouped(count)),
    };
    Some(format!(
        "The critical path, which set the end after {}: {requests}{told}.",
        span(total)
    ))
}

/// How many requests stand in a path.
fn requests(path: &[Step]) -> usize {
    let mut before = None;
    let begins = path.iter().filter(|step| {
        let now = step.wait.is_in_flight().then_some(step.task);
        let is_new = now.is_some() && (now != before || step.wait == Wait::Request);
        before = now;
        is_new
    });
    begins.count()
}

/// What a wait is called as a part of a whole.
const fn part(wait: Wait) -> &'static str {
    match wait {
        Wait::Request | Wait::Download => "in requests",
        Wait::Queue => "in the queue",
        Wait::Permit => "waiting for permits",
        Wait::HostPermit => "waiting for places at hosts",
        Wait::Host => "waiting for hosts’ clocks",
        Wait::Token => "waiting for tokens",
        Wait::Backoff => "in back-off",
        Wait::Parse => "parsing",
        Wait::Pause => "in pauses",
        Wait::Handover => "waiting to be taken",
        Wait::Store => "in the consumer’s work",
    }
}

/// Little's law with a run's numbers: as many are in flight on average as come in a second, times how long each of them
/// takes (Little, “A proof for the queuing formula L = λW”, 1961). `None` if nothing was sent, or took no time.
#[must_use]
pub fn littles_law(rows: &Rows, total: Duration) -> Option<String> {
    let in_flight = || rows.rows().iter().flat_map(|row| row.segments());
    let in_flight = || in_flight().filter(|segment| segment.wait.is_in_flight());
    let spent: Duration = in_flight().map(|segment| segment.end - segment.start).sum();
    let sent = in_flight().filter(|segment| segment.wait == Wait::Request);
    let sent = u32::try_from(sent.count()).ok().filter(|sent| *sent > 0)?;
    if total.is_zero() || spent.is_zero() {
        return None;
    }
    Some(format!(
        "Little’s law: {} in flight on average = {} requests a second × {} each.",
        fixed(spent.as_secs_f64() / total.as_secs_f64(), 2),
        fixed(f64::from(sent) / total.as_secs_f64(), 2),
        span(spent / sent)
    ))
}
