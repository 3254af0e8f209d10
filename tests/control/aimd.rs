//! The adaptive limit: up by one a round, down by half, and not twice for one overload.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Duration;

use crawl_playground::engine::control::{Aimd, Change, Reason};
use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::outcome::{Outcome, Refusal};
use crawl_playground::engine::task::Attempt;
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest};

fn aimd(start: usize, max: usize) -> Aimd {
    Aimd::new(start, max, 2.0).unwrap()
}

fn at_ms(ms: u64) -> Moment {
    Moment::from_us(1_000 * ms)
}

/// Ends of requests sent at `sent_ms`, each after `latency_ms`: the changes.
fn ends(
    aimd: &mut Aimd,
    count: usize,
    sent_ms: u64,
    latency_ms: u64,
    outcome: Outcome,
) -> Vec<Change> {
    let end = |_| on_end(aimd, at_ms(sent_ms), at_ms(sent_ms + latency_ms), outcome);
    (0..count).filter_map(end).collect()
}

/// The end of one attempt, whose body took no time.
fn on_end(aimd: &mut Aimd, sent_at: Moment, ended_at: Moment, outcome: Outcome) -> Option<Change> {
    aimd.on_end(&Attempt {
        sent_at,
        headers_at: Some(ended_at),
        ended_at,
        outcome,
    })
}

const OK: Outcome = Outcome::Ok(200);

fn grew(limit: usize) -> Change {
    Change {
        limit,
        reason: Reason::Grew,
    }
}

#[test]
fn a_round_of_answers_makes_room_for_one_more() {
    let mut aimd = aimd(1, 4);
    assert_eq!(ends(&mut aimd, 1, 0, 100, OK), [grew(2)]);
    assert_eq!(ends(&mut aimd, 1, 0, 100, OK), []);
    assert_eq!(
        ends(&mut aimd, 1, 0, 100, Outcome::HttpError(404)),
        [grew(3)]
    );
    assert_eq!(ends(&mut aimd, 3, 0, 100, OK), [grew(4)]);
    assert_eq!(ends(&mut aimd, 50, 0, 100, OK), []);
    assert_eq!(aimd.limit(), 4);
}

#[test]
fn each_sign_of_overload_halves() {
    for (outcome, reason, words) in [
        (
            Outcome::HttpError(429),
            Reason::Status(429),
            "halved: the server answered 429",
        ),
        (
            Outcome::HttpError(503),
            Reason::Status(503),
            "halved: the server answered 503",
        ),
        (Outcome::Network, Reason::NoAnswer, "halved: no answer came"),
        (Outcome::Timeout, Reason::NoAnswer, "halved: no answer came"),
    ] {
        let mut aimd = aimd(9, 64);
        let halved = Change { limit: 4, reason };
        assert_eq!(
            on_end(&mut aimd, at_ms(0), at_ms(50), outcome),
            Some(halved)
        );
        assert_eq!((aimd.limit(), reason.words().as_str()), (4, words));
    }
    assert_eq!(Reason::Grew.words(), "grew: a whole round succeeded");
}

#[test]
fn what_says_nothing_of_the_load_changes_nothing() {
    let mut aimd = aimd(1, 64);
    let before = aimd.clone();
    for outcome in [
        Outcome::HttpError(500),
        Outcome::HttpError(502),
        Outcome::Cancelled,
        Outcome::Refused(Refusal::Limit),
        Outcome::Refused(Refusal::Break),
    ] {
        assert_eq!(ends(&mut aimd, 20, 0, 100, outcome), []);
    }
    assert_eq!(aimd, before);
}

#[test]
fn long_bodies_are_no_sign_of_load() {
    let mut aimd = aimd(9, 64);
    for body_ms in 0..200 {
        let attempt = Attempt {
            sent_at: at_ms(0),
            headers_at: Some(at_ms(50)),
            ended_at: at_ms(50 + 100 * body_ms),
            outcome: OK,
        };
        let change = aimd.on_end(&attempt);
        assert!(change.is_none_or(|change| change.reason == Reason::Grew));
    }
}

#[test]
fn an_overload_begins_the_round_anew() {
    let mut aimd = aimd(4, 64);
    assert_eq!(ends(&mut aimd, 3, 0, 100, OK), []);
    assert_eq!(
        on_end(&mut aimd, at_ms(0), at_ms(100), Outcome::Timeout)
            .unwrap()
            .limit,
        2
    );
    assert_eq!(ends(&mut aimd, 1, 100, 100, OK), []);
    assert_eq!(ends(&mut aimd, 1, 100, 100, OK), [grew(3)]);
}

#[test]
fn one_overload_halves_once_however_many_tell_of_it() {
    let mut aimd = aimd(32, 64);
    // All 32 were sent at 0, and all are refused.
    let changes = ends(&mut aimd, 32, 0, 100, Outcome::HttpError(429));
    assert_eq!(changes.len(), 1);
    // Late answers to what was sent before count for nothing either.
    assert_eq!(ends(&mut aimd, 100, 99, 900, OK), []);
    // What was sent since is news.
    assert_eq!(
        ends(&mut aimd, 8, 100, 100, Outcome::HttpError(429))[0].limit,
        8
    );
}

#[test]
fn it_never_falls_below_one() {
    let mut aimd = aimd(3, 64);
    let limits: Vec<Option<Change>> = (0..4)
        .map(|round| on_end(&mut aimd, at_ms(round), at_ms(round + 1), Outcome::Timeout))
        .collect();
    let halved = Change {
        limit: 1,
        reason: Reason::NoAnswer,
    };
    assert_eq!(limits, [Some(halved), None, None, None]);
}

#[test]
fn a_latency_that_has_doubled_halves() {
    let mut aimd = aimd(16, 16);
    assert_eq!(ends(&mut aimd, 20, 0, 100, OK), []);
    // The smoothed latency is 100 · (7/8)^k + 400 · (1 − (7/8)^k): above 200 at the fourth, where it is 224.
    assert_eq!(ends(&mut aimd, 3, 1_000, 400, OK), []);
    let rose = ends(&mut aimd, 1, 1_000, 400, OK);
    let reason = Reason::Latency { tenths: 22 };
    assert_eq!(rose, [Change { limit: 8, reason }]);
    assert_eq!(
        reason.words(),
        "halved: the latency rose to 2.2 × its smallest"
    );
    // With the load the latency falls, and the old one is not held against the new limit.
    assert_eq!(ends(&mut aimd, 8, 1_400, 110, OK), [grew(9)]);
}

#[test]
fn one_slow_page_is_not_a_slow_server() {
    let mut aimd = aimd(16, 16);
    ends(&mut aimd, 20, 0, 100, OK);
    assert_eq!(ends(&mut aimd, 1, 1_000, 850, OK), []);
    assert_eq!(ends(&mut aimd, 40, 2_000, 100, OK), []);
}

#[test]
fn error_pages_are_not_taken_for_a_faster_server() {
    let mut aimd = aimd(16, 16);
    ends(&mut aimd, 100, 0, 5, Outcome::HttpError(404));
    assert_eq!(ends(&mut aimd, 100, 1_000, 100, OK), []);
}

#[test]
fn a_server_that_is_slower_for_good_does_not_hold_the_limit_at_one() {
    let mut aimd = aimd(4, 64);
    ends(&mut aimd, 3, 0, 100, OK);
    ends(&mut aimd, 30, 1_000, 100, OK);
    let start = aimd.limit();
    let limits = [10_000, 20_000, 30_000, 40_000].map(|now_ms| {
        ends(&mut aimd, 8, now_ms, 1_000, OK);
        aimd.limit()
    });
    // At 1 it learns what the server takes now, and grows again.
    assert_eq!((start, limits), (9, [4, 2, 1, 2]));
    ends(&mut aimd, 40, 50_000, 1_000, OK);
    assert_eq!(aimd.limit(), 9);
}

#[test]
fn a_lower_maximum_counts_at_once() {
    let mut aimd = aimd(32, 64);
    assert_eq!(aimd.set_max(8), 8);
    assert_eq!(aimd.set_max(64), 8);
    assert_eq!(aimd.set_max(0), 1);
}

#[test]
fn what_makes_no_sense_is_refused_with_a_sentence() {
    let why = |start, max, tolerance| Aimd::new(start, max, tolerance).unwrap_err();
    assert_eq!(
        why(0, 4, 2.0),
        "A limit of 0 would never let a request go: start with 1 or more."
    );
    assert_eq!(
        why(5, 4, 2.0),
        "The limit cannot start at 5, above its maximum of 4: lower the one or raise the other."
    );
    for tolerance in [1.0, 0.0, -2.0, f64::NAN, f64::INFINITY, 1_001.0] {
        assert_eq!(
            why(1, 4, tolerance),
            format!(
                "Latency cannot be held to {tolerance} times its smallest: set the factor from 1.1 to 1000."
            )
        );
    }
}

/// A server that answers `width` requests in 100 ms, and lets the others wait for them, always kept busy up to the limit.
/// Gives the limits that it saw while the second half of the requests went.
fn limits_against(width: u64, requests: usize) -> Vec<usize> {
    let mut aimd = aimd(1, 256);
    let mut now = Moment::ZERO;
    let mut in_flight = BinaryHeap::new();
    let mut limits = Vec::new();
    for done in 0..requests {
        while in_flight.len() < aimd.limit() {
            let ahead = in_flight.len() as u64 / width;
            in_flight.push(Reverse((
                now + Duration::from_millis(100 * (1 + ahead)),
                now,
            )));
        }
        let Reverse((ended_at, sent_at)) = in_flight.pop().unwrap();
        now = ended_at;
        on_end(&mut aimd, sent_at, ended_at, OK);
        if done > requests / 2 {
            limits.push(aimd.limit());
        }
    }
    limits
}

#[test]
fn the_limit_swings_about_what_the_server_bears() {
    for width in [4, 10, 30] {
        let limits = limits_against(width, 20_000);
        let width = width as usize;
        let mean = limits.iter().sum::<usize>() / limits.len();
        assert!((width..=5 * width).contains(&mean), "{width}: {mean}");
        let greatest = limits.into_iter().max().unwrap();
        assert!(greatest <= 8 * width, "{width}: {greatest}");
    }
}

fn outcomes() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        8 => Just(OK),
        1 => Just(Outcome::HttpError(429)),
        1 => Just(Outcome::HttpError(500)),
        1 => Just(Outcome::HttpError(404)),
        1 => Just(Outcome::Timeout),
        1 => Just(Outcome::Cancelled),
    ]
}

proptest! {
    #[test]
    fn any_history_keeps_the_rules(
        start in 1_usize..40, more in 0_usize..40,
        history in vec((0_u64..400, 0_u64..2_000, outcomes()), 0..400),
    ) {
        let max = start + more;
        let mut aimd = aimd(start, max);
        let mut lowered_at = None;
        let mut now_ms = 0;
        for (gap_ms, latency_ms, outcome) in history {
            now_ms += gap_ms;
            let (sent_at, ended_at) = (at_ms(now_ms.saturating_sub(latency_ms)), at_ms(now_ms));
            let before = aimd.limit();
            let change = on_end(&mut aimd, sent_at, ended_at, outcome);
            let after = aimd.limit();
            prop_assert!((1..=max).contains(&after));
            prop_assert_eq!(change.map_or(before, |change| change.limit), after);
            match change.map(|change| change.reason) {
                None => prop_assert_eq!(after, before),
                Some(Reason::Grew) => prop_assert_eq!(after, before + 1),
                Some(_) => {
                    prop_assert_eq!(after, (before / 2).max(1));
                    // One decrease a round trip.
                    prop_assert!(lowered_at.is_none_or(|lowered_at| sent_at >= lowered_at));
                    lowered_at = Some(ended_at);
                }
            }
        }
    }
}
