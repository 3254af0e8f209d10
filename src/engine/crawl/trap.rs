//! Guards against crawler traps: addresses that a site makes without end, such as calendars, session ids in the query,
//! and relative links that grow with each page.
//!
//! They are guesses, and so the reason they give is `trap?`. Each can be set, and turned off by its largest value.

use super::normalise::path;

/// Which guard stopped an address.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Trap {
    /// One segment stands too often in the path.
    RepeatedSegment,
    /// Too many queries of one path.
    TooManyQueries,
    /// The path has too many segments.
    TooManySegments,
}

impl Trap {
    /// What was stopped, in a sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::RepeatedSegment => {
                "Its path says one name again and again, as links do that grow with each page."
            }
            Self::TooManyQueries => {
                "Its path was asked with many other queries, as calendars and session ids make them."
            }
            Self::TooManySegments => {
                "Its path is unusually long, as links make it that grow with each page."
            }
        }
    }
}

/// From where on an address looks like a trap's.
///
/// ```
/// use crawl_playground::engine::crawl::trap::{Guards, Trap};
///
/// let address = "https://example.org/a/b/a/b/a/b/a/b";
/// let guards = Guards::default();
/// assert_eq!(guards.look_at(address), Some(Trap::RepeatedSegment));
/// assert_eq!(
///     guards.describe(Trap::RepeatedSegment, address),
///     "\u{201c}a\u{201d} stands 4 times in the path, and more than 3 times looks like a trap"
/// );
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Guards {
    /// How often one segment may stand in a path.
    pub max_repeats: u32,
    /// How many addresses may differ in nothing but their query.
    pub max_queries: u32,
    /// How many segments a path may have.
    pub max_segments: u32,
}

impl Guards {
    /// No guard at all.
    pub const OFF: Self = Self {
        max_repeats: u32::MAX,
        max_queries: u32::MAX,
        max_segments: u32::MAX,
    };

    /// What the path alone tells. Linear in it. Queries are counted by the frontier, which knows the others.
    #[must_use]
    pub fn look_at(&self, address: &str) -> Option<Trap> {
        self.look_at_path(path(address))
    }

    /// The same for the path alone.
    pub(super) fn look_at_path(&self, path: &str) -> Option<Trap> {
        // Most paths have few segments, and none of them stands more often than there are.
        let mut few = [""; 16];
        let mut count = 0;
        let is_known = segments(path).try_for_each(|segment| {
            *few.get_mut(count)? = segment;
            count += 1;
            Some(())
        });
        if is_known.is_none() {
            count = segments(path).count();
        }
        if count > self.max_segments as usize {
            return Some(Trap::TooManySegments);
        }
        if count <= self.max_repeats as usize {
            return None;
        }
        let is_repeated = match is_known {
            Some(()) => repeats(few.get(..count)?, self.max_repeats),
            None => most_frequent(path).is_some_and(|(_, times)| times > self.max_repeats),
        };
        is_repeated.then_some(Trap::RepeatedSegment)
    }

    /// What stopped `address`, with the numbers: the end of a sentence, without a full stop.
    #[must_use]
    pub fn describe(&self, trap: Trap, address: &str) -> String {
        let path = path(address);
        match trap {
            Trap::RepeatedSegment => {
                let (segment, times) = most_frequent(path).unwrap_or_default();
                format!(
                    "\u{201c}{segment}\u{201d} stands {times} times in the path, and more than {} times looks like a trap",
                    self.max_repeats
                )
            }
            Trap::TooManyQueries => format!(
                "{} addresses of {} differ in nothing but their query, and more look like a trap",
                self.max_queries, path
            ),
            Trap::TooManySegments => format!(
                "{} segments in the path, and more than {} look like a trap",
                segments(path).count(),
                self.max_segments
            ),
        }
    }
}

/// 3 times the same segment, 50 queries, 12 segments.
impl Default for Guards {
    fn default() -> Self {
        Self {
            max_repeats: 3,
            max_queries: 50,
            max_segments: 12,
        }
    }
}

/// The segments that say something.
fn segments(path: &str) -> impl Iterator<Item = &str> {
    let mut rest = path;
    // Segments are short: to look at each letter is faster than to search.
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches('/');
        let end = rest.bytes().position(|byte| byte == b'/');
        let (segment, behind) = rest.split_at(end.unwrap_or(rest.len()));
        rest = behind;
        (!segment.is_empty()).then_some(segment)
    })
}

/// Whether one of a few segments stands more often than `most` times among them.
fn repeats(few: &[&str], most: u32) -> bool {
    let times = |(at, segment): (usize, &&str)| {
        few.iter()
            .skip(at)
            .filter(|other| *other == segment)
            .count()
    };
    // Of a segment that stands so often, the first is so far from the end.
    let firsts = few.len().saturating_sub(most as usize);
    let firsts = few.iter().enumerate().take(firsts);
    firsts.map(times).any(|times| times > most as usize)
}

/// The segment that stands most often in the path (of several the first by the alphabet), and how often it does.
/// O(n log n) in the segments: a path can have a thousand.
fn most_frequent(path: &str) -> Option<(&str, u32)> {
    let mut sorted: Vec<&str> = segments(path).collect();
    sorted.sort_unstable();
    let runs = sorted.chunk_by(|a, b| a == b);
    let most = runs.rev().max_by_key(|run| run.len())?;
    Some((most.first()?, most.len() as u32))
}
