//! `replay/cursor`: what a cursor that is dropped far behind where it was costs, in a finished run of a hundred thousand
//! events: everything that views are drawn from is folded anew, from the first event on.
//!
//! Native, so it is the folds' own cost; `cursor/100k` measures the same in the page, with all that is drawn and written.

use std::hint::black_box;

use crawl_playground::report::figures::Figures;
use crawl_playground::report::lending::Lending;
use crawl_playground::report::log::Log;
use crawl_playground::timeline::rows::Rows;

use crate::figure::{Better, Figure, Goal};
use crate::measure::medians_of;
use crate::sim::processor_time;
use crate::simulation::simulation;

pub(crate) const NAME: &str = "replay/cursor";
const EVENTS: usize = 100_000;
const TASKS: usize = 17_000;
const REPETITIONS: usize = 15;
const GOAL_MS: f64 = 16.0;

pub(crate) fn figures() -> Vec<Figure> {
    let run = simulation(TASKS);
    let trace = run.trace();
    let events = trace.events();
    assert!(events.len() > EVENTS, "the run has {} events", events.len());
    let last = events[EVENTS - 1].at;
    let mut folded = Rows::default();
    folded.advance_to(&trace, EVENTS);
    let parts: [(&str, &dyn Fn()); 5] = [
        (NAME, &|| {
            let mut rows = Rows::default();
            rows.advance_to(&trace, EVENTS);
            black_box(Figures::of(&rows, last));
            let mut log = Log::default();
            log.move_to(&trace, EVENTS);
            let mut lending = Lending::default();
            lending.advance_to(&trace, EVENTS);
            black_box((rows, log, lending));
        }),
        ("replay/rows", &|| {
            let mut rows = Rows::default();
            rows.advance_to(&trace, EVENTS);
            black_box(rows);
        }),
        // What a checkpoint costs instead.
        ("replay/rows-copied", &|| {
            black_box(folded.clone());
        }),
        ("replay/log", &|| {
            let mut log = Log::default();
            log.move_to(&trace, EVENTS);
            black_box(log);
        }),
        ("replay/lending", &|| {
            let mut lending = Lending::default();
            lending.advance_to(&trace, EVENTS);
            black_box(lending);
        }),
    ];
    let medians = medians_of(parts.len(), REPETITIONS, |place| {
        let start = processor_time();
        parts[place].1();
        (processor_time() - start).as_secs_f64() * 1e3
    });
    let figure = |(place, value): (usize, f64)| Figure {
        name: parts[place].0,
        unit: "ms",
        better: Better::Lower,
        value,
        peer: "the goal",
        peer_value: GOAL_MS,
        goal: (place == 0).then_some(Goal {
            bound: 1.0,
            words: "≤ 16 ms",
        }),
    };
    medians.into_iter().enumerate().map(figure).collect()
}
