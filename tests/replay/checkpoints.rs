//! Checkpoints change how far is folded, and never what comes of it.

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy as How;
use crawl_playground::replay::checkpoints::Checkpoints;
use crawl_playground::report::lending::Lending;
use crawl_playground::sim::Sim;
use crawl_playground::sim::drawn::{Drawn, Failures};
use crawl_playground::sim::latency::Latency;
use crawl_playground::sim::network::targets;
use crawl_playground::timeline::rows::Rows;
use proptest::prelude::*;

use super::folds::permits;

/// A fold that knows nothing but how far it is, and the events that were folded for it.
fn folded(checkpoints: &mut Checkpoints<usize>, at: usize, place: usize) -> usize {
    let (mut fold, mut folded) = (at, 0);
    checkpoints.seek(&mut fold, at, place, &mut |fold: &mut usize, to| {
        assert!(*fold <= to, "a fold goes forwards only");
        folded += to - *fold;
        *fold = to;
    });
    assert_eq!(fold, place);
    folded
}

#[test]
fn what_was_passed_is_not_folded_again() {
    let mut checkpoints = Checkpoints::new(100_000, 17_000);
    assert_eq!(folded(&mut checkpoints, 0, 99_999), 99_999);
    assert!(folded(&mut checkpoints, 99_999, 99_998) < 6_000);
    assert!(folded(&mut checkpoints, 99_998, 3) <= 3);
    // Forwards too: from the checkpoint before, and not from where it is.
    assert!(folded(&mut checkpoints, 3, 50_000) < 6_000);
    assert_eq!(folded(&mut checkpoints, 50_000, 50_000), 0);
}

#[test]
fn a_fold_that_is_too_large_is_not_copied() {
    let mut checkpoints = Checkpoints::new(3_000_000, 500_000);
    assert_eq!(folded(&mut checkpoints, 0, 2_999_999), 2_999_999);
    assert_eq!(folded(&mut checkpoints, 2_999_999, 2_999_998), 2_999_998);
    assert_eq!(folded(&mut checkpoints, 2_999_998, 2_999_999), 1);
}

#[test]
fn an_empty_trace_has_one_place() {
    assert_eq!(folded(&mut Checkpoints::new(0, 0), 0, 0), 0);
}

/// Two thousand tasks of which some fail and are tried again: long enough for several checkpoints.
fn run() -> Run {
    let law = Latency::uniform(100.0, 300.0).unwrap();
    let limits = Limits {
        concurrency: 16,
        ..Limits::default()
    };
    let sim = Sim::new();
    let failures = Failures::new(10, 0).unwrap();
    let run = Run::new(sim.simulated(Drawn::new(law, failures, 1)), limits);
    sim.block_on(run.go(How::Semaphore, targets(2_000)))
        .unwrap();
    run
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    /// As somebody scrubs: back and forth, and never twice the same way.
    #[test]
    fn rows_and_permits_are_those_of_the_first_events(
        shares in prop::collection::vec(0.0..1.0_f64, 2..7),
    ) {
        let run = run();
        let whole = run.trace();
        let events = whole.events().len();
        prop_assert!(events > 10_000);
        let (mut rows, mut lending) = (Rows::default(), Lending::default());
        let mut seen = Checkpoints::new(events, 2_000);
        let mut lent = Checkpoints::new(events, 2_000);
        for share in shares {
            let place = (share * events as f64) as usize;
            let at = rows.cursor();
            seen.seek(&mut rows, at, place, &mut |rows: &mut Rows, place| {
                rows.advance_to(&whole, place);
            });
            lent.seek(&mut lending, at, place, &mut |lending: &mut Lending, place| {
                lending.advance_to(&whole, place);
            });
            let (mut anew, mut lent_anew) = (Rows::default(), Lending::default());
            anew.advance_to(&whole, place);
            lent_anew.advance_to(&whole, place);
            prop_assert_eq!(format!("{rows:?}"), format!("{anew:?}"));
            prop_assert_eq!(permits(&lending), permits(&lent_anew));
        }
    }
}
