//! Predicted against measured, in words.

use std::time::Duration;

use crawl_playground::report::prediction::{compared, guessed};

fn words(predicted_us: u64, measured_us: u64) -> String {
    let us = Duration::from_micros;
    compared(us(predicted_us), us(measured_us)).replace('\u{a0}', " ")
}

#[test]
fn the_share_is_as_exact_as_it_is_useful() {
    let second = 1_000_000;
    assert_eq!(
        words(5 * second, 5 * second),
        "Predicted 5.00 s, measured 5.00 s: less than 0.1 % off."
    );
    assert!(words(99 * second / 100, second).ends_with(": 1.0 % off."));
    assert!(words(2 * second, second).ends_with(": 100 % off."));
    assert!(words(0, second).ends_with(": 100 % off."));
}

#[test]
fn of_nothing_there_is_no_share() {
    assert_eq!(
        words(0, 0),
        "Predicted 0.0 ms, measured 0.0 ms: less than 0.1 % off."
    );
    assert_eq!(words(3_000, 0), "Predicted 3.0 ms, measured 0.0 ms.");
    // However long.
    assert!(compared(Duration::MAX, Duration::from_nanos(1)).ends_with("% off."));
}

#[test]
fn what_was_guessed_is_said() {
    assert_eq!(guessed(0), None);
    assert_eq!(
        guessed(3).unwrap(),
        "3 tasks were cancelled or never sent, so the median of the others stands for each."
    );
}
