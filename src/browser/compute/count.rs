//! What is counted on the page's own loop, whatever it is.

use super::link_count::LinkCount;
use crate::engine::compute::{Job, PrimeCount};

/// Numbers looked at between two looks at the clock.
const PRIMES_STRIDE: u32 = 500;
/// Steps of a parser between them: each some dozen tags.
const LINKS_STRIDE: u32 = 4;

/// A count on the page's own loop.
pub(super) enum Count {
    Primes(PrimeCount),
    Links(LinkCount),
}

impl Count {
    /// Nothing counted yet. `None` where what counts can't be loaded.
    pub(super) async fn of(job: Job) -> Option<Self> {
        Some(match job {
            Job::PrimesBelow(below) => Self::Primes(PrimeCount::below(below)),
            Job::LinksIn(bytes) => Self::Links(LinkCount::in_page_of(bytes).await?),
        })
    }

    /// Goes on for a moment that is short beside a slice. Returns whether it is done.
    pub(super) fn step(&mut self) -> bool {
        match self {
            Self::Primes(count) => count.step(PRIMES_STRIDE),
            Self::Links(count) => count.step(LINKS_STRIDE),
        }
    }

    /// Goes on to the end.
    pub(super) fn finish(self) -> u32 {
        match self {
            Self::Primes(count) => count.finish(),
            Self::Links(mut count) => {
                while !count.step(u32::MAX) {}
                count.found()
            }
        }
    }

    pub(super) fn found(&self) -> u32 {
        match self {
            Self::Primes(count) => count.found(),
            Self::Links(count) => count.found(),
        }
    }
}
