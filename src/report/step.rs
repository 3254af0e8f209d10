//! From event to event: the next thing that happened to a task, and what it was.

use super::log::{is_told, words};
use super::units::ms;
use crate::engine::trace::{TaskId, Trace, What};

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
