//! `draw/bytes-per-segment`: what the rows of a run take in memory, and nothing else: neither its trace nor its texts. A
//! task has two segments here, a wait for its permit and its request, which is the least; so what a row has besides its
//! segments weighs most.
//!
//! And the segments themselves, as `make bench` gives them to those that draw the same beside ours.

use std::io::{self, Write as _};

use crawl_playground::timeline::rows::Rows;

use crate::figure::{Better, Figure, Goal};
use crate::memory::resident_bytes;
use crate::simulation::simulation;

pub(crate) const NAME: &str = "draw/bytes-per-segment";
const TASKS: usize = 500_032;
const MOST_KEPT: usize = 40;
const GOAL_BYTES: f64 = 40.0;

pub(crate) fn figures() -> Vec<Figure> {
    let run = simulation(TASKS);
    let rows = || {
        let mut rows = Rows::default();
        rows.advance(&run.trace());
        rows
    };
    // What the simulation has left behind is room for the first of them: until two in turn take as much as each other.
    let (mut kept, mut before, mut value) = (Vec::new(), 0.0, None);
    while kept.len() < MOST_KEPT && value.is_none() {
        let Some(resident) = resident_bytes() else {
            // Only Linux tells.
            return Vec::new();
        };
        kept.push(rows());
        let grown = resident_bytes().unwrap_or(resident) - resident;
        // And what takes less than its rows do was put where there was room.
        let least = size_of_val(kept[0].rows()) as f64;
        let is_alike = grown > 0.99 * least && (grown - before).abs() < grown / 100.0;
        value = is_alike.then_some(grown);
        before = grown;
    }
    let segments: usize = kept[0].rows().iter().map(|row| row.segments().len()).sum();
    let value = value.map_or(f64::NAN, |grown| grown / segments as f64);
    vec![Figure {
        name: NAME,
        unit: "B",
        better: Better::Lower,
        value,
        peer: "the goal",
        peer_value: GOAL_BYTES,
        goal: Some(Goal {
            bound: 1.0,
            words: "≤ 40 B",
        }),
    }]
}

/// Writes the segments of a run of so many tasks: of each its row, its wait, and its start and end in microseconds, as
/// four numbers of four bytes, the lowest first.
///
/// # Errors
/// If the file can't be written.
pub(crate) fn write(tasks: usize, path: &str) -> io::Result<()> {
    let run = simulation(tasks);
    let mut rows = Rows::default();
    rows.advance(&run.trace());
    let mut file = io::BufWriter::new(std::fs::File::create(path)?);
    for (row, number) in rows.rows().iter().zip(0_u32..) {
        for segment in row.segments() {
            let us = [segment.start, segment.end].map(|at| u32::try_from(at.as_us()));
            let [Ok(start_us), Ok(end_us)] = us else {
                return Err(io::Error::other("a run of more than an hour"));
            };
            for value in [number, segment.wait.index() as u32, start_us, end_us] {
                file.write_all(&value.to_le_bytes())?;
            }
        }
    }
    file.flush()
}
