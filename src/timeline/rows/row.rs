//! One task's row: a bar of segments, edge to edge, and what is known of its page.

use crate::engine::moment::Moment;
use crate::engine::outcome::Outcome;
use crate::engine::trace::{OriginId, TextId};
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

/// One task.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// The target, as it was written.
    pub target: TextId,
    /// The origin that the target belongs to.
    pub origin: OriginId,
    /// When it joined the run.
    pub joined: Moment,
    /// What it has spent its time on so far. Stretches of no length are left out.
    pub segments: Vec<Segment>,
    /// What it spends its time on now, and since when.
    pub open: Option<(Wait, Moment)>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// The response's status, known before the task ends.
    pub status: Option<u16>,
    /// Bytes of the body so far.
    pub bytes: u64,
    /// The page's own title.
    pub title: Option<TextId>,
    /// Where redirects led.
    pub final_url: Option<TextId>,
    /// The network's own words about a failure.
    pub error: Option<TextId>,
    /// Whether there was no network at all when the request failed.
    pub was_offline: bool,
    /// How many bytes were read, if the body was cut.
    pub cut_bytes: Option<u32>,
    /// When it was lent a permit, and when it gave it back.
    pub permit: Option<(Moment, Option<Moment>)>,
}

impl Row {
    /// All segments at the moment `now`: those that are over, and the one that goes on.
    pub fn segments_at(&self, now: Moment) -> impl DoubleEndedIterator<Item = Segment> + '_ {
        let open = self.open.map(|(wait, start)| Segment {
            wait,
            start,
            end: now.max(start),
        });
        self.segments.iter().copied().chain(open)
    }

    /// When the bar ends, at the moment `now`.
    #[must_use]
    pub fn end_at(&self, now: Moment) -> Moment {
        match self.open {
            Some((_, start)) => now.max(start),
            None => self.segments.last().map_or(self.joined, |last| last.end),
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
