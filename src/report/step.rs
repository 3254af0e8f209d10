//! From event to event: the next thing that happened to a task, and what it was.

use super::log::{is_told, words};
use super::units::{bytes, ms};
use crate::engine::trace::{QueueId, TaskId, Trace, What};

/// The place of the next event about a task after `from`, or of the one before it; `None` at the end. Only events that
/// the log has words for count.
///
/// ```
/// use crawl_playground::engine::{moment::Moment, outcome::Outcome, trace::{OriginId, TaskId, Trace, What}, wait::Wait};
/// use crawl_playground::report::step::{event, next_event};
///
/// let mut trace = Trace::default();
/// let name = trace.text("lab/delay/1");
/// trace.push(Moment::ZERO, What::Joined(TaskId(0), name, OriginId(0)));
/// trace.push(Moment::from_us(5_000), What::Entered(TaskId(0), Wait::Request));
/// trace.push(Moment::from_us(6_500), What::Ended(TaskId(0), Outcome::Ok(200)));
/// assert_eq!(next_event(&trace, 0, true), Some(1));
/// assert_eq!(event(&trace, 1), Some((TaskId(0), "At 5.0\u{a0}ms task 1 sends its request.".into())));
/// assert_eq!(next_event(&trace, 2, true), None);
/// assert_eq!(next_event(&trace, 2, false), Some(1));
/// ```
#[must_use]
pub fn next_event(trace: &Trace, from: usize, is_forward: bool) -> Option<usize> {
    let counts = |place: &usize| {
        let what = trace.events()[*place].what;
        is_told(what) && task(what).is_some()
    };
    let count = trace.events().len();
    if is_forward {
        (from.saturating_add(1)..count).find(counts)
    } else {
        (0..from.min(count)).rev().find(counts)
    }
}

/// Whom the event at `place` is about, and what it says; `None` if that is no task.
#[must_use]
pub fn event(trace: &Trace, place: usize) -> Option<(TaskId, String)> {
    let event = trace.events().get(place)?;
    let words = words(event, trace)?;
    let told = format!("At {}\u{a0}ms {words}.", ms(event.at.as_us()));
    Some((task(event.what)?, told))
}

/// What the event at `place` says, whatever it is: `At 5.0 ms task 1 sends its request.`
///
/// ```
/// use crawl_playground::engine::{moment::Moment, trace::{OriginId, TaskId, Trace, What}};
/// use crawl_playground::report::step::told;
///
/// let mut trace = Trace::default();
/// let name = trace.text("lab/delay/1");
/// trace.push(Moment::from_us(500), What::Joined(TaskId(0), name, OriginId(0)));
/// assert_eq!(told(&trace, 0).unwrap(), "At 0.5\u{a0}ms task 1 joins the run.");
/// ```
#[must_use]
pub fn told(trace: &Trace, place: usize) -> Option<String> {
    let event = trace.events().get(place)?;
    let words = words(event, trace).unwrap_or_else(|| plain(event.what));
    Some(format!("At {}\u{a0}ms {words}.", ms(event.at.as_us())))
}

/// Words for what the log passes over.
fn plain(what: What) -> String {
    let of = |TaskId(id): TaskId, does: &str| format!("task {} {does}", id + 1);
    match what {
        What::Joined(task, ..) => of(task, "joins the run"),
        What::Entered(task, wait) if wait.is_work() => of(task, "goes on: ") + wait.name(),
        What::Entered(task, wait) => of(task, "waits: ") + wait.name(),
        What::Bytes(task, count) => format!(
            "{} of {} arrive",
            bytes(count.into()),
            of(task, "").trim_end()
        ),
        What::Returned(task) => of(task, "gives its permit back"),
        What::Depth(QueueId(queue), depth) => format!("queue {} holds {depth}", queue + 1),
        What::Lag(_) => "the event loop is looked at".into(),
        What::Visits(task, _) => of(task, "is a page’s"),
        What::Skipped(..) | What::LeftOut(..) => "an address is left out".into(),
        _ => "an address is found".into(),
    }
}

/// The task that an event is about.
const fn task(what: What) -> Option<TaskId> {
    match what {
        What::Entered(task, _)
        | What::Status(task, _)
        | What::Noted(task, _)
        | What::Ended(task, _)
        | What::Lent(task)
        | What::Again { task, .. }
        | What::Collected(task) => Some(task),
        _ => None,
    }
}
