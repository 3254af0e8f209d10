//! A heap of numbers, the least on top, in which each node has four children that share a cache line.
//!
//! Beside a binary heap it is half as deep, so it waits for memory half as often; see A. LaMarca and R. Ladner, "The
//! Influence of Caches on the Performance of Heaps" (1996). The top is number 3 and the children of number n are
//! 4(n − 2) to 4(n − 2) + 3, so that siblings make up a group.

/// Nothing: sorts behind all that is in a heap.
const NONE: u128 = u128::MAX;
const TOP: usize = 3;

/// Siblings, in one cache line.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Group([u128; 4]);

/// A heap of numbers below `u128::MAX`. Push and pop are O(log n).
#[derive(Default)]
pub(super) struct Heap {
    /// Where nobody is, there is [`NONE`].
    groups: Vec<Group>,
    len: usize,
}

impl Heap {
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The least.
    #[inline]
    pub(super) fn peek(&self) -> Option<u128> {
        let top = self.groups.first()?.0[TOP];
        (top != NONE).then_some(top)
    }

    pub(super) fn push(&mut self, key: u128) {
        if self.groups.is_empty() {
            self.groups.push(Group([NONE; 4]));
        }
        let mut place = TOP + self.len;
        self.len += 1;
        if place / 4 == self.groups.len() {
            self.groups.push(Group([NONE; 4]));
        }
        while place > TOP {
            let parent = place / 4 + 2;
            let above = self.get(parent);
            if above <= key {
                break;
            }
            self.set(place, above);
            place = parent;
        }
        self.set(place, key);
    }

    /// Takes the least out.
    pub(super) fn pop(&mut self) -> Option<u128> {
        let least = self.peek()?;
        self.len -= 1;
        let end = TOP + self.len;
        let last = self.get(end);
        self.set(end, NONE);
        if end.is_multiple_of(4) {
            self.groups.pop();
        }
        if self.len == 0 {
            return Some(least);
        }
        // The last one takes the place of the first, and sinks.
        let mut place = TOP;
        while let Some(group) = self.groups.get(place - 2) {
            let (offset, child) = least_of(group);
            if child >= last {
                break;
            }
            self.set(place, child);
            place = 4 * (place - 2) + offset;
        }
        self.set(place, last);
        Some(least)
    }

    fn get(&self, place: usize) -> u128 {
        self.groups[place / 4].0[place % 4]
    }

    fn set(&mut self, place: usize, key: u128) {
        self.groups[place / 4].0[place % 4] = key;
    }
}

fn least_of(&Group([a, b, c, d]): &Group) -> (usize, u128) {
    let (ab, least_ab) = if b < a { (1, b) } else { (0, a) };
    let (cd, least_cd) = if d < c { (3, d) } else { (2, c) };
    if least_cd < least_ab {
        (cd, least_cd)
    } else {
        (ab, least_ab)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::Heap;

    proptest! {
        #[test]
        fn it_hands_out_the_least(steps in prop::collection::vec(prop::option::weighted(0.6, 0..50_u128), 0..400)) {
            let (mut heap, mut model) = (Heap::default(), Vec::new());
            for step in steps {
                if let Some(key) = step {
                    heap.push(key);
                    model.push(key);
                    model.sort_unstable();
                } else {
                    let least = (!model.is_empty()).then(|| model.remove(0));
                    prop_assert_eq!(heap.pop(), least);
                }
                prop_assert_eq!((heap.len(), heap.peek()), (model.len(), model.first().copied()));
            }
            let rest: Vec<u128> = std::iter::from_fn(|| heap.pop()).collect();
            prop_assert_eq!(rest, model);
            prop_assert_eq!((heap.len(), heap.peek()), (0, None));
        }
    }
}
