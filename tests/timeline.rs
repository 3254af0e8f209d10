//! The picture before it is painted: scale, curves, rows and scene; and the presets' traces as reviewed snapshots.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

#[allow(dead_code, reason = "each test crate uses its part")]
#[path = "support/lab.rs"]
mod lab;
#[allow(dead_code, reason = "each test crate uses its part")]
#[path = "support/preset.rs"]
mod preset;

#[path = "timeline/answers.rs"]
mod answers;
#[path = "timeline/axis.rs"]
mod axis;
#[path = "timeline/detail.rs"]
mod detail;
#[path = "timeline/extremes.rs"]
mod extremes;
#[path = "timeline/fold.rs"]
mod fold;
#[path = "timeline/gesture.rs"]
mod gesture;
#[path = "timeline/layout.rs"]
mod layout;
#[path = "timeline/live_crawls.rs"]
mod live_crawls;
#[path = "timeline/row.rs"]
mod row;
#[path = "timeline/scale.rs"]
mod scale;
#[path = "timeline/scene.rs"]
mod scene;
#[path = "timeline/snapshots.rs"]
mod snapshots;
#[path = "timeline/steps.rs"]
mod steps;
#[path = "timeline/svg.rs"]
mod svg;
#[path = "timeline/window.rs"]
mod window;

use std::fmt::Write as _;
use std::time::Duration;

use crawl_playground::engine::heartbeat::LATE;
use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::trace::{Trace, What};
use crawl_playground::scenario::preset::Preset;
use crawl_playground::scenario::{Network, Scenario};
use crawl_playground::sim::Sim;
use crawl_playground::sim::drawn::{Drawn, Failures};
use crawl_playground::sim::latency::Latency;
use url::Url;

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
    words += &events_in_words(&trace);
    writeln!(
        words,
        "total {} ms, at most {permits} permits and {in_flight} in flight",
        rows.last_end().as_ms()
    )
    .unwrap();
    words
}

/// What the bars don't tell: what controllers did and why, tries to come, results taken, queues, the loop's lag.
fn events_in_words(trace: &Trace) -> String {
    let mut words = String::new();
    let is_late = |lag| Duration::from(lag) >= LATE;
    for event in trace.events() {
        let said = match event.what {
            What::Adapted(reason) => reason.words(),
            What::Limit(limit) => format!("limit {limit}"),
            What::Throttled(host, delay) => {
                format!("host {}: {:?} apart", host.0 + 1, Duration::from(delay))
            }
            What::Again {
                task,
                wait_us,
                is_told,
            } => {
                let by = if is_told { "told" } else { "back-off" };
                format!("task {} again in {wait_us} µs, {by}", task.0 + 1)
            }
            What::Collected(task) => format!("task {} taken", task.0 + 1),
            What::Depth(queue, depth) => format!("queue {}: {depth}", queue.0 + 1),
            What::Lag(lag) if is_late(lag) => format!("lag {:?}", Duration::from(lag)),
            _ => continue,
        };
        writeln!(words, "at {} {said}", event.at.as_ms()).unwrap();
    }
    words
}

#[test]
fn the_preset_of_the_simulated_network_makes_this_picture() {
    let scenario = Scenario {
        simulated_tasks: 24,
        ..Scenario::of(Preset::Simulated, Network::Simulation)
    };
    let law: Latency = scenario.latency.parse().unwrap();
    let drawn = Drawn::new(law, Failures::NONE, scenario.limits().seed);
    let page = Url::parse("http://lab.test/").unwrap();
    let mut words = format!("{}\n", scenario.preset.title());
    for strategy in scenario.strategies() {
        let sim = Sim::new();
        let run = Run::new(sim.simulated(drawn.clone()), scenario.limits_for(strategy));
        let targets = scenario.list(&page, |_| None).targets;
        sim.block_on(run.go(strategy, scenario.source(targets, &page, 1)))
            .unwrap();
        lab::check(&run);
        write!(words, "\n{}\n{}", strategy.name(), in_words(&run)).unwrap();
    }
    insta::assert_snapshot!(scenario.preset.name(), words);
}

#[test]
fn the_lists_of_live_presets_make_these_pictures_over_latencies_by_a_law() {
    for preset in [Preset::Httpbin, Preset::JsonPlaceholder] {
        let scenario = Scenario::of(preset, Network::Live);
        let law: Latency = "lognormal 200 0.5".parse().unwrap();
        let page = Url::parse("http://page.test/").unwrap();
        let mut words = format!("{}\n", scenario.preset.title());
        for strategy in scenario.strategies() {
            let sim = Sim::new();
            let drawn = Drawn::new(law.clone(), Failures::NONE, 7);
            let run = Run::new(sim.simulated(drawn), scenario.limits_for(strategy));
            let targets = scenario.list(&page, |_| None).targets;
            sim.block_on(run.go(strategy, scenario.source(targets, &page, 1)))
                .unwrap();
            lab::check(&run);
            write!(words, "\n{}\n{}", strategy.name(), in_words(&run)).unwrap();
        }
        insta::assert_snapshot!(scenario.preset.name(), words);
    }
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
    let run = preset::run_of_preset(Preset::Five);
    let rows = lab::rows(&run);
    assert_eq!(
        rows.rows()[0].end_at(Moment::ZERO),
        lab::at_ms(1_000),
        "what has ended has its own end"
    );
}

#[test]
fn each_page_of_the_preset_on_retries_fails_once_or_twice_as_its_hint_says() {
    let run = preset::run_of_preset(Preset::Retries);
    let rows = lab::rows(&run);
    let tries = rows.rows().iter().map(|row| row.attempts());
    assert!(tries.eq([2, 3, 2, 3, 2, 3]));
    assert!(rows.rows().iter().all(|row| row.outcome.unwrap().is_ok()));
}
