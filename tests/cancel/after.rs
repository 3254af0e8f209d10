//! Cancelled when it was sent, and in each wait after that.

use crawl_playground::engine::compute::{Job, Place, Work};
use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::TaskId;

use super::assert_cancelled;
use super::lab::{limits, list, ms};
use super::world::{World, assert_drawn, collected};

#[test]
fn sent_so_that_its_permit_goes_on_at_once() {
    assert_cancelled(
        Strategy::Semaphore,
        limits(1),
        &["hang", "delay/50"],
        (0, 40),
        "request 40 = cancelled
        permit 40 request 90 = 200",
    );
    for strategy in [
        Strategy::Sequential,
        Strategy::WorkerPool,
        Strategy::Buffered,
        Strategy::BufferUnordered,
        Strategy::Pipeline,
    ] {
        assert_cancelled(
            strategy,
            limits(1),
            &["hang", "delay/50"],
            (0, 40),
            "request 40 = cancelled
            queue 40 request 90 = 200",
        );
    }
}

#[test]
fn sent_while_those_before_it_are_slow() {
    // Its place in the buffer is kept, but it has ended.
    let run = assert_cancelled(
        Strategy::Buffered,
        limits(2),
        &["delay/300", "hang", "delay/20"],
        (1, 40),
        "request 300 = 200
        request 40 = cancelled
        queue 300 request 320 = 200",
    );
    assert_eq!(collected(&run), [(0, 300.0), (2, 320.0)]);
}

#[test]
fn while_it_is_downloaded() {
    for strategy in [
        Strategy::AllAtOnce,
        Strategy::Semaphore,
        Strategy::RateLimited,
        Strategy::Race,
    ] {
        assert_cancelled(
            strategy,
            limits(2),
            &["bytes/1000?ms=10&rate=1000", "delay/70"],
            (0, 40),
            "request 10 download 40 = cancelled
            request 70 = 200",
        );
    }
}

#[test]
fn while_it_is_parsed() {
    let work = Work {
        job: Job::PrimesBelow(1_000_000),
        place: Place::Worker,
    };
    let limits = Limits {
        work: Some(work),
        ..limits(1)
    };
    for strategy in [
        Strategy::AllAtOnce,
        Strategy::Pipeline,
        Strategy::BufferUnordered,
    ] {
        // The second one fails, so it has no work.
        let second = match strategy {
            Strategy::AllAtOnce => "request 20 = 404",
            Strategy::Pipeline => "queue 10 request 30 handover 40 = 404",
            _ => "queue 40 request 60 = 404",
        };
        let world = World::new(limits);
        let cancel = |run: &Run| run.cancel(TaskId(0));
        let tasks = ["delay/10", "status/404?ms=20"];
        world.go(strategy, list(tasks), &[(40, &cancel)]);
        assert_drawn(
            &world.run,
            &format!("request 10 parse 40 = cancelled\n{second}"),
        );
    }
}

#[test]
fn in_its_pause_and_a_kept_permit_goes_on() {
    for keep_permit in [false, true] {
        let limits = Limits {
            delay: ms(100),
            keep_permit,
            ..limits(1)
        };
        let second = if keep_permit { 40 } else { 10 };
        assert_cancelled(
            Strategy::Semaphore,
            limits,
            &["delay/10", "delay/10"],
            (0, 40),
            &format!(
                "request 10 pause 40 = cancelled
                permit {second} request {} pause {} = 200",
                second + 10,
                second + 110
            ),
        );
    }
}

#[test]
fn with_its_result_ready_and_not_taken() {
    let run = assert_cancelled(
        Strategy::Buffered,
        limits(2),
        &["delay/100", "delay/10", "delay/10"],
        (1, 40),
        "request 100 = 200
        request 10 handover 40 = cancelled
        queue 100 request 110 = 200",
    );
    assert_eq!(collected(&run), [(0, 100.0), (2, 110.0)]);
    let limits = Limits {
        store: ms(100),
        ..limits(2)
    };
    let run = assert_cancelled(
        Strategy::Pipeline,
        limits,
        &["delay/10", "delay/20", "delay/30"],
        (1, 40),
        "request 10 store 110 = 200
        request 20 handover 40 = cancelled
        queue 10 request 40 handover 110 store 210 = 200",
    );
    assert_eq!(collected(&run), [(0, 10.0), (2, 110.0)]);
}

#[test]
fn while_it_is_stored() {
    let limits = Limits {
        store: ms(100),
        ..limits(2)
    };
    for strategy in [
        Strategy::Buffered,
        Strategy::BufferUnordered,
        Strategy::Pipeline,
    ] {
        // In a buffered stream the second one's answer is noticed when the consumer is free again.
        assert_cancelled(
            strategy,
            limits,
            &["delay/10", "delay/40"],
            (0, 40),
            "request 10 store 40 = cancelled
            request 40 store 140 = 200",
        );
    }
}
