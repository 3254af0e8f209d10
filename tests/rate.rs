//! The token bucket: exact times, and no window with more than the rate allows.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

use std::time::Duration;

use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::rate::{Rate, TokenBucket};
use proptest::collection::vec;
use proptest::prelude::{
    ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest,
};

fn rate(per_second: f64, burst: u32) -> Rate {
    Rate::new(per_second, burst).unwrap()
}

/// When `count` tokens are taken by someone who always wants one.
fn greedy_us(bucket: &mut TokenBucket, start: Moment, count: usize) -> Vec<u64> {
    let mut now = start;
    let mut next = || {
        now = bucket.ready_at(now);
        assert!(bucket.take(now));
        now.as_us()
    };
    (0..count).map(|_| next()).collect()
}

#[test]
fn a_rate_that_cannot_be_kept_is_refused_with_a_sentence() {
    for per_second in [
        0.0,
        -0.0,
        -1.0,
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        0.000_9,
        1_000_001.0,
        f64::MAX,
        f64::MIN_POSITIVE,
    ] {
        let why = Rate::new(per_second, 1).unwrap_err();
        assert_eq!(
            why,
            format!(
                "A rate of {per_second} a second cannot be kept: set it from 0.001 to 1000000."
            )
        );
    }
    assert_eq!(
        Rate::new(1.0, 0).unwrap_err(),
        "A burst of 0 would never let a request go: set it to 1 or more."
    );
    for (per_second, burst) in [(0.001, 1), (1e6, u32::MAX), (0.1, 1), (1_000.0, 10)] {
        let rate = rate(per_second, burst);
        assert_eq!((rate.per_second(), rate.burst()), (per_second, burst));
    }
}

#[test]
fn after_the_burst_one_comes_each_interval() {
    let take = |per_second, burst, count| {
        greedy_us(
            &mut TokenBucket::new(rate(per_second, burst)),
            Moment::ZERO,
            count,
        )
    };
    assert_eq!(take(10.0, 1, 4), [0, 100_000, 200_000, 300_000]);
    assert_eq!(take(4.0, 3, 5), [0, 0, 0, 250_000, 500_000]);
    assert_eq!(take(0.1, 1, 3), [0, 10_000_000, 20_000_000]);
    assert_eq!(take(1_000.0, 1, 3), [0, 1_000, 2_000]);
    assert_eq!(take(1e6, 1, 4), [0, 1, 2, 3]);
    // A third of a second is no whole number of microseconds. With room to save the rest of one up, nothing is lost;
    // without, the bucket was full for that rest, and two tokens within 333 333 µs would be above the rate.
    let with_room = [0, 0, 333_334, 666_667, 1_000_000, 1_333_334];
    assert_eq!(take(3.0, 2, 6), with_room);
    assert_eq!(take(3.0, 1, 4), [0, 333_334, 666_668, 1_000_002]);
}

#[test]
fn time_off_is_saved_up_to_the_burst() {
    let mut bucket = TokenBucket::new(rate(10.0, 5));
    assert_eq!(greedy_us(&mut bucket, Moment::ZERO, 6)[5], 100_000);
    assert_eq!(bucket.tokens(Moment::from_ms(450.0)), 3);
    assert_eq!(bucket.tokens(Moment::from_ms(60_000.0)), 5);
    assert_eq!(bucket.tokens(Moment::from_us(u64::MAX)), 5);
}

#[test]
fn a_token_is_there_at_the_moment_that_was_named_and_not_before() {
    let mut bucket = TokenBucket::new(rate(7.0, 1));
    assert!(bucket.take(Moment::ZERO));
    let ready = bucket.ready_at(Moment::ZERO);
    assert_eq!(ready, Moment::from_us(142_858));
    assert!(!bucket.take(Moment::from_us(142_857)));
    assert_eq!(bucket.ready_at(Moment::from_us(142_857)), ready);
    assert!(bucket.take(ready));
}

#[test]
fn a_change_of_rate_keeps_the_tokens_that_fit() {
    let mut bucket = TokenBucket::new(rate(1.0, 8));
    bucket.set_rate(Moment::ZERO, rate(1.0, 3));
    assert_eq!(bucket.tokens(Moment::ZERO), 3);
    bucket.set_rate(Moment::ZERO, rate(1.0, 100)); // gives nothing away
    assert_eq!(
        greedy_us(&mut bucket, Moment::ZERO, 4),
        [0, 0, 0, 1_000_000]
    );

    // Half a token at the old rate, half at the new one.
    bucket.set_rate(Moment::from_ms(1_500.0), rate(10.0, 1));
    assert_eq!(
        bucket.ready_at(Moment::from_ms(1_500.0)),
        Moment::from_ms(1_550.0)
    );
    assert_eq!(bucket.rate(), rate(10.0, 1));
}

#[test]
fn a_clock_that_goes_back_brings_no_tokens() {
    let mut bucket = TokenBucket::new(rate(10.0, 1));
    assert!(bucket.take(Moment::from_ms(1_000.0)));
    assert!(!bucket.take(Moment::ZERO));
    assert_eq!(bucket.ready_at(Moment::ZERO), Moment::from_ms(1_100.0));
    assert!(!bucket.take(Moment::from_ms(1_050.0)));
    assert!(bucket.take(Moment::from_ms(1_100.0)));
}

/// The bucket as a textbook has it, in fractions of a token: thousandths a second times microseconds.
struct Model {
    milli: u128,
    burst: u128,
    level: u128,
    at_us: u64,
}

impl Model {
    const TOKEN: u128 = 1_000_000_000;

    fn take(&mut self, now_us: u64) -> bool {
        let inflow = self.milli * u128::from(now_us - self.at_us);
        self.level = (self.level + inflow).min(self.burst * Self::TOKEN);
        self.at_us = now_us;
        let is_there = self.level >= Self::TOKEN;
        if is_there {
            self.level -= Self::TOKEN;
        }
        is_there
    }
}

fn rates() -> impl Strategy<Value = (u32, u32)> {
    let milli = prop_oneof![1_u32..2_000, 100_u32..1_000_000, 1_u32..=1_000_000_000];
    (milli, prop_oneof![1_u32..20, 1_u32..=u32::MAX])
}

fn gaps_us() -> impl Strategy<Value = Vec<u64>> {
    vec(
        prop_oneof![3 => 0_u64..3, 2 => 0_u64..2_000_000, 1 => 0_u64..1 << 40],
        1..200,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn it_does_as_the_textbook_says((milli, burst) in rates(), gaps_us in gaps_us()) {
        let rate = rate(f64::from(milli) / 1e3, burst);
        prop_assert_eq!((rate.per_second() * 1e3).round(), f64::from(milli));
        let mut bucket = TokenBucket::new(rate);
        let burst = u128::from(burst);
        let mut model = Model { milli: milli.into(), burst, level: burst * Model::TOKEN, at_us: 0 };
        let mut now_us = 0;
        for gap_us in gaps_us {
            now_us += gap_us;
            prop_assert_eq!(bucket.take(Moment::from_us(now_us)), model.take(now_us));
        }
    }

    #[test]
    fn no_window_sees_more_than_the_arrival_curve((milli, burst) in rates(), gaps_us in gaps_us()) {
        let rate = rate(f64::from(milli) / 1e3, burst.min(6));
        let mut bucket = TokenBucket::new(rate);
        let mut now_us = 0;
        let mut taken = Vec::new();
        for gap_us in gaps_us.into_iter().take(60) {
            now_us += gap_us;
            while bucket.take(Moment::from_us(now_us)) {
                taken.push(now_us);
            }
        }
        for (first, start_us) in taken.iter().enumerate() {
            for (count, end_us) in (1_u128..).zip(&taken[first..]) {
                prop_assert!(count <= rate.most_in(Duration::from_micros(end_us - start_us)));
            }
        }
    }

    /// The arrival curve is reached, too: the k-th token (from 0) comes at `⌈(k + 1 − burst) / rate⌉`, or at once. A bucket
    /// for one token, which cannot save up the rest of a microsecond, gives one each `⌈1 / rate⌉`.
    #[test]
    fn who_always_wants_one_gets_the_arrival_curve((milli, burst) in rates()) {
        let (burst, milli) = (burst.min(20), u64::from(milli));
        let mut bucket = TokenBucket::new(rate(milli as f64 / 1e3, burst));
        for (k, at_us) in (0_u64..).zip(greedy_us(&mut bucket, Moment::ZERO, 60)) {
            let saved = (k + 1).saturating_sub(burst.into());
            let expected_us = match burst {
                1 => saved * 1_000_000_000_u64.div_ceil(milli),
                _ => (saved * 1_000_000_000).div_ceil(milli),
            };
            prop_assert_eq!(at_us, expected_us);
        }
    }

    /// Through changes of rate no more comes than each stretch lets in, whatever was done before.
    #[test]
    fn changes_give_nothing_away(
        stretches in vec((rates(), 0_u64..5_000_000, any::<bool>()), 1..20),
    ) {
        let first = rate(5.0, 3);
        let mut bucket = TokenBucket::new(first);
        let (mut now_us, mut allowed_grains, mut taken) = (0_u64, 3_000_000_000_u128, 0_u128);
        let mut milli = 5_000_u32;
        for ((next_milli, burst), gap_us, wants) in stretches {
            now_us += gap_us;
            allowed_grains += u128::from(milli) * u128::from(gap_us);
            let now = Moment::from_us(now_us);
            bucket.set_rate(now, rate(f64::from(next_milli) / 1e3, burst.min(20)));
            milli = next_milli;
            prop_assert!(bucket.tokens(now) <= burst.min(20));
            while wants && bucket.take(now) {
                taken += 1;
            }
            prop_assert!(taken * 1_000_000_000 <= allowed_grains);
            prop_assert!(bucket.ready_at(now) >= now);
        }
    }
}
