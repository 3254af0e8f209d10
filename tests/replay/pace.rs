//! Playing time: nothing is lost in any number of frames, and nothing jumps.

use std::time::Duration;

use crawl_playground::replay::pace::{LONGEST_FRAME, Pace, Speed};
use proptest::prelude::*;

#[test]
fn speeds_go_from_a_tenth_to_a_hundred_times_and_rise() {
    let second = Duration::from_millis(100);
    let run = Speed::ALL.map(|speed| Pace::default().advance(second, speed));
    assert_eq!(run[0], Duration::from_millis(10));
    assert_eq!(run[9], Duration::from_secs(10));
    assert!(run.is_sorted());
    let names = Speed::ALL.map(Speed::name);
    assert_eq!(
        [&names[0], &names[2], &names[3], &names[9]],
        ["1/10\u{a0}×", "1/2\u{a0}×", "1\u{a0}×", "100\u{a0}×"]
    );
    assert!(Speed::ALL.contains(&Speed::REAL));
}

#[test]
fn a_page_that_was_hidden_does_not_jump_on() {
    let frame = Duration::from_secs(3_600);
    let by = Pace::default().advance(frame, Speed::REAL);
    assert_eq!(by, LONGEST_FRAME);
}

proptest! {
    #[test]
    fn many_frames_are_as_long_as_one(
        frames_us in prop::collection::vec(0..250_000_u64, 0..60),
        speed in prop::sample::select(Speed::ALL.to_vec()),
    ) {
        let mut pace = Pace::default();
        let frame = |us: &u64| pace.advance(Duration::from_micros(*us), speed);
        let played: Duration = frames_us.iter().map(frame).sum();
        let second = Pace::default().advance(Duration::from_micros(100_000), speed);
        let exact = frames_us.iter().sum::<u64>() * second.as_micros() as u64 / 100_000;
        prop_assert_eq!(played, Duration::from_micros(exact));
    }

    #[test]
    fn another_speed_on_the_way_loses_less_than_a_microsecond(
        frames in prop::collection::vec((0..250_000_u64, 0..10_usize), 0..60),
    ) {
        let mut pace = Pace::default();
        let (mut played, mut exact, mut changes) = (0.0, 0.0, 0.0);
        let mut before = None;
        for (us, speed) in frames {
            let speed = Speed::ALL[speed];
            played += pace.advance(Duration::from_micros(us), speed).as_secs_f64() * 1e6;
            let tenth = Pace::default().advance(Duration::from_micros(100_000), speed);
            exact += us as f64 * tenth.as_secs_f64() * 10.0;
            changes += f64::from(before.replace(speed) != Some(speed));
        }
        prop_assert!((played - exact).abs() <= changes + 1.0, "{played} of {exact}");
    }
}
