//! What holds for every run: legal transitions, one outcome a task, bars without gaps, permits that balance. Whatever
//! fails on the way, whoever changes the settings, and whenever it is stopped.

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::outcome::Outcome;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy as Combine;
use crawl_playground::engine::trace::{Ending, Event, What};
use crawl_playground::sim::Sim;
use futures::future::select;
use proptest::prelude::*;

use super::lab::{at_ms, check, limits, list, ms, outcomes, rows};

fn path() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (0..400_u32).prop_map(|ms| format!("delay/{ms}")),
        2 => (0..2_000_u32, 0..200_u32).prop_map(|(n, ms)| format!("bytes/{n}?ms={ms}&rate=10000")),
        1 => (400..600_u32, 0..200_u32).prop_map(|(code, ms)| format!("status/{code}?ms={ms}")),
        1 => Just("hang".to_owned()),
        1 => (0..300_u32).prop_map(|ms| format!("drop?ms={ms}")),
        1 => (1..20_u32).prop_map(|k| format!("redirect/{k}?to=../delay/30")),
        1 => Just("news/item/77.json".to_owned()),
        1 => Just("no/such/route".to_owned()),
    ]
}

#[derive(Clone, Copy, Debug)]
enum Change {
    Limit(usize),
    Delay(u64),
    Keep(bool),
}

fn changes() -> impl Strategy<Value = Vec<(u64, Change)>> {
    let change = prop_oneof![
        3 => prop_oneof![5 => 1..12_usize, 1 => 250..300_usize].prop_map(Change::Limit),
        2 => (0..300_u64).prop_map(Change::Delay),
        1 => any::<bool>().prop_map(Change::Keep),
    ];
    prop::collection::vec((0..120_u64, change), 0..8)
}

#[derive(Clone, Debug)]
struct Case {
    strategy: Combine,
    limits: Limits,
    paths: Vec<String>,
    changes: Vec<(u64, Change)>,
    /// When it is stopped, in ms; never if absent.
    stop_ms: Option<u64>,
}

fn case() -> impl Strategy<Value = Case> {
    (
        prop::sample::select(&Combine::ALL[..]),
        (1..8_usize, 0..150_u64, any::<bool>()),
        prop::collection::vec(path(), 0..30),
        changes(),
        prop::option::of(0..900_u64),
    )
        .prop_map(
            |(strategy, (permits, delay_ms, keep_permit), paths, changes, stop_ms)| {
                let limits = Limits {
                    delay: ms(delay_ms),
                    keep_permit,
                    timeout: ms(350),
                    ..limits(permits)
                };
                Case {
                    strategy,
                    limits,
                    paths,
                    changes,
                    stop_ms,
                }
            },
        )
}

fn go(case: &Case) -> Run {
    let sim = Sim::new();
    let run = Run::new(sim.lab(), case.limits);
    let changer = async {
        let mut limits = case.limits;
        for (wait_ms, change) in &case.changes {
            sim.sleep(ms(*wait_ms)).await;
            match *change {
                Change::Limit(limit) => limits.concurrency = limit,
                Change::Delay(delay_ms) => limits.delay = ms(delay_ms),
                Change::Keep(keep) => limits.keep_permit = keep,
            }
            run.set_limits(limits);
        }
        futures::future::pending::<()>().await;
    };
    let whole = select(
        Box::pin(run.go(case.strategy, list(&case.paths))),
        Box::pin(changer),
    );
    match case.stop_ms {
        Some(stop_ms) => drop(sim.run_until(at_ms(stop_ms), whole)),
        None => drop(sim.block_on(whole).unwrap()),
    }
    run
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn every_run_keeps_the_rules(case in case()) {
        let run = go(&case);
        check(&run);
        let outcomes = outcomes(&run);
        if rows(&run).finished() == Some(Ending::Done) {
            prop_assert_eq!(outcomes.len(), case.paths.len());
            let cancelled = outcomes.iter().filter(|outcome| **outcome == Outcome::Cancelled).count();
            let winners = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
            if case.strategy == Combine::Race && winners > 0 {
                // Whoever had not lost by then is cancelled when one has won.
                prop_assert_eq!(winners, 1);
                let end = rows(&run).last_end();
                let ended_late = |event: &Event| matches!(event.what, What::Ended(_, Outcome::Ok(_) | Outcome::Cancelled)) && event.at != end;
                prop_assert!(!run.trace().events().iter().any(ended_late));
            } else {
                prop_assert_eq!(cancelled, 0);
            }
        } else {
            let stop = at_ms(case.stop_ms.unwrap());
            let cancelled_late = |event: &Event| matches!(event.what, What::Ended(_, Outcome::Cancelled)) && event.at != stop;
            prop_assert!(!run.trace().events().iter().any(cancelled_late));
        }
    }

    #[test]
    fn the_same_input_makes_the_same_trace_to_the_bit(case in case()) {
        let (first, second) = (go(&case), go(&case));
        let (first, second) = (first.trace(), second.trace());
        prop_assert_eq!(first.events(), second.events());
        prop_assert_eq!(format!("{first:?}"), format!("{second:?}"));
    }
}
