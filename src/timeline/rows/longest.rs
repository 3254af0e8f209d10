//! Which of a row's segments is the longest in any span of them.
//!
//! Most rows have a handful, and for them there is nothing here. In a long row the longest of every sixteen segments is
//! kept, and of every sixteen of those, so that a pixel that thousands share costs O(log n).

use std::ops::Range;

const FAN: usize = 16;

/// The longest of each block of segments. It is told of segments as they come, and only of their lengths.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Longest {
    /// Level 0 has a place for every sixteen segments.
    levels: Vec<Vec<u32>>,
}

impl Longest {
    /// Whether a row with so many segments has something new to keep.
    pub(super) const fn is_due(count: usize) -> bool {
        count > 0 && count.is_multiple_of(FAN)
    }

    /// Keeps the longest of the last sixteen of `count` segments.
    pub(super) fn advance(&mut self, count: usize, length_us: &dyn Fn(usize) -> u64) {
        let mut best = best_of(count - FAN..count, length_us);
        for level in 0.. {
            if level == self.levels.len() {
                self.levels.push(Vec::new());
            }
            let places = &mut self.levels[level];
            places.push(best);
            if !places.len().is_multiple_of(FAN) {
                return;
            }
            let block = &places[places.len() - FAN..];
            best = block[best_of(0..FAN, &|at| length_us(block[at] as usize)) as usize];
        }
    }

    /// The longest of a span of segments, of equals the first; `None` if the span is empty.
    pub(super) fn within(
        &self,
        span: Range<usize>,
        length_us: &dyn Fn(usize) -> u64,
    ) -> Option<usize> {
        let mut best: Option<(u64, usize)> = None;
        let mut from = span.start;
        while from < span.end {
            // The highest level whose block begins here and ends in time.
            let (mut level, mut block) = (None, 1);
            for next in 0..self.levels.len() {
                let larger = block * FAN;
                let is_kept = from / larger < self.levels[next].len();
                if !from.is_multiple_of(larger) || from + larger > span.end || !is_kept {
                    break;
                }
                (level, block) = (Some(next), larger);
            }
            let place = level.map_or(from, |level| self.levels[level][from / block] as usize);
            let us = length_us(place);
            if best.is_none_or(|(most_us, _)| us > most_us) {
                best = Some((us, place));
            }
            from += block;
        }
        best.map(|(_, place)| place)
    }
}

/// The place of the longest, of equals the first.
fn best_of(places: Range<usize>, length_us: &dyn Fn(usize) -> u64) -> u32 {
    let mut best = places.start;
    for place in places {
        if length_us(place) > length_us(best) {
            best = place;
        }
    }
    u32::try_from(best).unwrap_or(u32::MAX)
}
