//! Runs held against each other: who is whose twin, and with which times.

use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::strategy::Strategy as Combine;
use crawl_playground::engine::trace::{TaskId, Trace};
use crawl_playground::report::compared::{Pair, Times, pairs};
use crawl_playground::timeline::rows::Rows;
use proptest::prelude::*;

use super::lab::{self, limits, list, rows};

/// The twins' numbers from 1, and when both were done, in ms.
fn told(pairs: &[Pair]) -> Vec<(u64, Option<(u32, u64)>)> {
    let ms = |at: Option<Moment>| at.expect("the run is over").as_us() / 1_000;
    let told = pairs.iter().map(|pair| {
        let before = pair.before;
        let before = before.map(|(task, times)| (task.0 + 1, ms(times.done)));
        (ms(pair.now.done), before)
    });
    told.collect()
}

fn of<const N: usize, const M: usize>(before: [&str; N], now: [&str; M]) -> Vec<Pair> {
    let before = lab::run(Combine::Sequential, limits(1), list(before));
    let now = lab::run(Combine::AllAtOnce, limits(1), list(now));
    let (old, new) = (before.trace(), now.trace());
    pairs((&rows(&before), &old), (&rows(&now), &new))
}

#[test]
fn one_list_is_compared_place_by_place() {
    let paths = ["delay/100", "delay/200", "delay/100"];
    assert_eq!(
        told(&of(paths, paths)),
        [
            (100, Some((1, 100))),
            (200, Some((2, 300))),
            (100, Some((3, 400)))
        ]
    );
    let in_flight = of(paths, paths)
        .iter()
        .map(|pair| pair.now.in_flight.as_millis())
        .collect::<Vec<_>>();
    assert_eq!(in_flight, [100, 200, 100]);
}

#[test]
fn a_twin_is_found_wherever_it_stood_and_may_be_missing() {
    let before = ["delay/300", "delay/100"];
    let now = ["delay/100", "delay/50", "delay/300", "delay/300"];
    assert_eq!(
        told(&of(before, now)),
        [
            (100, Some((2, 400))),
            (50, None),
            (300, Some((1, 300))),
            (300, None)
        ]
    );
}

#[test]
fn in_a_replay_a_pair_is_what_it_was_at_the_moment() {
    let paths = list(["delay/100", "delay/200", "delay/300"]);
    let before = lab::run(Combine::Sequential, limits(1), paths);
    let now = lab::run(
        Combine::AllAtOnce,
        limits(1),
        list(["delay/100", "delay/200", "delay/300"]),
    );
    let (old, new) = (before.trace(), now.trace());
    let whole = pairs((&rows(&before), &old), (&rows(&now), &new));
    let at = |ms: u64| {
        let at = Moment::from_us(ms * 1_000);
        let fold = |trace: &Trace| {
            let mut rows = Rows::default();
            let place = trace.events().partition_point(|event| event.at <= at);
            rows.advance_to(trace, place);
            rows
        };
        let (old, new) = (fold(&old), fold(&new));
        let ms = |times: Times| {
            let done = times.done.map(|at| at.as_us() / 1_000);
            (done, times.in_flight.as_millis())
        };
        let told = whole.iter().map(|pair| {
            let pair = pair.at((&old, at), (&new, at));
            (ms(pair.before.unwrap().1), ms(pair.now))
        });
        told.collect::<Vec<_>>()
    };
    assert_eq!(
        at(150),
        [
            ((Some(100), 100), (Some(100), 100)),
            ((None, 50), (None, 150)),
            ((None, 0), (None, 150)),
        ]
    );
    assert_eq!(
        at(320),
        [
            ((Some(100), 100), (Some(100), 100)),
            ((Some(300), 200), (Some(200), 200)),
            ((None, 20), (Some(300), 300)),
        ]
    );
    // At the end it is the whole.
    let end = Moment::from_us(600_000);
    let ends = whole
        .iter()
        .map(|pair| pair.at((&rows(&before), end), (&rows(&now), end)));
    assert_eq!(ends.collect::<Vec<_>>(), whole);
}

#[test]
fn nothing_has_no_twins() {
    assert_eq!(told(&of([], [])), []);
    assert_eq!(told(&of(["delay/100"], [])), []);
    assert_eq!(told(&of([], ["delay/100"])), [(100, None)]);
}

proptest! {
    #[test]
    fn nobody_is_the_twin_of_two_and_twins_have_one_target(
        before in prop::collection::vec(0..4_u32, 0..12),
        now in prop::collection::vec(0..4_u32, 0..12),
    ) {
        let paths = |all: &[u32]| all.iter().map(|ms| format!("delay/{ms}")).collect::<Vec<_>>();
        let run = |all: &[u32]| {
            let targets = paths(all).iter().map(|path| lab::target(path)).collect();
            lab::run(
                Combine::AllAtOnce,
                limits(1),
                crawl_playground::engine::source::Source::List(targets),
            )
        };
        let (old, new) = (run(&before), run(&now));
        let pairs = pairs((&rows(&old), &old.trace()), (&rows(&new), &new.trace()));
        prop_assert_eq!(pairs.len(), now.len());
        let mut twins: Vec<TaskId> = pairs.iter().filter_map(|pair| Some(pair.before?.0)).collect();
        for pair in &pairs {
            if let Some((twin, _)) = pair.before {
                prop_assert_eq!(before[twin.index()], now[pair.task.index()]);
            }
        }
        // As many as both have of each.
        let count = |all: &[u32], which| all.iter().filter(|ms| **ms == which).count();
        let both: usize = (0..4).map(|which| count(&before, which).min(count(&now, which))).sum();
        prop_assert_eq!(twins.len(), both);
        twins.sort();
        twins.dedup();
        prop_assert_eq!(twins.len(), both);
    }
}
