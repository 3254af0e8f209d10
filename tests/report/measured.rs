//! A range of a run: its requests and bytes, as somebody counts who follows each task.

use std::collections::HashMap;

use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::trace::{Trace, What};
use crawl_playground::engine::wait::Wait;
use crawl_playground::report::measured::{Measured, range};
use proptest::prelude::*;

use super::lab::rows;
use super::preset::{lab_presets, run_of_preset};

/// Each request's time in flight.
fn requests(trace: &Trace) -> Vec<(Moment, Moment)> {
    let mut out = HashMap::new();
    let mut requests = Vec::new();
    for event in trace.events() {
        let (task, next) = match event.what {
            What::Entered(task, wait) => (task, Some(wait)),
            What::Ended(task, _) => (task, None),
            _ => continue,
        };
        let is_out = next.is_some_and(Wait::is_in_flight);
        match (is_out, out.contains_key(&task)) {
            (true, false) => {
                out.insert(task, event.at);
            }
            (false, true) => requests.push((out.remove(&task).unwrap(), event.at)),
            _ => {}
        }
    }
    requests
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_in_a_range_is_what_touches_it(
        preset in prop::sample::select(lab_presets().collect::<Vec<_>>()),
        from in 0.0..1.0_f64,
        share in 0.0..1.0_f64,
    ) {
        let run = run_of_preset(preset);
        let (rows, trace) = (rows(&run), run.trace());
        let total_ms = rows.last_end().as_ms();
        let start = Moment::from_ms(total_ms * from);
        let end = Moment::from_ms(total_ms * (from + (1.0 - from) * share));
        prop_assume!(start < end);
        let measured = Measured::of(&rows, &trace, start, end);
        let touching = requests(&trace).into_iter().filter(|(sent, done)| *sent < end && *done > start && done > sent);
        prop_assert_eq!(measured.requests, touching.count());
        let bytes: u64 = trace
            .events()
            .iter()
            .filter(|event| event.at >= start && event.at < end)
            .map(|event| match event.what {
                What::Bytes(_, bytes) => u64::from(bytes),
                _ => 0,
            })
            .sum();
        prop_assert_eq!(measured.bytes, bytes);
    }
}

#[test]
fn words_are_as_exact_as_the_range_is_short() {
    let at = Moment::from_us;
    assert_eq!(
        range(at(1_200_000), at(2_450_000)),
        "1.20\u{a0}s to 2.45\u{a0}s"
    );
    assert_eq!(
        range(at(1_200_010), at(1_200_020)),
        "1200.010\u{a0}ms to 1200.020\u{a0}ms"
    );
    const HOUR_US: u64 = 3_600_000_000;
    assert_eq!(
        range(at(HOUR_US), at(HOUR_US + 10)),
        "1\u{a0}h to 1\u{a0}h 0.000010\u{a0}s"
    );
    assert_eq!(
        range(at(HOUR_US + 62_000_000), at(2 * HOUR_US)),
        "1\u{a0}h 1\u{a0}min 2\u{a0}s to 2\u{a0}h"
    );
    let one = Measured {
        requests: 1,
        bytes: 980,
    };
    assert_eq!(one.words(), "1 request, 980\u{a0}B");
    assert_eq!(Measured::default().words(), "0 requests, 0\u{a0}B");
}
