//! AutoThrottle: Scrapy's rule, value by value.

use std::time::Duration;

use crawl_playground::engine::control::AutoThrottle;
use proptest::collection::vec;
use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

const fn ms(count: u64) -> Duration {
    Duration::from_millis(count)
}

fn throttle(target: f64, start: u64, least: u64, greatest: u64) -> AutoThrottle {
    AutoThrottle::new(target, ms(start), ms(least), ms(greatest)).unwrap()
}

#[test]
fn the_delay_falls_by_halves_to_the_latency() {
    let mut throttle = throttle(1.0, 5_000, 0, 60_000);
    let delays = [(); 6].map(|()| throttle.on_response(ms(200), true));
    let expected_us = [2_600_000, 1_400_000, 800_000, 500_000, 350_000, 275_000];
    assert_eq!(delays, expected_us.map(Duration::from_micros));
}

#[test]
fn the_delay_rises_at_once() {
    let mut throttle = throttle(4.0, 100, 0, 60_000);
    assert_eq!(throttle.on_response(ms(8_000), true), ms(2_000));
    // Below the old delay, but not by so much that the mean would be lower than the target.
    assert_eq!(throttle.on_response(ms(7_000), true), ms(1_875));
}

#[test]
fn another_status_than_200_raises_and_never_lowers() {
    let mut throttle = throttle(1.0, 1_000, 0, 60_000);
    assert_eq!(throttle.on_response(ms(10), false), ms(1_000));
    assert_eq!(throttle.on_response(ms(1_000), false), ms(1_000));
    assert_eq!(throttle.on_response(ms(1_500), false), ms(1_500));
    assert_eq!(throttle.on_response(ms(500), true), ms(1_000));
}

#[test]
fn the_delay_stays_between_its_bounds() {
    let mut throttle = throttle(1.0, 5_000, 300, 2_000);
    assert_eq!(throttle.delay(), ms(2_000));
    assert_eq!(throttle.on_response(ms(90_000), true), ms(2_000));
    for _ in 0..20 {
        throttle.on_response(Duration::ZERO, true);
    }
    assert_eq!(throttle.delay(), ms(300));
    assert_eq!(throttle.set_least(ms(700)), ms(700));
    assert_eq!(throttle.set_least(ms(100)), ms(700));
    assert_eq!(throttle.on_response(Duration::ZERO, true), ms(350));
    assert_eq!(throttle.set_least(ms(9_000)), ms(2_000));
}

#[test]
fn a_least_delay_above_the_greatest_is_the_greatest() {
    let mut throttle = AutoThrottle::towards(1, ms(90_000));
    assert_eq!(throttle.delay(), ms(60_000));
    assert_eq!(throttle.on_response(ms(10), true), ms(60_000));
}

#[test]
fn the_start_is_scrapys() {
    let scrapys = AutoThrottle::new(1.0, ms(5_000), ms(0), ms(60_000));
    assert_eq!(scrapys, Ok(AutoThrottle::default()));
}

#[test]
fn what_makes_no_sense_is_refused_with_a_sentence() {
    for target in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let why = AutoThrottle::new(target, ms(1), ms(1), ms(1)).unwrap_err();
        let expected =
            format!("A target of {target} requests at a time cannot be aimed at: set it above 0.");
        assert_eq!(why, expected);
    }
    assert_eq!(
        AutoThrottle::new(1.0, ms(1), ms(2), ms(1)).unwrap_err(),
        "The least delay (2 ms) is above the greatest (1 ms): lower the one or raise the other."
    );
}

proptest! {
    /// Scrapy computes in seconds and floating point; ours is within a microsecond for each response.
    #[test]
    fn it_does_as_scrapy_does(
        target in 0.1_f64..20.0, start_ms in 0_u64..10_000, least_ms in 0_u64..2_000, greatest_ms in 2_000_u64..60_000,
        responses in vec((0_u64..20_000_000, any::<bool>()), 1..50),
    ) {
        let mut throttle = throttle(target, start_ms, least_ms, greatest_ms);
        for (latency_us, is_200) in responses {
            let old = throttle.delay().as_secs_f64();
            let wanted = latency_us as f64 / 1e6 / target;
            let mean = (old + wanted) / 2.0;
            let next = mean.max(wanted).max(least_ms as f64 / 1e3).min(greatest_ms as f64 / 1e3);
            let expected = if !is_200 && next <= old { old } else { next };
            let delay = throttle.on_response(Duration::from_micros(latency_us), is_200);
            prop_assert!((delay.as_secs_f64() - expected).abs() <= 1.5e-6);
            prop_assert_eq!(delay, throttle.delay());
        }
    }

    #[test]
    fn no_latency_is_too_much(target: f64, start: Duration, least: Duration, greatest: Duration, latency: Duration) {
        if let Ok(mut throttle) = AutoThrottle::new(target, start, least, greatest) {
            for is_200 in [true, false] {
                let delay = throttle.on_response(latency, is_200);
                prop_assert!((least..=greatest).contains(&delay));
            }
        }
    }
}
