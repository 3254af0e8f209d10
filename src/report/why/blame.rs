//! Which limit is to blame for what: how much of the way to a run's end lay behind each.
//!
//! The sums of the waits do not tell. Who holds the turn at a host's clock while it stands in line for a permit is the only
//! one that waits for that; all behind it wait for the turn. So the blame is taken from the way that set the end, which
//! goes over from task to task: what lies before such a step is blamed on the limit that the step goes over.

use std::time::Duration;

use super::Bound;
use crate::engine::trace::Trace;
use crate::engine::wait::Wait;
use crate::report::turns::By;
use crate::report::turns::backwards::{MOST_EVENTS, Stretch, backwards};
use crate::timeline::rows::Span;

/// The limits that can be blamed, and the wait that stands for each. Who stands paused shows as waiting for its host.
pub(super) const BLAMED: [(Bound, Option<Wait>); 8] = [
    (Bound::Permits, Some(Wait::Permit)),
    (Bound::HostPermits, Some(Wait::HostPermit)),
    (Bound::Host, Some(Wait::Host)),
    (Bound::Rate, Some(Wait::Token)),
    (Bound::Retries, Some(Wait::Backoff)),
    (Bound::Consumer, Some(Wait::Handover)),
    (Bound::Hands, Some(Wait::Queue)),
    (Bound::Paused, None),
];

/// How much of the way to a run's end each limit is to blame for. They add up to no more than its total.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Blame([Duration; BLAMED.len()]);

impl Blame {
    /// The blame for the end that `trace` came to, of a run that stood paused in these spans, one after another. O(n); `None` if
    /// it is longer than [`MOST_EVENTS`].
    ///
    /// ```
    /// use crawl_playground::engine::{limits::Limits, run::Run, strategy::Strategy};
    /// use crawl_playground::report::why::{Bound, blame::Blame};
    /// use crawl_playground::sim::{Sim, drawn::{Drawn, Failures}, latency::Latency, world::World};
    /// use std::time::Duration;
    ///
    /// // Four of 100 ms, two at a time: the last two stood behind the first two.
    /// let world = World::drawn(Drawn::new(Latency::fixed(100.0).unwrap(), Failures::NONE, 1), 4);
    /// let limits = Limits { concurrency: 2, ..Limits::default() };
    /// let run = world.simulated(Strategy::Semaphore, &limits).unwrap();
    /// assert_eq!(Blame::of(&run.trace(), &[]).unwrap().on(Bound::Permits), Duration::from_millis(100));
    /// ```
    #[must_use]
    pub fn of(trace: &Trace, paused: &[Span]) -> Option<Self> {
        if trace.events().len() > MOST_EVENTS {
            return None;
        }
        let mut blame = Self::default();
        // What the stretches that come next, which are earlier ones, lie behind.
        let mut behind = None;
        for stretch in backwards(trace) {
            let length = stretch.end - stretch.start;
            // Who waits while the run is paused waits for nothing else.
            let stood = match own(stretch.wait) {
                Some(_) => within(&stretch, paused),
                None => Duration::ZERO,
            };
            blame.add(Some(Bound::Paused), stood);
            let waited_for = own(stretch.wait).or(behind);
            let (bound, before) = match stretch.over {
                // A clock's time is its own, whoever has set it.
                Some(By::HostClock) => (Some(Bound::Host), behind),
                Some(By::Token) => (Some(Bound::Rate), behind),
                Some(By::Break) => (Some(Bound::Retries), behind),
                Some(By::Permit | By::Limit | By::Ceiling) => (waited_for, Some(Bound::Permits)),
                Some(By::HostPlace) => (waited_for, Some(Bound::HostPermits)),
                Some(By::Done) if stretch.wait == Wait::Handover => {
                    (waited_for, Some(Bound::Consumer))
                }
                Some(By::Done) => (waited_for, Some(Bound::Hands)),
                // A page that is known and waits in the frontier has no task yet: what for, its trace does not tell.
                Some(By::Found) => (waited_for, None),
                None => (waited_for, behind),
            };
            blame.add(bound, length.saturating_sub(stood));
            behind = before;
        }
        Some(blame)
    }

    /// Each limit that can be blamed, with how much of the way it is to blame for.
    pub fn each(&self) -> impl Iterator<Item = (Bound, Duration)> {
        BLAMED.into_iter().map(|(bound, _)| bound).zip(self.0)
    }

    /// How much of the way this limit is to blame for.
    #[must_use]
    pub fn on(&self, bound: Bound) -> Duration {
        let mut each = self.each();
        each.find(|(known, _)| *known == bound)
            .map_or(Duration::ZERO, |(_, length)| length)
    }

    /// The limit to blame for most, if any is.
    #[must_use]
    pub fn most(&self) -> Option<Bound> {
        self.each()
            .filter(|(_, length)| !length.is_zero())
            .max_by_key(|(_, length)| *length)
            .map(|(bound, _)| bound)
    }

    fn add(&mut self, bound: Option<Bound>, length: Duration) {
        let place = BLAMED.iter().position(|(known, _)| Some(*known) == bound);
        if let Some(place) = place {
            self.0[place] += length;
        }
    }
}

/// How much of a stretch falls into these spans.
fn within(stretch: &Stretch, spans: &[Span]) -> Duration {
    let overlap = |&(from, until): &Span| {
        let until = until.unwrap_or(stretch.end).min(stretch.end);
        until - from.max(stretch.start)
    };
    spans.iter().map(overlap).sum()
}

/// Which limit a task waits for by itself, where no other let it go on. What waits in a queue or to be taken waits for others.
fn own(wait: Wait) -> Option<Bound> {
    let (bound, _) = BLAMED.into_iter().find(|(_, of)| *of == Some(wait))?;
    (!matches!(bound, Bound::Consumer | Bound::Hands)).then_some(bound)
}
