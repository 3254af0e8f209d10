//! Rows are a fold: the same however the trace comes in, and up to any cursor.

use crawl_playground::engine::outcome::Outcome;
use crawl_playground::engine::trace::{Trace, What};
use crawl_playground::scenario::preset::Preset;
use crawl_playground::timeline::rows::Rows;
use proptest::prelude::*;

use super::lab::rows;
use super::preset::{lab_presets, run_of_preset};

/// A trace that ends after `count` events.
fn first(trace: &Trace, count: usize) -> Trace {
    let mut part = Trace::default();
    trace
        .events()
        .iter()
        .take(count)
        .for_each(|event| part.push(event.at, event.what));
    part
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn bit_by_bit_or_in_one_go_the_rows_are_the_same(
        preset in prop::sample::select(lab_presets().collect::<Vec<_>>()),
        cuts in prop::collection::vec(0..60_usize, 0..40),
    ) {
        let run = run_of_preset(preset);
        let whole = run.trace().clone();
        let mut bit_by_bit = Rows::default();
        let mut count = 0;
        for cut in cuts {
            count = (count + cut).min(whole.events().len());
            let part = first(&whole, count);
            let had = bit_by_bit.clone();
            let is_new = bit_by_bit.advance(&part);
            prop_assert_eq!(is_new, format!("{had:?}") != format!("{bit_by_bit:?}"));
            let mut at_once = Rows::default();
            at_once.advance(&part);
            prop_assert_eq!(format!("{bit_by_bit:?}"), format!("{at_once:?}"));
        }
        bit_by_bit.advance(&whole);
        prop_assert_eq!(format!("{bit_by_bit:?}"), format!("{:?}", rows(&run)));
    }

    #[test]
    fn up_to_any_cursor_bars_have_no_gaps_and_no_future(
        preset in prop::sample::select(lab_presets().collect::<Vec<_>>()),
        share in 0.0..1.0_f64,
    ) {
        let run = run_of_preset(preset);
        let whole = run.trace().clone();
        let count = (share * whole.events().len() as f64) as usize;
        let part = first(&whole, count);
        let now = part.events().last().map_or_else(Default::default, |event| event.at);
        let mut rows = Rows::default();
        rows.advance(&part);
        let is_end = |what: &What| matches!(what, What::Ended(..));
        prop_assert_eq!(rows.ended(), part.events().iter().filter(|event| is_end(&event.what)).count());
        let mut in_flight = 0;
        for row in rows.rows() {
            let mut edge = row.joined;
            for segment in row.segments_at(now) {
                prop_assert_eq!(segment.start, edge);
                edge = segment.end;
            }
            prop_assert_eq!(edge, row.end_at(now));
            prop_assert!(edge <= now);
            prop_assert_eq!(row.open().is_none(), row.outcome.is_some());
            in_flight += u32::from(row.open().is_some_and(|(wait, _)| wait.is_in_flight()));
            let spent_us: u64 = row.spent_us(now).iter().sum();
            prop_assert_eq!(spent_us, edge.as_us() - row.joined.as_us());
        }
        prop_assert_eq!(rows.in_flight().last(), in_flight);
    }
}

#[test]
fn an_empty_trace_is_nothing_new() {
    let mut rows = Rows::default();
    assert!(!rows.advance(&Trace::default()));
    assert_eq!(
        (rows.rows().len(), rows.ended(), rows.finished()),
        (0, 0, None)
    );
}

#[test]
fn events_of_tasks_that_never_joined_break_nothing() {
    let run = run_of_preset(Preset::Failures);
    let mut headless = Trace::default();
    for event in run
        .trace()
        .events()
        .iter()
        .filter(|event| !matches!(event.what, What::Joined(..)))
    {
        headless.push(event.at, event.what);
    }
    let mut rows = Rows::default();
    rows.advance(&headless);
    assert!(rows.rows().is_empty());
}

#[test]
fn the_failures_preset_keeps_what_the_network_told() {
    let run = run_of_preset(Preset::Failures);
    let rows = rows(&run);
    let by = |outcome| {
        rows.rows()
            .iter()
            .find(|row| row.outcome == Some(outcome))
            .unwrap()
    };
    assert!(by(Outcome::Network).error().is_some());
    assert_eq!(by(Outcome::Timeout).status(), None);
    assert_eq!(by(Outcome::HttpError(404)).status(), Some(404));
    assert_eq!(
        by(Outcome::HttpError(404))
            .title
            .map(|title| run.trace().read(title).to_owned())
            .as_deref(),
        Some("Status 404")
    );
    assert!(rows.origin(rows.rows()[0].origin).was_readable);
}
