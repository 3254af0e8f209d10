//! The permits of a run as a picture: slots that are lent, the tasks that hold them, and the line of those that wait.
//!
//! Like the rows it is a fold over the trace up to a cursor. A permit has no number of its own; here it gets one, so that
//! a task keeps its slot until it gives it back: who is granted a permit takes the first slot that is free.

use super::turns::permits::Permits;
use super::turns::{By, Release};
use crate::engine::moment::Moment;
use crate::engine::trace::{Event, TaskId, Trace, What};
use crate::engine::wait::Wait;

pub use words::{lends, task_name};

pub mod moves;
mod words;

/// What is in a slot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holding {
    /// A permit that nobody has.
    Free,
    /// Nothing: the limit was lowered, and too many are out still.
    KeptBack,
    /// A permit on its way to a task, which has not taken it yet.
    Handed(TaskId),
    /// A task's permit, and what the task does with it.
    Held(TaskId, Wait),
}

/// A slot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Slot {
    /// What is in it.
    pub holding: Holding,
    /// Whether it is one more than there are permits now: the limit was lowered while it was lent.
    pub is_over: bool,
}

#[derive(Clone, Copy)]
struct Task {
    wait: Option<Wait>,
    is_lent: bool,
    slot: Option<usize>,
}

/// The permits of a run up to a cursor.
///
/// ```
/// use crawl_playground::engine::{moment::Moment, trace::{OriginId, TaskId, Trace, What}, wait::Wait};
/// use crawl_playground::report::lending::{Holding, Lending};
///
/// let (mut trace, at) = (Trace::default(), Moment::ZERO);
/// let name = trace.text("lab/delay/100");
/// trace.push(at, What::Limit(1));
/// for task in [TaskId(0), TaskId(1)] {
///     trace.push(at, What::Joined(task, name, OriginId(0)));
///     trace.push(at, What::Entered(task, Wait::Permit));
/// }
/// trace.push(at, What::Lent(TaskId(0)));
/// trace.push(at, What::Entered(TaskId(0), Wait::Request));
/// let mut lending = Lending::default();
/// lending.advance_to(&trace, trace.events().len());
/// assert_eq!(lending.slot(0).unwrap().holding, Holding::Held(TaskId(0), Wait::Request));
/// assert_eq!(lending.line().collect::<Vec<_>>(), [TaskId(1)]);
/// ```
#[derive(Clone, Default)]
pub struct Lending {
    permits: Permits,
    tasks: Vec<Task>,
    slots: Vec<Option<TaskId>>,
    /// Those whose requests are out, in the order in which they went.
    in_flight: Vec<TaskId>,
    has_lent: bool,
    cursor: usize,
}

impl Lending {
    /// Folds what is new in `trace` up to the event at `place`, which is left for later.
    pub fn advance_to(&mut self, trace: &Trace, place: usize) {
        let new = trace.between(self.cursor, place);
        self.cursor += new.len();
        new.iter().for_each(|event| self.apply(event));
    }

    /// How many events are folded.
    #[must_use]
    pub const fn cursor(&self) -> usize {
        self.cursor
    }

    fn apply(&mut self, &Event { at, what }: &Event) {
        match what {
            What::Joined(..) => self.tasks.push(Task {
                wait: Some(Wait::Queue),
                is_lent: false,
                slot: None,
            }),
            What::Entered(task, wait) => self.go_on(task, Some(wait)),
            What::Ended(task, _) => self.go_on(task, None),
            What::Lent(task) => {
                self.has_lent = true;
                self.permits.lend(task);
                // One that the trace does not explain.
                take_slot(&mut self.tasks, &mut self.slots, task);
                self.with(task, |task| task.is_lent = true);
            }
            What::Returned(task) => {
                self.free_slot(task);
                self.with(task, |task| task.is_lent = false);
                let from = Release {
                    by: By::Permit,
                    task: Some(task),
                    at,
                    turn: None,
                };
                let (tasks, slots) = (&mut self.tasks, &mut self.slots);
                let mut granted = |task| take_slot(tasks, slots, task);
                self.permits.give_back(from, &mut granted);
            }
            What::Limit(limit) => self.set_limit(limit, at),
            _ => {}
        }
    }

    fn set_limit(&mut self, limit: u32, at: Moment) {
        let (tasks, slots) = (&mut self.tasks, &mut self.slots);
        let mut granted = |task| take_slot(tasks, slots, task);
        self.permits.set_limit(limit, at, &mut granted);
    }

    /// A task goes on to `next`, or ends.
    fn go_on(&mut self, id: TaskId, next: Option<Wait>) {
        let Some(task) = self.tasks.get(id.index()).copied() else {
            return;
        };
        let now = task.wait;
        if now == Some(Wait::Permit) && !task.is_lent {
            // What it was granted goes on to the next.
            self.free_slot(id);
            let (tasks, slots) = (&mut self.tasks, &mut self.slots);
            let mut granted = |task| take_slot(tasks, slots, task);
            self.permits.leave(id, &mut granted);
        }
        if next == Some(Wait::Permit) {
            let (tasks, slots) = (&mut self.tasks, &mut self.slots);
            let mut granted = |task| take_slot(tasks, slots, task);
            self.permits.ask(id, &mut granted);
        }
        let was_out = now.is_some_and(Wait::is_in_flight);
        let is_out = next.is_some_and(Wait::is_in_flight);
        if is_out && !was_out {
            self.in_flight.push(id);
        } else if was_out && !is_out {
            self.in_flight.retain(|task| *task != id);
        }
        self.with(id, |task| task.wait = next);
    }

    fn free_slot(&mut self, id: TaskId) {
        let slot = self.tasks.get_mut(id.index());
        let slot = slot.and_then(|task| task.slot.take());
        if let Some(slot) = slot.and_then(|slot| self.slots.get_mut(slot)) {
            *slot = None;
        }
    }

    fn with(&mut self, task: TaskId, change: impl FnOnce(&mut Task)) {
        if let Some(task) = self.tasks.get_mut(task.index()) {
            change(task);
        }
    }

    /// How many permits there are.
    #[must_use]
    pub const fn limit(&self) -> usize {
        self.permits.limit()
    }

    /// How many of them are lent, or on their way to a task.
    #[must_use]
    pub const fn in_use(&self) -> usize {
        self.permits.in_use()
    }

    /// Whether any was ever lent.
    #[must_use]
    pub const fn has_lent(&self) -> bool {
        self.has_lent
    }

    /// How many slots there are: one a permit, and those that are lent still though the limit was lowered.
    #[must_use]
    pub fn slots(&self) -> usize {
        let last = self.slots.iter().rposition(Option::is_some);
        self.limit().max(last.map_or(0, |last| last + 1))
    }

    /// The slot at this place, from 0.
    #[must_use]
    pub fn slot(&self, place: usize) -> Option<Slot> {
        if place >= self.slots() {
            return None;
        }
        let is_over = place >= self.limit();
        let holder = self.slots.get(place).copied().flatten();
        let holding = match holder.and_then(|id| Some((id, self.tasks.get(id.index())?))) {
            Some((id, task)) if task.is_lent => Holding::Held(id, task.wait.unwrap_or(Wait::Pause)),
            Some((id, _)) => Holding::Handed(id),
            None if self.in_use() < self.limit() => Holding::Free,
            None => Holding::KeptBack,
        };
        Some(Slot { holding, is_over })
    }

    /// Those who stand in line, the first first.
    pub fn line(&self) -> impl Iterator<Item = TaskId> + '_ {
        self.permits.line().iter()
    }

    /// How many stand in line.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.permits.line().len()
    }

    /// The tasks whose requests are out, in the order in which they went.
    #[must_use]
    pub fn in_flight(&self) -> &[TaskId] {
        &self.in_flight
    }
}

/// Gives `task` the first slot that is free, unless it has one.
fn take_slot(tasks: &mut [Task], slots: &mut Vec<Option<TaskId>>, id: TaskId) {
    let Some(task) = tasks.get_mut(id.index()) else {
        return;
    };
    if task.slot.is_some() {
        return;
    }
    let free = slots.iter().position(Option::is_none);
    let free = free.unwrap_or_else(|| {
        slots.push(None);
        slots.len() - 1
    });
    slots[free] = Some(id);
    task.slot = Some(free);
}
