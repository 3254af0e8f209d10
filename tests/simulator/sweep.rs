//! Sweeps: their points are runs, and the knee is where more does not help.

use crawl_playground::engine::limits::{Limits, OnFailure};
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::report::what_if::{what_if, what_if_by, what_if_in_full};
use crawl_playground::sim::drawn::{Drawn, Failures};
use crawl_playground::sim::latency::Latency;
use crawl_playground::sim::replay::Replay;
use crawl_playground::sim::sweep::{Axis, Curve, Sweep};
use crawl_playground::sim::world::World;

use super::lab::{limits, ms};

fn world(law: Latency, failures: Failures, tasks: usize) -> World {
    World::drawn(Drawn::new(law, failures, 7), tasks)
}

fn fixed(tasks: usize) -> World {
    world(Latency::fixed(200.0).unwrap(), Failures::NONE, tasks)
}

fn curve(world: &World, strategy: Strategy, limits: Limits, axis: Axis) -> Curve {
    let sweep = Sweep::new(world, strategy, limits, axis);
    assert_eq!(sweep.axis(), axis);
    Curve::of(axis, &limits, sweep.collect())
}

fn knee(curve: &Curve) -> u32 {
    curve.points[curve.knee.unwrap()].setting
}

#[test]
fn the_points_are_what_the_engine_does() {
    let world = world(
        Latency::log_normal(200.0, 0.6).unwrap(),
        Failures::new(50, 20).unwrap(),
        80,
    );
    let limits = Limits {
        delay: ms(30),
        timeout: ms(500),
        ..limits(6)
    };
    for strategy in Strategy::ALL {
        for axis in [Axis::Concurrency, Axis::DelayMs] {
            for point in curve(&world, strategy, limits, axis)
                .points
                .iter()
                .step_by(7)
            {
                let limits = axis.set(limits, point.setting);
                assert_eq!(
                    point.prediction,
                    world.run(strategy, &limits),
                    "{strategy:?}"
                );
            }
        }
    }
}

#[test]
fn the_knee_is_the_fewest_that_are_as_good_as_the_best() {
    let semaphore = |tasks| {
        curve(
            &fixed(tasks),
            Strategy::Semaphore,
            limits(5),
            Axis::Concurrency,
        )
    };
    // Sixty in rounds: from 60 on there is one; with 30 to 59 there are two.
    assert_eq!(knee(&semaphore(60)), 60);
    // Of 640 no number up to 64 does better than ten rounds.
    assert_eq!(knee(&semaphore(640)), 64);
    // 400 s of requests, and one of them takes 50 s: eight lanes are enough.
    let mut latencies = vec![ms(1_000); 350];
    latencies.insert(0, ms(50_000));
    let tail = world(Latency::replay(latencies).unwrap(), Failures::NONE, 351);
    let tail = curve(&tail, Strategy::Semaphore, limits(5), Axis::Concurrency);
    assert_eq!(knee(&tail), 8);
}

#[test]
fn where_all_is_flat_the_kindest_setting_is_the_knee() {
    let flat = curve(
        &fixed(50),
        Strategy::Sequential,
        limits(9),
        Axis::Concurrency,
    );
    assert_eq!((flat.knee, flat.current), (Some(0), Some(8)));
    let one = curve(&fixed(1), Strategy::Semaphore, limits(9), Axis::Concurrency);
    assert_eq!(one.knee, Some(0));
    // All start at once, so only a delay of more than a hundredth of the 200 ms is felt.
    let delay = curve(&fixed(5), Strategy::AllAtOnce, limits(1), Axis::DelayMs);
    assert_eq!(knee(&delay), 0);
}

#[test]
fn the_longest_delay_that_costs_nothing_is_the_knee_of_delays() {
    // A tenth of a second each, in one line, and 100 s of them: 10 ms more for each of ten is one in a hundred.
    let slow = world(Latency::fixed(1_000.0).unwrap(), Failures::NONE, 100);
    let delays = curve(&slow, Strategy::Sequential, limits(1), Axis::DelayMs);
    assert_eq!(knee(&delays), 10);
    assert_eq!(delays.points[0].setting, 0);
    assert_eq!(delays.points.last().unwrap().setting, 5_000);
}

#[test]
fn without_tasks_there_is_no_knee() {
    for strategy in Strategy::ALL {
        let empty = World::replayed(Replay::default());
        let curve = curve(&empty, strategy, limits(3), Axis::Concurrency);
        assert_eq!((curve.knee, curve.current), (None, Some(2)));
        assert_eq!(curve.points.len(), 64);
    }
    assert_eq!(Curve::of(Axis::DelayMs, &limits(3), Vec::new()).knee, None);
}

#[test]
fn a_run_of_failures_has_a_knee_too() {
    let lost = world(
        Latency::fixed(50.0).unwrap(),
        Failures::new(0, 1_000).unwrap(),
        8,
    );
    let curve = curve(&lost, Strategy::WorkerPool, limits(3), Axis::Concurrency);
    assert_eq!(knee(&curve), 8);
    let first = curve.points[0].prediction.unwrap();
    assert_eq!((first.total, first.latency_p95), (ms(400), Some(ms(50))));
}

#[test]
fn where_a_strategy_takes_no_notice_of_a_setting_that_is_no_finding() {
    let of = |strategy, axis| {
        let curve = curve(&fixed(6), strategy, limits(4), axis);
        what_if_by(&curve, strategy)
    };
    for strategy in [Strategy::AllAtOnce, Strategy::Sequential] {
        let told = of(strategy, Axis::Concurrency);
        let begins = format!("“{}” takes no notice of it: 1 at once or ", strategy.name());
        assert!(told.starts_with(&begins), "{told}");
    }
    // It does, and yet nothing is won.
    let one = curve(&fixed(1), Strategy::Semaphore, limits(4), Axis::Concurrency);
    let told = what_if_by(&one, Strategy::Semaphore);
    assert!(told.starts_with("It makes no difference: "), "{told}");
    assert!(!of(Strategy::AllAtOnce, Axis::DelayMs).contains("no notice"));
}

#[test]
fn a_run_that_is_cut_off_is_not_the_best_however_short_it_is() {
    let timed = Limits {
        run_timeout: Some(ms(2_000)),
        ..limits(4)
    };
    // Sixty of 200 ms: six at a time are done in 2 s, which is the time's end; seven in nine rounds; thirty in two.
    let timed = curve(&fixed(60), Strategy::Semaphore, timed, Axis::Concurrency);
    let point = |setting: usize| timed.points[setting - 1].prediction.unwrap();
    assert_eq!((point(4).brought, point(4).total), (36, ms(2_000)));
    assert_eq!((point(7).brought, point(7).total), (60, ms(1_800)));
    assert_eq!((timed.most, knee(&timed)), (60, 60));
    assert!(what_if(&timed).contains("only 36 of 60 pages come"));
    // Where the time is too short for all, more pages are better than an early end.
    let short = Limits {
        run_timeout: Some(ms(300)),
        ..limits(4)
    };
    let short = curve(&fixed(640), Strategy::Semaphore, short, Axis::Concurrency);
    assert_eq!((short.most, knee(&short)), (64, 64));
    // Nor is one that stops at its first failure.
    let failing = world(
        Latency::fixed(200.0).unwrap(),
        Failures::new(0, 100).unwrap(),
        40,
    );
    let stops = Limits {
        on_failure: OnFailure::StopAtFirst,
        ..limits(4)
    };
    let stops = curve(&failing, Strategy::Semaphore, stops, Axis::Concurrency);
    let found = stops.points[stops.knee.unwrap()].prediction.unwrap();
    assert!(found.brought > 0 && found.brought == stops.most);
}

#[test]
fn where_nothing_ends_there_is_no_knee() {
    let shut = Limits {
        per_host: Some(0),
        ..limits(3)
    };
    let curve = curve(&fixed(4), Strategy::Semaphore, shut, Axis::Concurrency);
    assert_eq!(curve.knee, None);
    assert!(curve.points.iter().all(|point| point.prediction.is_none()));
}

#[test]
fn the_setting_as_it_is_is_always_on_the_curve() {
    for (concurrency, at) in [(1, 0), (64, 63), (65, 64), (256, 64), (usize::MAX, 64)] {
        let curve = curve(
            &fixed(10),
            Strategy::Semaphore,
            limits(concurrency),
            Axis::Concurrency,
        );
        assert_eq!(curve.current, Some(at));
        assert!(curve.points.is_sorted_by_key(|point| point.setting));
    }
    let limits = Limits {
        delay: ms(1_234),
        ..limits(3)
    };
    let delays = curve(&fixed(10), Strategy::Semaphore, limits, Axis::DelayMs);
    assert_eq!(delays.points[delays.current.unwrap()].setting, 1_234);
}

#[test]
fn a_sweep_can_be_taken_a_piece_at_a_time() {
    let (world, limits) = (fixed(30), limits(5));
    let mut sweep = Sweep::new(&world, Strategy::Adaptive, limits, Axis::Concurrency);
    let mut points = Vec::new();
    while sweep.len() > 0 {
        points.extend(sweep.by_ref().take(5));
        let part = Curve::of(Axis::Concurrency, &limits, points.clone());
        assert_eq!(part.current.is_some(), points.len() >= 5);
    }
    let whole = curve(&world, Strategy::Adaptive, limits, Axis::Concurrency);
    assert_eq!(whole.points, points);
}

#[test]
fn who_does_not_see_the_curve_is_told_where_it_begins_and_ends() {
    let world = World::drawn(
        Drawn::new(Latency::fixed(200.0).unwrap(), Failures::NONE, 7),
        12,
    );
    let limits = Limits {
        concurrency: 5,
        ..Limits::default()
    };
    let sweep = Sweep::new(&world, Strategy::Semaphore, limits, Axis::Concurrency);
    let curve = Curve::of(sweep.axis(), &limits, sweep.collect());
    let told = what_if_in_full(&curve);
    assert!(told.starts_with(&what_if(&curve)), "{told}");
    let ends = "From 1 at once: 2.40\u{a0}s, peak 1, p95 200\u{a0}ms, 95\u{a0}% of tasks done after 2.40\u{a0}s to 64 at once: \
                200\u{a0}ms, peak 12, p95 200\u{a0}ms, 95\u{a0}% of tasks done after 200\u{a0}ms.";
    assert!(told.ends_with(ends), "{told}");
}
