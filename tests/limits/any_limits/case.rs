//! Any run: tasks, limits, and what is done to it on the way.

use crawl_playground::engine::compute::{Job, Place, Work};
use crawl_playground::engine::limits::{Limits, OnFailure};
use crawl_playground::engine::rate::Rate;
use crawl_playground::engine::retry::{Backoff, Retry};
use crawl_playground::engine::strategy::Strategy as Combine;
use proptest::option;
use proptest::prelude::*;

use crate::lab::ms;

#[derive(Clone, Copy, Debug)]
pub(super) enum Act {
    Cancel(u32),
    Concurrency(usize),
    Delay(u64),
    /// In milliseconds, and its jitter in per cent.
    HostDelay(u64, u32),
    PerHost(Option<usize>),
    Rate(Option<Rate>),
    Store(u64),
    Keep(bool),
    Pause(bool),
}

#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) strategy: Combine,
    pub(super) limits: Limits,
    pub(super) tasks: Vec<String>,
    /// Each with the milliseconds since the one before.
    pub(super) acts: Vec<(u64, Act)>,
    /// When it is stopped; never if absent.
    pub(super) stop_ms: Option<u64>,
}

fn task() -> impl Strategy<Value = String> {
    let path = prop_oneof![
        6 => (0..300_u32).prop_map(|ms| format!("delay/{ms}")),
        2 => (0..2_000_u32, 0..200_u32).prop_map(|(n, ms)| format!("bytes/{n}?ms={ms}&rate=10000")),
        1 => (400..600_u32, 0..200_u32).prop_map(|(code, ms)| format!("status/{code}?ms={ms}")),
        1 => (prop::sample::select(vec![429, 503]), 0..100_u32, option::of(0..4_u32)).prop_map(|(code, ms, after)| {
            let after = after.map_or(String::new(), |after| format!("&retry_after={after}"));
            format!("status/{code}?ms={ms}{after}")
        }),
        1 => (0..4_u32, 1..5_u32).prop_map(|(key, fails)| format!("flaky/{key}?fails={fails}&ms=20")),
        1 => Just("hang".to_owned()),
        1 => (0..300_u32).prop_map(|ms| format!("drop?ms={ms}")),
    ];
    (prop::sample::select(vec!["a", "a", "b", "c"]), path)
        .prop_map(|(host, path)| format!("{host} {path}"))
}

fn rate() -> impl Strategy<Value = Option<Rate>> {
    let rate = (2.0..200.0, 1..6_u32).prop_map(|(rate, burst)| Rate::new(rate, burst).unwrap());
    option::of(rate)
}

fn host_delay() -> impl Strategy<Value = (u64, u32)> {
    let jitter = prop_oneof![2 => Just(0), 1 => 0..=100_u32];
    (prop_oneof![Just(0), 0..150_u64], jitter)
}

fn per_host() -> impl Strategy<Value = Option<usize>> {
    option::of(1..4_usize)
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (0..22_u32).prop_map(Act::Cancel),
        1 => (1..9_usize).prop_map(Act::Concurrency),
        1 => (0..200_u64).prop_map(Act::Delay),
        1 => host_delay().prop_map(|(ms, percent)| Act::HostDelay(ms, percent)),
        1 => per_host().prop_map(Act::PerHost),
        1 => rate().prop_map(Act::Rate),
        1 => (0..80_u64).prop_map(Act::Store),
        1 => any::<bool>().prop_map(Act::Keep),
        1 => any::<bool>().prop_map(Act::Pause),
    ]
}

fn retry() -> impl Strategy<Value = Retry> {
    (0..3_u32, 0..200_u64, 0..400_u64).prop_map(|(retries, base, cap)| Retry {
        retries,
        // Not too short, since breaks use up no retry: each test of thousands of requests is a slow one.
        backoff: Backoff {
            base: ms(base + 50),
            cap: ms(cap + 50),
        },
        longest: ms(2_000),
    })
}

fn work() -> impl Strategy<Value = Option<Work>> {
    let work = (1_000..300_000_u32, prop::sample::select(&Place::ALL[..]));
    let work = work.prop_map(|(primes_below, place)| Work {
        job: Job::PrimesBelow(primes_below),
        place,
    });
    prop_oneof![3 => Just(None), 1 => work.prop_map(Some)]
}

fn limits() -> impl Strategy<Value = Limits> {
    let steady = (
        1..8_usize,
        prop_oneof![Just(0), 0..100_u64],
        any::<bool>(),
        per_host(),
        host_delay(),
        rate(),
    );
    let ends = (
        retry(),
        0..3_000_u64,
        option::weighted(0.2, 0..1_500_u64),
        any::<bool>(),
    );
    let rest = (
        work(),
        prop_oneof![Just(0), 0..60_u64],
        any::<bool>(),
        any::<u64>(),
    );
    (steady, ends, rest).prop_map(|(steady, ends, rest)| {
        let (concurrency, delay_ms, keep_permit, per_host, (host_delay_ms, jitter_percent), rate) =
            steady;
        let (retry, stall_ms, run_timeout_ms, stops) = ends;
        let (work, store_ms, watch_lag, seed) = rest;
        Limits {
            concurrency,
            delay: ms(delay_ms),
            keep_permit,
            timeout: ms(350),
            run_timeout: run_timeout_ms.map(ms),
            per_host,
            host_delay: ms(host_delay_ms),
            jitter_percent,
            rate,
            retry,
            stall: ms(stall_ms),
            on_failure: if stops {
                OnFailure::StopAtFirst
            } else {
                OnFailure::CollectAll
            },
            work,
            store: ms(store_ms),
            watch_lag,
            is_paused: false,
            seed,
        }
    })
}

/// Any run, with up to so many acts.
pub(super) fn case(acts: usize) -> impl Strategy<Value = Case> {
    (
        prop::sample::select(&Combine::ALL[..]),
        limits(),
        prop::collection::vec(task(), 0..20),
        prop::collection::vec((0..150_u64, act()), 0..=acts),
        option::weighted(0.2, 0..900_u64),
    )
        .prop_map(|(strategy, limits, tasks, acts, stop_ms)| Case {
            strategy,
            limits,
            tasks,
            acts,
            stop_ms,
        })
}
