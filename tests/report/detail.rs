//! A task in full: what it waited for is what let it go on, in runs whose every moment is known.

use std::time::Duration;

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::outcome::Outcome;
use crawl_playground::engine::retry::Retry;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::{OriginId, TaskId, Trace, What};
use crawl_playground::engine::wait::Wait;
use crawl_playground::report::detail::{Attempt, Detail, detail};
use crawl_playground::report::turns::By;
use crawl_playground::scenario::preset::Preset;

use super::lab::{self, at_ms, limits, list, ms};
use super::preset::{lab_presets, run_of_preset};

/// Task `number`, counted from 1.
fn detail_of(run: &Run, number: u32) -> Detail {
    let end = lab::rows(run).last_end();
    detail(run.trace().events(), TaskId(number - 1), end).unwrap()
}

/// Wait, start and length in ms, kind of release and its task, counted from 1.
type Told = (Wait, u64, u64, Option<(By, u32)>);

fn told(detail: &Detail) -> Vec<Vec<Told>> {
    let attempts = detail.attempts.iter().map(|attempt| {
        let parts = attempt.parts.iter().map(|part| {
            let by = part
                .release
                .map(|by| (by.by, by.task.map_or(0, |task| task.0 + 1)));
            let ms = |us: u64| us / 1_000;
            (
                part.wait,
                ms(part.start.as_us()),
                ms(part.length.as_micros() as u64),
                by,
            )
        });
        parts.collect()
    });
    attempts.collect()
}

fn three(strategy: Strategy, limits: Limits) -> Run {
    lab::run(
        strategy,
        limits,
        list(["delay/100", "delay/200", "delay/300"]),
    )
}

#[test]
fn of_three_through_one_permit_each_waits_for_that_of_the_one_before() {
    let run = three(Strategy::Semaphore, limits(1));
    assert_eq!(
        told(&detail_of(&run, 1)),
        [vec![(Wait::Request, 0, 100, None)]]
    );
    assert_eq!(
        told(&detail_of(&run, 2)),
        [vec![
            (Wait::Permit, 0, 100, Some((By::Permit, 1))),
            (Wait::Request, 100, 200, None),
        ]]
    );
    let third = detail_of(&run, 3);
    assert_eq!(
        told(&third),
        [vec![
            (Wait::Permit, 0, 300, Some((By::Permit, 2))),
            (Wait::Request, 300, 300, None),
        ]]
    );
    assert_eq!(third.total, ms(600));
    let part = &third.attempts[0].parts[0];
    assert_eq!(part.release.unwrap().at, at_ms(300));
    assert!((part.share_percent - 50.0).abs() < 1e-9);
    assert_eq!(part.waited_for(), "the permit that task 2 gave back");
    assert_eq!(third.attempts[0].status, Some(200));
}

#[test]
fn of_two_permits_the_one_that_comes_back_first_goes_to_who_stood_in_line_longest() {
    let paths = ["delay/300", "delay/100", "delay/50", "delay/50"];
    let run = lab::run(Strategy::Semaphore, limits(2), list(paths));
    let from = |number| told(&detail_of(&run, number))[0][0];
    assert_eq!(from(3), (Wait::Permit, 0, 100, Some((By::Permit, 2))));
    assert_eq!(from(4), (Wait::Permit, 0, 150, Some((By::Permit, 3))));
}

#[test]
fn one_at_a_time_each_waits_for_the_one_before_to_be_done() {
    let run = three(Strategy::Sequential, limits(1));
    let first = |number| told(&detail_of(&run, number))[0][0];
    assert_eq!(first(2), (Wait::Queue, 0, 100, Some((By::Done, 1))));
    assert_eq!(first(3), (Wait::Queue, 0, 300, Some((By::Done, 2))));
}

#[test]
fn a_hosts_clock_was_set_by_the_request_before() {
    let limits = Limits {
        host_delay: ms(250),
        ..limits(9)
    };
    let run = three(Strategy::Semaphore, limits);
    assert_eq!(
        told(&detail_of(&run, 3)),
        [vec![
            (Wait::Host, 0, 500, Some((By::HostClock, 2))),
            (Wait::Request, 500, 300, None),
        ]]
    );
    let words = detail_of(&run, 3).attempts[0].parts[0].waited_for();
    assert_eq!(
        words,
        "its host’s clock, which the request of task 2 had set at 250\u{a0}ms"
    );
}

#[test]
fn a_place_at_a_host_is_the_one_that_was_left() {
    let limits = Limits {
        per_host: Some(1),
        ..limits(9)
    };
    let run = three(Strategy::AllAtOnce, limits);
    let first = |number| told(&detail_of(&run, number))[0][0];
    assert_eq!(
        first(2),
        (Wait::HostPermit, 0, 100, Some((By::HostPlace, 1)))
    );
    assert_eq!(
        first(3),
        (Wait::HostPermit, 0, 300, Some((By::HostPlace, 2)))
    );
}

#[test]
fn attempts_are_told_apart_with_the_back_off_between_them() {
    let limits = Limits {
        retry: Retry {
            retries: 3,
            ..Retry::default()
        },
        ..limits(1)
    };
    let run = lab::run(Strategy::Semaphore, limits, list(["flaky/a?fails=2&ms=40"]));
    let detail = detail_of(&run, 1);
    let statuses: Vec<_> = detail
        .attempts
        .iter()
        .map(|attempt| attempt.status)
        .collect();
    assert_eq!(statuses, [Some(503), Some(503), Some(200)]);
    for attempt in &detail.attempts[1..] {
        let part = &attempt.parts[0];
        assert_eq!(part.wait, Wait::Backoff);
        let (length, is_told) = part.again.unwrap();
        assert_eq!((length, is_told, part.release), (part.length, false, None));
    }
}

#[test]
fn to_read_an_answer_belongs_to_the_attempt_that_brought_it() {
    let (mut trace, task) = (Trace::default(), TaskId(0));
    let name = trace.text("a");
    let again = What::Again {
        task,
        wait_us: 50_000,
        is_told: false,
    };
    let events = [
        (0, What::Joined(task, name, OriginId(0))),
        (1, What::Entered(task, Wait::Request)),
        (5, What::Status(task, 503)),
        (5, What::Entered(task, Wait::Download)),
        (6, again),
        (6, What::Entered(task, Wait::Parse)),
        (8, What::Entered(task, Wait::Backoff)),
        (58, What::Entered(task, Wait::Request)),
        (60, What::Ended(task, Outcome::of_status(200))),
    ];
    for (at, what) in events {
        trace.push(Moment::from_us(at * 1_000), what);
    }
    let detail = detail(trace.events(), task, at_ms(60)).unwrap();
    let waits = |attempt: &Attempt| attempt.parts.iter().map(|part| part.wait).collect();
    let waits: Vec<Vec<Wait>> = detail.attempts.iter().map(waits).collect();
    let first = vec![Wait::Queue, Wait::Request, Wait::Download, Wait::Parse];
    assert_eq!(waits, [first, vec![Wait::Backoff, Wait::Request]]);
}

/// The host's break, which another task's answer began, can outlast a task's own back-off.
#[test]
fn a_back_off_that_took_longer_than_was_drawn_says_what_came_then() {
    let run = run_of_preset(Preset::Retries);
    let mut longer = 0;
    for number in 1..=6 {
        for attempt in detail_of(&run, number).attempts {
            for part in attempt
                .parts
                .iter()
                .filter(|part| part.wait == Wait::Backoff)
            {
                let Some((own, _)) = part.again else { continue };
                let words = part.waited_for();
                let is_longer = part.length > own + ms(2);
                assert_eq!(words.contains("; then a break"), is_longer, "{words}");
                longer += u32::from(is_longer);
            }
        }
    }
    assert!(longer > 0, "some were held by another's");
}

#[test]
fn a_task_that_has_not_joined_has_no_detail() {
    let run = three(Strategy::Semaphore, limits(1));
    assert_eq!(detail(run.trace().events(), TaskId(3), Moment::ZERO), None);
}

#[test]
fn each_preset_s_parts_are_its_bars_edge_to_edge() {
    for preset in lab_presets() {
        let run = run_of_preset(preset);
        let rows = lab::rows(&run);
        for (number, row) in (1..).zip(rows.rows()) {
            let detail = detail_of(&run, number);
            let parts = detail.attempts.iter().flat_map(|attempt| &attempt.parts);
            let mut edge = row.joined;
            for part in parts.clone() {
                assert_eq!(part.start, edge, "a gap");
                edge = part.start + part.length;
                let release = part.release.filter(|_| part.wait == Wait::Permit);
                assert!(
                    release.is_none_or(|release| release.at == edge
                        && matches!(release.by, By::Permit | By::Limit)),
                    "{}: task {number} got its permit when nobody gave one back: {part:?}",
                    preset.name()
                );
            }
            assert_eq!(edge, row.end_at(Moment::ZERO));
            let whole: f64 = parts.map(|part| part.share_percent).sum();
            assert!(detail.total == Duration::ZERO || (whole - 100.0).abs() < 1e-6);
            assert_eq!(
                detail.attempts.len() as u32,
                row.attempts(),
                "{}",
                preset.name()
            );
        }
    }
}
