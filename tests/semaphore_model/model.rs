//! A semaphore so plain that it is obviously right: a queue of numbers, a count, and no clever structure.

use std::collections::{BTreeMap, VecDeque};

/// A waiter's number: its place in the order of asking.
pub(crate) type Id = usize;

/// What a waiter would be told if it were polled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Verdict {
    Wait,
    Granted,
    Refused,
}

#[derive(Default)]
pub(crate) struct Model {
    pub(crate) limit: usize,
    pub(crate) closed: bool,
    pub(crate) in_use: usize,
    pub(crate) line: VecDeque<Id>,
    pub(crate) verdicts: BTreeMap<Id, Verdict>,
    /// By waiter, the number of the waker that it was last polled with.
    pub(crate) wakers: BTreeMap<Id, usize>,
    /// The wakers that must have been woken, in order, since this was last emptied.
    pub(crate) woken: Vec<usize>,
}

impl Model {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit,
            ..Self::default()
        }
    }

    pub(crate) fn acquire(&mut self, id: Id) {
        let verdict = if self.closed {
            Verdict::Refused
        } else if self.take() {
            Verdict::Granted
        } else {
            self.line.push_back(id);
            Verdict::Wait
        };
        self.verdicts.insert(id, verdict);
    }

    /// Takes a permit if one is free and nobody waits.
    pub(crate) fn take(&mut self) -> bool {
        let free = !self.closed && self.line.is_empty() && self.in_use < self.limit;
        self.in_use += usize::from(free);
        free
    }

    pub(crate) fn poll(&mut self, id: Id, waker: usize) -> Verdict {
        let verdict = self.verdicts[&id];
        if verdict == Verdict::Wait {
            self.wakers.insert(id, waker);
        } else {
            self.verdicts.remove(&id);
        }
        verdict
    }

    pub(crate) fn drop_waiter(&mut self, id: Id) {
        match self.verdicts.remove(&id) {
            Some(Verdict::Wait) => self.line.retain(|other| *other != id),
            Some(Verdict::Granted) => self.give_back(),
            Some(Verdict::Refused) | None => {}
        }
        self.wakers.remove(&id);
    }

    pub(crate) fn give_back(&mut self) {
        self.in_use -= 1;
        self.let_in();
    }

    pub(crate) fn forget(&mut self) {
        self.limit = self.limit.saturating_sub(1);
        self.give_back();
    }

    pub(crate) fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
        self.let_in();
    }

    pub(crate) fn close(&mut self) {
        self.closed = true;
        while let Some(id) = self.line.pop_front() {
            self.settle(id, Verdict::Refused);
        }
    }

    fn let_in(&mut self) {
        while self.in_use < self.limit
            && let Some(id) = self.line.pop_front()
        {
            self.in_use += 1;
            self.settle(id, Verdict::Granted);
        }
    }

    fn settle(&mut self, id: Id, verdict: Verdict) {
        self.verdicts.insert(id, verdict);
        self.woken.extend(self.wakers.remove(&id));
    }
}
