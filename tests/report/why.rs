//! Why a run was not faster: the bound that is named binds, and what is predicted comes true when it is run.

use std::time::Duration;

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::retry::Retry;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::report::headline::bound_sentence;
use crawl_playground::report::units::span;
use crawl_playground::report::why::{Bound, Why, explanation, why};
use crawl_playground::scenario::preset::Preset;
use crawl_playground::scenario::{Network, Scenario};

use super::lab::{self, limits, list, rows};
use super::preset::{plain_presets, run_of};
use super::{explained, figures_of};

fn why_of(scenario: &Scenario, strategy: Strategy) -> Why {
    let run = run_of(scenario, strategy);
    explained(&run, strategy)
}

fn preset(preset: Preset) -> Scenario {
    Scenario::of(preset, Network::Lab)
}

#[test]
fn each_preset_is_bound_by_what_it_shows() {
    for (name, bound) in [
        (Preset::Ten, Bound::Permits),
        (Preset::Five, Bound::Slowest(4)),
        (Preset::KeptPause, Bound::Permits),
        (Preset::OneSlow, Bound::Slowest(2)),
        (Preset::Failures, Bound::Permits),
        (Preset::News, Bound::Permits),
    ] {
        let scenario = preset(name);
        assert_eq!(
            why_of(&scenario, scenario.strategy).bound,
            bound,
            "{}",
            name.name()
        );
        assert_eq!(
            why_of(&scenario, Strategy::Sequential).bound,
            Bound::OneAtATime,
            "{}",
            name.name()
        );
    }
}

#[test]
fn with_so_many_permits_it_takes_what_was_predicted() {
    for name in plain_presets() {
        let scenario = preset(name);
        let why = why_of(&scenario, scenario.strategy);
        if why.bound != Bound::Permits {
            continue;
        }
        let doubled = Scenario {
            concurrency: 2 * scenario.concurrency,
            ..scenario.clone()
        };
        let total = figures_of(&run_of(&doubled, Strategy::Semaphore)).total;
        let words = format!(
            "With {} permits it would take about {}",
            doubled.concurrency,
            span(total)
        );
        assert!(why.sentence.contains(&words), "{words}: {}", why.sentence);
    }
}

#[test]
fn beyond_the_knee_nothing_changes_but_before_it() {
    let scenario = preset(Preset::Ten);
    let sentence = why_of(&scenario, scenario.strategy).sentence;
    let enough: usize = sentence
        .split("beyond ")
        .nth(1)
        .unwrap()
        .split(' ')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let total = |concurrency| {
        let scenario = Scenario {
            concurrency,
            ..scenario.clone()
        };
        figures_of(&run_of(&scenario, Strategy::Semaphore)).total
    };
    let best = total(10);
    assert!(
        total(enough) <= best.mul_f64(1.01) && total(enough - 1) > best.mul_f64(1.01),
        "{enough}"
    );
}

#[test]
fn a_kept_pause_says_what_giving_back_would_take_and_that_comes_true() {
    let kept = preset(Preset::KeptPause);
    let freed = Scenario {
        keep_permit: false,
        ..kept.clone()
    };
    let total = figures_of(&run_of(&freed, Strategy::Semaphore)).total;
    assert_eq!(total, lab::ms(5_000));
    let sentence = why_of(&kept, kept.strategy).sentence;
    assert!(
        sentence.contains(&format!(
            "given back before, it would take about {}",
            span(total)
        )),
        "{sentence}"
    );
    assert!(
        !why_of(&freed, freed.strategy)
            .sentence
            .contains("given back before")
    );
}

#[test]
fn a_slowest_task_that_timed_out_is_named_as_such() {
    let limits = crawl_playground::engine::limits::Limits {
        timeout: lab::ms(800),
        ..limits(9)
    };
    let run = lab::run(
        Strategy::AllAtOnce,
        limits,
        list(["delay/10", "hang", "delay/20"]),
    );
    let why = explained(&run, Strategy::AllAtOnce);
    assert_eq!(why.bound, Bound::Slowest(1));
    assert!(
        why.sentence.contains("Task 2") && why.sentence.contains("timeout"),
        "{}",
        why.sentence
    );
    assert!(why.sentence.contains("800\u{a0}ms"), "{}", why.sentence);
}

#[test]
fn more_than_six_to_one_http1_host_are_bound_by_the_browser() {
    let run = lab::run(Strategy::AllAtOnce, limits(1), list(["delay/100"; 7]));
    let (rows, figures) = (rows(&run), figures_of(&run));
    let why_http1 = why(&run.trace(), &rows, &figures, Strategy::AllAtOnce, true);
    assert_eq!(why_http1.bound, Bound::Connections);
    assert!(
        why_http1.sentence.contains("of the 7 requests"),
        "{}",
        why_http1.sentence
    );
    assert_ne!(
        why(&run.trace(), &rows, &figures, Strategy::AllAtOnce, false).bound,
        Bound::Connections
    );
}

#[test]
fn nothing_is_bound_by_nothing() {
    let run = lab::run(Strategy::Semaphore, limits(1), list::<&str>([]));
    let nothing = explained(&run, Strategy::Semaphore);
    assert_eq!(nothing.bound, Bound::Nothing);
    assert_eq!(nothing.sentence, "Nothing was fetched.");
    let at_once = lab::run(Strategy::Semaphore, limits(1), list(["delay/0"; 3]));
    let no_time = explained(&at_once, Strategy::Semaphore);
    assert_eq!(no_time.bound, Bound::Nothing);
    assert!(
        no_time.sentence.starts_with("It took no time"),
        "{}",
        no_time.sentence
    );
}

#[test]
fn a_run_that_was_stopped_is_not_explained() {
    let sim = crawl_playground::sim::Sim::new();
    let run = crawl_playground::engine::run::Run::new(sim.lab(), limits(1));
    assert!(
        sim.run_until(
            lab::at_ms(50),
            run.go(Strategy::Semaphore, list(["delay/40"; 4]))
        )
        .is_none()
    );
    assert_eq!(explained(&run, Strategy::Semaphore).bound, Bound::Stopped);
}

#[test]
fn the_ceiling_is_not_called_the_permits_of_the_run() {
    let run = lab::run(Strategy::AllAtOnce, limits(3), list(vec!["delay/100"; 300]));
    let why = explained(&run, Strategy::AllAtOnce);
    assert!(
        why.sentence.contains("256") && !why.sentence.contains("three"),
        "{}",
        why.sentence
    );
}

#[test]
fn the_short_sentence_counts_the_failures_and_names_the_bound() {
    let scenario = preset(Preset::Failures);
    let run = run_of(&scenario, scenario.strategy);
    let sentence = bound_sentence(&figures_of(&run), Bound::Permits);
    assert!(
        sentence.starts_with("Four tasks failed. ") && sentence.contains("2.00\u{a0}s"),
        "{sentence}"
    );
}

#[test]
fn the_trap_is_told_of_the_run_that_fell_into_it_and_of_no_other() {
    let trap = preset(Preset::Trap);
    let fell_in = why_of(&trap, trap.against);
    let cured = why_of(&trap, trap.strategy);
    let told = fell_in.trap.clone().unwrap();
    assert!(told.contains("nobody polled"), "{told}");
    assert_eq!(cured.trap, None);
    let runs = [
        ("First".to_owned(), &fell_in),
        ("Second".to_owned(), &cured),
    ];
    assert_eq!(
        explanation(&runs).unwrap(),
        format!("{} “First”: {told}", cured.sentence)
    );
    // Where the consumer takes no time there is nothing that it could hide.
    let scenario = preset(Preset::Ten);
    assert_eq!(why_of(&scenario, Strategy::BufferUnordered).trap, None);
    assert_eq!(explanation(&[]), None);
}

#[test]
fn the_limits_of_a_host_are_blamed_apart() {
    let why_of = |limits: Limits, paths: &[&str]| {
        let run = lab::run(Strategy::AllAtOnce, limits, list(paths.iter().copied()));
        let figures = figures_of(&run);
        (explained(&run, Strategy::AllAtOnce), figures)
    };
    let same = ["delay/100"; 6];
    let (why_it, _) = why_of(
        Limits {
            per_host: Some(2),
            ..limits(1)
        },
        &same,
    );
    assert_eq!(why_it.bound, Bound::HostPermits);
    assert!(
        why_it.sentence.contains("600\u{a0}ms in all"),
        "{}",
        why_it.sentence
    );
    let (why_it, _) = why_of(
        Limits {
            host_delay: Duration::from_millis(100),
            ..limits(1)
        },
        &same,
    );
    assert_eq!(why_it.bound, Bound::Host);

    // Who never failed has no back-off of its own: its break is another's.
    let retrying = Limits {
        per_host: Some(1),
        retry: Retry::default(),
        ..limits(1)
    };
    let (why_it, figures) = why_of(retrying, &["flaky/k?fails=1&ms=10", "delay/20", "delay/20"]);
    assert_eq!(why_it.bound, Bound::Retries);
    assert!(figures.total > figures.ideal, "{figures:?}");
}
