//! The one map between time and pixels, both ways, and its ticks.

use crawl_playground::engine::moment::Moment;
use crawl_playground::timeline::scale::TimeScale;
use proptest::prelude::*;

const HOUR_US: u64 = 3_600_000_000;

fn scale() -> impl Strategy<Value = (TimeScale, u64, u64)> {
    let span_us = prop_oneof![0..50_u64, 1_000..10_000_000_u64, HOUR_US..200 * HOUR_US];
    (0..100 * HOUR_US, span_us, 0.0..200.0, 1.0..4_000.0).prop_map(
        |(start, span, left_px, width_px)| {
            let (start_at, end_at) = (Moment::from_us(start), Moment::from_us(start + span));
            (
                TimeScale::new(start_at, end_at, left_px, width_px),
                start,
                span,
            )
        },
    )
}

/// Whether a step is one that clocks have: up to ten seconds 1, 2 or 5 times a power of ten microseconds, then one that
/// fits a whole number of times into a minute, an hour or a day, or whole days.
fn is_round(mut step_us: u64) -> bool {
    const UNITS_US: [u64; 4] = [1_000_000, 60_000_000, HOUR_US, 24 * HOUR_US];
    for pair in UNITS_US.windows(2) {
        if (pair[0]..pair[1]).contains(&step_us) {
            return step_us.is_multiple_of(pair[0]) && pair[1].is_multiple_of(step_us);
        }
    }
    if step_us >= UNITS_US[3] {
        return step_us.is_multiple_of(UNITS_US[3]);
    }
    while step_us.is_multiple_of(10) {
        step_us /= 10;
    }
    matches!(step_us, 1 | 2 | 5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn from_moment_to_pixel_and_back((scale, start, span) in scale(), share in 0.0..1.0_f64) {
        let moment = Moment::from_us(start + (share * span as f64) as u64);
        let px = scale.px_from_moment(moment);
        prop_assert!(px >= scale.left_px() - 1e-6 && px <= scale.right_px() + 1e-6);
        // A double tells microseconds apart over centuries; rounding may cost one.
        prop_assert!(scale.moment_from_px(px).as_us().abs_diff(moment.as_us()) <= 1);
    }

    #[test]
    fn from_pixel_to_moment_and_back((scale, _, span) in scale(), share in 0.0..1.0_f64) {
        let px = scale.left_px() + share * (scale.right_px() - scale.left_px());
        let back = scale.px_from_moment(scale.moment_from_px(px));
        let px_of_a_us = (scale.right_px() - scale.left_px()) / span.max(1) as f64;
        prop_assert!((back - px).abs() <= px_of_a_us + 1e-6, "{px} came back as {back}");
    }

    #[test]
    fn ticks_are_round_in_order_inside_and_apart((scale, start, span) in scale(), gap_px in 20.0..120.0) {
        let ticks = scale.ticks(gap_px);
        let us: Vec<u64> = ticks.iter().map(|tick| tick.as_us()).collect();
        prop_assert!(us.iter().all(|us| *us >= start && *us <= start + span.max(1)), "{us:?} of {start} + {span}");
        prop_assert!(us.len() as f64 <= (scale.right_px() - scale.left_px()) / gap_px + 2.0);
        for pair in us.windows(2) {
            prop_assert!(pair[0] < pair[1]);
            prop_assert_eq!(pair[1] - pair[0], us[1] - us[0]);
            prop_assert!(is_round(pair[1] - pair[0]), "{us:?}");
            prop_assert!(pair[0].is_multiple_of(us[1] - us[0]));
            let apart = scale.px_from_moment(Moment::from_us(pair[1])) - scale.px_from_moment(Moment::from_us(pair[0]));
            prop_assert!(apart >= gap_px - 1e-6, "{apart} px");
        }
    }
}

#[test]
fn an_empty_span_and_no_width_divide_by_nothing() {
    for (span_us, width_px) in [(0, 0.0), (0, 800.0), (1, 0.0), (5, -3.0), (5, f64::NAN)] {
        let scale = TimeScale::new(Moment::ZERO, Moment::from_us(span_us), 10.0, width_px);
        assert!(scale.px_from_moment(Moment::from_us(7)).is_finite());
        assert_eq!(scale.moment_from_px(10.0), Moment::ZERO);
        assert!(scale.ticks(84.0).len() < 10);
    }
}

#[test]
fn the_usual_picture_has_whole_seconds() {
    let scale = TimeScale::new(Moment::ZERO, Moment::from_us(5_050_000), 0.0, 800.0);
    let seconds: Vec<u64> = scale.ticks(84.0).iter().map(|tick| tick.as_us()).collect();
    assert_eq!(
        seconds,
        [0, 1_000_000, 2_000_000, 3_000_000, 4_000_000, 5_000_000]
    );
}

#[test]
fn what_is_left_of_zero_is_zero() {
    let scale = TimeScale::new(Moment::ZERO, Moment::from_us(1_000), 100.0, 100.0);
    assert_eq!(scale.moment_from_px(-500.0), Moment::ZERO);
    assert_eq!(scale.moment_from_px(f64::NAN), Moment::ZERO);
}
