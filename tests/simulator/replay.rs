//! A replay of a run, with the same strategy and limits, is the run again.

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::outcome::Outcome;
use crawl_playground::engine::retry::Retry;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::source::{ItemAddress, Source};
use crawl_playground::engine::strategy::Strategy as Combine;
use crawl_playground::engine::trace::TaskId;
use crawl_playground::sim::Sim;
use crawl_playground::sim::network::{Answers, End, Exchange};
use crawl_playground::sim::prediction::{Prediction, error_percent, predict, predict_in_lab};
use crawl_playground::sim::replay::Replay;
use crawl_playground::sim::world::World;
use proptest::prelude::*;

use super::lab::{self, bars, limits, list, ms, outcomes, rows, target};

fn path() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (0..400_u32).prop_map(|ms| format!("delay/{ms}")),
        2 => (0..2_000_u32, 0..200_u32).prop_map(|(n, ms)| format!("bytes/{n}?ms={ms}&rate=10000")),
        1 => (400..600_u32, 0..200_u32).prop_map(|(code, ms)| format!("status/{code}?ms={ms}")),
        1 => (0..100_u32).prop_map(|ms| format!("status/503?ms={ms}&retry_after=1")),
        1 => Just("hang".to_owned()),
        1 => (0..300_u32).prop_map(|ms| format!("drop?ms={ms}")),
        1 => (0..50_u32, 0..3_u32).prop_map(|(ms, fails)| format!("flaky/key{ms}?fails={fails}&ms={ms}")),
    ]
}

fn combine() -> impl Strategy<Value = Combine> {
    prop::sample::select(vec![
        Combine::Sequential,
        Combine::AllAtOnce,
        Combine::Semaphore,
        Combine::Buffered,
        Combine::BufferUnordered,
        Combine::WorkerPool,
        Combine::Pipeline,
    ])
}

/// The run over its own replay.
fn again(run: &Run, strategy: Combine, limits: Limits) -> Run {
    let replay = Replay::of(&run.trace());
    let sim = Sim::new();
    let again = Run::new(sim.simulated(replay.clone()), limits);
    sim.block_on(again.go(strategy, replay.source())).unwrap();
    again
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_replay_is_the_run_again(
        paths in prop::collection::vec(path(), 0..30),
        strategy in combine(),
        concurrency in 1..6_usize,
        delay_ms in prop_oneof![Just(0_u64), 0..300_u64],
        retries in prop_oneof![2 => Just(0_u32), 1 => Just(2)],
        keep_permit in any::<bool>(),
    ) {
        let limits = Limits {
            delay: ms(delay_ms),
            keep_permit,
            timeout: ms(350),
            stall: ms(5_500),
            retry: Retry { retries, ..Retry::default() },
            ..limits(concurrency)
        };
        let run = lab::run(strategy, limits, list(&paths));
        let again = again(&run, strategy, limits);
        prop_assert_eq!(outcomes(&again), outcomes(&run));
        prop_assert_eq!(bars(&again), bars(&run));

        let measured = Prediction::of(&rows(&run));
        let predicted = predict(&run.trace(), strategy, &limits).unwrap();
        prop_assert_eq!(error_percent(predicted.total, measured.total), Some(0.0));
        prop_assert_eq!(predicted, measured);
        prop_assert_eq!(predict_in_lab(list(&paths), strategy, &limits), Some(measured));
    }
}

#[test]
fn other_settings_keep_each_tasks_own_times() {
    let run = lab::run(
        Combine::Sequential,
        limits(1),
        list(["delay/300", "delay/500", "drop?ms=100", "status/404?ms=50"]),
    );
    let predicted = |strategy, n| predict(&run.trace(), strategy, &limits(n)).unwrap();
    assert_eq!(predicted(Combine::Sequential, 1).total, ms(950));
    assert_eq!(predicted(Combine::AllAtOnce, 1).total, ms(500));
    assert_eq!(predicted(Combine::Semaphore, 2).total, ms(500));
    assert_eq!(predicted(Combine::WorkerPool, 1).total, ms(950));
}

#[test]
fn attempts_failures_and_timeouts_are_kept_as_they_were() {
    let limits = Limits {
        timeout: ms(1_000),
        stall: ms(9_000),
        retry: Retry {
            retries: 2,
            ..Retry::default()
        },
        ..limits(4)
    };
    let paths = [
        "flaky/a?fails=1&ms=40",
        "drop?ms=30",
        "hang",
        "bytes/5000?ms=20&rate=1000",
        "status/503?ms=10&retry_after=4",
        "status/503?ms=10&retry_after=3600",
    ];
    let run = lab::run(Combine::Semaphore, limits, list(paths));
    let replay = Replay::of(&run.trace());
    let answer = Exchange::answer;
    assert_eq!(replay.exchange(TaskId(0), 0), answer(503, ms(40)));
    assert_eq!(replay.exchange(TaskId(0), 1), answer(200, ms(40)));
    for attempt in 0..3 {
        assert_eq!(replay.exchange(TaskId(1), attempt), Exchange::lost(ms(30)));
        let hung = replay.exchange(TaskId(2), attempt);
        assert_eq!((hung.status, hung.end), (None, End::Never));
        let endless = replay.exchange(TaskId(3), attempt);
        assert_eq!(
            (endless.status, endless.request, endless.end),
            (Some(200), ms(20), End::Never)
        );
    }
    assert_eq!(replay.exchange(TaskId(4), 0).retry_after_s, Some(4));
    assert!(replay.exchange(TaskId(5), 0).retry_after_s.unwrap() > 60);
    // Whoever asks once more gets what came last.
    assert_eq!(replay.exchange(TaskId(0), 9), answer(200, ms(40)));
    assert_eq!(replay.guessed(), 0);
}

#[test]
fn the_median_stands_for_what_nobody_saw() {
    let sim = Sim::new();
    let run = Run::new(sim.lab(), limits(2));
    let paths = [
        "delay/100",
        "delay/300",
        "delay/500",
        "delay/900",
        "delay/1000",
    ];
    // Stopped when three are over, one is under way and one has not begun.
    sim.run_until(
        Moment::from_us(700_000),
        run.go(Combine::Semaphore, list(paths)),
    );
    let replay = Replay::of(&run.trace());
    assert_eq!((replay.tasks(), replay.guessed()), (5, 2));
    assert_eq!(
        replay.exchange(TaskId(3), 0),
        Exchange::answer(200, ms(300))
    );
    assert_eq!(
        replay.exchange(TaskId(4), 0),
        Exchange::answer(200, ms(300))
    );
    let predicted = predict(&run.trace(), Combine::AllAtOnce, &limits(1)).unwrap();
    assert_eq!(predicted.total, ms(500));
}

#[test]
fn a_cancelled_task_that_was_answered_before_is_not_guessed() {
    let sim = Sim::new();
    let limits = Limits {
        delay: ms(500),
        ..limits(1)
    };
    let run = Run::new(sim.lab(), limits);
    sim.run_until(
        Moment::from_us(300_000),
        run.go(Combine::Sequential, list(["delay/100"])),
    );
    assert_eq!(outcomes(&run).len(), 1);
    let replay = Replay::of(&run.trace());
    assert_eq!(replay.guessed(), 0);
    assert_eq!(
        replay.exchange(TaskId(0), 0),
        Exchange::answer(200, ms(100))
    );
}

#[test]
fn a_listing_comes_before_its_items_again() {
    let item = ItemAddress {
        base: target("").url,
        written: "lab/news/item/{id}.json".into(),
    };
    for strategy in [Combine::Semaphore, Combine::Sequential, Combine::Buffered] {
        let source = Source::Listing {
            list: target("news/top.json"),
            item: item.clone(),
            take: 7,
        };
        let limits = Limits {
            host_delay: ms(30),
            delay: ms(10),
            ..limits(3)
        };
        let run = lab::run(strategy, limits, source);
        assert_eq!(rows(&run).rows().len(), 8);
        let replay = Replay::of(&run.trace());
        assert!(replay.is_listing());
        let again = again(&run, strategy, limits);
        assert_eq!(outcomes(&again), [Outcome::Ok(200); 8]);
        let world = World::replayed(replay);
        let measured = Some(Prediction::of(&rows(&run)));
        assert!(world.is_worked_out(strategy, &limits));
        assert_eq!(world.predict(strategy, &limits), measured);
        assert_eq!(world.run(strategy, &limits), measured);
    }
}

#[test]
fn nothing_at_all_is_no_trouble() {
    for strategy in Combine::ALL {
        let empty = World::replayed(Replay::default());
        let nothing = Some(Prediction::default());
        assert_eq!(empty.predict(strategy, &limits(3)), nothing);
        assert_eq!(empty.run(strategy, &limits(3)), nothing);
    }
    // All were cancelled before anything came.
    let sim = Sim::new();
    let run = Run::new(sim.lab(), limits(2));
    sim.run_until(
        Moment::ZERO,
        run.go(Combine::Semaphore, list(["hang", "hang"])),
    );
    assert_eq!(outcomes(&run), [Outcome::Cancelled; 2]);
    assert_eq!(Replay::of(&run.trace()).guessed(), 2);
    let predicted = predict(&run.trace(), Combine::Semaphore, &limits(1)).unwrap();
    assert_eq!(predicted.total, ms(0));
}
