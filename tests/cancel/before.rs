//! Cancelled before its request, in each wait that there may be.

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::rate::Rate;
use crawl_playground::engine::retry::Retry;
use crawl_playground::engine::strategy::Strategy;

use super::assert_cancelled;
use super::lab::{limits, ms};

#[test]
fn in_the_queue() {
    for strategy in [
        Strategy::Sequential,
        Strategy::Buffered,
        Strategy::BufferUnordered,
        Strategy::WorkerPool,
        Strategy::Pipeline,
    ] {
        assert_cancelled(
            strategy,
            limits(1),
            &["delay/100", "delay/50", "delay/30"],
            (1, 40),
            "request 100 = 200
            queue 40 = cancelled
            queue 100 request 130 = 200",
        );
    }
}

#[test]
fn in_line_for_a_permit() {
    assert_cancelled(
        Strategy::Semaphore,
        limits(1),
        &["delay/100", "delay/50", "delay/30"],
        (1, 40),
        "request 100 = 200
        permit 40 = cancelled
        permit 100 request 130 = 200",
    );
}

#[test]
fn held_by_the_host_s_clock_with_its_turn_and_without() {
    let limits = Limits {
        host_delay: ms(100),
        ..limits(3)
    };
    for (task, second, third) in [
        (1, "host 40 = cancelled", "host 100 request 110 = 200"),
        (2, "host 100 request 110 = 200", "host 40 = cancelled"),
    ] {
        for strategy in [
            Strategy::AllAtOnce,
            Strategy::Semaphore,
            Strategy::WorkerPool,
        ] {
            assert_cancelled(
                strategy,
                limits,
                &["delay/10"; 3],
                (task, 40),
                &format!("request 10 = 200\n{second}\n{third}"),
            );
        }
    }
}

#[test]
fn held_by_the_host_s_limit() {
    let limits = Limits {
        per_host: Some(1),
        ..limits(3)
    };
    assert_cancelled(
        Strategy::AllAtOnce,
        limits,
        &["delay/100", "delay/10", "delay/10"],
        (1, 40),
        "request 100 = 200
        host permit 40 = cancelled
        host permit 100 request 110 = 200",
    );
}

#[test]
fn before_its_token_which_the_next_one_takes() {
    let limits = Limits {
        rate: Some(Rate::new(10.0, 1).unwrap()),
        ..limits(3)
    };
    for strategy in [
        Strategy::RateLimited,
        Strategy::Semaphore,
        Strategy::Pipeline,
    ] {
        assert_cancelled(
            strategy,
            limits,
            &["delay/10"; 3],
            (1, 40),
            "request 10 = 200
            token 40 = cancelled
            token 100 request 110 = 200",
        );
    }
}

#[test]
fn between_two_tries() {
    let limits = Limits {
        retry: Retry::default(),
        ..limits(1)
    };
    assert_cancelled(
        Strategy::Semaphore,
        limits,
        &["status/503?retry_after=1&ms=10", "delay/50"],
        (0, 500),
        // The other one had the permit by then, but its host asked for a break.
        "request 10 backoff 500 = cancelled
        permit 10 backoff 1010 request 1060 = 200",
    );
}
