//! The picture before it is painted: scale, curves, rows and scene; and the presets' traces as reviewed snapshots.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

#[allow(dead_code, reason = "each test crate uses its part")]
#[path = "support/lab.rs"]
mod lab;
#[allow(dead_code, reason = "each test crate uses its part")]
#[path = "support/preset.rs"]
mod preset;

#[path = "timeline/fold.rs"]
mod fold;
#[path = "timeline/layout.rs"]
mod layout;
#[path = "timeline/scale.rs"]
mod scale;
#[path = "timeline/scene.rs"]
mod scene;
#[path = "timeline/steps.rs"]
mod steps;

use std::fmt::Write as _;

use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::run::Run;
use crawl_playground::scenario::{Network, Scenario};

/// A run in words: a line a task, its waits with their ends in milliseconds.
fn in_words(run: &Run) -> String {
    let (rows, trace) = (lab::rows(run), run.trace());
    let mut words = String::new();
    for (index, row) in rows.rows().iter().enumerate() {
        write!(words, "{:>2} {:<40}", index + 1, trace.read(row.target)).unwrap();
        let mut edge = row.joined;
        write!(words, " {}", edge.as_ms()).unwrap();
        for segment in row.segments() {
            edge = segment.end;
            write!(words, " {} {}", segment.wait.name(), edge.as_ms()).unwrap();
        }
        writeln!(words, " = {}", row.outcome.unwrap().label()).unwrap();
    }
    let (permits, in_flight) = (rows.permits().peak(), rows.in_flight().peak());
    writeln!(
        words,
        "total {} ms, at most {permits} permits and {in_flight} in flight",
        rows.last_end().as_ms()
    )
    .unwrap();
    words
}

#[test]
fn the_presets_make_these_pictures() {
    for preset in preset::lab_presets() {
        let scenario = Scenario::of(preset, Network::Lab);
        let mut words = format!("{}\n", preset.title());
        for strategy in scenario.strategies() {
            let run = preset::run_of(&scenario, strategy);
            lab::check(&run);
            write!(words, "\n{}\n{}", strategy.name(), in_words(&run)).unwrap();
        }
        insta::assert_snapshot!(preset.name(), words);
    }
}

#[test]
fn a_run_that_is_asked_too_early_shows_what_there_is() {
    let run = preset::run_of_preset(crawl_playground::scenario::preset::Preset::Five);
    let rows = lab::rows(&run);
    assert_eq!(
        rows.rows()[0].end_at(Moment::ZERO),
        lab::at_ms(1_000),
        "what has ended has its own end"
    );
}

#[test]
fn each_page_of_the_preset_on_retries_fails_once_or_twice_as_its_hint_says() {
    let run = preset::run_of_preset(crawl_playground::scenario::preset::Preset::Retries);
    let rows = lab::rows(&run);
    let tries = rows.rows().iter().map(|row| row.attempts);
    assert!(tries.eq([2, 3, 2, 3, 2, 3]));
    assert!(rows.rows().iter().all(|row| row.outcome.unwrap().is_ok()));
}
