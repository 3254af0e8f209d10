//! A heap of numbers that only ever grow: what is put in is above what was taken out last, as with the timers of a clock
//! that does not go back.
//!
//! A number lies in the bucket of the highest bit in which it differs from the last one that was taken out. So whatever
//! is in a lower bucket is less than whatever is in a higher one. To take out the least, the lowest bucket that has any
//! is dealt out to those below it. A number only ever moves down, and by itself in its bucket it goes at once: among n
//! that are spread evenly it moves some log₂ n / 2 times. These moves go through memory in order, where a heap that is a tree
//! jumps; see R. Ahuja, K. Mehlhorn, J. Orlin and R. Tarjan, "Faster Algorithms for the Shortest Path Problem" (1990).

/// A heap of numbers above 0, each there once. Push is O(1), or O(n) for what is not above the last that was taken out.
/// Peek and pop are O(bits) on an average over all that is put in.
#[derive(Default)]
pub(super) struct RadixHeap {
    /// By the highest bit that differs; as many as were ever needed.
    buckets: Vec<Vec<u128>>,
    /// Which of them are not empty.
    occupied: u128,
    /// The least, if it is known.
    least: Option<u128>,
    /// What was taken out last.
    floor: u128,
    len: usize,
}

impl RadixHeap {
    /// An empty one, for numbers above `floor`.
    pub(super) fn above(floor: u128) -> Self {
        Self {
            floor,
            ..Self::default()
        }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn push(&mut self, number: u128) {
        debug_assert!(number > 0, "0 is the floor below all");
        if number <= self.floor {
            self.lower(number.saturating_sub(1));
        }
        if self.len == 0 || self.least.is_some_and(|least| number < least) {
            self.least = Some(number);
        }
        self.len += 1;
        self.put(number);
    }

    /// The least.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u128> {
        if self.least.is_none() {
            self.least = self.lowest().iter().min().copied();
        }
        self.least
    }

    /// Takes the least out.
    pub(super) fn pop(&mut self) -> Option<u128> {
        let least = self.peek()?;
        let lowest = self.occupied.trailing_zeros();
        self.occupied &= !(1 << lowest);
        self.floor = least;
        self.least = None;
        self.len -= 1;
        // All of them differ from the least in a lower bit than from what was the floor before, so none comes back here.
        let mut bucket = std::mem::take(&mut self.buckets[lowest as usize]);
        for number in bucket.drain(..).filter(|number| *number != least) {
            self.put(number);
        }
        let emptied = &mut self.buckets[lowest as usize];
        if emptied.is_empty() {
            // With its room, for what comes there later.
            *emptied = bucket;
        }
        Some(least)
    }

    /// Takes out those that `keep` says no of. O(n).
    pub(super) fn retain(&mut self, keep: impl Fn(&u128) -> bool) {
        self.len = 0;
        self.least = None;
        for (place, bucket) in self.buckets.iter_mut().enumerate() {
            bucket.retain(&keep);
            self.len += bucket.len();
            if bucket.is_empty() {
                self.occupied &= !(1 << place);
            }
        }
    }

    /// The numbers of the lowest bucket that has any, which are less than all others, and that bucket's place.
    pub(super) fn nearest(&self) -> (u32, &[u128]) {
        (self.occupied.trailing_zeros(), self.lowest())
    }

    fn lowest(&self) -> &[u128] {
        let bucket = self.buckets.get(self.occupied.trailing_zeros() as usize);
        bucket.map_or(&[], Vec::as_slice)
    }

    #[inline]
    fn put(&mut self, number: u128) {
        let place = 127_u32.saturating_sub((number ^ self.floor).leading_zeros());
        if self.buckets.len() <= place as usize {
            self.make_room(place as usize);
        }
        self.buckets[place as usize].push(number);
        self.occupied |= 1 << place;
    }

    /// Begins at a lower floor.
    #[cold]
    fn lower(&mut self, floor: u128) {
        let all: Vec<u128> = self.buckets.drain(..).flatten().collect();
        self.occupied = 0;
        self.floor = floor;
        all.into_iter().for_each(|number| self.put(number));
    }

    #[cold]
    fn make_room(&mut self, place: usize) {
        self.buckets.resize_with(place + 1, Vec::new);
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::RadixHeap;

    #[derive(Clone, Debug)]
    enum Step {
        /// So much above what was taken out last; every sixteenth below.
        Push(u128),
        Pop,
        /// Keep those that this does not divide.
        Retain(u128),
    }

    fn step() -> impl Strategy<Value = Step> {
        // Near ones, which share most bits, and those of all lengths.
        let above = prop_oneof![
            1..50_u128,
            (0..127_u32).prop_flat_map(|bits| 1..1_u128 << bits.max(1))
        ];
        prop_oneof![
            12 => above.prop_map(Step::Push),
            8 => Just(Step::Pop),
            1 => (2..5_u128).prop_map(Step::Retain),
        ]
    }

    proptest! {
        #[test]
        fn it_hands_out_the_least(steps in prop::collection::vec(step(), 0..400), peeks in any::<bool>()) {
            let (mut heap, mut model) = (RadixHeap::default(), BTreeSet::new());
            let mut floor = 0_u128;
            for step in steps {
                match step {
                    Step::Push(above) => {
                        let at = if above % 16 == 15 { floor.checked_sub(above) } else { floor.checked_add(above) };
                        if let Some(number) = at.filter(|number| *number > 0 && model.insert(*number)) {
                            heap.push(number);
                        }
                    }
                    Step::Pop => {
                        let least = model.pop_first();
                        prop_assert_eq!(heap.pop(), least);
                        floor = least.unwrap_or(floor);
                    }
                    Step::Retain(divisor) => {
                        heap.retain(|number| number % divisor != 0);
                        model.retain(|number| number % divisor != 0);
                    }
                }
                prop_assert_eq!(heap.len(), model.len());
                let (_, nearest) = heap.nearest();
                let first = model.iter().take(nearest.len());
                prop_assert_eq!(&nearest.iter().copied().collect::<BTreeSet<_>>(), &first.copied().collect());
                if peeks {
                    prop_assert_eq!(heap.peek(), model.first().copied());
                }
            }
            let rest: Vec<u128> = std::iter::from_fn(|| heap.pop()).collect();
            prop_assert_eq!(rest, model.into_iter().collect::<Vec<_>>());
            prop_assert_eq!((heap.len(), heap.peek()), (0, None));
        }
    }
}
