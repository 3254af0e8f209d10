//! Predicted against measured, as the summary shows it.

use std::time::Duration;

use crawl_playground::report::prediction::off_by;

fn shown(predicted_us: u64, measured_us: u64) -> Option<String> {
    let us = Duration::from_micros;
    off_by(us(predicted_us), us(measured_us)).map(|off| off.replace('\u{a0}', " "))
}

#[test]
fn it_is_a_share_of_what_was_measured_either_way() {
    let second = 1_000_000;
    assert_eq!(shown(5 * second, 5 * second).unwrap(), "0.0 %");
    assert_eq!(shown(99 * second / 100, second).unwrap(), "1.0 %");
    assert_eq!(shown(101 * second / 100, second).unwrap(), "1.0 %");
    assert_eq!(shown(2 * second, second).unwrap(), "100.0 %");
    assert_eq!(shown(second, 2 * second).unwrap(), "50.0 %");
    assert_eq!(shown(0, second).unwrap(), "100.0 %");
}

#[test]
fn of_nothing_there_is_no_share() {
    assert_eq!(shown(3_000, 0), None);
    // Unless nothing was predicted either.
    assert_eq!(shown(0, 0).unwrap(), "0.0 %");
    // However long.
    assert!(off_by(Duration::MAX, Duration::from_nanos(1)).is_some());
}
