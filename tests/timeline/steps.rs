//! The pyramid over a curve says the same as a look at all its steps.

use crawl_playground::engine::moment::Moment;
use crawl_playground::timeline::steps::Steps;
use proptest::prelude::*;

/// A curve as it is defined: its value holds from each step to the next.
fn highest(steps: &[(u64, u32)], start: u64, end: u64) -> u32 {
    let at_start = steps
        .iter()
        .rev()
        .find(|(at, _)| *at <= start)
        .map_or(0, |(_, value)| *value);
    let within = steps
        .iter()
        .filter(|(at, _)| *at > start && *at <= end)
        .map(|(_, value)| *value);
    within.fold(at_start, u32::max)
}

/// Steps and the values after them; of several at one moment only the last counts.
fn curve(changes: &[(u64, bool)]) -> (Steps, Vec<(u64, u32)>, u32) {
    let mut steps = Steps::default();
    let mut values: Vec<(u64, u32)> = Vec::new();
    let (mut at, mut value, mut peak) = (0, 0_u32, 0);
    for (gap, rises) in changes {
        at += gap;
        let by = if *rises || value == 0 { 1 } else { -1 };
        value = value.saturating_add_signed(by);
        peak = peak.max(value);
        steps.add(Moment::from_us(at), by);
        if values.last().is_some_and(|(last, _)| *last == at) {
            values.pop();
        }
        values.push((at, value));
    }
    (steps, values, peak)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_highest_of_any_span_is_the_highest_step_in_it(
        changes in prop_oneof![
            3 => prop::collection::vec((0..3_u64, any::<bool>()), 0..300),
            1 => prop::collection::vec((0..3_u64, any::<bool>()), 3_000..6_000),
        ],
        spans in prop::collection::vec((0..7_000_u64, 0..7_000_u64), 50),
    ) {
        let (steps, values, peak) = curve(&changes);
        let end = values.last().map_or(0, |(at, _)| *at);
        for (start, length) in spans.into_iter().map(|(a, b)| (a % (end + 3), b % (end + 3))) {
            prop_assert_eq!(
                steps.highest(Moment::from_us(start), Moment::from_us(start + length)),
                highest(&values, start, start + length),
                "{} + {}", start, length
            );
        }
        // One span after another, as the pixels of a strip ask.
        let mut place = 0;
        for start in (0..end + 3).step_by(1 + end as usize / 60) {
            prop_assert_eq!(
                steps.highest_from(&mut place, Moment::from_us(start), Moment::from_us(start + 7)),
                highest(&values, start, start + 7)
            );
        }
        prop_assert_eq!(steps.last(), values.last().map_or(0, |(_, value)| *value));
        prop_assert_eq!(steps.peak(), peak);
    }
}

#[test]
fn an_empty_curve_is_zero_everywhere() {
    let steps = Steps::default();
    assert_eq!(
        (
            steps.last(),
            steps.peak(),
            steps.highest(Moment::ZERO, Moment::from_us(u64::MAX))
        ),
        (0, 0, 0)
    );
}

#[test]
fn a_peak_of_no_length_is_kept_as_peak_only() {
    let mut steps = Steps::default();
    for by in [1, 1, 1, -2] {
        steps.add(Moment::from_us(5), by);
    }
    assert_eq!(
        (
            steps.peak(),
            steps.highest(Moment::ZERO, Moment::from_us(9))
        ),
        (3, 1)
    );
}
