//! A step curve that grows at its end and can tell its highest value in any span quickly.
//!
//! Above the values stands a pyramid: each level keeps the maximum of every sixteen values of the level below. So to
//! draw a curve of a million steps into 800 pixels looks at some dozens of values a pixel: O(log n) each.

use crate::engine::moment::Moment;

const FAN_BITS: u32 = 4;
const FAN: usize = 1 << FAN_BITS;

/// A whole-numbered curve over time, zero before its first step.
///
/// ```
/// use crawl_playground::{engine::moment::Moment, timeline::steps::Steps};
///
/// let mut steps = Steps::default();
/// steps.add(Moment::from_us(10), 1);
/// steps.add(Moment::from_us(20), 1);
/// steps.add(Moment::from_us(30), -2);
/// assert_eq!(steps.highest(Moment::ZERO, Moment::from_us(15)), 1);
/// assert_eq!(steps.highest(Moment::from_us(22), Moment::from_us(90)), 2);
/// assert_eq!((steps.last(), steps.peak()), (0, 2));
/// ```
#[derive(Clone, Default, Debug)]
pub struct Steps {
    times: Vec<Moment>,
    /// The values from each of `times` on.
    values: Vec<u32>,
    /// The pyramid above them, the lowest level first.
    levels: Vec<Vec<u32>>,
    /// The newest step. It stays out of the pyramid while another at the same moment may still replace it.
    newest: Option<(Moment, u32)>,
    peak: u32,
}

impl Steps {
    /// Lets the curve rise or fall at `at`, which is not before the last step. Of several steps at one moment the curve
    /// keeps the last, since the others have no length; and none that leaves it as high as it was.
    pub fn add(&mut self, at: Moment, by: i32) {
        let value = self.last().saturating_add_signed(by);
        self.peak = self.peak.max(value);
        if let Some((before, settled)) = self.newest
            && before < at
        {
            // One task ends and the next one begins: the curve goes on as it was, and that is no step.
            if self.values.last().copied().unwrap_or(0) != settled {
                self.times.push(before);
                self.values.push(settled);
                if self.values.len().is_multiple_of(FAN) {
                    let highest = highest_of(&self.values[self.values.len() - FAN..]);
                    self.raise(0, highest);
                }
            }
        }
        self.newest = Some((at, value));
    }

    /// Gives memory back that is there for steps to come.
    pub fn shrink_to_fit(&mut self) {
        self.times.shrink_to_fit();
        self.values.shrink_to_fit();
        self.levels.iter_mut().for_each(Vec::shrink_to_fit);
    }

    /// Keeps the highest of sixteen in the level above them, and of sixteen of these in the next.
    fn raise(&mut self, level: usize, value: u32) {
        if level == self.levels.len() {
            self.levels.push(Vec::new());
        }
        let values = &mut self.levels[level];
        values.push(value);
        if values.len().is_multiple_of(FAN) {
            let highest = highest_of(&values[values.len() - FAN..]);
            self.raise(level + 1, highest);
        }
    }

    /// The value after the last step.
    #[must_use]
    pub fn last(&self) -> u32 {
        self.newest.map_or(0, |(_, value)| value)
    }

    /// The highest value ever reached, for however short a time.
    #[must_use]
    pub fn peak(&self) -> u32 {
        self.peak
    }

    /// The highest value from `start` to `end`, both included. O(log n).
    #[must_use]
    pub fn highest(&self, start: Moment, end: Moment) -> u32 {
        self.highest_from(&mut 0, start, end)
    }

    /// The same for one span after another, from left to right: `place` is 0 at first, and then where the last search
    /// ended, near which the next one is over soon.
    #[must_use]
    pub fn highest_from(&self, place: &mut usize, start: Moment, end: Moment) -> u32 {
        let newest = self.newest.filter(|(at, _)| *at <= end);
        if newest.is_some_and(|(at, _)| at <= start) {
            return self.last();
        }
        // The step before `start` is the one that holds at `start`.
        let mut from = self.behind(*place, start).saturating_sub(1);
        *place = from;
        let to = self.behind(from, end);
        let mut highest = newest.map_or(0, |(_, value)| value);
        if self.times.first().is_none_or(|first| *first > end) {
            return highest;
        }
        // Nothing is higher than the peak, which is where a limit holds most of the time.
        while from < to && highest < self.peak {
            // The highest level whose block begins here and ends in time; so many bits are a block.
            let mut bits = 0;
            let mut larger = FAN_BITS;
            while from.trailing_zeros() >= larger && from + (1 << larger) <= to {
                bits = larger;
                larger += FAN_BITS;
            }
            highest = highest.max(match bits {
                0 => self.values[from],
                _ => self.levels[(bits / FAN_BITS) as usize - 1][from >> bits],
            });
            from += 1 << bits;
        }
        highest
    }

    /// The place of the first step after `at`, at `from` or behind it: in strides that double, then by halves.
    fn behind(&self, from: usize, at: Moment) -> usize {
        let rest = self.times.get(from..).unwrap_or_default();
        let mut reach = 1;
        while reach < rest.len() && rest[reach] <= at {
            reach *= 2;
        }
        let (low, high) = (reach / 2, reach.min(rest.len()));
        let low = low.min(high);
        from + low + rest[low..high].partition_point(|step| *step <= at)
    }
}

fn highest_of(values: &[u32]) -> u32 {
    values.iter().copied().max().unwrap_or(0)
}
