//! What holds for any run under any limits: none is ever exceeded, each task has one outcome, all permits come home, and it
//! ends. Whatever fails, whoever cancels or changes what, and whenever it is stopped.

use std::cell::RefCell;
use std::time::Duration;

use crawl_playground::engine::compute::Place;
use crawl_playground::engine::limits::{Limits, OnFailure};
use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::outcome::Outcome;
use crawl_playground::engine::rate::Rate;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::{Setting, Strategy as Combine, Use};
use crawl_playground::engine::trace::{Ending, TaskId};
use futures::future::select;
use proptest::prelude::*;

use super::lab::{at_ms, check, ms, outcomes, rows};
use super::world::{World, at_hosts, ending};
use case::{Act, Case, case};

#[path = "any_limits/case.rs"]
mod case;

/// A task that was cancelled while it had not ended, and when.
type Cancelled = (TaskId, Moment);
/// Limits, and since when they were set so.
type Set = (Moment, Limits);

fn go(case: &Case) -> (World, Vec<Cancelled>, Vec<Set>) {
    let world = World::new(case.limits);
    let cancelled = RefCell::default();
    let history = RefCell::new(vec![(Moment::ZERO, case.limits)]);
    let script = async {
        for (wait_ms, act) in &case.acts {
            world.sim.sleep(ms(*wait_ms)).await;
            apply(*act, &world, &cancelled);
            let set = (world.run.elapsed(), world.run.limits());
            history.borrow_mut().push(set);
        }
        world.run.set_paused(false);
        futures::future::pending::<()>().await;
    };
    let go = world.run.go(case.strategy, at_hosts(&case.tasks));
    let whole = select(Box::pin(go), Box::pin(script));
    // An hour is more than all their waits together.
    let end = case.stop_ms.map_or(at_ms(3_600_000), at_ms);
    let has_ended = world.sim.run_until(end, whole).is_some();
    assert!(has_ended || case.stop_ms.is_some(), "it never ends");
    (world, cancelled.into_inner(), history.into_inner())
}

fn apply(act: Act, world: &World, cancelled: &RefCell<Vec<Cancelled>>) {
    let run = &world.run;
    let mut limits = run.limits();
    match act {
        Act::Concurrency(concurrency) => limits.concurrency = concurrency,
        Act::Delay(delay_ms) => limits.delay = ms(delay_ms),
        Act::HostDelay(delay_ms, percent) => {
            (limits.host_delay, limits.jitter_percent) = (ms(delay_ms), percent);
        }
        Act::PerHost(per_host) => limits.per_host = per_host,
        Act::Rate(rate) => limits.rate = rate,
        Act::Store(store_ms) => limits.store = ms(store_ms),
        Act::Keep(keep_permit) => limits.keep_permit = keep_permit,
        Act::Pause(is_paused) => return run.set_paused(is_paused),
        Act::Cancel(task) => {
            let is_open = |row: &crawl_playground::timeline::rows::Row| row.outcome.is_none();
            let is_open = rows(run).rows().get(task as usize).is_some_and(is_open);
            // Who is cancelled twice in a moment is open all along that moment.
            let mut cancelled = cancelled.borrow_mut();
            if is_open && cancelled.iter().all(|(known, _)| known.0 != task) {
                cancelled.push((TaskId(task), run.elapsed()));
            }
            run.cancel(TaskId(task));
        }
    }
    run.set_limits(limits);
}

/// The most that a setting was during a run.
fn most<T: Ord + Copy>(case: &Case, first: T, of: impl Fn(&Act) -> Option<T>) -> T {
    let later = case.acts.iter().filter_map(|(_, act)| of(act));
    later.fold(first, T::max)
}

fn check_peaks(case: &Case, world: &World) {
    let concurrency = match case.strategy.uses(Setting::Concurrency) {
        _ if case.strategy == Combine::Sequential => 1,
        // What it aims at is no bound.
        _ if case.strategy == Combine::AutoThrottle => usize::MAX,
        Use::AtStart => case.limits.concurrency,
        Use::Live => most(case, case.limits.concurrency, |act| match act {
            Act::Concurrency(concurrency) => Some(*concurrency),
            _ => None,
        }),
        _ => usize::MAX,
    };
    assert!(world.net.peak() <= concurrency);
    let unlimited = |per_host: Option<usize>| per_host.unwrap_or(usize::MAX);
    let per_host = most(case, unlimited(case.limits.per_host), |act| match act {
        Act::PerHost(per_host) => Some(unlimited(*per_host)),
        _ => None,
    });
    for host in world.net.hosts() {
        assert!(world.net.peak_at(&host) <= per_host, "{host}");
    }
}

/// The limits that were in force at any time of a span; both of them in the moment of a change.
fn in_force(history: &[Set], from: Moment, to: Moment) -> Vec<Limits> {
    let ends = history[1..].iter().map(|(at, _)| *at).chain([to]);
    let sets = history.iter().zip(ends);
    let sets = sets.filter(|((start, _), end)| *start <= to && *end >= from);
    sets.map(|((_, limits), _)| *limits).collect()
}

/// The rate of which no mixture of the rates of a span gives more; `None` if any of it had none.
fn fastest(limits: &[Limits]) -> Option<Rate> {
    let rates: Option<Vec<Rate>> = limits.iter().map(|limits| limits.rate).collect();
    let per_second = rates.iter().flatten().map(|rate| rate.per_second());
    let burst = rates.iter().flatten().map(|rate| rate.burst()).max();
    Rate::new(per_second.fold(0.0, f64::max), burst?).ok()
}

/// What the network saw, by the limits of that time.
fn check_arrivals(history: &[Set], world: &World) {
    let at = Moment::from_us;
    let all = world.net.arrivals_us();
    for (first, start) in all.iter().enumerate() {
        for (more, end) in all[first..].iter().take(60).enumerate() {
            let Some(rate) = fastest(&in_force(history, at(*start), at(*end))) else {
                break;
            };
            let window = Duration::from_micros(end - start);
            assert!(
                (more as u128) < rate.most_in(window),
                "{} in {window:?} at {rate}",
                more + 1
            );
        }
    }
    let least_us = |limits: &Limits| {
        limits.host_delay.as_micros() as u64 * u64::from(100 - limits.jitter_percent) / 100
    };
    for host in world.net.hosts() {
        for pair in world.net.arrivals_at(&host).windows(2) {
            let then = in_force(history, at(pair[1]), at(pair[1]));
            let least_us = then.iter().map(least_us).min().unwrap();
            assert!(
                pair[1] - pair[0] + 1 >= least_us,
                "{pair:?} at {host}, at least {least_us} apart"
            );
        }
    }
}

/// Who was cancelled ended so, at that moment, whether anybody polled it or not; time goes by within one moment's work on the
/// loop.
fn check_cancelled(case: &Case, world: &World, cancelled: &[Cancelled]) {
    let works = case
        .limits
        .work
        .is_some_and(|work| work.place != Place::Worker);
    let rows = rows(&world.run);
    for (task, at) in cancelled {
        let row = &rows.rows()[task.index()];
        assert_eq!(row.outcome, Some(Outcome::Cancelled), "{task:?} at {at:?}");
        let end = row.end_at(Moment::ZERO);
        assert!(
            end == *at || works,
            "{task:?} was cancelled at {at:?} and ended at {end:?}"
        );
    }
}

fn check_outcomes(case: &Case, run: &Run, cancelled: &[Cancelled]) {
    let outcomes = outcomes(run);
    assert_eq!(outcomes.len(), case.tasks.len());
    let count = |is: fn(&Outcome) -> bool| outcomes.iter().filter(|outcome| is(outcome)).count();
    let cancels = count(|outcome| *outcome == Outcome::Cancelled);
    match ending(run) {
        Ending::Done if case.strategy == Combine::Race => assert!(count(|end| end.is_ok()) <= 1),
        Ending::Done => assert_eq!(cancels, cancelled.len()),
        Ending::FirstFailure => {
            assert_eq!(case.limits.on_failure, OnFailure::StopAtFirst);
            assert!(count(|outcome| !outcome.is_ok()) > cancels);
        }
        Ending::OutOfTime => assert!(case.limits.run_timeout.is_some()),
        Ending::Stopped => assert!(case.stop_ms.is_some()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_limit_is_exceeded_and_every_run_ends(case in case(0)) {
        let (world, _, history) = go(&case);
        check(&world.run);
        prop_assert_eq!((world.net.open(), world.run.permits().in_use()), (0, 0));
        check_peaks(&case, &world);
        check_arrivals(&history, &world);
        check_outcomes(&case, &world.run, &[]);
    }

    #[test]
    fn whoever_is_cancelled_and_whatever_is_changed_on_the_way(case in case(10)) {
        let (world, cancelled, history) = go(&case);
        check(&world.run);
        prop_assert_eq!((world.net.open(), world.run.permits().in_use()), (0, 0));
        check_peaks(&case, &world);
        check_arrivals(&history, &world);
        check_cancelled(&case, &world, &cancelled);
        check_outcomes(&case, &world.run, &cancelled);
    }

    #[test]
    fn the_same_case_makes_the_same_trace_to_the_bit(case in case(10)) {
        let (first, ..) = go(&case);
        let (second, ..) = go(&case);
        let (first, second) = (first.run.trace(), second.run.trace());
        prop_assert_eq!(first.events(), second.events());
    }
}
