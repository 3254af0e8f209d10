//! Work for the processor: counting primes, or parsing a large page for its links; whole or in slices. What an event loop
//! can't do while it does this is everything else.

use std::time::Duration;

pub use link_count::LinkCount;
pub use sample_page::sample_page;

mod link_count;
mod sample_page;

/// How long work in slices keeps the event loop before others get their turn: a frame has some 16 ms, and wants its share.
/// It is the measure for all such work together.
pub const SLICE: Duration = Duration::from_millis(5);

/// How much a page costs the processor, and where that is paid.
///
/// ```
/// use crawl_playground::engine::{compute::{Job, Place, Work}, limits::Limits};
///
/// let work = Work { job: Job::PrimesBelow(100_000), place: Place::Sliced };
/// let limits = Limits { work: Some(work), watch_lag: true, ..Limits::default() };
/// # assert_eq!(limits.work, Some(work));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Work {
    /// What is done.
    pub job: Job,
    /// Where.
    pub place: Place,
}

/// What the processor is to do. Either is a count, so that whoever does it can be held to the same result.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Job {
    /// The primes below this number are counted, by trial division.
    PrimesBelow(u32),
    /// The links of a made-up page of so many bytes are counted: a [`LinkCount`].
    LinksIn(u32),
}

impl Job {
    /// The same job with nothing to do.
    #[must_use]
    pub const fn emptied(self) -> Self {
        match self {
            Self::PrimesBelow(_) => Self::PrimesBelow(0),
            Self::LinksIn(_) => Self::LinksIn(0),
        }
    }
}

/// What kind of work it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Kind {
    /// Counting primes: nothing but arithmetic.
    #[default]
    Primes,
    /// Parsing a page: what a crawler's processor is really busy with.
    Page,
}

impl Kind {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Primes, Self::Page];

    /// The name, the same in code, page and links.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Primes => "count primes",
            Self::Page => "parse a page",
        }
    }

    /// What it is called where such work is done.
    #[must_use]
    pub const fn done(self) -> &'static str {
        match self {
            Self::Primes => "Counted",
            Self::Page => "Parsed",
        }
    }

    /// So much work of this kind, by the number that it is set to: primes below so many thousands, or a page of so many
    /// times 20 kB. The same number of either takes about as long.
    #[must_use]
    pub const fn job(self, number: u32) -> Job {
        match self {
            Self::Primes => Job::PrimesBelow(number.saturating_mul(1_000)),
            Self::Page => Job::LinksIn(number.saturating_mul(20_000)),
        }
    }
}

/// Where work for the processor is done.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Place {
    /// In one go on the event loop: nothing else happens meanwhile.
    #[default]
    OnLoop,
    /// On the event loop in slices of some milliseconds, one in each of its turns; between them it does other things.
    Sliced,
    /// In a worker, on another processor if there is one. The loop stays free.
    Worker,
}

impl Place {
    /// All of them, the worst first.
    pub const ALL: [Self; 3] = [Self::OnLoop, Self::Sliced, Self::Worker];

    /// The name, the same in code, page and links.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OnLoop => "on the loop",
            Self::Sliced => "in slices",
            Self::Worker => "in a worker",
        }
    }
}

/// A count of primes that can be interrupted.
///
/// ```
/// use crawl_playground::engine::compute::PrimeCount;
///
/// let mut count = PrimeCount::below(100);
/// while !count.step(10) {} // ten candidates at a time
/// assert_eq!(count.found(), 25);
/// ```
#[derive(Clone, Debug)]
pub struct PrimeCount {
    below: u32,
    next: u32,
    found: u32,
}

impl PrimeCount {
    /// Nothing counted yet of the primes below `below`.
    #[must_use]
    pub const fn below(below: u32) -> Self {
        Self {
            below,
            next: 2,
            found: 0,
        }
    }

    /// Looks at up to `candidates` more numbers. Returns whether that was the last of them.
    pub fn step(&mut self, candidates: u32) -> bool {
        let end = self.next.saturating_add(candidates).min(self.below);
        while self.next < end {
            self.found += u32::from(is_prime(self.next));
            self.next += 1;
        }
        self.next >= self.below
    }

    /// Looks at all that are left.
    #[must_use]
    pub fn finish(mut self) -> u32 {
        self.step(u32::MAX);
        self.found
    }

    /// How many primes were found so far.
    #[must_use]
    pub const fn found(&self) -> u32 {
        self.found
    }
}

/// Trial division by all numbers up to the square root: slow on purpose.
fn is_prime(number: u32) -> bool {
    let mut divisor = 2;
    while divisor <= number / divisor {
        if number.is_multiple_of(divisor) {
            return false;
        }
        divisor += 1;
    }
    number >= 2
}
