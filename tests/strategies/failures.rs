//! Every strategy, with every policy, when one of four tasks fails in each way that there is.

use crawl_playground::engine::limits::{Limits, OnFailure};
use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::rate::Rate;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::Ending;

use super::lab::{at_ms, ends, limits, list, ms};
use super::world::{assert_drawn, ending, world};

/// What a strategy makes of four tasks of 100, 30, 50 and 80 ms, two at a time, with a pause of 10 ms after each.
struct Schedules {
    strategies: &'static [Strategy],
    /// The second ends after its 30 ms as `F`, whatever that is, and all are collected.
    all: &'static str,
    /// The same, and the first failure stops the run.
    first: &'static str,
    /// The second hangs until its time is up, after 145 ms.
    all_hang: &'static str,
    first_hang: &'static str,
}

const SCHEDULES: [Schedules; 8] = [
    Schedules {
        strategies: &[Strategy::Sequential],
        all: "request 100 pause 110 = 200
            queue 110 request 140 pause 150 = F
            queue 150 request 200 pause 210 = 200
            queue 210 request 290 pause 300 = 200",
        first: "request 100 pause 110 = 200
            queue 110 request 140 = F
            queue 140 = cancelled
            queue 140 = cancelled",
        all_hang: "request 100 pause 110 = 200
            queue 110 request 255 pause 265 = timeout
            queue 265 request 315 pause 325 = 200
            queue 325 request 405 pause 415 = 200",
        first_hang: "request 100 pause 110 = 200
            queue 110 request 255 = timeout
            queue 255 = cancelled
            queue 255 = cancelled",
    },
    Schedules {
        strategies: &[Strategy::AllAtOnce],
        all: "request 100 pause 110 = 200
            request 30 pause 40 = F
            request 50 pause 60 = 200
            request 80 pause 90 = 200",
        first: "request 30 = cancelled
            request 30 = F
            request 30 = cancelled
            request 30 = cancelled",
        all_hang: "request 100 pause 110 = 200
            request 145 pause 155 = timeout
            request 50 pause 60 = 200
            request 80 pause 90 = 200",
        first_hang: "request 100 pause 110 = 200
            request 145 = timeout
            request 50 pause 60 = 200
            request 80 pause 90 = 200",
    },
    Schedules {
        strategies: &[Strategy::Semaphore],
        all: "request 100 pause 110 = 200
            request 30 pause 40 = F
            permit 30 request 80 pause 90 = 200
            permit 80 request 160 pause 170 = 200",
        first: "request 30 = cancelled
            request 30 = F
            permit 30 = cancelled
            permit 30 = cancelled",
        all_hang: "request 100 pause 110 = 200
            request 145 pause 155 = timeout
            permit 100 request 150 pause 160 = 200
            permit 145 request 225 pause 235 = 200",
        first_hang: "request 100 pause 110 = 200
            request 145 = timeout
            permit 100 request 145 = cancelled
            permit 145 = cancelled",
    },
    Schedules {
        // A result keeps its place until those before it are taken; so does a failure, which is heard of only then.
        strategies: &[Strategy::Buffered],
        all: "request 100 pause 110 = 200
            request 30 pause 40 handover 110 = F
            queue 110 request 160 pause 170 = 200
            queue 110 request 190 pause 200 = 200",
        first: "request 100 pause 110 = 200
            request 30 = F
            queue 110 = cancelled
            queue 110 = cancelled",
        all_hang: "request 100 pause 110 = 200
            request 145 pause 155 = timeout
            queue 110 request 160 pause 170 = 200
            queue 155 request 235 pause 245 = 200",
        first_hang: "request 100 pause 110 = 200
            request 145 = timeout
            queue 110 request 145 = cancelled
            queue 145 = cancelled",
    },
    Schedules {
        // A place, or a worker, is free for the next task when the pause is over too.
        strategies: &[
            Strategy::BufferUnordered,
            Strategy::WorkerPool,
            Strategy::Pipeline,
        ],
        all: "request 100 pause 110 = 200
            request 30 pause 40 = F
            queue 40 request 90 pause 100 = 200
            queue 100 request 180 pause 190 = 200",
        first: "request 30 = cancelled
            request 30 = F
            queue 30 = cancelled
            queue 30 = cancelled",
        all_hang: "request 100 pause 110 = 200
            request 145 pause 155 = timeout
            queue 110 request 160 pause 170 = 200
            queue 155 request 235 pause 245 = 200",
        first_hang: "request 100 pause 110 = 200
            request 145 = timeout
            queue 110 request 145 = cancelled
            queue 145 = cancelled",
    },
    Schedules {
        // A token each 50 ms.
        strategies: &[Strategy::RateLimited],
        all: "request 100 pause 110 = 200
            token 50 request 80 pause 90 = F
            token 100 request 150 pause 160 = 200
            token 150 request 230 pause 240 = 200",
        first: "request 80 = cancelled
            token 50 request 80 = F
            token 80 = cancelled
            token 80 = cancelled",
        all_hang: "request 100 pause 110 = 200
            token 50 request 195 pause 205 = timeout
            token 100 request 150 pause 160 = 200
            token 150 request 230 pause 240 = 200",
        first_hang: "request 100 pause 110 = 200
            token 50 request 195 = timeout
            token 100 request 150 pause 160 = 200
            token 150 request 195 = cancelled",
    },
    Schedules {
        // One at a time, and two from the first answer on.
        strategies: &[Strategy::Adaptive],
        all: "request 100 pause 110 = 200
            permit 100 request 130 pause 140 = F
            permit 100 request 150 pause 160 = 200
            permit 130 request 210 pause 220 = 200",
        first: "request 100 pause 110 = 200
            permit 100 request 130 = F
            permit 100 request 130 = cancelled
            permit 130 = cancelled",
        all_hang: "request 100 pause 110 = 200
            permit 100 request 245 pause 255 = timeout
            permit 100 request 150 pause 160 = 200
            permit 150 request 230 pause 240 = 200",
        first_hang: "request 100 pause 110 = 200
            permit 100 request 245 = timeout
            permit 100 request 150 pause 160 = 200
            permit 150 request 230 pause 240 = 200",
    },
    Schedules {
        // From 500 ms between two requests half of the way to 100 / 2, which is 275; a failure does not lower it; then
        // half of the way to 50 / 2.
        strategies: &[Strategy::AutoThrottle],
        all: "request 100 pause 110 = 200
            host 275 request 305 pause 315 = F
            host 550 request 600 pause 610 = 200
            host 700 request 780 pause 790 = 200",
        first: "request 100 pause 110 = 200
            host 275 request 305 = F
            host 305 = cancelled
            host 305 = cancelled",
        all_hang: "request 100 pause 110 = 200
            host 275 request 420 pause 430 = timeout
            host 550 request 600 pause 610 = 200
            host 700 request 780 pause 790 = 200",
        first_hang: "request 100 pause 110 = 200
            host 275 request 420 = timeout
            host 420 = cancelled
            host 420 = cancelled",
    },
];

/// What controllers make of a broken connection, or of an answer, that is not what they make of a failure's status.
const OTHERWISE: [(Strategy, &str, &str); 2] = [
    (
        // Without an answer the limit is halved, and the fourth waits for the third.
        Strategy::Adaptive,
        "drop?ms=30",
        "request 100 pause 110 = 200
        permit 100 request 130 pause 140 = F
        permit 100 request 150 pause 160 = 200
        permit 150 request 230 pause 240 = 200",
    ),
    (
        // A page of 30 ms makes 275 ms into 145, and one of 50 ms those into 85.
        Strategy::AutoThrottle,
        "delay/30",
        "request 100 pause 110 = 200
        host 275 request 305 pause 315 = F
        host 420 request 470 pause 480 = 200
        host 505 request 585 pause 595 = 200",
    ),
];

fn all(schedules: &Schedules, strategy: Strategy, second: &str, outcome: &str) -> String {
    let special = OTHERWISE
        .iter()
        .find(|(of, when, _)| (*of, *when) == (strategy, second));
    let all = special.map_or(schedules.all, |(_, _, schedule)| schedule);
    all.replace("= F", outcome)
}

fn assert_schedule(strategy: Strategy, on_failure: OnFailure, second: &str, expected: &str) {
    let is_rated = strategy == Strategy::RateLimited;
    let limits = Limits {
        delay: ms(10),
        timeout: ms(145),
        rate: is_rated.then(|| Rate::new(20.0, 1).unwrap()),
        on_failure,
        ..limits(2)
    };
    let tasks = ["delay/100", second, "delay/50", "delay/80"];
    let run = world(strategy, limits, list(tasks)).run;
    println!("{} with {second}, {on_failure:?}", strategy.name());
    assert_drawn(&run, expected);
    let fails = on_failure == OnFailure::StopAtFirst && second != "delay/30";
    let expected = if fails {
        Ending::FirstFailure
    } else {
        Ending::Done
    };
    assert_eq!(ending(&run), expected);
}

#[test]
fn every_strategy_by_every_policy_with_every_failure_makes_this_schedule() {
    for schedules in SCHEDULES {
        for strategy in schedules.strategies {
            for (second, outcome) in [
                ("status/404?ms=30", "= 404"),
                ("status/500?ms=30", "= 500"),
                ("drop?ms=30", "= network error"),
            ] {
                let all = all(&schedules, *strategy, second, outcome);
                assert_schedule(*strategy, OnFailure::CollectAll, second, &all);
                let first = schedules.first.replace("= F", outcome);
                assert_schedule(*strategy, OnFailure::StopAtFirst, second, &first);
            }
            let collect = OnFailure::CollectAll;
            assert_schedule(*strategy, collect, "hang", schedules.all_hang);
            let stop = OnFailure::StopAtFirst;
            assert_schedule(*strategy, stop, "hang", schedules.first_hang);
            let none = all(&schedules, *strategy, "delay/30", "= 200");
            assert_schedule(*strategy, collect, "delay/30", &none);
            assert_schedule(*strategy, stop, "delay/30", &none);
        }
    }
}

#[test]
fn however_many_there_are_the_first_failure_stops_them_at_its_moment() {
    let mut tasks = vec!["delay/1000"; 60];
    tasks[55] = "status/500?ms=20";
    for strategy in Strategy::ALL {
        let limits = Limits {
            on_failure: OnFailure::StopAtFirst,
            ..limits(60)
        };
        let world = world(strategy, limits, list(&tasks));
        let run = &world.run;
        let end = match strategy {
            Strategy::AllAtOnce
            | Strategy::Semaphore
            | Strategy::BufferUnordered
            | Strategy::WorkerPool
            | Strategy::Pipeline
            | Strategy::RateLimited => at_ms(20),
            // Its results come in order, and failures are results.
            Strategy::Buffered => at_ms(1_000),
            // One more in each round of a second: ten rounds bring 55.
            Strategy::Adaptive => at_ms(10_020),
            // When its turn has come.
            Strategy::AutoThrottle => Moment::from_us(world.net.arrivals_us()[55] + 20_000),
            // It has its own tests, and when it stops is what it is about.
            Strategy::Sequential | Strategy::Race => continue,
        };
        assert_eq!(ending(run), Ending::FirstFailure, "{}", strategy.name());
        assert_eq!(ends(run)[59], end, "{}", strategy.name());
        let failed = if strategy == Strategy::Buffered {
            at_ms(20)
        } else {
            end
        };
        assert_eq!(ends(run)[55], failed);
    }
}
