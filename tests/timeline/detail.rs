//! Level of detail: in each pixel the segment that fills most of it, as somebody finds who looks at all of them.

use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::outcome::Outcome;
use crawl_playground::engine::trace::{OriginId, TaskId, Trace, What};
use crawl_playground::engine::wait::Wait;
use crawl_playground::timeline::detail::{columns, start_us, stretches};
use crawl_playground::timeline::rows::{Row, Rows};
use crawl_playground::timeline::scale::TimeScale;
use crawl_playground::timeline::window::{Extent, Window};
use proptest::prelude::*;

/// A row that joins at `joined_us` and spends these spans of time on these waits; the last goes on if `is_open`.
fn rows_of(joined_us: u64, spans: &[(usize, u64)], is_open: bool) -> (Rows, Moment) {
    let mut trace = Trace::default();
    let name = trace.text("x");
    let task = TaskId(0);
    let mut at_us = joined_us;
    trace.push(
        Moment::from_us(at_us),
        What::Joined(task, name, OriginId(0)),
    );
    for (wait, us) in spans {
        trace.push(
            Moment::from_us(at_us),
            What::Entered(task, Wait::ALL[*wait]),
        );
        at_us += us;
    }
    let now = Moment::from_us(at_us);
    if !is_open {
        trace.push(now, What::Ended(task, Outcome::Ok(200)));
    }
    let mut rows = Rows::default();
    rows.advance(&trace);
    (rows, now)
}

/// What each column shows, by looking at every segment.
fn by_brute_force(row: &Row, now: Moment, scale: &TimeScale) -> Vec<Option<Wait>> {
    let (first, last) = columns(scale);
    (first..last)
        .map(|column| {
            let (from_us, to_us) = (start_us(scale, column), start_us(scale, column + 1));
            let mut winner = (0.0, None);
            for segment in row.segments_at(now) {
                let us = (segment.end.as_us() as f64).min(to_us)
                    - (segment.start.as_us() as f64).max(from_us);
                if us > winner.0 {
                    winner = (us, Some(segment.wait));
                }
            }
            winner.1
        })
        .collect()
}

fn by_detail(row: &Row, now: Moment, scale: &TimeScale) -> (Vec<Option<Wait>>, usize) {
    let (first, last) = columns(scale);
    let mut found = Vec::new();
    stretches(row, now, scale, &mut found);
    let mut shown = vec![None; (last - first) as usize];
    let mut behind = first;
    for stretch in &found {
        assert!(
            stretch.from >= behind && stretch.to > stretch.from && stretch.to <= last,
            "{found:?}"
        );
        behind = stretch.to;
        for column in stretch.from..stretch.to {
            shown[(column - first) as usize] = Some(stretch.wait);
        }
    }
    (shown, found.len())
}

fn spans() -> impl Strategy<Value = Vec<(usize, u64)>> {
    let us = prop_oneof![
        3 => Just(0_u64),
        4 => Just(100),
        4 => 1..50_u64,
        4 => 50..5_000_u64,
        1 => 5_000..2_000_000_u64,
        1 => Just(3_600_000_000),
    ];
    let span = (0..Wait::ALL.len(), us);
    prop_oneof![
        prop::collection::vec(span.clone(), 0..6),
        prop::collection::vec(span, 0..900),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn each_pixel_shows_what_fills_most_of_it(
        joined_us in prop_oneof![Just(0_u64), 0..10_000_u64, 0..10_000_000_000_u64],
        spans in spans(),
        is_open in any::<bool>(),
        factor in prop_oneof![Just(1.0), 1e-6..1.0_f64],
        at in 0.0..1.0_f64,
        left_px in prop_oneof![Just(140.0), 0.0..200.0_f64],
        width_px in 1.0..400.0_f64,
        ratio in prop::sample::select(vec![1.0, 1.25, 1.5, 2.0, 3.0]),
    ) {
        let (rows, now) = rows_of(joined_us, &spans, is_open);
        let extent = Extent { end: Moment::from_us(now.as_us() + now.as_us() / 50), now };
        let scale = Window::WHOLE.zoomed(factor, at, extent).scale(extent, left_px, width_px).at_ratio(ratio);
        let row = &rows.rows()[0];
        let (shown, _) = by_detail(row, now, &scale);
        prop_assert_eq!(shown, by_brute_force(row, now, &scale));
    }
}

#[test]
fn ten_thousand_segments_that_are_all_alike_are_one_stretch() {
    let (rows, now) = rows_of(0, &[(6, 100); 10_000], false);
    let scale = TimeScale::new(Moment::ZERO, now, 0.0, 800.0);
    assert_eq!(by_detail(&rows.rows()[0], now, &scale).1, 1);
}

#[test]
fn a_row_costs_as_much_as_it_has_pixels() {
    let spans: Vec<(usize, u64)> = (0..20_000)
        .map(|k| (k % 5, 1 + (k as u64 * 7) % 90))
        .collect();
    let (rows, now) = rows_of(0, &spans, true);
    let scale = TimeScale::new(Moment::ZERO, now, 0.0, 800.0);
    let (shown, count) = by_detail(&rows.rows()[0], now, &scale);
    assert!(count <= 800);
    assert_eq!(shown, by_brute_force(&rows.rows()[0], now, &scale));
}

#[test]
fn what_has_no_length_shows_nothing() {
    for spans in [vec![], vec![(0, 0)], vec![(6, 0); 500]] {
        for is_open in [true, false] {
            let (rows, now) = rows_of(0, &spans, is_open);
            let scale = TimeScale::new(Moment::ZERO, now, 140.0, 300.0);
            let (shown, _) = by_detail(&rows.rows()[0], now, &scale);
            assert!(shown.iter().all(Option::is_none));
        }
    }
}

#[test]
fn a_microsecond_is_a_pixel_at_least() {
    let (rows, now) = rows_of(500_000, &[(6, 1)], false);
    let scale = TimeScale::new(Moment::ZERO, Moment::from_us(1_000_000), 140.0, 300.0);
    let (shown, _) = by_detail(&rows.rows()[0], now, &scale);
    assert_eq!(shown.iter().flatten().count(), 1);
}
