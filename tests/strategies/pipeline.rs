//! Fetch, parse and store as stages: back-pressure, and bounded queues.

use std::cell::Cell;
use std::rc::Rc;

use crawl_playground::engine::compute::{Job, Place, Work};
use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::ports::{Fetch, NetworkError, Response};
use crawl_playground::engine::retry::Retry;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::What;
use crawl_playground::engine::wait::Wait;
use crawl_playground::sim::Sim;
use crawl_playground::sim::compute::work_span;
use futures::future::{LocalBoxFuture, pending, ready};
use futures::{FutureExt, StreamExt, stream};
use url::Url;

use super::lab::{at_ms, ends, limits, list, ms};
use super::world::{assert_drawn, drawn, world};

/// The depths of a queue, from first to last.
fn depths(run: &Run, queue: u8) -> Vec<u32> {
    let trace = run.trace();
    let depth = |what| match what {
        What::Depth(id, depth) if id.0 == queue => Some(depth),
        _ => None,
    };
    let depths = trace.events().iter();
    depths.filter_map(|event| depth(event.what)).collect()
}

#[test]
fn a_slow_store_makes_the_fetchers_wait() {
    let limits = Limits {
        store: ms(100),
        ..limits(3)
    };
    let run = world(Strategy::Pipeline, limits, list(["delay/10"; 40])).run;
    let expected: Vec<_> = (1..=40).map(|k| at_ms(10 + 100 * k)).collect();
    assert_eq!(ends(&run), expected);
    // At 1 000 ms nine are stored and one is being so; four records and four pages lie in the queues, the parser holds one
    // and each fetcher another. All the others have not been started.
    let started = run.trace();
    let started = started
        .events()
        .iter()
        .filter(|event| event.at <= at_ms(1_000))
        .filter(|event| matches!(event.what, What::Entered(_, Wait::Request)))
        .count();
    assert_eq!(started, 9 + 1 + 4 + 1 + 4 + 3);
    for queue in [0, 1] {
        let depths = depths(&run, queue);
        assert_eq!((depths.iter().max(), depths.last()), (Some(&4), Some(&0)));
    }
}

#[test]
fn a_slow_parser_makes_them_wait_too() {
    let work = Work {
        job: Job::PrimesBelow(2_000_000),
        place: Place::Worker,
    };
    let span = work_span(work.job);
    assert!(span > ms(100), "{span:?}");
    let limits = Limits {
        work: Some(work),
        ..limits(2)
    };
    let run = world(Strategy::Pipeline, limits, list(["delay/10"; 12])).run;
    let span_us = span.as_micros() as u64;
    let parsed = |k| Moment::from_us(10_000 + k * span_us);
    assert_eq!(ends(&run), (1..=12).map(parsed).collect::<Vec<_>>());
    assert_eq!(depths(&run, 0).iter().max(), Some(&4));
    assert_eq!(depths(&run, 1).iter().max(), Some(&1));
}

#[test]
fn a_fast_store_holds_up_nobody() {
    let run = world(Strategy::Pipeline, limits(2), list(["delay/10"; 5])).run;
    assert_drawn(
        &run,
        "request 10 = 200
        request 10 = 200
        queue 10 request 20 = 200
        queue 10 request 20 = 200
        queue 20 request 30 = 200",
    );
}

#[test]
fn only_the_last_page_that_came_is_parsed() {
    // The first attempt brings a page, the second none at all: the title of the first must not be the task's.
    let limits = Limits {
        timeout: ms(50),
        retry: Retry {
            retries: 1,
            ..Retry::default()
        },
        ..limits(1)
    };
    let sim = Sim::new();
    let fetch = Rc::new(OnceThenNever::default());
    let run = Run::new(sim.ports(fetch), limits);
    sim.block_on(run.go(Strategy::Pipeline, list(["x"])))
        .unwrap();
    assert!(drawn(&run)[0].ends_with("= timeout"));
    assert_eq!(super::lab::rows(&run).rows()[0].title, None);
}

/// Answers 500 with a page, and never again.
#[derive(Default)]
struct OnceThenNever(Cell<bool>);

impl Fetch for OnceThenNever {
    fn fetch(&self, _: &Url) -> LocalBoxFuture<'static, Result<Response, NetworkError>> {
        if self.0.replace(true) {
            return pending().boxed_local();
        }
        let page = Ok(b"<title>Out of order</title>".to_vec());
        let response = Response {
            status: 500,
            redirected_to: None,
            content_type: "text/html".into(),
            retry_after: None,
            link: None,
            body: stream::iter([page]).boxed_local(),
        };
        ready(Ok(response)).boxed_local()
    }

    fn probe(&self, _: &Url) -> LocalBoxFuture<'static, bool> {
        unreachable!("there was an answer")
    }
}
