//! The fold of a trace into turns: who waits for what, and who was the last that let others go on.

use super::line::{Line, Ticket};
use super::permits::Permits;
use super::{By, Release, Turn};
use crate::engine::moment::Moment;
use crate::engine::trace::{Event, TaskId, What};
use crate::engine::wait::Wait;

/// A task's turn, kept for those whom it lets go on.
type Mark = (TaskId, Moment, u32);

/// Who is granted a permit is not told here: who lets a task go on is known once it has it.
const fn nobody(_: TaskId) {}

fn release(by: By, (task, at, turn): Mark) -> Release {
    Release {
        by,
        task: Some(task),
        at,
        turn: Some(turn),
    }
}

#[derive(Clone, Default)]
struct Task {
    wait: Option<Wait>,
    turn: u32,
    origin: usize,
    /// It holds a permit.
    is_lent: bool,
    /// Its own last answer was worth another try.
    is_again: bool,
    /// Its place in the line at its host.
    ticket: Option<Ticket>,
    /// The place at its host that it was given.
    placed: Option<Mark>,
}

#[derive(Clone, Default)]
struct Host {
    line: Line,
    sent: Option<Mark>,
    asked_break: Option<Mark>,
}

pub(super) struct Fold<F> {
    visit: F,
    turns: u32,
    tasks: Vec<Task>,
    hosts: Vec<Host>,
    permits: Permits,
    /// The last request that was sent.
    sent: Option<Mark>,
    /// Who was the last to be in flight no more.
    left: Option<Mark>,
    /// Who was the last to be done with something.
    done: Option<Mark>,
}

impl<F: FnMut(Turn)> Fold<F> {
    pub(super) fn new(visit: F) -> Self {
        Self {
            visit,
            turns: 0,
            tasks: Vec::new(),
            hosts: Vec::new(),
            permits: Permits::default(),
            sent: None,
            left: None,
            done: None,
        }
    }

    pub(super) fn apply(&mut self, &Event { at, what }: &Event) {
        match what {
            What::Joined(task, _, origin) => {
                let origin = origin.index();
                if self.hosts.len() <= origin {
                    self.hosts.resize(origin + 1, Host::default());
                }
                self.tasks.push(Task {
                    wait: Some(Wait::Queue),
                    origin,
                    ..Task::default()
                });
                let release = self.done.map(|done| release(By::Found, done));
                self.show(Turn {
                    task,
                    at,
                    wait: None,
                    before: None,
                    release,
                    what,
                });
            }
            What::Entered(task, wait) => self.go_on(task, at, what, Some(wait)),
            What::Ended(task, _) => self.go_on(task, at, what, None),
            What::Lent(task) => {
                let by = self.permits.lend(task);
                self.with(task, |task| task.is_lent = true);
                self.turn(task, at, what, by);
            }
            What::Returned(task) => {
                self.with(task, |task| task.is_lent = false);
                if let Some(mark) = self.turn(task, at, what, None) {
                    self.permits
                        .give_back(release(By::Permit, mark), &mut nobody);
                }
            }
            What::Limit(limit) => self.permits.set_limit(limit, at, &mut nobody),
            What::Collected(task) => {
                // Taken once the one before was done with.
                let since = self.tasks.get(task.index()).map(|task| task.turn);
                let done = self.done.filter(|done| Some(done.2) > since);
                let mark = self.turn(task, at, what, done.map(|done| release(By::Done, done)));
                self.done = mark.or(self.done);
            }
            What::Read(task, _) => {
                let mark = self.turn(task, at, what, None);
                self.done = mark.or(self.done);
            }
            What::Status(task, _) => {
                self.turn(task, at, what, None);
            }
            What::Again { task, is_told, .. } => {
                self.with(task, |task| task.is_again = true);
                let mark = self.turn(task, at, what, None);
                if let Some(host) = self.host(task).filter(|_| is_told) {
                    host.asked_break = mark;
                }
            }
            _ => {}
        }
    }

    /// A task goes on to `next`, or ends.
    fn go_on(&mut self, id: TaskId, at: Moment, what: What, next: Option<Wait>) {
        let Some(task) = self.tasks.get(id.index()).cloned() else {
            return;
        };
        let Some(now) = task.wait else { return };
        let host = self.hosts.get(task.origin);
        let (sent, asked_break) = host.map_or((None, None), |host| (host.sent, host.asked_break));
        let is_late = |mark: &Mark| mark.2 > task.turn;
        let by = match now {
            Wait::Queue | Wait::Handover => {
                let done = self.done.filter(is_late);
                done.map(|done| release(By::Done, done))
            }
            Wait::Permit if !task.is_lent && next == Some(Wait::Request) => {
                let left = self.left.filter(is_late);
                left.map(|left| release(By::Ceiling, left))
            }
            Wait::HostPermit => task.placed.map(|left| release(By::HostPlace, left)),
            Wait::Host => sent.map(|sent| release(By::HostClock, sent)),
            Wait::Token => self.sent.map(|sent| release(By::Token, sent)),
            Wait::Backoff if !task.is_again => asked_break.map(|asked| release(By::Break, asked)),
            _ => None,
        };
        // Who is cancelled or ends has not got what it waited for.
        let by = by.filter(|_| next.is_some());
        let Some(mark) = self.turn(id, at, what, by) else {
            return;
        };
        if now == Wait::Permit && !task.is_lent {
            self.permits.leave(id, &mut nobody);
        }
        if next == Some(Wait::Permit) {
            self.permits.ask(id, &mut nobody);
        }
        if now.is_in_flight() && !next.is_some_and(Wait::is_in_flight) {
            self.left = Some(mark);
            let waiting = self.host(id).and_then(|host| host.line.next());
            if let Some(first) = waiting {
                self.with(first, |task| task.placed = Some(mark));
            }
        }
        if now == Wait::HostPermit && task.placed.is_none() {
            self.leave_host(id);
        }
        match next {
            Some(Wait::Request) => {
                self.sent = Some(mark);
                if let Some(host) = self.host(id) {
                    host.sent = Some(mark);
                }
            }
            Some(Wait::HostPermit) => {
                let ticket = self.host(id).map(|host| host.line.join(id));
                self.with(id, |task| task.ticket = ticket);
            }
            _ => {}
        }
        if matches!(now, Wait::Download | Wait::Parse)
            || matches!(next, None | Some(Wait::Handover))
        {
            self.done = Some(mark);
        }
        self.with(id, |task| {
            task.wait = next;
            task.placed = None;
            task.is_again &= now != Wait::Backoff;
        });
    }

    /// Who leaves the line for a place without one was let in otherwise: by a higher limit, or not at all.
    fn leave_host(&mut self, id: TaskId) {
        let ticket = self
            .tasks
            .get_mut(id.index())
            .and_then(|task| task.ticket.take());
        if let Some((host, ticket)) = self.host(id).zip(ticket) {
            host.line.leave(ticket);
        }
    }

    /// Tells of a turn. What the task does stays what it was.
    fn turn(&mut self, id: TaskId, at: Moment, what: What, by: Option<Release>) -> Option<Mark> {
        let task = self.tasks.get(id.index())?;
        let turn = Turn {
            task: id,
            at,
            wait: task.wait,
            before: Some(task.turn),
            release: by,
            what,
        };
        Some(self.show(turn))
    }

    fn show(&mut self, turn: Turn) -> Mark {
        let place = self.turns;
        self.turns += 1;
        (self.visit)(turn);
        self.with(turn.task, |task| task.turn = place);
        (turn.task, turn.at, place)
    }

    fn with(&mut self, task: TaskId, change: impl FnOnce(&mut Task)) {
        if let Some(task) = self.tasks.get_mut(task.index()) {
            change(task);
        }
    }

    fn host(&mut self, task: TaskId) -> Option<&mut Host> {
        let origin = self.tasks.get(task.index())?.origin;
        self.hosts.get_mut(origin)
    }
}
