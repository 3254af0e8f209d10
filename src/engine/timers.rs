//! Timers of any clock: soonest first, and in the order of setting where they are due together.
//!
//! In the page one alarm of the browser's rings for all of them. (Virtual time has its own, in `sim::agenda`, which also
//! keeps its tasks.)
//! Nothing here knows what time it is, and nothing here wakes anyone: wakers are handed out, to be woken and dropped
//! when nothing is borrowed any more.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::task::Waker;

use slab::Slab;

use super::moment::Moment;

/// So few entries are not worth tidying up.
const FEW: usize = 64;

/// Timers, each with the waker of whom it is for. Set in O(log n), cleared in amortised O(1).
///
/// ```
/// use crawl_playground::engine::moment::Moment;
/// use crawl_playground::engine::timers::Timers;
/// use std::task::Waker;
///
/// let mut timers = Timers::default();
/// let late = timers.set(Moment::from_ms(30.0), Waker::noop().clone());
/// let soon = timers.set(Moment::from_ms(10.0), Waker::noop().clone());
/// assert_eq!(timers.next_due(), Some(Moment::from_ms(10.0)));
///
/// timers.clear(soon);
/// assert!(timers.fire_due(Moment::from_ms(29.0)).is_none());
/// assert!(timers.fire_due(Moment::from_ms(30.0)).is_some());
/// assert!(timers.waker(late).is_none());
/// ```
#[derive(Default)]
pub struct Timers {
    /// (due, order of setting, slot). A cleared timer leaves its entry behind, which is dead: it goes when it comes up,
    /// or when more than half of the entries are dead. So timeouts that are long and nearly never fire don't pile up.
    heap: BinaryHeap<Reverse<Entry>>,
    set: Slab<Timer>,
    count: u64,
}

type Entry = (Moment, u64, usize);

struct Timer {
    order: u64,
    waker: Waker,
}

/// A timer that was set. It does not clear itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Key {
    slot: usize,
    order: u64,
}

impl Timers {
    /// Sets a timer.
    pub fn set(&mut self, due: Moment, waker: Waker) -> Key {
        let order = self.count;
        self.count += 1;
        let slot = self.set.insert(Timer { order, waker });
        self.heap.push(Reverse((due, order, slot)));
        Key { slot, order }
    }

    /// The waker of a timer; `None` if it has fired or was cleared.
    #[must_use]
    pub fn waker(&self, key: Key) -> Option<&Waker> {
        let timer = self.set.get(key.slot)?;
        (timer.order == key.order).then_some(&timer.waker)
    }

    /// Exchanges the waker of a timer, and hands out the one that is not wanted: the old one, or this one if the timer
    /// has fired or was cleared.
    pub fn set_waker(&mut self, key: Key, waker: Waker) -> Waker {
        match self.set.get_mut(key.slot) {
            Some(timer) if timer.order == key.order => std::mem::replace(&mut timer.waker, waker),
            _ => waker,
        }
    }

    /// Clears a timer; nothing happens if it has fired. The waker is the caller's to drop.
    pub fn clear(&mut self, key: Key) -> Option<Waker> {
        self.waker(key)?;
        let waker = self.set.remove(key.slot).waker;
        self.tidy();
        Some(waker)
    }

    /// When the next timer is due.
    pub fn next_due(&mut self) -> Option<Moment> {
        while let Some(&Reverse(entry)) = self.heap.peek() {
            if is_alive(&self.set, entry) {
                return Some(entry.0);
            }
            self.heap.pop();
        }
        None
    }

    /// Takes out the next timer if it is due by `now`, and hands out its waker.
    pub fn fire_due(&mut self, now: Moment) -> Option<Waker> {
        if self.next_due()? > now {
            return None;
        }
        let Reverse((_, _, slot)) = self.heap.pop()?;
        let waker = self.set.try_remove(slot)?.waker;
        self.tidy();
        Some(waker)
    }

    /// How many are set.
    #[must_use]
    pub fn len(&self) -> usize {
        self.set.len()
    }

    /// Whether none is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    /// Takes out the dead entries if they are more than half. It looks at less than two entries for each that dies.
    fn tidy(&mut self) {
        if self.heap.len() > FEW.max(2 * self.set.len()) {
            self.heap
                .retain(|&Reverse(entry)| is_alive(&self.set, entry));
        }
    }
}

/// Whether the timer of this entry is still set: its slot may be another's by now, but never its number.
fn is_alive(set: &Slab<Timer>, (_, order, slot): Entry) -> bool {
    set.get(slot).is_some_and(|timer| timer.order == order)
}

#[cfg(test)]
mod tests {
    use super::{FEW, Moment, Timers, Waker};

    #[test]
    fn cleared_timers_do_not_pile_up() {
        let mut timers = Timers::default();
        let mut alive = std::collections::VecDeque::new();
        for request in 0..20_000 {
            let due = Moment::from_us(30_000_000 + request);
            alive.push_back(timers.set(due, Waker::noop().clone()));
            if alive.len() > 100 {
                assert!(
                    alive
                        .pop_front()
                        .and_then(|key| timers.clear(key))
                        .is_some()
                );
            }
            assert!(timers.heap.len() <= FEW.max(2 * timers.len()));
        }
        assert_eq!(timers.len(), 100);
        // Those that are left fire, and leave nothing behind.
        while timers.fire_due(Moment::from_us(u64::MAX)).is_some() {
            assert!(timers.heap.len() <= FEW.max(2 * timers.len()));
        }
        assert_eq!((timers.len(), timers.next_due()), (0, None));
        assert_eq!(timers.heap.len(), 0);
    }
}
