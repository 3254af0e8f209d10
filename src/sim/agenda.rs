//! Timers that are set: soonest first, and in the order of setting where they are due together.
//!
//! A heap of 16-byte keys (due, order of setting, who is to be told), and a second one of those among them that were
//! cleared. Time does not go back, so it is a heap for numbers that grow ([`super::radix_heap`]). Keys are unique, so when
//! both heaps have the same head, both drop it. As timers fire in the order of their keys, a key tells by itself whether it
//! has come up. So there is no table of timers beside the heap: to set a timer and to fire it touches nothing else.

use std::num::NonZeroU64;

use super::radix_heap::RadixHeap;
use crate::engine::moment::Moment;

/// Fewer cleared timers than this are not worth a sweep.
const FEW: usize = 64;
/// Bits of a key that say who is to be told. The order of setting has the other 36 of the lower half.
const TARGET_BITS: u32 = 28;
const LAST_ORDER: u64 = u64::MAX >> TARGET_BITS;
/// With fewer timers than this, all that they lead to is near at hand.
const MANY: usize = 1_024;
/// So many together are looked ahead to at most.
const AHEAD: usize = 64;

/// Timers that tell a target each, which is a number below 2^28.
///
/// On an average a timer is set and cleared in O(1), and fired in some steps whose number grows with log n. It takes 16
/// bytes until it comes up. A cleared one takes 32 until then, or until there are as many as of the others, when they are
/// swept out.
///
/// Timers that are due together fire in the order of setting, for the first 68 thousand million; of those after them,
/// in the order of their targets.
pub(super) struct Agenda {
    heap: RadixHeap,
    /// The heap's bucket that was looked ahead to, with all that were below it; 0 if that was none.
    told: u32,
    cleared: RadixHeap,
    /// The order of the next timer.
    order: u64,
    /// The key that came up last.
    fired: u128,
}

/// A timer that was set. It does not clear itself.
#[derive(Clone, Copy)]
pub(super) struct Key {
    pub(super) due: Moment,
    pub(super) tail: Tail,
}

/// What a key has besides its due time: the order of setting above the target. Orders begin at 1, so that an `Option` of
/// it is no larger.
#[derive(Clone, Copy)]
pub(super) struct Tail(NonZeroU64);

impl Key {
    pub(super) fn target(self) -> usize {
        target_of(self.packed())
    }

    fn packed(self) -> u128 {
        u128::from(self.due.as_us()) << 64 | u128::from(self.tail.0.get())
    }
}

fn due_of(packed: u128) -> Moment {
    Moment::from_us((packed >> 64) as u64)
}

fn target_of(packed: u128) -> usize {
    packed as usize & ((1 << TARGET_BITS) - 1)
}

impl Default for Agenda {
    fn default() -> Self {
        Self {
            heap: RadixHeap::default(),
            told: 0,
            cleared: RadixHeap::default(),
            order: 1,
            fired: 0,
        }
    }
}

impl Agenda {
    /// Sets a timer. It must be due after the last that fired.
    ///
    /// # Panics
    /// For a target of 2^28 or more: a table with so many places takes gigabytes.
    pub(super) fn set(&mut self, due: Moment, target: usize) -> Key {
        assert!(
            target >> TARGET_BITS == 0,
            "there are more than 268 million places for timers"
        );
        debug_assert!(
            due > due_of(self.fired) || self.fired == 0,
            "time has passed it by"
        );
        let tail = self.order << TARGET_BITS | target as u64;
        self.order = LAST_ORDER.min(self.order + 1);
        let tail = Tail(NonZeroU64::MIN.saturating_add(tail - 1));
        let key = Key { due, tail };
        self.heap.push(key.packed());
        key
    }

    /// Whether a timer has neither fired nor been cleared, if the caller has not cleared it.
    pub(super) fn is_set(&self, key: Key) -> bool {
        key.packed() > self.fired
    }

    /// Clears a timer that was not cleared before, unless it has fired, which is what it returns `false` for.
    pub(super) fn clear(&mut self, key: Key) -> bool {
        if !self.is_set(key) {
            return false;
        }
        self.cleared.push(key.packed());
        self.tidy();
        true
    }

    /// Takes the next timer out if it is due by `end`, and hands out when it was due and its target.
    pub(super) fn fire_next(&mut self, end: Moment) -> Option<(Moment, usize)> {
        let key = self.next().filter(|key| due_of(*key) <= end)?;
        self.heap.pop();
        self.fired = key;
        self.tidy();
        Some((due_of(key), target_of(key)))
    }

    fn next(&mut self) -> Option<u128> {
        loop {
            let key = self.heap.peek()?;
            if self.cleared.peek() != Some(key) {
                return Some(key);
            }
            self.cleared.pop();
            self.heap.pop();
        }
    }

    /// The targets of timers that will fire next, if there are many and it has not told them yet.
    ///
    /// To fetch what a hundred thousand timers lead to from memory, one after the other, takes longer than all else.
    /// Whoever looks at it for many timers together waits once for all.
    pub(super) fn look_ahead(&mut self) -> impl Iterator<Item = usize> {
        let (place, nearest) = self.heap.nearest();
        let is_new = place >= self.told;
        let is_time = is_new && (1..=AHEAD).contains(&nearest.len());
        if is_new {
            self.told = if is_time { place } else { 0 };
        }
        let is_worth_it = is_time && self.heap.len() >= MANY;
        let told = nearest.iter().filter(move |_| is_worth_it);
        told.map(|key| target_of(*key))
    }

    /// Gives memory back if no timer is set.
    pub(super) fn shrink(&mut self) {
        if self.next().is_none() {
            self.heap = RadixHeap::above(self.fired);
            self.cleared = RadixHeap::above(self.fired);
        }
    }

    /// Cleared timers are no more than a few, or no more than the others.
    fn tidy(&mut self) {
        if self.cleared.len() > FEW && self.cleared.len() > self.heap.len() / 2 {
            self.sweep();
        }
    }

    /// Takes the cleared timers out of the heap: O(n log n) for the n/2 that it takes out at least.
    #[cold]
    fn sweep(&mut self) {
        let in_order = std::iter::from_fn(|| self.cleared.pop());
        let cleared: Vec<u128> = in_order.collect();
        self.heap.retain(|key| cleared.binary_search(key).is_err());
        self.cleared = RadixHeap::above(self.fired);
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
