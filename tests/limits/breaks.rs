//! Hosts that ask for a break: 429 and 503, with `Retry-After` and without.

use std::time::Duration;

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::outcome::{Outcome, Refusal};
use crawl_playground::engine::random::Random;
use crawl_playground::engine::retry::Retry;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::{GaveUp, Note, What};

use super::lab::{at_ms, limits, list, ms, notes, outcomes};
use super::world::{assert_drawn, at_hosts, drawn, world};

fn retrying(retries: u32) -> Limits {
    Limits {
        retry: Retry {
            retries,
            ..Retry::default()
        },
        ..limits(1)
    }
}

/// The waits before other tries, in milliseconds, and whether the server named them.
fn agains(run: &Run) -> Vec<(f64, bool)> {
    let trace = run.trace();
    let again = |what| match what {
        What::Again {
            wait_us, is_told, ..
        } => Some((f64::from(wait_us) / 1e3, is_told)),
        _ => None,
    };
    let agains = trace.events().iter();
    agains.filter_map(|event| again(event.what)).collect()
}

/// Why the first task was not tried again.
fn gave_up(run: &Run) -> Vec<GaveUp> {
    let why = |note| match note {
        Note::GaveUp(why) => Some(why),
        _ => None,
    };
    notes(run, 0).into_iter().filter_map(why).collect()
}

#[test]
fn a_break_holds_the_whole_host_and_no_other() {
    let limits = Limits {
        stall: ms(1_500),
        ..retrying(2)
    };
    let tasks = [
        "a status/503?retry_after=1&ms=10",
        "a delay/20",
        "b delay/20",
    ];
    let run = world(Strategy::Semaphore, limits, at_hosts(tasks)).run;
    // At 1 010 ms the one who waited for its host all the while goes first.
    assert_drawn(
        &run,
        "request 10 backoff 1010 permit 1030 request 1040 = 503
        permit 10 backoff 1010 request 1030 = 200
        permit 10 request 30 = 200",
    );
    assert_eq!(agains(&run), [(1_000.0, true)]);
    assert_eq!(gave_up(&run), [GaveUp::Stalled]);
}

#[test]
fn a_request_in_flight_when_the_break_is_asked_for_goes_on() {
    let limits = Limits {
        stall: ms(1_500),
        ..retrying(2)
    };
    let tasks = ["status/429?retry_after=1&ms=10", "delay/300"];
    let run = world(Strategy::AllAtOnce, limits, list(tasks)).run;
    assert_drawn(
        &run,
        "request 10 backoff 1010 request 1020 = 429
        request 300 = 200",
    );
}

#[test]
fn breaks_use_up_no_retry() {
    // Six refusals, and one retry.
    let run = world(
        Strategy::Sequential,
        retrying(1),
        list(["flaky/k?fails=6&ms=10"]),
    )
    .run;
    assert_eq!(outcomes(&run), [Outcome::Ok(200)]);
    assert_eq!(agains(&run).len(), 6);
    assert!(agains(&run).iter().all(|(_, is_told)| !is_told));
}

#[test]
fn breaks_that_are_not_named_double_with_full_jitter_until_the_stall_limit() {
    for seed in 0..20 {
        let limits = Limits {
            stall: ms(20_000),
            seed,
            ..retrying(2)
        };
        let run = world(Strategy::Sequential, limits, list(["status/429?ms=10"])).run;
        assert_eq!(outcomes(&run), [Outcome::HttpError(429)]);

        let (mut random, mut now, mut bar) = (Random::seeded(seed), 0, Vec::new());
        for number in 1.. {
            now += 10_000;
            bar.push(format!("request {}", f64::from(now) / 1e3));
            let wait = limits.retry.backoff.wait(number, &mut random);
            assert!(wait <= ms(500) * 2_u32.pow(number - 1) && wait <= ms(30_000));
            if Duration::from_micros(now.into()) + wait > limits.stall {
                break;
            }
            now += wait.as_micros() as u32;
            bar.push(format!("backoff {}", f64::from(now) / 1e3));
        }
        bar.push("= 429".to_owned());
        assert_eq!(drawn(&run), [bar.join(" ")]);
        assert_eq!(gave_up(&run), [GaveUp::Stalled]);
    }
}

#[test]
fn a_break_that_is_too_long_is_not_waited_for() {
    let run = world(
        Strategy::Sequential,
        retrying(2),
        list(["status/429?retry_after=61&ms=10", "delay/10"]),
    )
    .run;
    // Whoever else has that host to ask is not sent: it asked all of the run for a break.
    assert_drawn(&run, "request 10 = 429\nqueue 10 = refused");
    assert_eq!(gave_up(&run), [GaveUp::TooLong]);
    // What is just not too long is.
    let run = world(
        Strategy::Sequential,
        Limits {
            stall: ms(60_010),
            ..retrying(2)
        },
        list(["status/429?retry_after=60&ms=10"]),
    )
    .run;
    assert_drawn(&run, "request 10 backoff 60010 request 60020 = 429");
}

#[test]
fn a_host_that_asks_for_too_long_a_break_is_asked_by_nobody_else() {
    let tasks = [
        "a status/429?retry_after=3600&ms=10",
        "b delay/20",
        "a delay/20",
        "a delay/20",
        "b delay/20",
    ];
    for strategy in Strategy::ALL {
        let limits = Limits {
            delay: ms(5),
            store: ms(5),
            ..retrying(2)
        };
        let world = world(strategy, limits, at_hosts(tasks));
        // Where all go together, two were under way when the host asked.
        let sent = match strategy {
            Strategy::AllAtOnce | Strategy::RateLimited | Strategy::Race => 3,
            _ => 1,
        };
        let name = strategy.name();
        assert_eq!(world.net.arrivals_at("a").len(), sent, "{name}");
        if strategy != Strategy::Race {
            assert_eq!(world.net.arrivals_at("b").len(), 2, "{name}");
        }
        if sent == 1 {
            let refused = Outcome::Refused(Refusal::Break);
            assert_eq!(outcomes(&world.run)[2..4], [refused; 2], "{name}");
        }
        assert!(world.sim.now() < at_ms(2_000), "{name}");
    }
}

#[test]
fn who_backs_off_before_a_host_that_then_asks_for_too_long_a_break_is_not_tried_again() {
    let tasks = [
        "status/503?retry_after=1&ms=10",
        "status/503?retry_after=3600&ms=20",
    ];
    for strategy in [Strategy::AllAtOnce, Strategy::Semaphore, Strategy::Pipeline] {
        let limits = Limits {
            concurrency: 2,
            ..retrying(2)
        };
        let world = world(strategy, limits, list(tasks));
        assert_drawn(
            &world.run,
            "request 10 backoff 1010 = refused
            request 20 = 503",
        );
    }
}

#[test]
fn a_host_is_left_alone_also_if_the_one_who_was_told_gives_up() {
    let limits = Limits {
        stall: ms(500),
        ..retrying(2)
    };
    let tasks = ["status/503?retry_after=1&ms=10", "delay/20"];
    let run = world(Strategy::Sequential, limits, list(tasks)).run;
    assert_drawn(
        &run,
        "request 10 = 503
        queue 10 backoff 1010 request 1030 = 200",
    );
    assert_eq!(gave_up(&run), [GaveUp::Stalled]);
}

#[test]
fn a_break_of_no_length_uses_up_retries_so_it_ends() {
    for (ms, bar) in [(10, "request 10 request 20 request 30 = 503"), (0, "= 503")] {
        let path = format!("status/503?retry_after=0&ms={ms}");
        let world = world(Strategy::Sequential, retrying(2), list([path]));
        assert_drawn(&world.run, bar);
        assert_eq!(world.net.arrivals_us().len(), 3);
        assert_eq!(gave_up(&world.run), [GaveUp::Tries]);
    }
}

#[test]
fn without_retries_a_break_is_a_failure_like_any_other() {
    let tasks = ["status/503?retry_after=1&ms=10", "delay/20"];
    let run = world(Strategy::Sequential, limits(1), list(tasks)).run;
    assert_drawn(&run, "request 10 = 503\nqueue 10 request 30 = 200");
    assert!(agains(&run).is_empty());
}

#[test]
fn the_break_the_clock_and_the_limit_of_a_host_are_drawn_apart() {
    let limits = Limits {
        per_host: Some(1),
        host_delay: ms(100),
        stall: ms(500),
        ..retrying(2)
    };
    let tasks = [
        "status/503?retry_after=1&ms=10",
        "delay/150",
        "delay/20",
        "delay/20",
    ];
    let run = world(
        Strategy::Semaphore,
        Limits {
            concurrency: 2,
            ..limits
        },
        list(tasks),
    )
    .run;
    // The clock holds the second one, which is first in line, until 100 ms, and then the break; those behind it hear of the
    // break when it begins. When it is over one goes, and the clock holds the next; and when that lets it go there is no
    // place at the host yet.
    assert_drawn(
        &run,
        "request 10 = 503
        host 100 backoff 1010 request 1160 = 200
        host 10 backoff 1010 host 1110 host permit 1160 request 1180 = 200
        host 10 backoff 1010 host 1260 request 1280 = 200",
    );
}

#[test]
fn a_break_that_is_over_before_the_clock_lets_go_costs_nothing_and_is_not_drawn() {
    let limits = Limits {
        host_delay: ms(3_000),
        stall: ms(500),
        ..retrying(2)
    };
    let tasks = ["status/503?retry_after=1&ms=10", "delay/20"];
    let run = world(Strategy::Sequential, limits, list(tasks)).run;
    assert_drawn(
        &run,
        "request 10 = 503\nqueue 10 host 3000 request 3020 = 200",
    );
}

#[test]
fn who_comes_during_a_break_waits_for_the_clock_when_it_is_over() {
    let limits = Limits {
        host_delay: ms(100),
        stall: ms(500),
        ..retrying(2)
    };
    let tasks = [
        "a status/503?retry_after=1&ms=10",
        "b delay/50",
        "a delay/20",
        "a delay/20",
    ];
    let run = world(
        Strategy::WorkerPool,
        Limits {
            concurrency: 2,
            ..limits
        },
        at_hosts(tasks),
    )
    .run;
    assert_drawn(
        &run,
        "request 10 = 503
        request 50 = 200
        queue 10 backoff 1010 request 1030 = 200
        queue 50 backoff 1010 host 1110 request 1130 = 200",
    );
}
