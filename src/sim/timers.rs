//! The timers of a virtual world: soonest first, and in the order of setting where they are due together.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::task::Waker;

use slab::Slab;

use crate::engine::moment::Moment;

/// Set in O(log n), cleared in O(1).
#[derive(Default)]
pub(super) struct Timers {
    /// (due, order of setting, key). A cleared timer stays until it comes up, and is then passed over.
    heap: BinaryHeap<Reverse<(Moment, u64, usize)>>,
    set: Slab<Timer>,
    count: u64,
}

struct Timer {
    order: u64,
    waker: Waker,
}

/// A timer that is set. It does not clear itself.
#[derive(Clone, Copy)]
pub(super) struct Key {
    slot: usize,
    order: u64,
}

impl Timers {
    pub(super) fn set(&mut self, due: Moment, waker: Waker) -> Key {
        let order = self.count;
        self.count += 1;
        let slot = self.set.insert(Timer { order, waker });
        self.heap.push(Reverse((due, order, slot)));
        Key { slot, order }
    }

    /// Exchanges the waker of a timer that has not fired, and hands out the old one.
    pub(super) fn set_waker(&mut self, key: Key, waker: Waker) -> Option<Waker> {
        let timer = self
            .set
            .get_mut(key.slot)
            .filter(|timer| timer.order == key.order)?;
        Some(std::mem::replace(&mut timer.waker, waker))
    }

    /// Clears a timer; nothing happens if it has fired. The waker is the caller's to drop.
    pub(super) fn clear(&mut self, key: Key) -> Option<Waker> {
        let is_set = self
            .set
            .get(key.slot)
            .is_some_and(|timer| timer.order == key.order);
        is_set.then(|| self.set.remove(key.slot).waker)
    }

    /// When the next timer is due.
    pub(super) fn next_due(&mut self) -> Option<Moment> {
        while let Some(Reverse((due, order, slot))) = self.heap.peek() {
            if self
                .set
                .get(*slot)
                .is_some_and(|timer| timer.order == *order)
            {
                return Some(*due);
            }
            self.heap.pop();
        }
        None
    }

    /// Takes the next timer out and hands out its waker.
    pub(super) fn fire_next(&mut self) -> Option<Waker> {
        self.next_due()?;
        let Reverse((_, _, slot)) = self.heap.pop()?;
        self.set.try_remove(slot).map(|timer| timer.waker)
    }
}
