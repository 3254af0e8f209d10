//! Checkpoints: copies of a fold at places of a trace, so that to go back is not to begin at the first event.
//!
//! They are made on the way, while a fold passes their places, and kept as long as the replay goes on. How far apart they
//! lie follows from how much one holds, so that all of them together stay within bounds however large the run is.

/// As many rows, or what else a fold has a task, all copies together hold at most.
const MOST_KEPT: usize = 400_000;
/// More copies bring nothing: what lies between two of them is folded in a moment.
const MOST_COPIES: usize = 16;
/// So many events are folded faster than anything is copied.
const LEAST_STRIDE: usize = 2_048;

/// Copies of a fold `T` at every so many events.
///
/// ```
/// use crawl_playground::replay::checkpoints::Checkpoints;
///
/// // A fold that counts what it is told of; of a trace of 100 000 events.
/// let mut checkpoints = Checkpoints::new(100_000, 1_000);
/// let (mut count, mut folded) = (0, 0);
/// let mut go = |from, to: usize| {
///     folded = 0;
///     checkpoints.seek(&mut count, from, to, &mut |count: &mut usize, place| {
///         folded += place - *count;
///         *count = place;
///     });
///     (count, folded)
/// };
/// assert_eq!(go(0, 99_000), (99_000, 99_000));
/// let (count, folded) = go(99_000, 98_000);
/// assert_eq!(count, 98_000);
/// assert!(folded < 10_000);
/// ```
#[derive(Clone, Debug)]
pub struct Checkpoints<T> {
    stride: usize,
    /// The first is behind `stride` events, the next behind twice as many, and so on: a fold passes all of these places in
    /// their order, or begins at one of them.
    kept: Vec<T>,
}

impl<T: Clone + Default> Checkpoints<T> {
    /// For the fold of a trace of so many events, which holds `size` rows at its end. Of a fold that is too large to be
    /// copied there are none.
    #[must_use]
    pub fn new(events: usize, size: usize) -> Self {
        let copies = (MOST_KEPT / size.max(1)).min(MOST_COPIES);
        Self {
            stride: (events / (copies + 1) + 1).max(LEAST_STRIDE),
            kept: Vec::new(),
        }
    }

    /// Brings `fold`, which stands behind the event `at`, to where it stands behind `place` events: from where it is, or
    /// from the checkpoint that is nearest, whichever is the shorter way. `advance(fold, place)` folds what is new.
    pub fn seek(
        &mut self,
        fold: &mut T,
        at: usize,
        place: usize,
        advance: &mut dyn FnMut(&mut T, usize),
    ) {
        let passed = place / self.stride;
        let nearest = passed.min(self.kept.len());
        let mut at = at;
        if at > place || at < nearest * self.stride {
            *fold = match nearest.checked_sub(1) {
                Some(index) => self.kept[index].clone(),
                None => T::default(),
            };
            at = nearest * self.stride;
        }
        for next in at / self.stride + 1..=passed {
            advance(fold, next * self.stride);
            if self.kept.len() + 1 == next {
                self.kept.push(fold.clone());
            }
        }
        advance(fold, place);
    }
}
