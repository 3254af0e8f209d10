//! The first picture: the runs of the default scenario, as they were simulated when the page was written.
//!
//! So the page can be seen before it has loaded what simulates. `tests/first_picture.rs` simulates them anew, and fails if a
//! single byte is another one; `RENEW=1 cargo test --test first_picture` writes the file again.

use std::time::Duration;

use super::figures::{Figures, Latency};
use super::verdict::Verdict;
use super::why::{Bound, Why};
use crate::engine::trace::Trace;
use crate::engine::trace::packed::{Packed, pack, put, put_text};
use crate::engine::wait::Wait;

/// The file.
pub const FIRST_PICTURE: &[u8] = include_bytes!("first_picture.bin");

/// What can hold those runs back.
const BOUNDS: [Bound; 2] = [Bound::OneAtATime, Bound::Permits];

/// A run that was made before: what happened, and what is said of it.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its log.
    pub trace: Trace,
    /// What is said of it.
    pub verdict: Verdict,
}

/// Writes runs. `None` if there is something in them for which the file has no word.
#[must_use]
pub fn write(runs: &[Known]) -> Option<Vec<u8>> {
    let mut packed = Vec::new();
    put(&mut packed, runs.len() as u64);
    for run in runs {
        packed.append(&mut pack(&run.trace)?);
        let Verdict { figures, why } = &run.verdict;
        let (place, own) = figures.slowest?;
        let Latency { p50, p95, max } = figures.latency?;
        let us = |span: Duration| u64::try_from(span.as_micros()).ok();
        for span in [figures.total, figures.ideal, p50, p95, max, own, why.blamed] {
            put(&mut packed, us(span)?);
        }
        for span in &figures.by_wait {
            put(&mut packed, us(*span)?);
        }
        let counts = [
            figures.tasks,
            figures.ok,
            figures.failed,
            figures.cancelled,
            figures.peak_in_flight as usize,
            usize::try_from(figures.bytes).ok()?,
            place,
            BOUNDS.iter().position(|bound| *bound == why.bound)?,
        ];
        for count in counts {
            put(&mut packed, count as u64);
        }
        if why.trap.is_some() {
            return None;
        }
        put_text(&mut packed, &why.sentence);
    }
    Some(packed)
}

/// Reads runs. `None` if these are none.
///
/// ```
/// use crawl_playground::report::first_picture::{FIRST_PICTURE, read};
///
/// let runs = read(FIRST_PICTURE).unwrap();
/// assert!(runs[1].verdict.figures.total < runs[0].verdict.figures.total); // three at a time, and one after another
/// ```
#[must_use]
pub fn read(bytes: &[u8]) -> Option<Vec<Known>> {
    let mut packed = Packed::new(bytes);
    let count = packed.small()?;
    (0..count).map(|_| run(&mut packed)).collect()
}

fn run(packed: &mut Packed<'_>) -> Option<Known> {
    let trace = packed.trace()?;
    let mut span = || packed.number().map(Duration::from_micros);
    let (total, ideal) = (span()?, span()?);
    let latency = Latency {
        p50: span()?,
        p95: span()?,
        max: span()?,
    };
    let own = span()?;
    let blamed = span()?;
    let mut by_wait = [Duration::ZERO; Wait::ALL.len()];
    for wait in &mut by_wait {
        *wait = span()?;
    }
    let mut count = || packed.small().map(|count| count as usize);
    let figures = Figures {
        paused: Duration::ZERO,
        total,
        ideal,
        tasks: count()?,
        ok: count()?,
        failed: count()?,
        cancelled: count()?,
        peak_in_flight: count()? as u32,
        bytes: count()? as u64,
        latency: Some(latency),
        by_wait,
        slowest: Some((count()?, own)),
    };
    let why = Why {
        blamed,
        bound: *BOUNDS.get(count()?)?,
        sentence: packed.text()?.to_owned(),
        trap: None,
    };
    let verdict = Verdict { figures, why };
    Some(Known { trace, verdict })
}
