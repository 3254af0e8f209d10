//! The turns of a run: each moment at which a task goes on to something else, and what let it go on.
//!
//! They are the nodes of what Yang and Miller call a program activity graph (“Critical path analysis for the execution of
//! parallel and distributed programs”, ICDCS 1988): a turn has the task's own turn before it, and, where the task waited
//! for another, that other's turn. Detail and critical path are both read from them. One pass over the trace, O(n).

use crate::engine::moment::Moment;
use crate::engine::outcome::Outcome;
use crate::engine::trace::{Event, TaskId, What};
use crate::engine::wait::Wait;

use fold::Fold;

pub mod backwards;
mod fold;
mod line;
pub(super) mod permits;

/// What kind of thing a task waited for and got.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By {
    /// The permit that the other gave back.
    Permit,
    /// A permit that there was because the limit was raised; no task's doing.
    Limit,
    /// The place among all that a run may have in flight, which the other left.
    Ceiling,
    /// The place at its host, which the other left.
    HostPlace,
    /// Its host's clock, which the other's request had set.
    HostClock,
    /// A token, after the one that the other took.
    Token,
    /// The end of a break, which the host asked for in its answer to the other.
    Break,
    /// The other was done, or what it brought was taken.
    Done,
    /// The other's page, which named this one's address.
    Found,
}

/// What let a task go on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Release {
    /// What it waited for.
    pub by: By,
    /// Whose doing it was, if it was a task's.
    pub task: Option<TaskId>,
    /// When that happened.
    pub at: Moment,
    /// The other task's turn then: its place in the order of turns.
    pub turn: Option<u32>,
}

/// A task goes on.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Turn {
    /// The task.
    pub task: TaskId,
    /// When.
    pub at: Moment,
    /// What it did until then; nothing before it joined.
    pub wait: Option<Wait>,
    /// Since when: its turn before, by its place in the order of turns.
    pub before: Option<u32>,
    /// What let it go on, if it waited for another.
    pub release: Option<Release>,
    /// What happened.
    pub what: What,
}

impl Turn {
    /// Whether the turn is an end of the task.
    #[must_use]
    pub const fn ending(&self) -> Option<Outcome> {
        match self.what {
            What::Ended(_, outcome) => Some(outcome),
            _ => None,
        }
    }
}

/// Calls `visit` with each turn of `events`, which are a trace from its beginning, in the order in which they happened.
///
/// ```
/// use crawl_playground::engine::{moment::Moment, trace::{OriginId, TaskId, Trace, What}, wait::Wait};
/// use crawl_playground::report::turns::visit;
///
/// let mut trace = Trace::default();
/// let name = trace.text("lab/delay/100");
/// trace.push(Moment::ZERO, What::Joined(TaskId(0), name, OriginId(0)));
/// trace.push(Moment::from_us(5), What::Entered(TaskId(0), Wait::Request));
/// let mut waits = Vec::new();
/// visit(trace.events(), |turn| waits.push(turn.wait));
/// assert_eq!(waits, [None, Some(Wait::Queue)]);
/// ```
pub fn visit(events: &[Event], visit: impl FnMut(Turn)) {
    let mut fold = Fold::new(visit);
    events.iter().for_each(|event| fold.apply(event));
}
