//! Putting numbers in order, by the heap that timers and the list scheduler need anyway: each other way to sort is some
//! kilobytes of the page's wasm, and none of this is in a hot loop.

use std::collections::BinaryHeap;

/// Bits of a digit in [`percentile`]: of seconds in microseconds there are two digits, and their counts fill 8 kB at most.
const DIGIT_BITS: usize = 11;

/// The numbers in ascending order. O(n log n).
#[must_use]
pub fn sorted(numbers: Vec<u64>) -> Vec<u64> {
    BinaryHeap::from(numbers).into_sorted_vec()
}

/// The smallest of `numbers` that at least `percent` of a hundred do not exceed (nearest rank); `None` of none. O(n): it is
/// looked for digit by digit from the highest, among those that have the same digits before, so nothing has to be sorted.
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
    let mut left = place - 1; // of those with the same higher digits, so many are smaller
    let mut found = 0;
    for low in (0..u64::BITS - most.leading_zeros())
        .step_by(DIGIT_BITS)
        .rev()
    {
        let mut counts = [0_usize; 1 << DIGIT_BITS];
        for number in numbers {
            let number = number >> low;
            if number >> DIGIT_BITS == found {
                counts[number as usize % counts.len()] += 1;
            }
        }
        let mut digit = 0;
        while left >= counts[digit] {
            left -= counts[digit];
            digit += 1;
        }
        found = found << DIGIT_BITS | digit as u64;
    }
    Some(found)
}
