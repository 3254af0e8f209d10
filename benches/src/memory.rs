//! `memory/task-native`: what a finished simulation of a hundred thousand tasks keeps, with its trace and its rows, and
//! nothing of what it needed on the way. The goal is set for `memory/task`, the same in the page.
//!
//! Simulations are made one after another and kept, and the process's resident memory is looked at after each. The first
//! does not count: what it needed on the way is free for the next.

use std::fs::read_to_string;

use crawl_playground::engine::run::Run;
use crawl_playground::timeline::rows::Rows;

use crate::figure::{Better, Figure};
use crate::simulation::simulation;

pub(crate) const NAME: &str = "memory/task-native";
const TASKS: usize = 100_000;
const KEPT: usize = 6;
const GOAL_BYTES: f64 = 500.0;

pub(crate) fn figures() -> Vec<Figure> {
    let mut kept = vec![run_with_rows()];
    let Some(before) = resident_bytes() else {
        // Only Linux tells.
        return Vec::new();
    };
    kept.extend((0..KEPT).map(|_| run_with_rows()));
    let grown = resident_bytes().unwrap_or(before) - before;
    assert!(kept.iter().all(|(_, rows)| rows.ended() == TASKS));
    vec![Figure {
        name: NAME,
        unit: "B",
        better: Better::Lower,
        value: grown / (KEPT * TASKS) as f64,
        peer: "the goal",
        peer_value: GOAL_BYTES,
        goal: None,
    }]
}

fn run_with_rows() -> (Run, Rows) {
    let run = simulation(TASKS);
    let mut rows = Rows::default();
    rows.advance(&run.trace());
    (run, rows)
}

/// The resident memory of this process.
pub(crate) fn resident_bytes() -> Option<f64> {
    let status = read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1_024.0)
}
