//! The cursor: a place in the order of all that happened in the runs that are compared.
//!
//! The runs share one time axis, on which all begin at zero. Of events at the same moment those of the first run come
//! first, so the order is total, and a step back takes exactly the step before it back.

use crate::engine::moment::Moment;
use crate::engine::trace::Event;

/// How far each of several runs has come, at one moment of all of them.
///
/// ```
/// use crawl_playground::engine::{moment::Moment, trace::{Event, What}};
/// use crawl_playground::replay::cursor::Cursor;
///
/// let event = |us| Event { at: Moment::from_us(us), what: What::Limit(1) };
/// let (slow, fast) = ([event(0), event(9)], [event(0), event(4)]);
/// let runs: [&[Event]; 2] = [&slow, &fast];
/// let mut cursor = Cursor::start(2);
/// cursor.go_to(Moment::from_us(5), &runs);
/// assert_eq!((cursor.place(0), cursor.place(1)), (1, 2));
/// assert_eq!(cursor.forward(&runs), Some((0, 1)));
/// assert_eq!((cursor.at(), cursor.is_at_end(&runs)), (Moment::from_us(9), true));
/// assert_eq!(cursor.back(&runs), Some((0, 1)));
/// assert_eq!(cursor.at(), Moment::from_us(4));
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Cursor {
    at: Moment,
    places: Vec<usize>,
}

impl Cursor {
    /// Before everything that happened in so many runs.
    #[must_use]
    pub fn start(runs: usize) -> Self {
        Self {
            at: Moment::ZERO,
            places: vec![0; runs],
        }
    }

    /// Behind everything that happened.
    #[must_use]
    pub fn end(runs: &[&[Event]]) -> Self {
        let last = runs.iter().filter_map(|events| events.last());
        Self {
            at: last.map(|event| event.at).max().unwrap_or_default(),
            places: runs.iter().map(|events| events.len()).collect(),
        }
    }

    /// The moment at which the runs are seen.
    #[must_use]
    pub const fn at(&self) -> Moment {
        self.at
    }

    /// How many events of a run have happened.
    #[must_use]
    pub fn place(&self, run: usize) -> usize {
        self.places.get(run).copied().unwrap_or(0)
    }

    /// Goes to a moment: what happened until then has, also what happened just then. O(log n).
    pub fn go_to(&mut self, at: Moment, runs: &[&[Event]]) {
        self.at = at;
        for (place, events) in self.places.iter_mut().zip(runs) {
            *place = events.partition_point(|event| event.at <= at);
        }
    }

    /// Goes on by one event. Returns its run and its place there; `None` at the end.
    pub fn forward(&mut self, runs: &[&[Event]]) -> Option<(usize, usize)> {
        let mut next: Option<(Moment, usize)> = None;
        for (run, events) in runs.iter().enumerate() {
            if let Some(event) = events.get(self.place(run))
                && next.is_none_or(|(soonest, _)| event.at < soonest)
            {
                next = Some((event.at, run));
            }
        }
        let (at, run) = next?;
        let place = self.places.get_mut(run)?;
        *place += 1;
        self.at = at;
        Some((run, *place - 1))
    }

    /// Takes the last event back. Returns its run and its place there; `None` at the start. The moment becomes that of the
    /// event before.
    pub fn back(&mut self, runs: &[&[Event]]) -> Option<(usize, usize)> {
        let (_, run) = self.last(runs)?;
        let place = self.places.get_mut(run)?;
        *place -= 1;
        let taken = *place;
        self.at = self.last(runs).map_or(Moment::ZERO, |(at, _)| at);
        Some((run, taken))
    }

    /// The last event that has happened: its run and its place there.
    #[must_use]
    pub fn latest(&self, runs: &[&[Event]]) -> Option<(usize, usize)> {
        let (_, run) = self.last(runs)?;
        Some((run, self.place(run) - 1))
    }

    /// When the last event was that has happened, and in which run.
    fn last(&self, runs: &[&[Event]]) -> Option<(Moment, usize)> {
        let mut last: Option<(Moment, usize)> = None;
        for (run, events) in runs.iter().enumerate() {
            let before = self.place(run).checked_sub(1);
            if let Some(event) = before.and_then(|place| events.get(place))
                && last.is_none_or(|(latest, _)| event.at >= latest)
            {
                last = Some((event.at, run));
            }
        }
        last
    }

    /// Whether everything has happened.
    #[must_use]
    pub fn is_at_end(&self, runs: &[&[Event]]) -> bool {
        let mut all = runs.iter().enumerate();
        all.all(|(run, events)| self.place(run) >= events.len())
    }
}
