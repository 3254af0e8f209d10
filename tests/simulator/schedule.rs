//! What is worked out is what the engine does, to the microsecond.

use crawl_playground::engine::compute::{Job, Place, Work};
use crawl_playground::engine::limits::{Limits, OnFailure};
use crawl_playground::engine::rate::Rate;
use crawl_playground::engine::retry::Retry;
use crawl_playground::engine::strategy::Strategy as Combine;
use crawl_playground::sim::drawn::{Drawn, Failures};
use crawl_playground::sim::latency::Latency;
use crawl_playground::sim::world::World;
use proptest::prelude::*;

use super::lab::{limits, ms};

const WORKED_OUT: [Combine; 7] = [
    Combine::Sequential,
    Combine::AllAtOnce,
    Combine::Semaphore,
    Combine::Buffered,
    Combine::BufferUnordered,
    Combine::WorkerPool,
    Combine::RateLimited,
];

/// Whole latencies of many kinds: all alike, few values (so that much happens in one moment), any.
fn law() -> impl Strategy<Value = Latency> {
    let few = prop::collection::vec(0..4_u64, 1..20)
        .prop_map(|steps| Latency::replay(steps.into_iter().map(|step| ms(step * 50))).unwrap());
    prop_oneof![
        Just(Latency::fixed(0.0).unwrap()),
        Just(Latency::fixed(200.0).unwrap()),
        few,
        Just(Latency::uniform(0.0, 400.0).unwrap()),
        Just(Latency::heavy_tail(20.0, 1.2).unwrap()),
    ]
}

fn span() -> impl Strategy<Value = u64> {
    prop_oneof![2 => Just(0_u64), 1 => (1..6_u64).prop_map(|step| step * 50_000), 1 => 1..300_000_u64]
}

fn rate() -> impl Strategy<Value = Option<Rate>> {
    let rate = (1..60_u32, 1..8_u32)
        .prop_map(|(per_second, burst)| Rate::new(f64::from(per_second), burst).ok());
    prop_oneof![2 => Just(None), 1 => rate]
}

prop_compose! {
    fn any_limits()(
        concurrency in 1..9_usize,
        pause_us in span(),
        gap_us in span(),
        keep_permit in any::<bool>(),
        per_host in prop_oneof![2 => Just(None), 1 => (1..6_usize).prop_map(Some)],
        rate in rate(),
        timeout_ms in prop_oneof![Just(60_000_u64), Just(150), Just(200)],
    ) -> Limits {
        Limits {
            delay: std::time::Duration::from_micros(pause_us),
            host_delay: std::time::Duration::from_micros(gap_us),
            keep_permit,
            per_host,
            rate,
            timeout: ms(timeout_ms),
            ..limits(concurrency)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_is_worked_out_is_what_the_engine_does(
        law in law(),
        body in prop::option::weighted(0.3, law()),
        lost_per_mille in prop_oneof![Just(0_u32), Just(200), Just(1_000)],
        seed in any::<u64>(),
        tasks in 0..40_usize,
        strategy in prop::sample::select(WORKED_OUT.to_vec()),
        limits in any_limits(),
    ) {
        let drawn = Drawn::new(law, Failures::new(0, lost_per_mille).unwrap(), seed);
        let world = World::drawn(match body {
            Some(law) => drawn.with_body(law),
            None => drawn,
        }, tasks);
        let waits = [limits.rate.is_some(), !limits.host_delay.is_zero(), limits.per_host.is_some()];
        let loses_order = waits.iter().filter(|wait| **wait).count() > 1;
        prop_assert!(world.is_worked_out(strategy, &limits) || loses_order);
        prop_assert!(world.run(strategy, &limits).is_some());
        prop_assert_eq!(world.predict(strategy, &limits), world.run(strategy, &limits));
    }
}

#[test]
fn the_ceiling_of_the_browser_is_kept() {
    let world = World::drawn(
        Drawn::new(Latency::uniform(10.0, 400.0).unwrap(), Failures::NONE, 7),
        1_000,
    );
    for strategy in WORKED_OUT {
        for concurrency in [255, 256, 257, 400, usize::MAX] {
            for keep_permit in [false, true] {
                let limits = Limits {
                    keep_permit,
                    delay: ms(20),
                    ..limits(concurrency)
                };
                let predicted = world.predict(strategy, &limits);
                assert_eq!(
                    predicted,
                    world.run(strategy, &limits),
                    "{strategy:?} {concurrency}"
                );
                assert!(predicted.unwrap().peak <= 256);
            }
        }
    }
}

#[test]
fn what_no_rule_tells_is_run() {
    let failing = Drawn::new(
        Latency::fixed(100.0).unwrap(),
        Failures::new(500, 0).unwrap(),
        7,
    );
    let world = World::drawn(failing, 30);
    let plain = limits(3);
    let run_only = [
        Limits {
            retry: Retry::default(),
            ..plain
        },
        Limits {
            on_failure: OnFailure::StopAtFirst,
            ..plain
        },
        Limits {
            host_delay: ms(20),
            jitter_percent: 50,
            ..plain
        },
        Limits {
            work: Some(Work {
                job: Job::PrimesBelow(10_000),
                place: Place::Worker,
            }),
            ..plain
        },
    ];
    for limits in run_only {
        assert!(!world.is_worked_out(Combine::Semaphore, &limits));
        let predicted = world.predict(Combine::Semaphore, &limits);
        assert_eq!(predicted, world.run(Combine::Semaphore, &limits));
        assert!(predicted.is_some_and(|run| !run.total.is_zero()));
    }
    for strategy in [
        Combine::Adaptive,
        Combine::Pipeline,
        Combine::Race,
        Combine::AutoThrottle,
    ] {
        assert!(!world.is_worked_out(strategy, &plain));
    }
    let slow_consumer = Limits {
        store: ms(30),
        ..plain
    };
    assert!(!world.is_worked_out(Combine::Buffered, &slow_consumer));
    assert!(world.is_worked_out(Combine::WorkerPool, &slow_consumer));
}

#[test]
fn a_run_that_is_out_of_time_is_cut() {
    let world = World::drawn(
        Drawn::new(Latency::fixed(100.0).unwrap(), Failures::NONE, 7),
        10,
    );
    let total = |span_ms| {
        let limits = Limits {
            run_timeout: Some(ms(span_ms)),
            ..limits(1)
        };
        world.predict(Combine::Sequential, &limits).unwrap().total
    };
    assert_eq!((total(450), total(1_500)), (ms(450), ms(1_000)));
}

#[test]
fn what_would_never_end_has_no_prediction() {
    let world = World::drawn(
        Drawn::new(Latency::fixed(100.0).unwrap(), Failures::NONE, 7),
        10,
    );
    assert_eq!(world.predict(Combine::Semaphore, &limits(0)), None);
    let shut = Limits {
        per_host: Some(0),
        ..limits(3)
    };
    assert_eq!(world.predict(Combine::WorkerPool, &shut), None);
}

#[test]
fn a_host_delay_and_a_rate_never_wait_for_each_other() {
    // Who had the turn at the rate found the host's clock closed, and waited for the turn there; who had that one waited
    // for the turn at the rate.
    let latencies = [0, 0, 0, 100, 0].map(ms);
    let drawn = Drawn::new(Latency::replay(latencies).unwrap(), Failures::NONE, 0);
    let limits = Limits {
        delay: ms(100),
        host_delay: ms(23),
        rate: Rate::new(13.0, 7).ok(),
        ..limits(7)
    };
    let run = World::drawn(drawn, 16).run(Combine::Buffered, &limits);
    assert!(run.is_some_and(|run| run.total < ms(1_000)));
}
