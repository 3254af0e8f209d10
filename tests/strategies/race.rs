//! First success wins.

use std::cell::Cell;
use std::rc::Rc;

use crawl_playground::engine::compute::{Job, Place, Work};
use crawl_playground::engine::limits::{Limits, OnFailure};
use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::ports::{Fetch, NetworkError, Response};
use crawl_playground::engine::retry::Retry;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::Ending;
use crawl_playground::sim::Sim;
use crawl_playground::sim::compute::work_span;
use futures::FutureExt;
use futures::future::{LocalBoxFuture, poll_fn};
use url::Url;

use super::lab::{limits, list, ms};
use super::world::{World, assert_drawn, at_hosts, drawn, ending, world};

const POLICIES: [OnFailure; 2] = [OnFailure::CollectAll, OnFailure::StopAtFirst];

fn race(on_failure: OnFailure, tasks: &[&str]) -> Run {
    let limits = Limits {
        timeout: ms(145),
        on_failure,
        ..limits(1)
    };
    let run = world(Strategy::Race, limits, list(tasks)).run;
    assert_eq!(ending(&run), Ending::Done);
    run
}

#[test]
fn the_winner_cancels_the_losers_at_its_moment_and_failures_are_no_winners() {
    for policy in POLICIES {
        for (second, outcome) in [
            ("status/404?ms=30", "404"),
            ("status/500?ms=30", "500"),
            ("drop?ms=30", "network error"),
        ] {
            let run = race(policy, &["delay/100", second, "delay/50", "hang"]);
            let expected = format!(
                "request 50 = cancelled
                request 30 = {outcome}
                request 50 = 200
                request 50 = cancelled"
            );
            assert_drawn(&run, &expected);
        }
    }
}

#[test]
fn when_all_fail_nobody_wins() {
    for policy in POLICIES {
        let run = race(policy, &["hang", "status/404?ms=30", "drop?ms=50"]);
        assert_drawn(
            &run,
            "request 145 = timeout
            request 30 = 404
            request 50 = network error",
        );
        assert_drawn(&race(policy, &[]), "");
    }
}

#[test]
fn of_two_that_are_there_together_one_wins() {
    let run = race(OnFailure::CollectAll, &["delay/50", "delay/50", "delay/50"]);
    assert_drawn(
        &run,
        "request 50 = 200
        request 50 = cancelled
        request 50 = cancelled",
    );
}

#[test]
fn the_losers_requests_are_dropped_when_it_is_won() {
    let world = World::new(limits(1));
    let net = world.net.clone();
    let look = |_: &Run| assert_eq!(net.open(), 3);
    let after = |_: &Run| assert_eq!(net.open(), 0);
    // One is being downloaded, one hangs.
    let tasks = ["bytes/1000?ms=10&rate=1000", "delay/50", "hang"];
    world.go(Strategy::Race, list(tasks), &[(49, &look), (50, &after)]);
    assert_drawn(
        &world.run,
        "request 10 download 50 = cancelled
        request 50 = 200
        request 50 = cancelled",
    );
}

#[test]
fn who_waits_for_another_try_loses_as_well() {
    let limits = Limits {
        retry: Retry {
            retries: 3,
            ..Retry::default()
        },
        ..limits(1)
    };
    let tasks = ["a status/503?retry_after=1", "b delay/200"];
    let run = world(Strategy::Race, limits, at_hosts(tasks)).run;
    assert_drawn(
        &run,
        "backoff 200 = cancelled
        request 200 = 200",
    );
}

#[test]
fn a_try_that_succeeds_later_still_wins() {
    let limits = Limits {
        retry: Retry {
            retries: 3,
            ..Retry::default()
        },
        ..limits(1)
    };
    let run = world(
        Strategy::Race,
        limits,
        at_hosts(["a status/429?retry_after=2", "b flaky/x?ms=10", "c hang"]),
    )
    .run;
    let bars = drawn(&run);
    assert!(
        bars[1].ends_with("= 200") && bars[1].contains("backoff"),
        "{bars:?}"
    );
    assert!(bars[0].ends_with("= cancelled") && bars[2].ends_with("= cancelled"));
}

#[test]
fn who_still_works_on_its_page_has_not_won() {
    let work = Work {
        job: Job::PrimesBelow(1_000_000),
        place: Place::Worker,
    };
    let limits = Limits {
        work: Some(work),
        ..limits(1)
    };
    let world = world(Strategy::Race, limits, list(["delay/10", "delay/20"]));
    let end = (Moment::from_us(10_000) + work_span(work.job)).as_ms();
    assert_drawn(
        &world.run,
        &format!("request 10 parse {end} = 200\nrequest 20 parse {end} = cancelled"),
    );
}

/// A network that counts how often it is asked whether a response is there.
struct Polled(Rc<dyn Fetch>, Rc<Cell<usize>>);

impl Fetch for Polled {
    fn fetch(&self, url: &Url) -> LocalBoxFuture<'static, Result<Response, NetworkError>> {
        let (mut answer, polls) = (self.0.fetch(url), Rc::clone(&self.1));
        poll_fn(move |cx| {
            polls.set(polls.get() + 1);
            answer.poll_unpin(cx)
        })
        .boxed_local()
    }

    fn probe(&self, url: &Url) -> LocalBoxFuture<'static, bool> {
        self.0.probe(url)
    }
}

#[test]
fn who_has_nothing_to_say_is_not_asked_at_each_answer() {
    let (sim, polls) = (Sim::new(), Rc::default());
    let network = Polled(sim.lab().fetch, Rc::clone(&polls));
    let run = Run::new(sim.ports(Rc::new(network)), limits(1));
    let tasks: Vec<_> = (1..=200).map(|ms| format!("status/404?ms={ms}")).collect();
    sim.block_on(run.go(Strategy::Race, list(tasks))).unwrap();
    // When it is sent, and when it is there.
    assert_eq!(polls.get(), 2 * 200);
}
