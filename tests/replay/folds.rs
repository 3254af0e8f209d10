//! Every view is a fold up to the cursor: going there event by event gives what folding the first events at once does, and
//! nothing of what came later is seen.

use crawl_playground::engine::run::Run;
use crawl_playground::engine::trace::Trace;
use crawl_playground::report::lending::Lending;
use crawl_playground::report::log::Log;
use crawl_playground::results::Results;
use crawl_playground::scenario::preset::Preset;
use crawl_playground::timeline::rows::Rows;
use proptest::prelude::*;

use super::preset::{lab_presets, run_of_preset};

/// A trace that ends after `count` events. It has no texts.
fn first(trace: &Trace, count: usize) -> Trace {
    let mut part = Trace::default();
    let events = trace.events().iter().take(count);
    events.for_each(|event| part.push(event.at, event.what));
    part
}

/// The slots and the line, in words.
pub(super) fn permits(lending: &Lending) -> String {
    let slots: Vec<_> = (0..lending.slots())
        .map(|place| lending.slot(place))
        .collect();
    let line: Vec<_> = lending.line().collect();
    assert_eq!(line.len(), lending.waiting());
    let out = lending.in_flight();
    format!(
        "{slots:?} {line:?} {out:?} {} of {}",
        lending.in_use(),
        lending.limit()
    )
}

fn check_every_cursor(run: &Run, step: usize) {
    let whole = run.trace();
    let (mut rows, mut log) = (Rows::default(), Log::default());
    let (mut lending, mut results) = (Lending::default(), Results::default());
    let count = whole.events().len();
    for k in (0..=count).filter(|k| k % step == 0 || *k == count) {
        rows.advance_to(&whole, k);
        log.move_to(&whole, k);
        lending.advance_to(&whole, k);
        results.advance_to(&whole, k);
        assert_eq!((rows.cursor(), lending.cursor()), (k, k));

        // Of a trace that has no more events than these.
        let part = first(&whole, k);
        let (mut rows_at_once, mut lending_at_once) = (Rows::default(), Lending::default());
        rows_at_once.advance(&part);
        lending_at_once.advance_to(&part, k);
        assert_eq!(
            format!("{rows:?}"),
            format!("{rows_at_once:?}"),
            "{k} of {count}"
        );
        assert_eq!(
            permits(&lending),
            permits(&lending_at_once),
            "{k} of {count}"
        );

        // These read texts and what a crawl keeps, which only the whole trace has.
        let (mut log_at_once, mut results_at_once) = (Log::default(), Results::default());
        log_at_once.move_to(&whole, k);
        results_at_once.advance_to(&whole, k);
        assert_eq!(
            format!("{log:?}"),
            format!("{log_at_once:?}"),
            "{k} of {count}"
        );
        assert_eq!(
            format!("{results:?}"),
            format!("{results_at_once:?}"),
            "{k} of {count}"
        );
        let now_ms = part.events().last().map_or(0.0, |event| event.at.as_ms());
        for line in log.lines(&whole) {
            assert!(
                line.at_ms.parse::<f64>().unwrap() <= now_ms + 0.05,
                "{line:?}"
            );
        }
    }
    rows.advance(&whole);
    assert_eq!(rows.ended(), rows.rows().len());
}

#[test]
fn up_to_every_cursor_of_the_presets_the_views_are_those_of_the_first_events() {
    for preset in lab_presets() {
        let run = run_of_preset(preset);
        let count = run.trace().events().len();
        check_every_cursor(&run, (count / 60).max(1));
    }
}

#[test]
fn up_to_every_single_cursor_of_one_of_them() {
    check_every_cursor(&run_of_preset(Preset::Ten), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Back and forth, as somebody scrubs: back begins anew, forwards goes on. The log goes back by itself.
    #[test]
    fn wherever_the_cursor_was_before_it_shows_the_same(
        preset in prop::sample::select(lab_presets().collect::<Vec<_>>()),
        shares in prop::collection::vec(0.0..1.0_f64, 1..8),
    ) {
        let run = run_of_preset(preset);
        let whole = run.trace();
        let (mut rows, mut lending) = (Rows::default(), Lending::default());
        let mut log = Log::default();
        for share in shares {
            let k = (share * whole.events().len() as f64) as usize;
            if k < rows.cursor() {
                (rows, lending) = (Rows::default(), Lending::default());
            }
            rows.advance_to(&whole, k);
            lending.advance_to(&whole, k);
            // What is behind is never folded twice.
            prop_assert!(!rows.advance_to(&whole, k / 2));
            let (mut anew, mut lent_anew) = (Rows::default(), Lending::default());
            anew.advance_to(&whole, k);
            lent_anew.advance_to(&whole, k);
            prop_assert_eq!(format!("{rows:?}"), format!("{anew:?}"));
            prop_assert_eq!(permits(&lending), permits(&lent_anew));

            let mut log_anew = Log::default();
            log_anew.move_to(&whole, k);
            log.move_to(&whole, k);
            prop_assert_eq!(format!("{log:?}"), format!("{log_anew:?}"));
        }
    }
}
