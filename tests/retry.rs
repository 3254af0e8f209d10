//! What is tried again, and when: `Retry-After`, back-off, and which of them decides.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

#[path = "retry/dates.rs"]
mod dates;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crawl_playground::engine::outcome::{Outcome, Refusal};
use crawl_playground::engine::random::Random;
use crawl_playground::engine::retry::{Backoff, Retry, RetryWait, is_retryable, retry_after};
use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

/// Sun, 06 Nov 1994 08:49:37 GMT.
fn rfc_example() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(784_111_777)
}

fn secs(seconds: u64) -> Option<Duration> {
    Some(Duration::from_secs(seconds))
}

#[test]
fn seconds_are_digits_and_nothing_else() {
    let read = |value| retry_after(value, rfc_example());
    assert_eq!(read("0"), secs(0));
    assert_eq!(read("120"), secs(120));
    assert_eq!(read("007"), secs(7));
    assert_eq!(read(" \t120 "), secs(120));
    for malformed in [
        "", " ", "-1", "+1", "1.5", "1e3", "0x10", "1 2", "1,2", "1s", "١٢", "NaN", "∞", "\u{a0}1",
        "1\n",
    ] {
        assert_eq!(read(malformed), None, "{malformed:?}");
    }
}

#[test]
fn too_many_digits_are_a_very_long_time() {
    let read = |value: &str| retry_after(value, rfc_example());
    assert_eq!(read("18446744073709551615"), secs(u64::MAX));
    assert_eq!(read("18446744073709551616"), secs(u64::MAX));
    assert_eq!(read(&"9".repeat(100_000)), secs(u64::MAX));
    assert_eq!(read(&format!("{}5", "0".repeat(100_000))), secs(5));
}

#[test]
fn what_passes_with_time_is_retried() {
    use Outcome::{Cancelled, HttpError, Network, Ok, Timeout};
    for status in 0..=u16::MAX {
        let expected = [408, 429, 500, 502, 503, 504].contains(&status);
        assert_eq!(
            is_retryable(Outcome::of_status(status)),
            expected,
            "{status}"
        );
        assert!(!is_retryable(Ok(status)));
    }
    assert!(is_retryable(Timeout) && is_retryable(Network));
    assert!(!is_retryable(Cancelled) && !is_retryable(Outcome::Refused(Refusal::Limit)));

    let twice = Retry {
        retries: 2,
        ..Retry::default()
    };
    assert!(twice.is_due(HttpError(503), 0) && twice.is_due(Timeout, 1));
    assert!(!twice.is_due(HttpError(503), 2) && !twice.is_due(HttpError(404), 0));
    assert!(!Retry::NONE.is_due(Network, 0));
}

#[test]
fn the_ceiling_doubles_up_to_the_cap() {
    let backoff = Backoff {
        base: Duration::from_millis(100),
        cap: Duration::from_secs(1),
    };
    let ceilings_ms = [0, 1, 2, 3, 4, 5, 6, 63, 64, 65, 66, u32::MAX]
        .map(|retry| backoff.ceiling(retry).as_millis());
    assert_eq!(
        ceilings_ms,
        [
            100, 100, 200, 400, 800, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000
        ]
    );
}

#[test]
fn draws_fill_the_whole_range_evenly() {
    let backoff = Backoff {
        base: Duration::from_secs(1),
        cap: Duration::from_secs(60),
    };
    let mut random = Random::seeded(7);
    let mut tenths = [0; 10];
    for _ in 0..10_000 {
        let wait = backoff.wait(3, &mut random);
        assert!(wait <= Duration::from_secs(4));
        tenths[(wait.as_micros() / 400_001) as usize] += 1;
    }
    assert!(
        tenths.iter().all(|count| (900..1_100).contains(count)),
        "{tenths:?}"
    );
}

#[test]
fn the_servers_word_comes_before_the_back_off() {
    let retry = Retry {
        longest: Duration::from_secs(60),
        ..Retry::default()
    };
    let mut random = Random::seeded(7);
    let mut told = |seconds| retry.wait_before(1, secs(seconds), &mut random);
    assert_eq!(told(0), RetryWait::AsTold(Duration::ZERO));
    assert_eq!(told(60), RetryWait::AsTold(Duration::from_secs(60)));
    assert_eq!(told(61), RetryWait::TooLong(Duration::from_secs(61)));
    assert_eq!(
        told(u64::MAX),
        RetryWait::TooLong(Duration::from_secs(u64::MAX))
    );
    // Not one of these drew a number.
    assert_eq!(random, Random::seeded(7));

    let drawn = retry.backoff.wait(2, &mut Random::seeded(7));
    assert_eq!(
        retry.wait_before(2, None, &mut random),
        RetryWait::Backoff(drawn)
    );
}

proptest! {
    #[test]
    fn no_back_off_overflows_or_exceeds_its_ceiling(
        base in any::<Duration>(), cap in any::<Duration>(), retry: u32, seed: u64,
    ) {
        let backoff = Backoff { base, cap };
        let ceiling = backoff.ceiling(retry);
        prop_assert!(ceiling <= cap);
        prop_assert!(backoff.ceiling(retry.saturating_add(1)) >= ceiling);
        let wait = backoff.wait(retry, &mut Random::seeded(seed));
        prop_assert!(wait <= ceiling);
        prop_assert_eq!(wait.subsec_nanos() % 1_000, 0);
        prop_assert_eq!(wait, backoff.wait(retry, &mut Random::seeded(seed)));
    }

    #[test]
    fn no_value_makes_it_panic(value: String, now_s: i64) {
        let span = Duration::from_secs(now_s.unsigned_abs());
        let now = if now_s < 0 { UNIX_EPOCH.checked_sub(span) } else { UNIX_EPOCH.checked_add(span) };
        if let Some(now) = now {
            let _ = retry_after(&value, now);
            let _ = retry_after("Sunday, 06-Nov-94 08:49:37 GMT", now);
        }
    }
}
