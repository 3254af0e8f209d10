//! Putting numbers in order, by the heap that timers and the list scheduler need anyway: each other way to sort is some
//! kilobytes of the page's wasm, and none of this is in a hot loop.

use std::collections::BinaryHeap;

/// The numbers in ascending order. O(n log n).
#[must_use]
pub fn sorted(numbers: Vec<u64>) -> Vec<u64> {
    BinaryHeap::from(numbers).into_sorted_vec()
}

/// The smallest of `numbers` that at least `percent` of a hundred do not exceed (nearest rank); `None` of none. O(n): it is
/// looked for byte by byte from the highest, among those that have the same bytes before, so nothing has to be sorted.
///
/// ```
/// use crawl_playground::engine::order::percentile;
///
/// assert_eq!(percentile(&[3, 1, 2], 50), Some(2));
/// assert_eq!(percentile(&[1_000_000, 7, 512], 95), Some(1_000_000));
/// assert_eq!(percentile(&[], 50), None);
/// ```
#[must_use]
pub fn percentile(numbers: &[u64], percent: usize) -> Option<u64> {
    let most = numbers.iter().max()?;
    let place = (numbers.len() * percent)
        .div_ceil(100)
        .clamp(1, numbers.len());
    let mut left = place - 1; // of those with the same higher bytes, so many are smaller
    let mut found = 0;
    for byte in (0..u64::BITS - most.leading_zeros()).step_by(8).rev() {
        let mut counts = [0_usize; 256];
        for number in numbers {
            let number = number >> byte;
            if number >> 8 == found {
                counts[(number & 0xFF) as usize] += 1;
            }
        }
        let mut digit = 0;
        while left >= counts[digit] {
            left -= counts[digit];
            digit += 1;
        }
        found = found << 8 | digit as u64;
    }
    Some(found)
}
