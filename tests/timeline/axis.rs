//! The axis' labels: apart from each other in any window, and in the unit that fits.

use crawl_playground::engine::moment::Moment;
use crawl_playground::timeline::axis::{LABEL_GAP_PX, ticks, width_px};
use crawl_playground::timeline::scale::TimeScale;
use crawl_playground::timeline::window::{Extent, Window};
use proptest::prelude::*;

fn labels(start_us: u64, end_us: u64, width_px: f64) -> Vec<String> {
    let scale = TimeScale::new(
        Moment::from_us(start_us),
        Moment::from_us(end_us),
        0.0,
        width_px,
    );
    let labels = ticks(&scale, 84.0).into_iter().map(|tick| tick.label);
    labels.map(|label| label.replace('\u{a0}', " ")).collect()
}

#[test]
fn units_adapt_from_microseconds_to_hours() {
    assert_eq!(labels(0, 40, 400.0), ["0", "10 µs", "20 µs", "30 µs", ""]);
    assert_eq!(labels(0, 4_000, 400.0), ["0", "1 ms", "2 ms", "3 ms", ""]);
    assert_eq!(
        labels(1_000, 1_800, 400.0),
        ["1.0 ms", "1.2 ms", "1.4 ms", "1.6 ms", ""]
    );
    assert_eq!(labels(0, 4_000_000, 400.0), ["0", "1 s", "2 s", "3 s", ""]);
    assert_eq!(
        labels(0, 240_000_000, 400.0),
        ["0", "1 min", "2 min", "3 min", ""]
    );
    assert_eq!(labels(0, 3 * 3_600_000_000, 400.0), ["0", "1 h", "2 h", ""]);
    assert_eq!(labels(0, 100_000_000, 400.0), ["0", "30 s", "1 min", ""]);
    // Deep in a run of seconds, seconds stay the unit.
    assert_eq!(
        labels(2_000_100, 2_000_500, 400.0),
        ["2.0001 s", "2.0002 s", "2.0003 s", "2.0004 s", ""]
    );
}

#[test]
fn where_two_units_matter_both_are_written() {
    const HOUR_US: u64 = 3_600_000_000;
    assert_eq!(
        labels(HOUR_US - 60_000_000, HOUR_US + 140_000_000, 800.0),
        [
            "59 min",
            "59 min 30 s",
            "1 h",
            "1 h 30 s",
            "1 h 1 min",
            "1 h 1 min 30 s",
            "1 h 2 min"
        ]
    );
    assert_eq!(
        labels(HOUR_US + 123_000_000, HOUR_US + 125_000_000, 700.0),
        [
            "1 h 2 min 3.0 s",
            "1 h 2 min 3.5 s",
            "1 h 2 min 4.0 s",
            "1 h 2 min 4.5 s",
            ""
        ]
    );
    assert_eq!(
        labels(4 * HOUR_US, 6 * HOUR_US, 600.0),
        ["4 h", "4 h 30 min", "5 h", "5 h 30 min", ""]
    );
}

#[test]
fn after_hours_microseconds_have_room_for_all_their_digits() {
    let labels = labels(7_200_000_000, 7_200_000_040, 600.0);
    assert_eq!(
        labels,
        ["2 h", "2 h 0.00001 s", "2 h 0.00002 s", "2 h 0.00003 s", ""]
    );
}

#[test]
fn a_tick_by_itself_has_the_digits_that_it_has() {
    assert_eq!(labels(7_199_900_000, 7_200_400_000, 100.0), ["2 h"]);
    assert_eq!(labels(1_550_000, 1_710_000, 100.0), ["1.6 s"]);
}

/// The moment that a label names, in microseconds.
fn us(label: &str) -> u64 {
    if label == "0" {
        return 0;
    }
    let parts = label.split(' ').map(|part| {
        let (number, unit) = part.split_once('\u{a0}').expect("a number and its unit");
        let power = match unit {
            "h" => return number.parse::<u64>().unwrap() * 3_600_000_000,
            "min" => return number.parse::<u64>().unwrap() * 60_000_000,
            "s" => 6,
            "ms" => 3,
            "µs" => 0,
            _ => panic!("no unit: {label}"),
        };
        let (whole, behind) = number.split_once('.').unwrap_or((number, ""));
        assert!(behind.len() <= power, "parts of a microsecond: {label}");
        format!("{whole}{behind:0<power$}").parse::<u64>().unwrap()
    });
    parts.sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn labels_never_overlap_and_stay_in_the_drawing(
        end_us in prop_oneof![1..1_000_u64, 1_000..60_000_000_u64, 60_000_000..720_000_000_000_u64],
        factor in prop_oneof![1e-9..1e-3_f64, 1e-3..1.0_f64],
        at in 0.0..1.0_f64,
        width in 150.0..3_000.0_f64,
        gap_px in 40.0..100.0_f64,
    ) {
        let extent = Extent { end: Moment::from_us(end_us), now: Moment::from_us(end_us) };
        let scale = Window::WHOLE.zoomed(factor, at, extent).scale(extent, 8.0, width);
        let ticks = ticks(&scale, gap_px);
        for pair in ticks.windows(2) {
            let end_px = pair[0].x_px + LABEL_GAP_PX + width_px(&pair[0].label);
            prop_assert!(end_px <= pair[1].x_px, "{pair:?}");
            prop_assert!(pair[0].label != pair[1].label, "{pair:?}");
        }
        for tick in ticks.iter().filter(|tick| !tick.label.is_empty()) {
            // What is written is where it stands, to the microsecond, and in no more letters than a moment can need.
            let at = Moment::from_us(us(&tick.label));
            prop_assert!((scale.px_from_moment(at) - tick.x_px).abs() < 1e-6, "{tick:?}");
            prop_assert!(tick.label.chars().count() <= "199 h 59 min 59.999999 s".len(), "{tick:?}");
        }
        for tick in &ticks {
            prop_assert!(tick.x_px >= 8.0 - 1e-6 && tick.x_px <= scale.right_px() + 1e-6);
            prop_assert!(tick.label.is_empty() || tick.x_px + LABEL_GAP_PX + width_px(&tick.label) <= scale.right_px() + 16.0);
        }
    }
}
