//! What a semaphore of n permits makes of known tasks: first-in-first-out list scheduling (Graham 1966), computed
//! without running anything. The summary predicts with it, and tests check the engine against it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Duration;

use crate::engine::run::MAX_IN_FLIGHT;

/// What a task needs: a permit for some time, then some time without it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Need {
    /// When it asks for the permit, from the start of the run.
    pub ready: Duration,
    /// How long it holds the permit.
    pub hold: Duration,
    /// How long it goes on without it.
    pub tail: Duration,
}

/// When the last of `needs` ends, if `permits` of them may hold a permit at a time, first come, first served. They must
/// be in the order of asking. O(n log permits). With no permits nothing that needs one ever ends: the longest duration.
///
/// ```
/// use crawl_playground::report::schedule::{Need, makespan};
/// use std::time::Duration;
///
/// let second = Duration::from_secs(1);
/// let needs = vec![Need { hold: second, ..Need::default() }; 10];
/// assert_eq!(makespan(&needs, 3), Duration::from_secs(4));
/// assert_eq!(makespan(&needs, 10), second);
/// ```
#[must_use]
pub fn makespan(needs: &[Need], permits: usize) -> Duration {
    if permits == 0 {
        return if needs.is_empty() {
            Duration::ZERO
        } else {
            Duration::MAX
        };
    }
    let mut free_at = BinaryHeap::new();
    let mut last_end = Duration::ZERO;
    for need in needs {
        let start = if free_at.len() < permits {
            need.ready
        } else {
            free_at
                .pop()
                .map_or(need.ready, |Reverse(free): Reverse<Duration>| {
                    free.max(need.ready)
                })
        };
        free_at.push(Reverse(start + need.hold));
        last_end = last_end.max(start + need.hold + need.tail);
    }
    last_end
}

/// [`makespan`] for any number of permits, worked out where it is as good as known: it is never less than all holds shared
/// out evenly, and never more than that and the longest task (Graham 1966). Of very many tasks the two are nearly the same.
pub struct Makespans<'a> {
    needs: &'a [Need],
    first_ready: Duration,
    last_ready: Duration,
    all_holds: Duration,
    longest: Duration,
}

impl<'a> Makespans<'a> {
    /// How far apart the two may be for the sake of speed: this share of the whole.
    const NEAR: f64 = 0.005;

    /// What is needed to know them. O(n).
    #[must_use]
    pub fn of(needs: &'a [Need]) -> Self {
        let most = |of: fn(&Need) -> Duration| needs.iter().map(of).max().unwrap_or_default();
        Self {
            needs,
            first_ready: needs
                .iter()
                .map(|need| need.ready)
                .min()
                .unwrap_or_default(),
            last_ready: most(|need| need.ready),
            all_holds: needs.iter().map(|need| need.hold).sum(),
            longest: most(|need| need.hold + need.tail),
        }
    }

    /// With so many permits: within half a per cent, or exact. O(1), or O(n log permits).
    #[must_use]
    pub fn with(&self, permits: usize) -> Duration {
        let shared = self.all_holds.as_secs_f64() / permits.max(1) as f64;
        let least = Duration::from_secs_f64(shared) + self.first_ready;
        let most = Duration::from_secs_f64(shared) + self.last_ready + self.longest;
        if permits > 0 && (most - least).as_secs_f64() <= least.as_secs_f64() * Self::NEAR {
            least
        } else {
            makespan(self.needs, permits)
        }
    }
}

/// The smallest number of permits, up to the number of tasks and to [`MAX_IN_FLIGHT`], with which the run is within 1 %
/// of what any more could do. O(n log² m), where m is the most that it can be.
#[must_use]
pub fn knee(needs: &[Need]) -> usize {
    let most = needs.len().clamp(1, MAX_IN_FLIGHT);
    let makespans = Makespans::of(needs);
    let good_enough = makespans.with(most).mul_f64(1.01);
    // More permits never make independent tasks later, so the good numbers are all above some first one.
    let (mut too_few, mut enough) = (0, most);
    while enough - too_few > 1 {
        let middle = usize::midpoint(too_few, enough);
        if makespans.with(middle) <= good_enough {
            enough = middle
        } else {
            too_few = middle
        }
    }
    enough
}
