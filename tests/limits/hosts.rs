//! Limits of each host: so many at a time, and so long after one another.

use std::time::Duration;

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::random::Random;
use crawl_playground::engine::rate::Rate;
use crawl_playground::engine::retry::Retry;
use crawl_playground::engine::strategy::Strategy;

use super::lab::{limits, ms};
use super::world::{World, assert_drawn, at_hosts, world};

#[test]
fn each_host_gets_so_many_at_a_time() {
    let limits = Limits {
        per_host: Some(1),
        ..limits(1)
    };
    let tasks = [
        "a delay/100",
        "b delay/50",
        "a delay/100",
        "b delay/50",
        "a delay/20",
    ];
    let world = world(Strategy::AllAtOnce, limits, at_hosts(tasks));
    assert_drawn(
        &world.run,
        "request 100 = 200
        request 50 = 200
        host permit 100 request 200 = 200
        host permit 50 request 100 = 200
        host permit 200 request 220 = 200",
    );
    assert_eq!([world.net.peak_at("a"), world.net.peak_at("b")], [1, 1]);
}

#[test]
fn who_waits_for_its_host_leaves_the_permits_to_others() {
    let limits = Limits {
        per_host: Some(1),
        ..limits(2)
    };
    let tasks = ["a delay/100", "a delay/100", "b delay/30", "b delay/30"];
    let run = world(Strategy::Semaphore, limits, at_hosts(tasks)).run;
    assert_drawn(
        &run,
        "request 100 = 200
        host permit 100 request 200 = 200
        request 30 = 200
        host permit 30 request 60 = 200",
    );
}

#[test]
fn a_host_s_clock_counts_from_start_to_start_and_each_host_has_its_own() {
    let limits = Limits {
        host_delay: ms(100),
        ..limits(1)
    };
    let tasks = [
        "a delay/130",
        "a delay/30",
        "b delay/30",
        "a delay/30",
        "b delay/30",
    ];
    let run = world(Strategy::AllAtOnce, limits, at_hosts(tasks)).run;
    assert_drawn(
        &run,
        "request 130 = 200
        host 100 request 130 = 200
        request 30 = 200
        host 200 request 230 = 200
        host 100 request 130 = 200",
    );
}

#[test]
fn no_permit_is_kept_while_a_host_s_clock_runs() {
    // Two permits, and five tasks of a host that wants 100 ms between them: the other host's tasks go on meanwhile.
    let limits = Limits {
        host_delay: ms(100),
        ..limits(2)
    };
    let tasks = [
        "a delay/10",
        "a delay/10",
        "a delay/10",
        "b delay/10",
        "c delay/10",
    ];
    let run = world(Strategy::Semaphore, limits, at_hosts(tasks)).run;
    assert_drawn(
        &run,
        "request 10 = 200
        host 100 request 110 = 200
        host 200 request 210 = 200
        request 10 = 200
        permit 10 request 20 = 200",
    );
}

#[test]
fn who_had_waited_out_the_clock_does_not_gather_behind_the_permits() {
    // One permit, taken for a second. The clock would have let all others go by then, but not all at once.
    let limits = Limits {
        host_delay: ms(100),
        ..limits(1)
    };
    let tasks = ["b delay/1000", "a delay/10", "a delay/10", "a delay/10"];
    let world = world(Strategy::Semaphore, limits, at_hosts(tasks));
    assert_eq!(
        world.net.arrivals_at("a"),
        [1_000_000, 1_100_000, 1_200_000]
    );
}

fn with_jitter(seed: u64, jitter_percent: u32) -> Vec<u64> {
    let limits = Limits {
        host_delay: ms(100),
        jitter_percent,
        seed,
        ..limits(1)
    };
    let world = world(Strategy::AllAtOnce, limits, at_hosts(["a delay/0"; 40]));
    let arrivals = world.net.arrivals_us();
    arrivals.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

#[test]
fn jitter_stays_within_its_bounds_and_follows_from_the_seed() {
    for percent in [1, 50, 100] {
        let gaps = with_jitter(7, percent);
        let off = u64::from(percent) * 1_000;
        let within = 100_000 - off..=100_000 + off;
        assert!(gaps.iter().all(|gap| within.contains(gap)), "{gaps:?}");
        assert_eq!(gaps, with_jitter(7, percent));
        assert_ne!(gaps, with_jitter(8, percent));
    }
    let mut random = Random::seeded(7);
    let exact = |_| {
        let factor = 1.0 + 0.5 * (2.0 * random.unit() - 1.0);
        Duration::from_secs_f64(0.1 * factor).as_micros() as u64
    };
    assert_eq!(with_jitter(7, 50), (0..39).map(exact).collect::<Vec<_>>());
    assert_eq!(with_jitter(7, 0), [100_000; 39]);
    // More than all of it is all of it.
    assert_eq!(with_jitter(7, 1_000), with_jitter(7, 100));
}

#[test]
fn a_slow_host_does_not_keep_the_rate_from_the_others() {
    // The second task of `b` can't go before the first is done. It must not have the next token meanwhile.
    let limits = Limits {
        per_host: Some(1),
        rate: Some(Rate::new(10.0, 1).unwrap()),
        timeout: ms(5_000),
        ..limits(1)
    };
    let tasks = [
        "b hang",
        "b delay/10",
        "a delay/10",
        "a delay/10",
        "a delay/10",
    ];
    let run = world(Strategy::RateLimited, limits, at_hosts(tasks)).run;
    assert_drawn(
        &run,
        "request 5000 = timeout
        host permit 5000 request 5010 = 200
        token 100 request 110 = 200
        host permit 110 token 200 request 210 = 200
        host permit 210 token 300 request 310 = 200",
    );
}

#[test]
fn a_host_that_asks_for_a_break_does_not_keep_the_rate_from_the_others() {
    // The second task of `b` has the turn for the token of 200 ms when, at 150, its host says to wait until 2 150.
    let limits = Limits {
        rate: Some(Rate::new(10.0, 1).unwrap()),
        retry: Retry::default(),
        stall: ms(3_000),
        ..limits(1)
    };
    let tasks = [
        "b status/503?retry_after=2&ms=150",
        "a delay/10",
        "b delay/10",
        "a delay/10",
    ];
    let run = world(Strategy::RateLimited, limits, at_hosts(tasks)).run;
    assert_drawn(
        &run,
        "request 150 backoff 2150 token 2250 request 2400 = 503
        token 100 request 110 = 200
        token 200 backoff 2150 request 2160 = 200
        token 200 request 210 = 200",
    );
}

#[test]
fn nobody_passes_who_has_the_turn() {
    // The last one stands in line for a permit, since a token was there when it came. By the time it gets one, the second,
    // which comes back from its back-off, has the turn for the only token.
    let limits = Limits {
        rate: Some(Rate::new(1.0, 3).unwrap()),
        retry: Retry {
            retries: 1,
            ..Retry::default()
        },
        ..limits(2)
    };
    let wait = limits.retry.backoff.wait(1, &mut Random::seeded(0));
    let again = 10.0 + wait.as_micros() as f64 / 1e3;
    let tasks = [
        "a delay/1500",
        "a status/500?ms=10",
        "a delay/2000",
        "a delay/10",
    ];
    let run = world(Strategy::Semaphore, limits, at_hosts(tasks)).run;
    let expected = format!(
        "request 1500 = 200
        request 10 backoff {again} token 1000 permit 1500 request 1510 = 500
        permit 10 request 2010 = 200
        permit 1500 token 2000 request 2010 = 200"
    );
    assert_drawn(&run, &expected);
}

#[test]
fn a_delay_beyond_all_time_is_no_reason_to_panic() {
    for jitter_percent in [0, 100] {
        let world = World::new(Limits {
            host_delay: Duration::MAX,
            jitter_percent,
            run_timeout: Some(ms(1_000)),
            ..limits(1)
        });
        world.go(Strategy::AllAtOnce, at_hosts(["a delay/10"; 2]), &[]);
        assert_drawn(&world.run, "request 10 = 200\nhost 1000 = cancelled");
    }
}
