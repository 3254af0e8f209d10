//! Strategies whose limits set themselves, while they run.

use std::time::Duration;

use crawl_playground::engine::control::Reason;
use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::source::Source;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::{OriginId, What};
use crawl_playground::timeline::rows::Rows;

use super::lab::{limits, list, ms};
use super::world::{World, at_hosts, world};

/// How many requests go out in each of the first rounds of 100 ms.
fn rounds<const N: usize>(world: &World) -> [usize; N] {
    let starts = world.net.arrivals_us();
    std::array::from_fn(|round| {
        let at = round as u64 * 100_000;
        starts.iter().filter(|us| **us == at).count()
    })
}

#[test]
fn a_maximum_that_is_lowered_and_raised_again_between_two_answers_changes_nothing() {
    let world = World::new(limits(4));
    let lower = |run: &Run| run.set_concurrency(1);
    let raise = |run: &Run| run.set_concurrency(4);
    let tasks = list(["delay/100"; 26]);
    world.go(Strategy::Adaptive, tasks, &[(450, &lower), (460, &raise)]);
    assert_eq!(rounds(&world), [1, 2, 3, 4, 4, 4, 4, 4]);
}

#[test]
fn a_latency_that_rises_halves_the_limit_until_nothing_queues_any_more() {
    // Ten answers of 100 ms make four rounds, and the eighth of them is the first smoothed latency: 100 ms. From then on
    // the server takes 2 s.
    let world = World::new(limits(32));
    let tasks = [["delay/100"; 10].as_slice(), &["delay/2000"; 15]].concat();
    world.go(Strategy::Adaptive, list(tasks), &[]);
    let rounds = [
        (0, 1),
        (100, 2),
        (200, 3),
        (300, 4),
        (400, 5),
        // The first late answer lifts the average to 100 + 1900 / 8 ms. What was sent with it tells nothing new, and then
        // it takes eight answers to know whether halving was enough.
        (2_400, 2),
        (4_400, 2),
        (6_400, 2),
        (8_400, 2),
        (10_400, 1),
        (12_400, 1),
    ];
    let starts = rounds.map(|(at_ms, count)| vec![at_ms * 1_000; count]);
    assert_eq!(world.net.arrivals_us(), starts.concat());
    let trace = world.run.trace();
    let reasons = trace.events().iter().filter_map(|event| match event.what {
        What::Adapted(reason) => Some((event.at.as_ms(), reason)),
        _ => None,
    });
    let grew = [100.0, 200.0, 300.0, 400.0].map(|at_ms| (at_ms, Reason::Grew));
    let halved =
        [(2_400.0, 33), (10_400.0, 200)].map(|(at_ms, tenths)| (at_ms, Reason::Latency { tenths }));
    assert_eq!(reasons.collect::<Vec<_>>(), [&grew[..], &halved].concat());
}

#[test]
fn what_a_controller_begins_with_is_no_change_and_its_maximum_no_limit_that_it_had() {
    let world = World::new(limits(32));
    world.go(Strategy::Adaptive, list(["delay/100"; 6]), &[]);
    assert_eq!(rounds(&world), [1, 2, 3]);
    let mut rows = Rows::default();
    rows.advance(&world.run.trace());
    assert_eq!(rows.limits().next(), Some(1));
    assert!(rows.limits().max() < Some(6));
    assert!(rows.changes().is_empty());
}

/// What auto throttle makes of `source`, one at a time: the delays between requests to the host `origin`, in milliseconds.
fn delays(timeout_ms: u64, source: Source, origin: u32) -> Vec<f64> {
    let limits = Limits {
        timeout: ms(timeout_ms),
        ..limits(1)
    };
    let run = world(Strategy::AutoThrottle, limits, source).run;
    let trace = run.trace();
    let delay = |what| match what {
        What::Throttled(OriginId(host), delay) if host == origin => {
            Some(Duration::from(delay).as_secs_f64() * 1e3)
        }
        _ => None,
    };
    let events = trace.events().iter();
    events.filter_map(|event| delay(event.what)).collect()
}

#[test]
fn the_time_between_requests_goes_half_of_the_way_to_the_latency() {
    let delays = delays(60_000, list(["delay/100"; 4]), 0);
    assert_eq!(delays, [500.0, 300.0, 200.0, 150.0, 125.0]);
}

#[test]
fn the_latency_ends_with_the_headers_however_long_the_body_takes() {
    let delays = delays(60_000, list(["bytes/1000?ms=100&rate=1000"; 3]), 0);
    assert_eq!(delays, [500.0, 300.0, 200.0, 150.0]);
}

#[test]
fn the_concurrency_that_it_aims_at_follows_its_slider() {
    let world = World::new(limits(1));
    let four = |run: &Run| run.set_concurrency(4);
    let tasks = list(["delay/100"; 4]);
    world.go(Strategy::AutoThrottle, tasks, &[(350, &four)]);
    // From 500 ms to 300 with the first answer, towards 100; then towards 25. The last is late already when it learns of that.
    let expected_us = [0, 300_000, 462_500, 562_500];
    assert_eq!(world.net.arrivals_us(), expected_us);
}

#[test]
fn what_is_no_answer_has_no_latency() {
    assert_eq!(delays(3_000, list(["hang", "drop?ms=2000"]), 0), [500.0]);
    // Its headers came, and never its end.
    let cut = list(["bytes/100000?ms=2000&rate=10"]);
    assert_eq!(delays(3_000, cut, 0), [500.0]);
}

#[test]
fn each_host_is_throttled_for_itself() {
    let tasks = || at_hosts(["a delay/100", "b delay/2000", "a delay/100", "b delay/2000"]);
    assert_eq!(delays(60_000, tasks(), 0), [500.0, 300.0, 200.0]);
    assert_eq!(delays(60_000, tasks(), 1), [500.0, 2_000.0]);
    let world = world(Strategy::AutoThrottle, limits(1), tasks());
    assert_eq!(world.net.arrivals_at("a"), [0, 300_000]);
    assert_eq!(world.net.arrivals_at("b"), [0, 500_000]);
}

#[test]
fn the_host_delay_is_the_least_time_between_requests_also_while_it_is_changed() {
    let set = |host_delay| {
        move |run: &Run| {
            run.set_limits(Limits {
                host_delay,
                ..run.limits()
            })
        }
    };
    let (longer, none) = (set(ms(1_000)), set(ms(0)));
    let world = World::new(limits(1));
    let tasks = list(["delay/100"; 5]);
    world.go(
        Strategy::AutoThrottle,
        tasks,
        &[(350, &longer), (1_350, &none)],
    );
    // From 500 ms it falls to 300 with the first answer; it is held at 1 000; then it falls to 550 and 325.
    let expected_ms = [0, 300, 1_300, 1_850, 2_175];
    assert_eq!(world.net.arrivals_us(), expected_ms.map(|ms| ms * 1_000));
}
