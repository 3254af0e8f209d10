//! What an outcome means: a sentence for each, with what to do.

use std::time::Duration;

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::outcome::{Outcome, Refusal};
use crawl_playground::engine::retry::Retry;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::{Note, OriginId, TaskId, Trace, What};
use crawl_playground::engine::wait::Wait;
use crawl_playground::report::reason::{Host, reason};
use crawl_playground::timeline::rows::{OriginFacts, Rows};

use super::lab::rows;
use super::preset::run_of_preset;

const TIMEOUT: Duration = Duration::from_secs(2);

/// The reason of a task that ended so, after these notes.
fn reason_of(outcome: Outcome, notes: &[fn(&mut Trace) -> Note], host: Host) -> Option<String> {
    let mut trace = Trace::default();
    let name = trace.text("x");
    trace.push(Moment::ZERO, What::Joined(TaskId(0), name, OriginId(0)));
    trace.push(Moment::ZERO, What::Entered(TaskId(0), Wait::Request));
    for note in notes {
        let note = note(&mut trace);
        trace.push(Moment::ZERO, What::Noted(TaskId(0), note));
    }
    trace.push(Moment::ZERO, What::Ended(TaskId(0), outcome));
    let mut rows = Rows::default();
    rows.advance(&trace);
    reason(&rows.rows()[0], &trace, TIMEOUT, host)
}

fn plain(outcome: Outcome) -> String {
    reason_of(outcome, &[], Host::default()).unwrap_or_default()
}

fn host(was_readable: bool, probed: Option<bool>, is_offline: bool) -> Host {
    Host {
        origin: OriginFacts {
            was_readable,
            probed,
        },
        is_offline,
    }
}

#[test]
fn a_page_that_came_needs_no_reason() {
    assert_eq!(reason_of(Outcome::Ok(200), &[], Host::default()), None);
}

#[test]
fn every_other_outcome_has_a_sentence_of_its_own() {
    let outcomes = [401, 404, 408, 418, 429, 500, 503]
        .map(Outcome::HttpError)
        .into_iter()
        .chain([
            Outcome::Timeout,
            Outcome::Network,
            Outcome::Refused(Refusal::Limit),
            Outcome::Refused(Refusal::Break),
            Outcome::Cancelled,
        ]);
    let sentences: Vec<_> = outcomes.map(plain).collect();
    for (place, sentence) in sentences.iter().enumerate() {
        assert!(sentence.len() > 10 && sentence.ends_with('.'), "{sentence}");
        assert!(!sentences[..place].contains(sentence), "{sentence}");
    }
    assert!(plain(Outcome::Timeout).contains("2.00\u{a0}s"));
}

#[test]
fn every_status_above_399_has_a_sentence() {
    for status in 400..=999 {
        assert!(!plain(Outcome::HttpError(status)).is_empty());
    }
}

#[test]
fn a_network_error_is_told_by_what_is_known_of_the_host() {
    let cases = [
        (host(false, None, false), "does not say"),
        (host(false, Some(true), false), "refuses CORS"),
        (host(false, Some(false), false), "Nothing answered"),
        (host(true, None, false), "connection broke"),
        (host(true, Some(false), false), "connection broke"),
        (host(true, Some(true), true), "offline"),
    ];
    for (host, words) in cases {
        let sentence = reason_of(Outcome::Network, &[], host).unwrap();
        assert!(sentence.contains(words), "{host:?}: {sentence}");
    }
}

#[test]
fn what_was_cut_and_where_it_led_is_added_sentence_by_sentence() {
    let cut: fn(&mut Trace) -> Note = |_| Note::Cut(10_000_000);
    let led: fn(&mut Trace) -> Note = |trace| Note::FinalUrl(trace.text("https://b.test/"));
    let odd: fn(&mut Trace) -> Note = |trace| Note::Error(trace.text("the answer is no list"));
    for outcome in [Outcome::Ok(200), Outcome::HttpError(500), Outcome::Timeout] {
        for notes in [vec![cut], vec![led], vec![cut, led], vec![odd, cut, led]] {
            let sentence = reason_of(outcome, &notes, Host::default()).unwrap();
            assert_eq!(
                sentence.contains("10.0\u{a0}MB"),
                notes.contains(&cut),
                "{sentence}"
            );
            assert_eq!(
                sentence.contains("https://b.test/"),
                notes.contains(&led),
                "{sentence}"
            );
            for (place, _) in sentence.match_indices('.') {
                let next = sentence[place + 1..].chars().next();
                assert!(
                    next.is_none_or(|next| !next.is_ascii_uppercase()),
                    "they run together: {sentence}"
                );
            }
        }
    }
}

#[test]
fn how_often_it_was_tried_and_why_not_again_is_added() {
    let why = |path: &str, retries| {
        let limits = Limits {
            retry: Retry {
                retries,
                ..Retry::default()
            },
            stall: Duration::from_secs(1),
            ..super::lab::limits(1)
        };
        let run = super::lab::run(Strategy::Sequential, limits, super::lab::list([path]));
        let (rows, trace) = (rows(&run), run.trace());
        reason(&rows.rows()[0], &trace, TIMEOUT, Host::default()).unwrap_or_default()
    };
    assert!(!why("status/500", 0).contains("ried"));
    let used_up = why("status/500", 2);
    assert!(used_up.contains("Tried 3 times. Not tried again: its retries are used up."));
    let long = why("status/429?retry_after=3600", 2);
    assert!(long.ends_with("Not tried again: the server asks for too long a wait."));
    let stalled = why("status/503?retry_after=2", 2);
    assert!(stalled.ends_with("Not tried again: it was put off up to the stall limit."));
    // A page that came has nothing to answer for but its tries.
    assert_eq!(why("flaky/k?fails=1", 2), "Tried 2 times.");
}

#[test]
fn the_failures_preset_gives_four_reasons() {
    let run = run_of_preset(crawl_playground::scenario::preset::Preset::Failures);
    let (rows, trace) = (rows(&run), run.trace());
    let given = rows.rows().iter().map(|row| {
        let host = Host {
            origin: rows.origin(row.origin),
            is_offline: false,
        };
        reason(row, &trace, TIMEOUT, host).unwrap_or_default()
    });
    let words = [
        "",
        "no such page",
        "",
        "failed",
        "within 2.00",
        "connection broke",
        "Redirected to",
        "",
    ];
    for (given, words) in given.zip(words) {
        assert!(
            given.contains(words) && given.is_empty() == words.is_empty(),
            "{words}: {given}"
        );
    }
}
