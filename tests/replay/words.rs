//! The permits and the events in words.

use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::{TaskId, What};
use crawl_playground::report::lending::Lending;
use crawl_playground::report::step::told;

use super::lab::{self, limits, list};
use super::preset::{lab_presets, run_of_preset};

/// The sentence at each event at which it is another one.
fn sentences(strategy: Strategy, concurrency: usize, tasks: usize) -> Vec<String> {
    let run = lab::run(
        strategy,
        limits(concurrency),
        list(vec!["delay/100"; tasks]),
    );
    let trace = run.trace();
    let mut lending = Lending::default();
    let mut all: Vec<String> = Vec::new();
    for place in 1..=trace.events().len() {
        lending.advance_to(&trace, place);
        all.push(lending.sentence(strategy));
    }
    all.dedup();
    all
}

#[test]
fn a_run_with_two_permits_is_told_from_its_first_to_its_last() {
    let rule =
        "A task needs a permit to send its request, and there are 2: at most 2 may be out at once.";
    let told = sentences(Strategy::Semaphore, 2, 4);
    let told: Vec<&str> = told
        .iter()
        .map(|told| told.strip_prefix(rule).unwrap().trim())
        .collect();
    assert_eq!(
        told,
        [
            "Nobody has asked yet.",
            "1 is free: who asks now waits for nobody.",
            "All are lent, and nobody waits.",
            "All are lent: task 3 is first in line and gets the next that comes back; nobody waits behind it.",
            "All are lent: task 3 is first in line and gets the next that comes back; 1 more waits behind it.",
            "All are lent: task 4 is first in line and gets the next that comes back; nobody waits behind it.",
            "All are lent, and nobody waits.",
            "1 is free: who asks now waits for nobody.",
            "All have come back, and nobody waits.",
        ]
    );
}

#[test]
fn one_permit_is_told_of_as_one() {
    let told = sentences(Strategy::Semaphore, 1, 2);
    assert!(
        told.iter()
            .all(|told| told.contains("there is 1: only 1 request may be out at a time."))
    );
    assert!(
        told.iter()
            .any(|told| told.contains("It is lent: task 2 is first in line"))
    );
}

#[test]
fn without_a_semaphore_it_is_said_what_holds_requests_back() {
    for strategy in Strategy::ALL {
        let told = sentences(strategy, 2, 3);
        let is_said = told
            .iter()
            .any(|told| told.starts_with("No semaphore here: "));
        let lends = matches!(strategy, Strategy::Semaphore | Strategy::Adaptive);
        assert_eq!(is_said, !lends, "{strategy:?}");
        assert!(told.iter().all(|told| told.ends_with('.')));
    }
    let told = sentences(Strategy::Sequential, 2, 2);
    let rule = "No semaphore here: each task begins when the one before it has ended.";
    assert_eq!(
        told,
        [
            format!("{rule} No request is out now."),
            format!("{rule} 1 request is out now."),
            format!("{rule} No request is out now."),
            format!("{rule} 1 request is out now."),
            format!("{rule} No request is out now.")
        ]
    );
}

#[test]
fn every_event_of_every_preset_has_its_words() {
    for preset in lab_presets() {
        let run = run_of_preset(preset);
        let trace = run.trace();
        for place in 0..trace.events().len() {
            let told = told(&trace, place).unwrap();
            assert!(
                told.starts_with("At ") && told.ends_with('.') && !told.contains("  "),
                "{told}"
            );
            if let What::Returned(TaskId(task)) = trace.events()[place].what {
                assert!(
                    told.contains(&format!("task {} gives its permit back", task + 1)),
                    "{told}"
                );
            }
        }
        assert_eq!(told(&trace, trace.events().len()), None);
    }
}
