//! Two runs held against each other, task by task.
//!
//! A task's twin is the one with the same target; of several with the same, the first is the first's twin, and so on. So
//! runs over one list are compared place by place, and crawls page by page in whatever order they were found.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::engine::moment::Moment;
use crate::engine::trace::{TaskId, Trace};
use crate::engine::wait::Wait;
use crate::timeline::rows::{Row, Rows};

pub mod choice;

/// What is compared of a task. One that has not begun has spent nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Times {
    /// When it ended, if it has.
    pub done: Option<Moment>,
    /// How long it was in flight so far, all its attempts together.
    pub in_flight: Duration,
}

/// A task of a run, and its twin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pair {
    /// The task.
    pub task: TaskId,
    /// Its times.
    pub now: Times,
    /// Its twin in the other run and the times of that, if it has one.
    pub before: Option<(TaskId, Times)>,
}

/// The tasks of a finished run beside their twins in another, in their own order. O(n log n).
///
/// ```
/// use crawl_playground::engine::{moment::Moment, outcome::Outcome, trace::{OriginId, TaskId, Trace, What}};
/// use crawl_playground::report::compared::pairs;
/// use crawl_playground::timeline::rows::Rows;
///
/// let run = |done_us| {
///     let mut trace = Trace::default();
///     let name = trace.text("lab/delay/100");
///     trace.push(Moment::ZERO, What::Joined(TaskId(0), name, OriginId(0)));
///     trace.push(Moment::from_us(done_us), What::Ended(TaskId(0), Outcome::Timeout));
///     let mut rows = Rows::default();
///     rows.advance(&trace);
///     (rows, trace)
/// };
/// let ((before, before_trace), (now, now_trace)) = (run(900), run(400));
/// let pairs = pairs((&before, &before_trace), (&now, &now_trace));
/// assert_eq!(pairs[0].now.done, Some(Moment::from_us(400)));
/// assert_eq!(pairs[0].before.unwrap().1.done, Some(Moment::from_us(900)));
/// ```
#[must_use]
pub fn pairs(before: (&Rows, &Trace), now: (&Rows, &Trace)) -> Vec<Pair> {
    let tasks = |rows: &'_ Rows| (0..rows.rows().len() as u32).map(TaskId);
    // Kept by target, the first one on top.
    let mut twins: BTreeMap<&str, Vec<(TaskId, Times)>> = BTreeMap::new();
    for task in tasks(before.0).rev() {
        let row = &before.0.rows()[task.index()];
        let twin = (task, times(row, Moment::ZERO));
        twins
            .entry(before.1.read(row.target))
            .or_default()
            .push(twin);
    }
    let pair = |task: TaskId| {
        let row = &now.0.rows()[task.index()];
        Pair {
            task,
            now: times(row, Moment::ZERO),
            before: twins.get_mut(now.1.read(row.target)).and_then(Vec::pop),
        }
    };
    tasks(now.0).map(pair).collect()
}

impl Pair {
    /// The same pair at other moments of both runs, whose rows are folded up to there. O(1) in the tasks.
    #[must_use]
    pub fn at(self, before: (&Rows, Moment), now: (&Rows, Moment)) -> Self {
        let times = |(rows, at): (&Rows, Moment), task: TaskId| {
            let row = rows.rows().get(task.index());
            row.map_or_else(Times::default, |row| times(row, at))
        };
        Self {
            now: times(now, self.task),
            before: self.before.map(|(twin, _)| (twin, times(before, twin))),
            ..self
        }
    }
}

fn times(row: &Row, at: Moment) -> Times {
    let spent_us = row.spent_us(at);
    let in_flight = Wait::ALL.into_iter().filter(|wait| wait.is_in_flight());
    Times {
        done: row.outcome.map(|_| row.end_at(at)),
        in_flight: Duration::from_micros(in_flight.map(|wait| spent_us[wait.index()]).sum()),
    }
}
