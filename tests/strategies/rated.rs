//! So many a second.

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::rate::Rate;
use crawl_playground::engine::retry::{Backoff, Retry};
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy as Combine;
use proptest::prelude::*;

use super::lab::{limits, list, ms};
use super::world::{World, assert_drawn, world};

fn rated(per_second: f64, burst: u32) -> Limits {
    Limits {
        rate: Some(Rate::new(per_second, burst).unwrap()),
        ..limits(1)
    }
}

#[test]
fn request_k_starts_when_its_token_has_come() {
    for per_second in [1.0, 2.0, 5.0, 8.0, 10.0, 25.0, 100.0, 1_000.0] {
        for burst in [1, 2, 5, 30] {
            let limits = rated(per_second, burst);
            let world = world(Combine::RateLimited, limits, list(["delay/3000"; 40]));
            // max(0, (k − burst + 1) / rate)
            let start = |k: u32| f64::from((k + 1).saturating_sub(burst)) / per_second * 1e6;
            let starts: Vec<_> = (0..40).map(|k| start(k).round() as u64).collect();
            assert_eq!(world.net.arrivals_us(), starts, "{per_second}, {burst}");
        }
    }
}

proptest! {
    #[test]
    fn with_a_burst_to_save_fractions_in_no_rate_is_off_by_a_microsecond(
        milli in 100..2_000_000_u64,
        burst in 2..20_u32,
    ) {
        let limits = rated(milli as f64 / 1e3, burst);
        let world = world(Combine::RateLimited, limits, list(["delay/100"; 45]));
        let start = |k: u64| ((k + 1).saturating_sub(burst.into()) * 1_000_000_000).div_ceil(milli);
        let starts: Vec<_> = (0..45).map(start).collect();
        prop_assert_eq!(world.net.arrivals_us(), starts);
    }
}

#[test]
fn slow_answers_pile_up_in_flight() {
    let world = world(
        Combine::RateLimited,
        rated(10.0, 1),
        list(["delay/1000"; 25]),
    );
    // Ten come a second and each stays for one.
    assert_eq!(world.net.peak(), 10);
}

/// When ten requests go out whose rate is changed on the way, in milliseconds.
fn starts_with(from: Option<(f64, u32)>, changes: &[(u64, Option<(f64, u32)>)]) -> Vec<f64> {
    let rate = |rate: Option<(f64, u32)>| rate.map(|(rate, burst)| Rate::new(rate, burst).unwrap());
    let world = World::new(Limits {
        rate: rate(from),
        ..limits(1)
    });
    let set: Vec<_> = changes
        .iter()
        .map(|(at, to)| {
            let to = rate(*to);
            let set = move |run: &Run| {
                run.set_limits(Limits {
                    rate: to,
                    ..run.limits()
                })
            };
            (*at, set)
        })
        .collect();
    let script: Vec<_> = set
        .iter()
        .map(|(at, set)| (*at, set as &dyn Fn(&Run)))
        .collect();
    world.go(Combine::RateLimited, list(["delay/50"; 6]), &script);
    let starts = world.net.arrivals_us();
    starts.iter().map(|us| *us as f64 / 1e3).collect()
}

#[test]
fn a_rate_that_changes_counts_from_that_moment_and_what_had_come_stays() {
    // At 250 ms half a token is there. The other half comes at the new rate.
    assert_eq!(
        starts_with(Some((10.0, 1)), &[(250, Some((100.0, 1)))]),
        [0.0, 100.0, 200.0, 255.0, 265.0, 275.0]
    );
    assert_eq!(
        starts_with(Some((10.0, 1)), &[(250, Some((2.0, 1)))]),
        [0.0, 100.0, 200.0, 500.0, 1_000.0, 1_500.0]
    );
    // To and fro: from 505 to 512 ms seven tenths of a token come, and the rest takes 300 ms.
    assert_eq!(
        starts_with(
            Some((1.0, 1)),
            &[(500, Some((100.0, 1))), (512, Some((1.0, 1)))]
        ),
        [0.0, 505.0, 812.0, 1_812.0, 2_812.0, 3_812.0]
    );
}

#[test]
fn without_a_rate_the_rest_goes_at_once_and_with_a_new_one_its_burst() {
    assert_eq!(
        starts_with(Some((10.0, 1)), &[(150, None)]),
        [0.0, 100.0, 150.0, 150.0, 150.0, 150.0]
    );
    assert_eq!(starts_with(None, &[]), [0.0; 6]);
}

#[test]
fn each_retry_takes_a_token_too() {
    let limits = Limits {
        retry: Retry {
            retries: 1,
            backoff: Backoff {
                base: ms(0),
                cap: ms(0),
            },
            ..Retry::default()
        },
        ..rated(10.0, 1)
    };
    let run = world(
        Combine::RateLimited,
        limits,
        list(["status/500?ms=30", "delay/20"]),
    )
    .run;
    // Who comes back stands in line again.
    assert_drawn(
        &run,
        "request 30 token 200 request 230 = 500
        token 100 request 120 = 200",
    );
}
