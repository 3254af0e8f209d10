//! A range of time, measured: how long it is, and how many requests and bytes of each run are in it.

use super::units::{bytes, clock, grouped, span};
use crate::engine::moment::Moment;
use crate::engine::trace::{Trace, What};
use crate::engine::wait::Wait;
use crate::timeline::rows::Rows;

/// What of a run lies in a range of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Measured {
    /// Requests that were in flight at some moment of it.
    pub requests: usize,
    /// Bytes of bodies that arrived in it.
    pub bytes: u64,
}

impl Measured {
    /// Takes the measure of `start..end`. Costs what happened in it.
    ///
    /// ```
    /// use crawl_playground::engine::{moment::Moment, trace::{OriginId, TaskId, Trace, What}, wait::Wait};
    /// use crawl_playground::report::measured::Measured;
    /// use crawl_playground::timeline::rows::Rows;
    ///
    /// let (mut trace, mut rows, at) = (Trace::default(), Rows::default(), Moment::from_us);
    /// let name = trace.text("lab/bytes/100");
    /// trace.push(at(0), What::Joined(TaskId(0), name, OriginId(0)));
    /// trace.push(at(5), What::Entered(TaskId(0), Wait::Request));
    /// trace.push(at(7), What::Bytes(TaskId(0), 100));
    /// rows.advance(&trace);
    /// assert_eq!(Measured::of(&rows, &trace, at(6), at(9)), Measured { requests: 1, bytes: 100 });
    /// assert_eq!(Measured::of(&rows, &trace, at(0), at(5)), Measured { requests: 0, bytes: 0 });
    /// ```
    #[must_use]
    pub fn of(rows: &Rows, trace: &Trace, start: Moment, end: Moment) -> Self {
        // What the rows don't know yet has not happened.
        let events = trace.between(0, rows.cursor());
        let first = events.partition_point(|event| event.at < start);
        let behind = events.partition_point(|event| event.at < end).max(first);
        // Those that were out before; one that ends just here is not in the range.
        let mut measured = Self {
            requests: rows.in_flight().highest(start, start) as usize,
            bytes: 0,
        };
        for event in &events[first..behind] {
            match event.what {
                // What began at the first moment is in flight at it.
                What::Entered(_, Wait::Request) if event.at > start => measured.requests += 1,
                What::Bytes(_, bytes) => measured.bytes += u64::from(bytes),
                _ => {}
            }
        }
        measured
    }

    /// In words: `3 requests, 1.2 kB`.
    #[must_use]
    pub fn words(self) -> String {
        let s = if self.requests == 1 { "" } else { "s" };
        format!(
            "{} request{s}, {}",
            grouped(self.requests),
            bytes(self.bytes)
        )
    }
}

/// A range of time in words: `1.20 s to 2.45 s`.
///
/// ```
/// use crawl_playground::{engine::moment::Moment, report::measured::range};
/// let words = range(Moment::ZERO, Moment::from_us(1_250_000));
/// assert_eq!(words, "0 to 1.25\u{a0}s");
/// let words = range(Moment::from_us(7_200_000_000), Moment::from_us(7_230_500_000));
/// assert_eq!(words, "2\u{a0}h to 2\u{a0}h 30.5\u{a0}s");
/// ```
#[must_use]
pub fn range(start: Moment, end: Moment) -> String {
    let length_us = (end - start).as_micros();
    // A hundredth of the length can be told.
    let mut decimals = 0;
    while decimals < 6 && length_us < 10_u128.pow(8 - decimals) {
        decimals += 1;
    }
    let words = |at: Moment| match at {
        Moment::ZERO => "0".to_owned(),
        _ if at.as_us() >= 60_000_000 => clock(at, decimals),
        // Where both would read the same, their decimals tell.
        _ if length_us < 20_000 => format!("{}\u{a0}ms", super::units::exact_ms(at.as_us())),
        _ => span(at - Moment::ZERO),
    };
    format!("{} to {}", words(start), words(end))
}
