//! Laws of latency: the same from the same seed, of the right shape, and refused when they make no sense.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

use std::time::Duration;

use crawl_playground::engine::random::Random;
use crawl_playground::sim::latency::Latency;
use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};

fn law(text: &str) -> Latency {
    text.parse().unwrap()
}

/// Samples in ms, with the seed 7.
fn samples_ms(text: &str, count: u64) -> Vec<f64> {
    let (law, mut random) = (law(text), Random::seeded(7));
    let sample = |task| law.sample(task, &mut random).as_micros() as f64 / 1e3;
    (0..count).map(sample).collect()
}

/// The first samples in ms, which another program in another language computed from the same formulas.
#[test]
fn samples_follow_from_the_seed() {
    for (text, expected) in [
        ("fixed 200", [200.0; 5]),
        (
            "uniform 100 300",
            [177.966, 103.357, 280.153, 216.586, 190.488],
        ),
        (
            "lognormal 200 0.6",
            [169.095, 55.882, 432.618, 226.774, 186.163],
        ),
        (
            "pareto 100 1.5",
            [139.006, 101.135, 466.528, 179.141, 149.41],
        ),
        ("replay 120 80.5 310", [120.0, 80.5, 310.0, 120.0, 80.5]),
    ] {
        assert_eq!(samples_ms(text, 5), expected, "{text}");
    }
}

#[test]
fn many_samples_are_these_to_the_last_bit() {
    // A sum over all of them, each times its place: no sample may change, nor their order.
    for (text, expected) in [
        ("uniform 100 300", 1_000_349_935_936_209),
        ("lognormal 200 0.6", 1_200_632_773_211_393),
        ("pareto 100 1.5", 1_464_641_365_014_251),
    ] {
        let (law, mut random) = (law(text), Random::seeded(7));
        let sum = (1..=100_000_u64).fold(0_u64, |sum, task| {
            let sample_us = law.sample(task, &mut random).as_micros() as u64;
            sum.wrapping_add(sample_us.wrapping_mul(task))
        });
        assert_eq!(sum, expected, "{text}");
    }
}

/// Quantiles of a hundred thousand samples against the law's own, within 3 %.
#[test]
fn quantiles_are_the_laws() {
    for (text, expected_ms) in [
        ("uniform 100 300", [120.0, 200.0, 280.0, 298.0]),
        // 200 · e^(0.6 z) for z = −1.2816, 0, 1.2816, 2.3263.
        ("lognormal 200 0.6", [92.70, 200.0, 431.49, 807.77]),
        // 100 · (1 − p)^(−1/1.5).
        ("pareto 100 1.5", [107.28, 158.74, 464.16, 2_154.43]),
    ] {
        let mut samples = samples_ms(text, 100_000);
        samples.sort_by(f64::total_cmp);
        for (p, expected) in [0.1, 0.5, 0.9, 0.99].into_iter().zip(expected_ms) {
            let found = samples[(p * 1e5) as usize];
            let error = (found - expected) / expected;
            assert!(error.abs() < 0.03, "{text}: {found} at {p}");
        }
    }
}

#[test]
fn means_and_spreads_are_the_laws() {
    let moments = |samples: &[f64]| {
        let count = samples.len() as f64;
        let mean = samples.iter().sum::<f64>() / count;
        let variance = samples.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / count;
        (mean, variance.sqrt())
    };
    let near = |found: f64, expected: f64| (found - expected).abs() < 0.01 * expected;

    let (mean, spread) = moments(&samples_ms("uniform 100 300", 100_000));
    assert!(near(mean, 200.0) && near(spread, 57.74), "{mean} {spread}");
    let logs: Vec<f64> = samples_ms("lognormal 200 0.6", 100_000)
        .into_iter()
        .map(f64::ln)
        .collect();
    let (mean, spread) = moments(&logs);
    assert!(near(mean, 5.2983) && near(spread, 0.6), "{mean} {spread}");
    // The mean of Pareto's law is minimum · alpha / (alpha − 1).
    let (mean, _) = moments(&samples_ms("pareto 100 5", 100_000));
    assert!(near(mean, 125.0), "{mean}");
}

#[test]
fn the_heaviest_tail_ends_at_ten_minutes() {
    for text in ["pareto 100 0.001", "lognormal 600000 10"] {
        let samples = samples_ms(text, 10_000);
        let greatest = samples.into_iter().max_by(f64::total_cmp);
        assert_eq!(greatest, Some(Latency::MAX_MS), "{text}");
    }
}

#[test]
fn a_law_without_spread_is_fixed() {
    assert!(
        samples_ms("lognormal 200 0", 100)
            .iter()
            .all(|ms| *ms == 200.0)
    );
    assert!(
        samples_ms("uniform 200 200", 100)
            .iter()
            .all(|ms| *ms == 200.0)
    );
    assert!(
        samples_ms("lognormal 0 10", 100)
            .iter()
            .all(|ms| *ms == 0.0)
    );
}

#[test]
fn a_fork_a_task_makes_the_order_of_asking_nothing() {
    let (law, run) = (law("lognormal 200 0.6"), Random::seeded(7));
    let sample = |task| law.sample(task, &mut run.fork(task));
    let forth: Vec<Duration> = (0..100).map(sample).collect();
    let mut back: Vec<Duration> = (0..100).rev().map(sample).collect();
    back.reverse();
    assert_eq!(forth, back);
    assert!(forth.iter().any(|latency| *latency != forth[0]));
}

#[test]
fn a_replay_needs_something_to_replay_and_keeps_to_the_ceiling() {
    let why = "There are no latencies to replay: measure a run first.";
    assert_eq!(Latency::replay([]), Err(why.to_owned()));
    assert_eq!("replay".parse::<Latency>(), Err(why.to_owned()));
    let replay = Latency::replay([Duration::MAX, Duration::from_nanos(1_999)]).unwrap();
    assert_eq!(replay.to_string(), "replay 600000 0.001");
}

#[test]
fn what_makes_no_sense_is_refused_with_a_sentence() {
    let unreadable =
        |text: &str, form: &str| format!("“{text}” cannot be read: write it like “{form}”.");
    for (text, why) in [
        ("fixed -1", unreadable("fixed -1", "fixed 200")),
        ("fixed NaN", unreadable("fixed NaN", "fixed 200")),
        ("fixed 1e9", unreadable("fixed 1e9", "fixed 200")),
        ("fixed 1.2345", unreadable("fixed 1.2345", "fixed 200")),
        ("pareto inf 1", unreadable("pareto inf 1", "pareto 100 1.5")),
        ("replay 1 -1", unreadable("replay 1 -1", "replay 120 80.5 310")),
        ("fixed", unreadable("fixed", "fixed 200")),
        ("fixed 1 2", unreadable("fixed 1 2", "fixed 200")),
        ("pareto 100 x", unreadable("pareto 100 x", "pareto 100 1.5")),
        (
            "fixed 600001",
            "The latency cannot be that: set it from 0 to 600000 ms.".to_owned(),
        ),
        (
            "uniform 300 100",
            "The least latency is above the greatest: swap them.".to_owned(),
        ),
        (
            "lognormal 200 11",
            "The spread (sigma) cannot be that: set it from 0 to 10.".to_owned(),
        ),
        (
            "pareto 100 0",
            "The tail's exponent (alpha) cannot be that: set it from 0.001 to 1000.".to_owned(),
        ),
        (
            "normal 200 20",
            "“normal 200 20” is no law of latency: write one like “fixed 200”, “uniform 100 300”, “lognormal 200 0.6” or \
             “pareto 100 1.5”, with times in ms."
                .to_owned(),
        ),
    ] {
        assert_eq!(text.parse::<Latency>(), Err(why), "{text}");
    }
    for law in [
        Latency::fixed(-1.0),
        Latency::fixed(f64::NAN),
        Latency::uniform(0.0, f64::INFINITY),
        Latency::log_normal(200.0, -0.1),
        Latency::heavy_tail(100.0, f64::NAN),
        Latency::replay([]),
    ] {
        assert!(law.is_err(), "{law:?}");
    }
    let long = "é".repeat(1_000).parse::<Latency>().unwrap_err();
    assert!(
        long.starts_with(&format!("“{}…” is", "é".repeat(40))),
        "{long}"
    );
}

fn times_ms() -> impl Strategy<Value = f64> {
    prop_oneof![
        0.0..=Latency::MAX_MS,
        0.0..2.0,
        (0_u32..10_000).prop_map(f64::from)
    ]
}

fn laws() -> impl Strategy<Value = Latency> {
    prop_oneof![
        times_ms().prop_map(|ms| Latency::fixed(ms).unwrap()),
        (times_ms(), times_ms()).prop_map(|(a, b)| Latency::uniform(a.min(b), a.max(b)).unwrap()),
        (times_ms(), 0.0..=Latency::MAX_SIGMA)
            .prop_map(|(median, sigma)| Latency::log_normal(median, sigma).unwrap()),
        (times_ms(), 0.001..=Latency::MAX_ALPHA)
            .prop_map(|(minimum, alpha)| Latency::heavy_tail(minimum, alpha).unwrap()),
        vec(any::<Duration>(), 1..20).prop_map(|list| Latency::replay(list).unwrap()),
        vec(times_ms(), 1..20).prop_map(|list| {
            let micros = list
                .into_iter()
                .map(|ms| Duration::from_micros((ms * 1e3) as u64));
            Latency::replay(micros).unwrap()
        }),
    ]
}

proptest! {
    #[test]
    fn what_is_written_reads_back(law in laws()) {
        prop_assert_eq!(law.to_string().parse(), Ok(law));
    }

    #[test]
    fn samples_are_whole_keep_the_bounds_and_repeat(law in laws(), seed: u64, task: u64) {
        let mut random = Random::seeded(seed);
        for _ in 0..20 {
            let again = random.clone();
            let sample = law.sample(task, &mut random);
            prop_assert_eq!(sample, law.sample(task, &mut again.clone()));
            prop_assert_eq!(sample.subsec_nanos() % 1_000, 0);
            prop_assert!(sample.as_millis() as f64 <= Latency::MAX_MS);
            match &law {
                Latency::Fixed(latency) => prop_assert_eq!(sample, *latency),
                Latency::Uniform { min, max } => prop_assert!((*min..=*max).contains(&sample)),
                Latency::HeavyTail { minimum, .. } => prop_assert!(sample >= *minimum),
                Latency::Replay(latencies) => {
                    prop_assert_eq!(sample, latencies[(task % latencies.len() as u64) as usize]);
                }
                Latency::LogNormal { .. } => {}
            }
        }
    }

    #[test]
    fn no_text_or_number_makes_it_panic(text: String, name in "fixed|uniform|lognormal|pareto|replay", a: f64, b: f64) {
        for text in [text.clone(), format!("{name} {text}"), format!("{name} {a}"), format!("{name} {a} {b}")] {
            match text.parse::<Latency>() {
                Ok(law) => prop_assert!(law.sample(u64::MAX, &mut Random::seeded(1)).as_secs() <= 600),
                Err(why) => prop_assert!(why.ends_with('.'), "{}", why),
            }
        }
    }
}
