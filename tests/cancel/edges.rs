//! Cancelling at the edges: twice, too late, too early, all, a racer, and what nobody polls.

use crawl_playground::engine::cancel::Cancels;
use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::source::{ItemAddress, Source};
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::{Ending, TaskId};
use crawl_playground::sim::Sim;
use futures::future::poll_fn;
use std::task::Poll;
use url::Url;

use super::lab::{limits, list, ms, rows, target};
use super::world::{Timed, World, assert_drawn, ending};

fn cancel(task: u32) -> impl Fn(&Run) {
    move |run| run.cancel(TaskId(task))
}

#[test]
fn its_request_is_dropped_at_that_moment() {
    for (at_ms, paths) in [
        (40, ["hang", "delay/90"]),
        (60, ["bytes/1000?ms=10&rate=1000", "delay/90"]),
    ] {
        for strategy in Strategy::ALL {
            let world = World::new(limits(2));
            let net = world.net.clone();
            let before = |_: &Run| assert_eq!(net.open(), world_open(strategy));
            let after = |_: &Run| {
                let others = match strategy {
                    // It is the next one's turn.
                    Strategy::Sequential | Strategy::Adaptive => 1,
                    _ => world_open(strategy) - 1,
                };
                assert_eq!(net.open(), others, "{}", strategy.name());
            };
            let script: &[Timed<'_>] = &[
                (at_ms - 1, &before),
                (at_ms, &cancel(0)),
                (at_ms + 1, &after),
            ];
            world.go(strategy, list(paths), script);
        }
    }
}

/// How many of two are in flight within the first 100 ms, by a strategy that may have two.
fn world_open(strategy: Strategy) -> usize {
    match strategy {
        Strategy::Sequential | Strategy::Adaptive | Strategy::AutoThrottle => 1,
        _ => 2,
    }
}

#[test]
fn twice_or_when_it_has_ended_or_before_it_is_there_nothing_happens() {
    let world = World::new(limits(1));
    let script: &[Timed<'_>] = &[
        (5, &cancel(7)),
        (10, &cancel(1)),
        (20, &cancel(1)),
        (60, &cancel(0)),
        (200, &cancel(2)),
    ];
    world.go(Strategy::Semaphore, list(["delay/50"; 3]), script);
    assert_drawn(
        &world.run,
        "request 50 = 200
        permit 10 = cancelled
        permit 50 request 100 = 200",
    );
}

#[test]
fn a_task_that_joins_later_is_not_the_one_that_was_cancelled_before() {
    let world = World::new(limits(5));
    let item = ItemAddress {
        base: Url::parse("http://lab.test/").unwrap(),
        written: "lab/news/item/{id}.json".into(),
    };
    let source = Source::Listing {
        list: target("news/top.json"),
        item,
        take: 3,
    };
    world.go(Strategy::Semaphore, source, &[(40, &cancel(2))]);
    let rows = rows(&world.run);
    assert!(
        rows.rows()
            .iter()
            .all(|row| row.outcome.is_some_and(|end| end.is_ok()))
    );
}

#[test]
fn all_of_them_and_the_run_is_done() {
    for strategy in Strategy::ALL {
        let world = World::new(limits(2));
        let all = |run: &Run| (0..5).for_each(|task| run.cancel(TaskId(task)));
        world.go(strategy, list(["hang"; 5]), &[(30, &all)]);
        assert_eq!(ending(&world.run), Ending::Done);
        let rows = rows(&world.run);
        assert_eq!(
            rows.last_end(),
            super::lab::at_ms(30),
            "{}",
            strategy.name()
        );
    }
}

#[test]
fn the_fastest_racer_so_that_another_wins() {
    let world = World::new(limits(1));
    let tasks = ["delay/100", "delay/50", "delay/80"];
    world.go(Strategy::Race, list(tasks), &[(49, &cancel(1))]);
    assert_drawn(
        &world.run,
        "request 80 = cancelled
        request 49 = cancelled
        request 80 = 200",
    );
}

#[test]
fn what_nobody_polls_ends_at_that_moment_all_the_same() {
    // From 10 to 110 ms the consumer works, and the stream with the other request in it is not asked for anything.
    for strategy in [Strategy::BufferUnordered, Strategy::Buffered] {
        for (task, at_ms) in [("hang", 40), ("bytes/1000?ms=10&rate=1000", 60)] {
            let world = World::new(Limits {
                store: ms(100),
                ..limits(2)
            });
            let net = world.net.clone();
            let cancelled = |run: &Run| {
                assert_eq!(net.open(), 1);
                run.cancel(TaskId(1));
                assert_eq!(net.open(), 0, "nobody has polled it since");
            };
            world.go(strategy, list(["delay/10", task]), &[(at_ms, &cancelled)]);
            let drawn = super::world::drawn(&world.run);
            assert_eq!(drawn[0], "request 10 store 110 = 200");
            let end = format!(" {at_ms} = cancelled");
            assert!(drawn[1].ends_with(&end), "{}", drawn[1]);
        }
    }
}

#[test]
fn in_the_moment_of_its_answer_either_may_be_first() {
    let world = World::new(limits(1));
    // The answer's timer was set before.
    world.go(Strategy::AllAtOnce, list(["delay/50"]), &[(50, &cancel(0))]);
    let bar = super::world::drawn(&world.run);
    assert!(
        ["request 50 = 200", "request 50 = cancelled"].contains(&&*bar[0]),
        "{bar:?}"
    );
}

#[test]
fn a_wait_that_cancels_its_own_task_is_not_forgotten() {
    let cancels = Cancels::default();
    let own = cancels.clone();
    let waits = poll_fn(move |_| {
        own.cancel(TaskId(0));
        Poll::<()>::Pending
    });
    let ended = Sim::new().block_on(cancels.or_cancelled(TaskId(0), waits));
    assert!(ended.is_ok_and(|ended| ended.is_err()));
}
