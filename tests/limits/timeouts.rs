//! The time for the whole run.

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::outcome::Outcome;
use crawl_playground::engine::rate::Rate;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::{Ending, What};

use super::lab::{at_ms, limits, list, ms, outcomes};
use super::world::{assert_drawn, at_hosts, ending, world};

#[test]
fn when_the_time_is_up_all_that_goes_on_is_cancelled_at_that_moment() {
    for strategy in Strategy::ALL {
        for (span_ms, concurrency) in [(0, 2), (1, 1), (70, 2), (200, 3)] {
            let limits = Limits {
                run_timeout: Some(ms(span_ms)),
                delay: ms(25),
                store: ms(15),
                rate: Some(Rate::new(50.0, 1).unwrap()),
                host_delay: ms(7),
                ..limits(concurrency)
            };
            // None of these is ever a success.
            let tasks = ["status/404?ms=60", "hang", "drop?ms=30", "hang", "hang"];
            let run = world(strategy, limits, list(tasks)).run;
            assert_eq!(ending(&run), Ending::OutOfTime, "{}", strategy.name());
            let cancelled = run.trace();
            let mut cancelled = cancelled
                .events()
                .iter()
                .filter(|event| matches!(event.what, What::Ended(_, Outcome::Cancelled)));
            assert!(cancelled.all(|event| event.at == at_ms(span_ms)));
            assert!(outcomes(&run).contains(&Outcome::Cancelled));
            let last = run.trace().events().last().copied().unwrap();
            assert_eq!(last.what, What::Finished(Ending::OutOfTime));
            assert_eq!(last.at, at_ms(span_ms));
        }
    }
}

#[test]
fn what_had_its_result_by_then_keeps_it() {
    let limits = Limits {
        run_timeout: Some(ms(100)),
        delay: ms(30),
        ..limits(1)
    };
    let tasks = ["delay/10", "delay/80", "delay/99", "delay/101"];
    let run = world(Strategy::AllAtOnce, limits, list(tasks)).run;
    assert_drawn(
        &run,
        "request 10 pause 40 = 200
        request 80 pause 100 = 200
        request 99 pause 100 = 200
        request 100 = cancelled",
    );
}

#[test]
fn a_run_that_is_done_before_has_all_the_time_it_needs() {
    for strategy in Strategy::ALL {
        let span_ms = match strategy {
            // Its second request follows after half of the way from 500 ms to 40 / 2.
            Strategy::AutoThrottle => 301,
            _ => 100,
        };
        let limits = Limits {
            run_timeout: Some(ms(span_ms)),
            ..limits(2)
        };
        let run = world(strategy, limits, list(["delay/40", "delay/40"])).run;
        assert_eq!(ending(&run), Ending::Done);
    }
}

#[test]
fn it_ends_waits_that_would_never_end() {
    let limits = Limits {
        run_timeout: Some(ms(3_000)),
        timeout: ms(3_600_000),
        per_host: Some(1),
        ..limits(3)
    };
    let tasks = ["a hang", "a delay/1", "b delay/1"];
    let run = world(Strategy::Semaphore, limits, at_hosts(tasks)).run;
    assert_drawn(
        &run,
        "request 3000 = cancelled
        host permit 3000 = cancelled
        request 1 = 200",
    );
}
