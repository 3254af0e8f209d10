//! The state of a semaphore: what is in use, who waits, and the delivery of wake-ups.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::task::Waker;

use super::line::Line;

/// A semaphore's state.
pub(super) struct Core {
    pub(super) limit: Cell<usize>,
    pub(super) in_use: Cell<usize>,
    pub(super) line: Line,
    /// Whether a wake-up is being delivered somewhere up the call stack.
    waking: Cell<bool>,
    /// Wake-ups that arose meanwhile, in order.
    due: RefCell<VecDeque<Waker>>,
    /// Whether there are any.
    has_due: Cell<bool>,
}

impl Core {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit: Cell::new(limit),
            in_use: Cell::new(0),
            line: Line::default(),
            waking: Cell::new(false),
            due: RefCell::default(),
            has_due: Cell::new(false),
        }
    }

    /// Counts one more permit as in use, if that keeps promises 1 and 2.
    #[inline]
    pub(super) fn take_free(&self) -> bool {
        let in_use = self.in_use.get();
        let is_free = in_use < self.limit.get() && self.line.len() == 0 && !self.line.is_closed();
        if is_free {
            self.in_use.set(in_use + 1);
        }
        is_free
    }

    /// Takes a permit back, and hands it on if the limit allows and someone waits.
    ///
    /// Never inlined: with it inlined into each drop of a permit, a hand-off takes longer.
    #[inline(never)]
    pub(super) fn give_back(&self) {
        let in_use = self.in_use.get();
        if in_use > self.limit.get() || self.line.len() == 0 {
            self.in_use.set(in_use - 1);
        } else if let Some(waker) = self.line.settle_oldest() {
            self.wake(waker);
        }
    }

    /// Lets the oldest `count` in line go. Returns their wakers.
    pub(super) fn settle(&self, count: usize) -> Vec<Waker> {
        let settle = |_| self.line.settle_oldest();
        (0..count).filter_map(settle).collect()
    }

    pub(super) fn wake_all(&self, wakers: Vec<Waker>) {
        wakers.into_iter().for_each(|waker| self.put_off(waker));
        if !self.waking.replace(true) {
            let _delivering = Delivering(&self.waking);
            self.deliver_due();
        }
    }

    #[inline]
    fn wake(&self, waker: Waker) {
        if self.waking.replace(true) {
            return self.put_off(waker);
        }
        let _delivering = Delivering(&self.waking);
        waker.wake();
        if self.has_due.get() {
            self.deliver_due();
        }
    }

    #[cold]
    #[inline(never)]
    fn put_off(&self, waker: Waker) {
        self.has_due.set(true);
        self.due.borrow_mut().push_back(waker);
    }

    #[cold]
    #[inline(never)]
    fn deliver_due(&self) {
        loop {
            // Bound first, so that the borrow ends before the waker runs.
            let next = self.due.borrow_mut().pop_front();
            let Some(waker) = next else { break };
            waker.wake();
        }
        self.has_due.set(false);
    }
}

/// While it lives, a wake-up is being delivered. It ends also if the waker panics.
struct Delivering<'a>(&'a Cell<bool>);

impl Drop for Delivering<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}
