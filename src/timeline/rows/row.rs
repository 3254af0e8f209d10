//! One task's row: a bar of segments, edge to edge, and what is known of its page.

use std::ops::Range;

use super::longest::Longest;
use crate::engine::moment::Moment;
use crate::engine::outcome::Outcome;
use crate::engine::trace::{GaveUp, OriginId, TextId};
use crate::engine::wait::Wait;

/// A stretch of a task's time, spent on one thing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Segment {
    /// On what.
    pub wait: Wait,
    /// From when.
    pub start: Moment,
    /// Until when.
    pub end: Moment,
}

/// One task. There may be a million, so what most of them have lies close together, and what few have apart.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// The target, as it was written.
    pub target: TextId,
    /// The origin that the target belongs to.
    pub origin: OriginId,
    /// When it joined the run.
    pub joined: Moment,
    edges: Vec<Edge>,
    lent: Moment,
    returned: Moment,
    /// Bytes of the body so far.
    pub bytes: u64,
    rare: Option<Box<Rare>>,
    /// The page's own title.
    pub title: Option<TextId>,
    /// How many attempts were made or are going to be.
    pub attempts: u32,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// The response's status, known before the task ends.
    pub status: Option<u16>,
    open: Option<Wait>,
}

/// Stands for a moment that has not come.
const NEVER: Moment = Moment::from_us(u64::MAX);

/// Where a segment ends, and what it was: microseconds in the upper 56 bits, which last for two thousand years.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Edge(u64);

impl Edge {
    const LAST_US: u64 = u64::MAX >> 8;

    fn new(wait: Wait, end: Moment) -> Self {
        Self(end.as_us().min(Self::LAST_US) << 8 | wait.index() as u64)
    }

    const fn wait(self) -> Wait {
        Wait::ALL[(self.0 & 0xFF) as usize]
    }

    const fn end(self) -> Moment {
        Moment::from_us(self.0 >> 8)
    }
}

/// What is known of few tasks.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Rare {
    pub(super) final_url: Option<TextId>,
    pub(super) error: Option<TextId>,
    pub(super) cut_bytes: Option<u32>,
    pub(super) gave_up: Option<GaveUp>,
    pub(super) was_offline: bool,
    /// Of a row with many segments.
    longest: Longest,
}

impl Row {
    /// The row of a task that has just joined.
    pub(super) const fn new(target: TextId, origin: OriginId, joined: Moment) -> Self {
        Self {
            target,
            origin,
            joined,
            edges: Vec::new(),
            lent: NEVER,
            returned: NEVER,
            bytes: 0,
            rare: None,
            title: None,
            attempts: 1,
            outcome: None,
            status: None,
            open: Some(Wait::Queue),
        }
    }

    /// Goes on to the next wait, or to none. Returns what it was in before, and whether for any length of time.
    pub(super) fn turn(&mut self, at: Moment, next: Option<Wait>) -> Option<(Wait, bool)> {
        let before = std::mem::replace(&mut self.open, next)?;
        let is_long = at > self.edge();
        if is_long {
            if self.edges.capacity() == 0 {
                // Most tasks wait for one thing and then ask.
                self.edges.reserve_exact(2);
            }
            self.edges.push(Edge::new(before, at));
            if Longest::is_due(self.edges.len()) {
                let mut longest = std::mem::take(&mut self.rare_mut().longest);
                longest.advance(self.edges.len(), &|place| self.length_us(place));
                self.rare_mut().longest = longest;
            }
        }
        Some((before, is_long))
    }

    pub(super) const fn lend(&mut self, at: Moment) {
        (self.lent, self.returned) = (at, NEVER);
    }

    pub(super) const fn give_back(&mut self, at: Moment) {
        self.returned = at;
    }

    pub(super) fn rare_mut(&mut self) -> &mut Rare {
        self.rare.get_or_insert_default()
    }

    /// What it has spent its time on so far, edge to edge. Stretches of no length are left out.
    pub fn segments(&self) -> impl DoubleEndedIterator<Item = Segment> + ExactSizeIterator + '_ {
        (0..self.edges.len()).map(|place| self.settled(place))
    }

    fn settled(&self, place: usize) -> Segment {
        Segment {
            wait: self.edges[place].wait(),
            start: match place.checked_sub(1) {
                Some(before) => self.edges[before].end(),
                None => self.joined,
            },
            end: self.edges[place].end(),
        }
    }

    fn length_us(&self, place: usize) -> u64 {
        let segment = self.settled(place);
        segment.end.as_us().saturating_sub(segment.start.as_us())
    }

    /// The segment at this place of [`Row::segments_at`].
    #[must_use]
    pub fn segment(&self, place: usize, now: Moment) -> Option<Segment> {
        if place < self.edges.len() {
            return Some(self.settled(place));
        }
        let (wait, start) = self.open().filter(|_| place == self.edges.len())?;
        let end = now.max(start);
        Some(Segment { wait, start, end })
    }

    /// The place of the first segment that ends after `us` microseconds. If none does, it is that of the open one, or the
    /// place behind the last. O(log n).
    #[must_use]
    pub fn first_ending_after(&self, us: f64) -> usize {
        self.edges
            .partition_point(|edge| edge.end().as_us() as f64 <= us)
    }

    /// The place of the longest of these segments, which are over; of equals the first. O(log n).
    #[must_use]
    pub fn longest(&self, places: Range<usize>) -> Option<usize> {
        let none = Longest::default();
        let longest = self.rare.as_ref().map_or(&none, |rare| &rare.longest);
        longest.within(places, &|place| self.length_us(place))
    }

    /// What it spends its time on now, and since when.
    #[must_use]
    pub fn open(&self) -> Option<(Wait, Moment)> {
        Some((self.open?, self.edge()))
    }

    /// When it was lent a permit, and when it gave it back. Of several, the last.
    #[must_use]
    pub fn permit(&self) -> Option<(Moment, Option<Moment>)> {
        Some((known(self.lent)?, known(self.returned)))
    }

    /// Where redirects led.
    #[must_use]
    pub fn final_url(&self) -> Option<TextId> {
        self.rare.as_ref()?.final_url
    }

    /// The network's own words about a failure.
    #[must_use]
    pub fn error(&self) -> Option<TextId> {
        self.rare.as_ref()?.error
    }

    /// Whether there was no network at all when the request failed.
    #[must_use]
    pub fn was_offline(&self) -> bool {
        self.rare.as_ref().is_some_and(|rare| rare.was_offline)
    }

    /// How many bytes were read, if the body was cut.
    #[must_use]
    pub fn cut_bytes(&self) -> Option<u32> {
        self.rare.as_ref()?.cut_bytes
    }

    /// Why it was not tried again, if that was worth a try.
    #[must_use]
    pub fn gave_up(&self) -> Option<GaveUp> {
        self.rare.as_ref()?.gave_up
    }

    /// The end of the last segment.
    fn edge(&self) -> Moment {
        self.edges.last().map_or(self.joined, |edge| edge.end())
    }

    /// All segments at the moment `now`: those that are over, and the one that goes on.
    pub fn segments_at(&self, now: Moment) -> impl DoubleEndedIterator<Item = Segment> + '_ {
        let open = self.segment(self.edges.len(), now);
        self.segments().chain(open)
    }

    /// When the bar ends, at the moment `now`.
    #[must_use]
    pub fn end_at(&self, now: Moment) -> Moment {
        match self.open {
            Some(_) => now.max(self.edge()),
            None => self.edge(),
        }
    }

    /// Microseconds spent on each wait until `now`, by [`Wait::index`].
    #[must_use]
    pub fn spent_us(&self, now: Moment) -> [u64; Wait::ALL.len()] {
        let mut spent_us = [0; Wait::ALL.len()];
        for segment in self.segments_at(now) {
            spent_us[segment.wait.index()] += segment.end.as_us() - segment.start.as_us();
        }
        spent_us
    }
}

fn known(at: Moment) -> Option<Moment> {
    (at != NEVER).then_some(at)
}

const _: () = assert!(
    size_of::<Row>() <= 104,
    "a row must stay compact: a simulation may have a million"
);
