//! Buffered streams: results in order against results as they are completed, and what happens while the consumer works.

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;

use super::lab::{limits, list, ms};
use super::world::{World, assert_drawn, collected, world};

#[test]
fn in_order_a_slow_first_one_holds_up_the_line() {
    let tasks = ["delay/300", "delay/50", "delay/60", "delay/50"];
    let run = world(Strategy::Buffered, limits(2), list(tasks)).run;
    assert_drawn(
        &run,
        "request 300 = 200
        request 50 handover 300 = 200
        queue 300 request 360 = 200
        queue 300 request 350 handover 360 = 200",
    );
    assert_eq!(
        collected(&run),
        [(0, 300.0), (1, 300.0), (2, 360.0), (3, 360.0)]
    );
}

#[test]
fn as_completed_it_holds_up_only_itself() {
    let tasks = ["delay/300", "delay/50", "delay/60", "delay/50"];
    let run = world(Strategy::BufferUnordered, limits(2), list(tasks)).run;
    assert_drawn(
        &run,
        "request 300 = 200
        request 50 = 200
        queue 50 request 110 = 200
        queue 110 request 160 = 200",
    );
    assert_eq!(
        collected(&run),
        [(1, 50.0), (2, 110.0), (3, 160.0), (0, 300.0)]
    );
}

/// A result of 100 ms, one whose headers come after 150 ms and whose body takes another 100 ms, and one of 30 ms. The
/// consumer takes 200 ms for each.
fn with_a_slow_consumer(strategy: Strategy, timeout_ms: u64) -> Run {
    let limits = Limits {
        store: ms(200),
        timeout: ms(timeout_ms),
        ..limits(2)
    };
    let tasks = ["delay/100", "bytes/200?ms=150&rate=2000", "delay/30"];
    world(strategy, limits, list(tasks)).run
}

#[test]
fn while_the_consumer_works_nobody_asks_for_what_is_in_flight() {
    // The second's headers are there at 150 ms, its body at 250. From 100 to 300 and from 300 to 500 the consumer works, so
    // both are noticed at 300, and the third's answer, which is there at 330, at 500.
    let run = with_a_slow_consumer(Strategy::BufferUnordered, 60_000);
    assert_drawn(
        &run,
        "request 100 store 300 = 200
        request 300 store 500 = 200
        queue 300 request 500 store 700 = 200",
    );
    assert_eq!(collected(&run), [(0, 100.0), (1, 300.0), (2, 500.0)]);
    // In order it is the same here: the second is noticed first.
    let run = with_a_slow_consumer(Strategy::Buffered, 60_000);
    assert_drawn(
        &run,
        "request 100 store 300 = 200
        request 300 store 500 = 200
        queue 300 request 500 store 700 = 200",
    );
}

#[test]
fn what_nobody_asks_for_may_run_out_of_time_though_the_server_was_fast_enough() {
    // Its body would be there at 250 ms, and it has time until 260. The third had not even been started when that was
    // seen, so it waits for another round of the consumer.
    let run = with_a_slow_consumer(Strategy::BufferUnordered, 260);
    assert_drawn(
        &run,
        "request 100 store 300 = 200
        request 300 store 500 = timeout
        queue 500 request 530 store 730 = 200",
    );
}

#[test]
fn stages_side_by_side_have_no_such_stretch() {
    let run = with_a_slow_consumer(Strategy::Pipeline, 260);
    assert_drawn(
        &run,
        "request 100 store 300 = 200
        request 150 download 250 handover 500 store 700 = 200
        queue 100 request 130 handover 300 store 500 = 200",
    );
    assert_eq!(collected(&run), [(0, 100.0), (2, 300.0), (1, 500.0)]);
}

#[test]
fn a_consumer_that_takes_no_time_stretches_nothing() {
    let tasks = ["delay/100", "bytes/200?ms=150&rate=2000", "delay/30"];
    for strategy in [Strategy::BufferUnordered, Strategy::Pipeline] {
        let run = world(strategy, limits(2), list(tasks)).run;
        assert_drawn(
            &run,
            "request 100 = 200
            request 150 download 250 = 200
            queue 100 request 130 = 200",
        );
    }
}

#[test]
fn the_consumer_s_time_can_be_changed_for_results_that_are_taken_later() {
    for strategy in [
        Strategy::Buffered,
        Strategy::BufferUnordered,
        Strategy::Pipeline,
    ] {
        let limits = Limits {
            store: ms(100),
            ..limits(1)
        };
        let world = World::new(limits);
        let faster = |run: &Run| {
            run.set_limits(Limits {
                store: ms(10),
                ..run.limits()
            });
        };
        world.go(strategy, list(["delay/50", "delay/50"]), &[(60, &faster)]);
        let second = match strategy {
            Strategy::Pipeline => "queue 50 request 100 handover 150 store 160 = 200",
            _ => "queue 150 request 200 store 210 = 200",
        };
        assert_drawn(&world.run, &format!("request 50 store 150 = 200\n{second}"));
    }
}
