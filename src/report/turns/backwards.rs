//! What set the end of a run, from its end backwards: stretch by stretch, without a gap.

use super::{By, Turn, visit};
use crate::engine::moment::Moment;
use crate::engine::trace::{TaskId, Trace};
use crate::engine::wait::Wait;

/// Of longer traces nothing is worked out: their turns would fill the memory of a page.
pub const MOST_EVENTS: usize = 1_000_000;

/// A stretch of the way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// Whose time it is.
    pub task: TaskId,
    /// What that task did, or waited for. Before it joined that is the queue.
    pub wait: Wait,
    /// From when.
    pub start: Moment,
    /// Until when.
    pub end: Moment,
    /// Why the stretch before this one is another task's, if it is.
    pub over: Option<By>,
}

/// The stretches from the end of the last task that ended back to the start of the run, edge to edge; some have no length.
/// From each turn it goes back to the *last* of those that had to come before it. O(n) in the trace; empty if nothing
/// ended, or if the trace is longer than [`MOST_EVENTS`].
pub fn backwards(trace: &Trace) -> impl Iterator<Item = Stretch> + use<> {
    let mut links: Vec<Link> = Vec::new();
    let mut place = None;
    if trace.events().len() <= MOST_EVENTS {
        visit(trace.events(), |turn| {
            if turn.ending().is_some() {
                place = Some(links.len());
            }
            links.push(Link::of(&turn));
        });
    }
    std::iter::from_fn(move || {
        let link = links.get(place?)?;
        let start = link.last.and_then(|last| links.get(last as usize));
        place = link.last.map(|last| last as usize);
        Some(Stretch {
            task: link.task,
            wait: link.wait,
            start: start.map_or(Moment::ZERO, |start| start.at),
            end: link.at,
            over: link.over,
        })
    })
}

/// What the way needs to know of a turn: a run has a million of them.
struct Link {
    at: Moment,
    task: TaskId,
    /// What ended with it.
    wait: Wait,
    /// What let it go on, if that is the last that had to come before it.
    over: Option<By>,
    /// Which turn came last of those that had to come before it. Places in the order of turns only ever fall, so a way ends.
    last: Option<u32>,
}

const _: () = assert!(size_of::<Link>() <= 24);

impl Link {
    fn of(turn: &Turn) -> Self {
        let other = turn
            .release
            .and_then(|release| Some((release.by, release.turn?)));
        let over = other.filter(|(_, place)| Some(*place) > turn.before);
        Self {
            at: turn.at,
            task: turn.task,
            wait: turn.wait.unwrap_or(Wait::Queue),
            over: over.map(|(by, _)| by),
            last: over.map_or(turn.before, |(_, place)| Some(place)),
        }
    }
}
