//! Networks of nothing but times: what each task draws follows from the seed alone.

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::outcome::Outcome;
use crawl_playground::engine::retry::{Backoff, Retry};
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::TaskId;
use crawl_playground::engine::wait::Wait;
use crawl_playground::sim::Sim;
use crawl_playground::sim::drawn::{Drawn, Failures};
use crawl_playground::sim::latency::Latency;
use crawl_playground::sim::network::{Answers, End, targets};

use super::lab::{at_ms, check, limits, list, ms, outcomes, rows};

fn drawn(seed: u64) -> Drawn {
    let failures = Failures::new(100, 50).unwrap();
    Drawn::new(Latency::log_normal(200.0, 0.6).unwrap(), failures, seed)
}

fn run(drawn: Drawn, strategy: Strategy, limits: Limits, tasks: usize) -> Run {
    let sim = Sim::new();
    let run = Run::new(sim.simulated(drawn), limits);
    sim.block_on(run.go(strategy, targets(tasks))).unwrap();
    check(&run);
    run
}

#[test]
fn the_same_seed_gives_the_same_trace_and_another_seed_another() {
    let trace = |seed| {
        run(drawn(seed), Strategy::Semaphore, limits(5), 100)
            .trace()
            .clone()
    };
    assert_eq!(trace(7).events(), trace(7).events());
    assert_ne!(trace(7).events(), trace(8).events());
}

#[test]
fn what_a_task_gets_does_not_depend_on_the_order_of_asking() {
    let spent = |strategy, limits| {
        let run = run(drawn(7), strategy, limits, 60);
        let spent = |row: &crawl_playground::timeline::rows::Row| {
            (
                row.spent_us(at_ms(0))[Wait::Request.index()],
                row.outcome.unwrap(),
            )
        };
        rows(&run).rows().iter().map(spent).collect::<Vec<_>>()
    };
    let one = spent(Strategy::Sequential, limits(1));
    assert_eq!(spent(Strategy::AllAtOnce, limits(1)), one);
    assert_eq!(spent(Strategy::Semaphore, limits(7)), one);
    assert_eq!(spent(Strategy::Buffered, limits(3)), one);
}

#[test]
fn as_many_fail_as_are_set_to() {
    let exchanges = |task| drawn(7).exchange(TaskId(task), 0);
    let count = |status, end| {
        let is_it = |task: &u32| {
            let exchange = exchanges(*task);
            (exchange.status, exchange.end) == (status, end)
        };
        (0..20_000).filter(is_it).count()
    };
    // Standard deviations of 42 and 31.
    assert!((1_850..2_150).contains(&count(Some(503), End::Whole)));
    assert!((880..1_120).contains(&count(None, End::Broken)));
    assert_eq!(Failures::new(1_000, 0).map(|_| ()), Ok(()));
    assert!(Failures::new(u32::MAX, u32::MAX).is_err());
}

#[test]
fn a_law_changes_when_and_not_whether() {
    let failures = Failures::new(300, 0).unwrap();
    let statuses = |law: Latency| -> Vec<_> {
        let drawn = Drawn::new(law, failures, 7);
        (0..100)
            .map(|task| drawn.exchange(TaskId(task), 0).status)
            .collect()
    };
    let (fixed, tail) = (
        Latency::fixed(10.0).unwrap(),
        Latency::heavy_tail(10.0, 1.2).unwrap(),
    );
    assert_eq!(statuses(fixed), statuses(tail));
}

#[test]
fn headers_and_bodies_take_their_own_times() {
    let drawn = Drawn::new(Latency::fixed(80.0).unwrap(), Failures::NONE, 7);
    let run = run(
        drawn.with_body(Latency::fixed(20.0).unwrap()),
        Strategy::Sequential,
        limits(1),
        1,
    );
    let spent = rows(&run).rows()[0].spent_us(at_ms(0));
    assert_eq!(
        (spent[Wait::Request.index()], spent[Wait::Download.index()]),
        (80_000, 20_000)
    );
}

#[test]
fn each_attempt_draws_anew() {
    let retry = Retry {
        retries: 8,
        backoff: Backoff {
            base: ms(10),
            cap: ms(10),
        },
        ..Retry::default()
    };
    let limits = Limits {
        retry,
        ..limits(10)
    };
    let drawn = Drawn::new(
        Latency::fixed(10.0).unwrap(),
        Failures::new(0, 500).unwrap(),
        7,
    );
    let run = run(drawn, Strategy::Semaphore, limits, 200);
    // A half to the ninth: of 200 tasks 0.4 are expected to fail each time.
    let failed = outcomes(&run)
        .iter()
        .filter(|end| **end == Outcome::Network)
        .count();
    assert!(failed < 5, "{failed}");
    assert!(rows(&run).rows().iter().any(|row| row.attempts() > 3));
}

#[test]
fn any_address_is_answered() {
    let sim = Sim::new();
    let run = Run::new(sim.simulated(drawn(3)), limits(2));
    sim.block_on(run.go(Strategy::Semaphore, list(["no/such/route", "hang"])))
        .unwrap();
    assert_eq!(outcomes(&run).len(), 2);
}
