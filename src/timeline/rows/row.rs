//! One task's row: a bar of segments, edge to edge, and what is known of its page.

use std::num::NonZeroU16;
use std::ops::Range;

use super::edges::{Edge, Edges};
use super::hold::{Held, Hold};
use super::longest::Longest;
use super::rare::Rare;
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

/// One task. There may be a million, so what most of them have lies close together, and what few have apart: so do numbers
/// that few tasks reach, and what is kept here then only says so.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// The target, as it was written.
    pub target: TextId,
    /// The origin that the target belongs to.
    pub origin: OriginId,
    /// When it joined the run.
    pub joined: Moment,
    edges: Edges,
    hold: Hold,
    rare: Option<Box<Rare>>,
    bytes: u32,
    /// The page's own title.
    pub title: Option<TextId>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// No response has the status 0.
    status: Option<NonZeroU16>,
    attempts: u8,
    open: Option<Wait>,
}

/// Stands for a size that is kept apart.
const BYTES_APART: u32 = u32::MAX;
/// Stands for a number of attempts that is kept apart.
const ATTEMPTS_APART: u8 = u8::MAX;

impl Row {
    /// The row of a task that has just joined.
    pub(super) const fn new(target: TextId, origin: OriginId, joined: Moment) -> Self {
        Self {
            target,
            origin,
            joined,
            edges: Edges::None,
            hold: Hold::NEVER,
            rare: None,
            bytes: 0,
            title: None,
            outcome: None,
            status: None,
            attempts: 1,
            open: Some(Wait::Queue),
        }
    }

    /// Goes on to the next wait, or to none. Returns what it was in before, and whether for any length of time.
    pub(super) fn turn(&mut self, at: Moment, next: Option<Wait>) -> Option<(Wait, bool)> {
        let before = std::mem::replace(&mut self.open, next)?;
        let is_long = at > self.edge();
        if is_long {
            self.edges.push(Edge::new(before, at));
            let count = self.edges().len();
            if Longest::is_due(count) {
                let mut longest = std::mem::take(&mut self.rare_mut().longest);
                longest.advance(count, &|place| self.length_us(place));
                self.rare_mut().longest = longest;
            }
        }
        Some((before, is_long))
    }

    pub(super) fn lend(&mut self, at: Moment) {
        self.keep_permit(at, None);
    }

    pub(super) fn give_back(&mut self, at: Moment) {
        if let Some((lent, _)) = self.permit() {
            self.keep_permit(lent, Some(at));
        }
    }

    fn keep_permit(&mut self, lent: Moment, returned: Option<Moment>) {
        self.hold = Hold::new(self.joined, lent, returned).unwrap_or_else(|| {
            self.rare_mut().permit = Some((lent, returned));
            Hold::APART
        });
    }

    pub(super) fn note_status(&mut self, status: u16) {
        self.status = NonZeroU16::new(status);
    }

    pub(super) fn add_bytes(&mut self, more: u32) {
        let bytes = self.bytes() + u64::from(more);
        self.bytes = u32::try_from(bytes).unwrap_or(BYTES_APART);
        if self.bytes == BYTES_APART {
            self.rare_mut().bytes = bytes;
        }
    }

    pub(super) fn add_attempt(&mut self) {
        let attempts = self.attempts().saturating_add(1);
        self.attempts = u8::try_from(attempts).unwrap_or(ATTEMPTS_APART);
        if self.attempts == ATTEMPTS_APART {
            self.rare_mut().attempts = attempts;
        }
    }

    pub(super) fn rare_mut(&mut self) -> &mut Rare {
        self.rare.get_or_insert_default()
    }

    /// What it has spent its time on so far, edge to edge. Stretches of no length are left out.
    pub fn segments(&self) -> impl DoubleEndedIterator<Item = Segment> + ExactSizeIterator + '_ {
        let (edges, joined) = (self.edges(), self.joined);
        (0..edges.len()).map(move |place| settled(edges, joined, place))
    }

    fn settled(&self, place: usize) -> Segment {
        settled(self.edges(), self.joined, place)
    }

    fn length_us(&self, place: usize) -> u64 {
        let segment = self.settled(place);
        segment.end.as_us().saturating_sub(segment.start.as_us())
    }

    /// The segment at this place of [`Row::segments_at`].
    #[must_use]
    pub fn segment(&self, place: usize, now: Moment) -> Option<Segment> {
        let count = self.edges().len();
        if place < count {
            return Some(self.settled(place));
        }
        let (wait, start) = self.open().filter(|_| place == count)?;
        let end = now.max(start);
        Some(Segment { wait, start, end })
    }

    /// The place of the first segment that ends after `us` microseconds. If none does, it is that of the open one, or the
    /// place behind the last. O(log n).
    #[must_use]
    pub fn first_ending_after(&self, us: f64) -> usize {
        self.edges()
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
        match self.hold.read(self.joined) {
            Held::Never => None,
            Held::Known(lent, returned) => Some((lent, returned)),
            Held::Apart => self.rare.as_ref()?.permit,
        }
    }

    /// Bytes of the body so far.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        match (self.bytes, &self.rare) {
            (BYTES_APART, Some(rare)) => rare.bytes,
            (bytes, _) => bytes.into(),
        }
    }

    /// How many attempts were made or are going to be.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        match (self.attempts, &self.rare) {
            (ATTEMPTS_APART, Some(rare)) => rare.attempts,
            (attempts, _) => attempts.into(),
        }
    }

    /// The response's status, known before the task ends.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status.map(NonZeroU16::get)
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

    fn edges(&self) -> &[Edge] {
        self.edges.as_slice()
    }

    /// The end of the last segment.
    fn edge(&self) -> Moment {
        self.edges().last().map_or(self.joined, |edge| edge.end())
    }

    /// All segments at the moment `now`: those that are over, and the one that goes on.
    pub fn segments_at(&self, now: Moment) -> impl DoubleEndedIterator<Item = Segment> + '_ {
        let open = self.segment(self.edges().len(), now);
        self.segments().chain(open)
    }

    /// Shows `see` the same one after another: a loop over the edges and nothing else, for who goes through all rows of a run.
    pub fn each_segment(&self, now: Moment, mut see: impl FnMut(Segment)) {
        let mut start = self.joined;
        for edge in self.edges() {
            let (wait, end) = (edge.wait(), edge.end());
            see(Segment { wait, start, end });
            start = end;
        }
        if let Some(wait) = self.open {
            let end = now.max(start);
            see(Segment { wait, start, end });
        }
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
        self.each_segment(now, |segment| {
            spent_us[segment.wait.index()] += segment.end.as_us() - segment.start.as_us();
        });
        spent_us
    }
}

/// The segment that ends at the edge at `place`, of a row that begins at `joined`.
fn settled(edges: &[Edge], joined: Moment, place: usize) -> Segment {
    Segment {
        wait: edges[place].wait(),
        start: match place.checked_sub(1) {
            Some(before) => edges[before].end(),
            None => joined,
        },
        end: edges[place].end(),
    }
}

const _: () = assert!(
    size_of::<Row>() <= 72,
    "a row must stay compact: a simulation may have a million"
);
