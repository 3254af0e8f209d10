//! Stopping: dropping the run's future at any moment ends everything at that very moment, and says so.

use std::rc::Rc;

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::outcome::Outcome;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::{Ending, What};
use crawl_playground::sim::Sim;

use super::fake::{Fake, targets};
use super::lab::{at_ms, check, limits, list, ms, outcomes, rows};

const PATHS: [&str; 5] = [
    "delay/100",
    "bytes/500?ms=50&rate=1000",
    "delay/400",
    "hang",
    "delay/10",
];

/// A run, and when its end is due: at the stop, or when a race has its winner.
fn stopped_at(strategy: Strategy, stop_ms: u64) -> (Run, u64, Ending) {
    let sim = Sim::new();
    let limits = Limits {
        delay: ms(30),
        keep_permit: true,
        ..limits(2)
    };
    let run = Run::new(sim.lab(), limits);
    let end = sim.run_until(at_ms(stop_ms), run.go(strategy, list(PATHS)));
    let is_won = strategy == Strategy::Race && stop_ms >= 10;
    assert_eq!(end.is_some(), is_won);
    if is_won {
        (run, 10, Ending::Done)
    } else {
        (run, stop_ms, Ending::Stopped)
    }
}

#[test]
fn whatever_had_not_ended_is_cancelled_in_that_moment() {
    for strategy in Strategy::ALL {
        for stop_ms in (0..600).step_by(7).chain([100, 130, 550]) {
            let (run, end_ms, ending) = stopped_at(strategy, stop_ms);
            check(&run);
            assert_eq!(rows(&run).finished(), Some(ending));
            assert_eq!(run.permits().in_use(), 0);
            let trace = run.trace();
            let last = trace.events().last().unwrap();
            assert_eq!(
                (last.at, last.what),
                (at_ms(end_ms), What::Finished(ending))
            );
            for event in trace.events() {
                if matches!(event.what, What::Ended(_, Outcome::Cancelled)) {
                    assert_eq!(event.at, at_ms(end_ms));
                }
            }
        }
    }
}

#[test]
fn a_task_that_pauses_when_it_is_stopped_keeps_its_outcome() {
    let (run, ..) = stopped_at(Strategy::AllAtOnce, 20);
    let cancelled = Outcome::Cancelled;
    assert_eq!(
        outcomes(&run),
        [cancelled, cancelled, cancelled, cancelled, Outcome::Ok(200)]
    );
    assert_eq!(rows(&run).last_end(), at_ms(20));
}

#[test]
fn a_run_that_is_never_polled_has_no_tasks_and_no_end() {
    let sim = Sim::new();
    let run = Run::new(sim.lab(), limits(2));
    drop(run.go(Strategy::AllAtOnce, list(PATHS)));
    assert_eq!((rows(&run).rows().len(), rows(&run).finished()), (0, None));
}

#[test]
fn a_stop_and_a_time_out_abort_the_exchanges() {
    let sim = Sim::new();
    let fake = Fake::default();
    *fake.page.borrow_mut() = ("text/plain".into(), vec![vec![b'x'; 3]; 4]);
    let run = Run::new(
        sim.ports(Rc::new(fake.clone())),
        Limits {
            timeout: ms(50),
            ..limits(2)
        },
    );
    let open = Rc::clone(&fake.open);
    let watch = async {
        sim.sleep(ms(49)).await;
        assert_eq!(open.get(), 2, "two are being read");
        sim.sleep(ms(2)).await;
        assert_eq!(open.get(), 2, "two others are, and the first two no more");
        futures::future::pending::<()>().await;
    };
    let go = run.go(Strategy::Semaphore, targets(&["http://stays.test/"; 9]));
    assert!(
        sim.run_until(at_ms(60), futures::future::join(go, watch))
            .is_none()
    );
    assert_eq!((open.get(), fake.fetched.borrow().len()), (0, 4));
    check(&run);
    assert_eq!(
        outcomes(&run)[..3],
        [Outcome::Timeout, Outcome::Timeout, Outcome::Cancelled]
    );
}

#[test]
fn the_clock_of_a_world_never_goes_back() {
    let sim = Sim::new();
    sim.block_on(sim.sleep(ms(100))).unwrap();
    assert!(
        sim.run_until(at_ms(40), futures::future::pending::<()>())
            .is_none()
    );
    assert_eq!(sim.now(), at_ms(100));
}
