//! What is tried again, how often, and after how long.

use crawl_playground::engine::limits::{Limits, OnFailure};
use crawl_playground::engine::random::Random;
use crawl_playground::engine::retry::{Backoff, Retry};
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::{Ending, GaveUp, Note};

use super::lab::{limits, list, ms, notes};
use super::world::{assert_drawn, drawn, ending, world};

/// Retries at once: what is drawn from no range is nothing.
fn at_once(retries: u32) -> Limits {
    let nothing = Backoff {
        base: ms(0),
        cap: ms(0),
    };
    Limits {
        retry: Retry {
            retries,
            backoff: nothing,
            ..Retry::default()
        },
        timeout: ms(50),
        ..limits(1)
    }
}

#[test]
fn what_may_end_better_is_tried_again_and_what_may_not_is_not() {
    for (path, tries) in [
        ("status/408", 3),
        ("status/500", 3),
        ("status/502", 3),
        ("status/504", 3),
        ("drop?ms=20", 3),
        ("hang", 3),
        ("status/400", 1),
        ("status/403", 1),
        ("status/404", 1),
        ("status/501", 1),
        ("delay/10", 1),
    ] {
        for strategy in [
            Strategy::Sequential,
            Strategy::Semaphore,
            Strategy::Pipeline,
        ] {
            let world = world(strategy, at_once(2), list([path]));
            assert_eq!(world.net.arrivals_us().len(), tries, "{path}");
            let gave_up = notes(&world.run, 0).contains(&Note::GaveUp(GaveUp::Tries));
            assert_eq!(gave_up, tries > 1, "{path}");
        }
    }
}

#[test]
fn each_attempt_has_the_whole_time_again() {
    let run = world(Strategy::Sequential, at_once(2), list(["hang", "delay/10"])).run;
    assert_drawn(
        &run,
        "request 50 request 100 request 150 = timeout
        queue 150 request 160 = 200",
    );
}

#[test]
fn back_offs_are_drawn_from_the_seed_to_the_microsecond() {
    for seed in 0..50 {
        let limits = Limits {
            retry: Retry {
                retries: 4,
                ..Retry::default()
            },
            seed,
            ..limits(1)
        };
        let run = world(Strategy::Semaphore, limits, list(["status/500?ms=10"])).run;
        let (mut random, mut now_us, mut bar) = (Random::seeded(seed), 10_000, Vec::new());
        bar.push("request 10".to_owned());
        for retry in 1..=4 {
            now_us += limits.retry.backoff.wait(retry, &mut random).as_micros() as u64;
            bar.push(format!("backoff {}", now_us as f64 / 1e3));
            now_us += 10_000;
            bar.push(format!("request {}", now_us as f64 / 1e3));
        }
        bar.push("= 500".to_owned());
        assert_eq!(drawn(&run), [bar.join(" ")]);
    }
}

#[test]
fn who_backs_off_keeps_no_permit_and_stands_in_line_again() {
    // The draw for the seed is more than the 20 ms that the others take.
    let limits = Limits {
        retry: Retry {
            retries: 1,
            ..Retry::default()
        },
        seed: 3,
        ..limits(1)
    };
    let wait = limits.retry.backoff.wait(1, &mut Random::seeded(3));
    assert!(wait > ms(20), "{wait:?}");
    let again = 10.0 + wait.as_micros() as f64 / 1e3;
    let tasks = ["status/500?ms=10", "delay/10", "delay/10"];
    let run = world(Strategy::Semaphore, limits, list(tasks)).run;
    let expected = format!(
        "request 10 backoff {again} request {} = 500
        permit 10 request 20 = 200
        permit 20 request 30 = 200",
        again + 10.0
    );
    assert_drawn(&run, &expected);
}

#[test]
fn one_at_a_time_a_retry_holds_up_all_behind_it() {
    let mut limits = at_once(2);
    limits.delay = ms(5);
    let tasks = ["status/500?ms=10", "delay/10"];
    let run = world(Strategy::Sequential, limits, list(tasks)).run;
    // The pause comes after the last attempt only.
    assert_drawn(
        &run,
        "request 10 request 20 request 30 pause 35 = 500
        queue 35 request 45 pause 50 = 200",
    );
}

#[test]
fn a_failure_stops_the_run_when_no_try_is_left_and_not_before() {
    for strategy in Strategy::ALL {
        if strategy == Strategy::Race {
            continue; // no failure stops it
        }
        let limits = Limits {
            on_failure: OnFailure::StopAtFirst,
            ..at_once(2)
        };
        let tasks = ["status/500?ms=10", "delay/49"];
        let limits = Limits {
            concurrency: 2,
            ..limits
        };
        let run = world(strategy, limits, list(tasks)).run;
        assert_eq!(ending(&run), Ending::FirstFailure);
        let expected = match strategy {
            Strategy::Sequential => {
                "request 10 request 20 request 30 = 500
                queue 30 = cancelled"
            }
            // Its limit of one goes to the second meanwhile.
            Strategy::Adaptive => {
                "request 10 permit 59 request 69 request 79 = 500
                permit 10 request 59 = 200"
            }
            // The first failure leaves the 500 ms as they are; the page of 49 ms makes them 262.25.
            Strategy::AutoThrottle => {
                "request 10 host 762.25 request 772.25 host 1024.5 request 1034.5 = 500
                host 500 request 549 = 200"
            }
            _ => {
                "request 10 request 20 request 30 = 500
                request 30 = cancelled"
            }
        };
        assert_drawn(&run, expected);
        // One that comes good in the end is no failure.
        let run = world(strategy, limits, list(["flaky/k?fails=2", "delay/10"])).run;
        assert_eq!(ending(&run), Ending::Done);
    }
}
