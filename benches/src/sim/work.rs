//! What is simulated.

const TASKS: usize = 100_000;
/// Permits of the semaphore.
pub(crate) const LIMIT: usize = 64;
const LONGEST_MS: u32 = 10_000;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    Sleeps,
    Semaphore,
}

/// How long each task sleeps: Marsaglia's xorshift with 32 bits ("Xorshift RNGs", 2003), which is the same few lines in
/// every language here.
pub(crate) fn spans_ms() -> Vec<u32> {
    let mut state = 2_463_534_242_u32;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        1 + state % LONGEST_MS
    };
    (0..TASKS).map(|_| next()).collect()
}

/// Nobody is timed who simulates something else.
pub(crate) fn check_end(name: &str, work: Work, spans_ms: &[u32], end_ms: u64) {
    let expected = super::bare::end_ms(work, spans_ms);
    assert_eq!(end_ms, expected, "{name} ended at another virtual time");
}
