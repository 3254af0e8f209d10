//! Putting numbers in order, by the heap that timers and the list scheduler need anyway: each other way to sort is some
//! kilobytes of the page's wasm, and none of this is in a hot loop.

use std::collections::BinaryHeap;

/// The numbers in ascending order. O(n log n).
#[must_use]
pub fn sorted(numbers: Vec<u64>) -> Vec<u64> {
    BinaryHeap::from(numbers).into_sorted_vec()
}

/// The smallest of `numbers` that at least `percent` of a hundred do not exceed (nearest rank); `None` of none. O(n), and
/// O(log n) for each that is above it.
///
/// ```
/// use crawl_playground::engine::order::percentile;
///
/// assert_eq!(percentile((1..=20).collect(), 95), Some(19));
/// assert_eq!(percentile(vec![3, 1, 2], 50), Some(2));
/// assert_eq!(percentile(Vec::new(), 50), None);
/// ```
#[must_use]
pub fn percentile(numbers: Vec<u64>, percent: usize) -> Option<u64> {
    let place = (numbers.len() * percent).div_ceil(100).max(1);
    let above = numbers.len().checked_sub(place)?;
    let mut heap = BinaryHeap::from(numbers);
    for _ in 0..above {
        heap.pop();
    }
    heap.pop()
}
