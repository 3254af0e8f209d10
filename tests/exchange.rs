//! What a network tells of an exchange: laid edge to edge whatever the marks are, by the run's clock, and in true words.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

use std::rc::Rc;

use crawl_playground::engine::exchange::{Exchange, Phase, Span, Timing, edge_to_edge};
use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::outcome::Outcome;
use crawl_playground::engine::ports::{Fetch, NetworkError, Ports, Response};
use crawl_playground::engine::proxy::Proxied;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::source::{Source, Target};
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::{OriginId, TaskId, Trace, What};
use crawl_playground::engine::wait::Wait;
use crawl_playground::report::exchange::hidden;
use crawl_playground::sim::Sim;
use crawl_playground::timeline::rows::Rows;
use futures::future::LocalBoxFuture;
use proptest::prelude::{Just, prop_assert, prop_assert_eq, prop_oneof, proptest};
use url::Url;

const PHASES: [Phase; 7] = [
    Phase::Redirects,
    Phase::Worker,
    Phase::Dns,
    Phase::Connect,
    Phase::Tls,
    Phase::FirstByte,
    Phase::Body,
];

fn ms(ms: u64) -> Moment {
    Moment::from_us(ms * 1_000)
}

fn at(spans: &[Span]) -> Vec<(Phase, f64, f64)> {
    let told = spans.iter();
    told.map(|span| (span.phase, span.start.as_ms(), span.end.as_ms()))
        .collect()
}

#[test]
fn what_nothing_is_told_of_is_stalled() {
    // As Chromium tells of a request that waited for one of six connections: the connection's marks are those of its
    // beginning, since it was there already.
    let told = [
        (Phase::Dns, ms(100), ms(100)),
        (Phase::Connect, ms(100), ms(100)),
        (Phase::FirstByte, ms(310), ms(512)),
        (Phase::Body, ms(512), ms(513)),
    ];
    assert_eq!(
        at(&edge_to_edge(ms(100), ms(513), told)),
        [
            (Phase::Stalled, 100.0, 310.0),
            (Phase::FirstByte, 310.0, 512.0),
            (Phase::Body, 512.0, 513.0),
        ]
    );
}

#[test]
fn marks_that_contradict_one_another_are_cut() {
    let told = [
        (Phase::Worker, ms(50), ms(120)),
        (Phase::Dns, ms(90), ms(110)),
        (Phase::Connect, ms(130), ms(125)),
        (Phase::FirstByte, ms(140), ms(900)),
        (Phase::Body, ms(900), ms(950)),
    ];
    assert_eq!(
        at(&edge_to_edge(ms(100), ms(200), told)),
        [
            (Phase::Worker, 100.0, 120.0),
            (Phase::Stalled, 120.0, 140.0),
            (Phase::FirstByte, 140.0, 200.0),
        ]
    );
    assert_eq!(edge_to_edge(ms(9), ms(3), told), []);
}

proptest! {
    #[test]
    fn whatever_is_told_they_lie_edge_to_edge(
        start in 0_u64..2_000,
        end in 0_u64..2_000,
        told in proptest::collection::vec(
            (proptest::sample::select(&PHASES[..]), prop_oneof![Just(0), 0_u64..2_500], 0_u64..2_500),
            0..9,
        ),
    ) {
        let told = told.into_iter().map(|(phase, from, to)| (phase, ms(from), ms(to)));
        let spans = edge_to_edge(ms(start), ms(end), told);
        let mut at = ms(start);
        for span in &spans {
            prop_assert_eq!(span.start, at);
            prop_assert!(span.end > span.start);
            at = span.end;
        }
        prop_assert_eq!(at, ms(end).max(ms(start)));
    }
}

/// Answers as the Lab does, and tells of each attempt that it was stalled for the first millisecond of its clock's second.
struct Telling(Rc<dyn Fetch>);

impl Fetch for Telling {
    fn fetch(&self, url: &Url) -> LocalBoxFuture<'static, Result<Response, NetworkError>> {
        self.0.fetch(url)
    }

    fn probe(&self, url: &Url) -> LocalBoxFuture<'static, bool> {
        self.0.probe(url)
    }

    fn for_run(&self) -> Option<Rc<dyn Fetch>> {
        Some(Rc::new(Self(self.0.clone())))
    }

    fn recall(&self, task: TaskId, attempts_before: u32) -> Option<Exchange> {
        let header = (format!("x-task-{}", task.0), attempts_before.to_string());
        Some(Exchange {
            headers: vec![header],
            timing: Some(Timing {
                spans: edge_to_edge(ms(1_000), ms(1_001), []),
                ..Timing::default()
            }),
        })
    }
}

#[test]
fn a_run_tells_it_by_its_own_clock_also_through_a_proxy() {
    let sim = Sim::new();
    let Ports { fetch, .. } = sim.lab();
    let prefix = Url::parse("http://lab.test/").unwrap();
    let inner: Rc<dyn Fetch> = Rc::new(Telling(fetch));
    let ports = Ports {
        fetch: Rc::new(Proxied { inner, prefix }),
        ..sim.lab()
    };
    let pause = sim.lab().sleep.sleep(std::time::Duration::from_millis(400));
    sim.block_on(pause).unwrap();
    let run = Run::new(ports.for_run(), Limits::default());
    let told = run.recall(TaskId(3), 1).unwrap();
    assert_eq!(told.headers, [("x-task-3".to_owned(), "1".to_owned())]);
    assert_eq!(
        at(&told.timing.unwrap().spans),
        [(Phase::Stalled, 600.0, 601.0)]
    );
}

#[test]
fn a_network_that_remembers_nothing_tells_nothing() {
    let sim = Sim::new();
    let run = Run::new(sim.lab().for_run(), Limits::default());
    let url = Url::parse("http://lab.test/lab/delay/10").unwrap();
    let written = "lab/delay/10".into();
    let source = Source::List(vec![Target { url, written }]);
    sim.block_on(run.go(Strategy::Sequential, source)).unwrap();
    assert_eq!(run.recall(TaskId(0), 0), None);
}

/// What is said to be hidden of a task that was sent and ended so.
fn said(status: Option<u16>, outcome: Outcome, last: Option<&Exchange>) -> Option<&'static str> {
    let mut trace = Trace::default();
    let name = trace.text("a");
    let task = TaskId(0);
    trace.push(Moment::ZERO, What::Joined(task, name, OriginId(0)));
    trace.push(ms(1), What::Entered(task, Wait::Request));
    if let Some(status) = status {
        trace.push(ms(2), What::Status(task, status));
    }
    trace.push(ms(3), What::Ended(task, outcome));
    let mut rows = Rows::default();
    rows.advance(&trace);
    hidden(&rows.rows()[0], last, false)
}

#[test]
fn what_is_hidden_is_said_and_only_that() {
    let told = |spans: Vec<Span>, header: Option<&str>| Exchange {
        headers: header
            .map(|name| (name.to_owned(), String::new()))
            .into_iter()
            .collect(),
        timing: Some(Timing {
            spans,
            ..Timing::default()
        }),
    };
    let whole = told(Vec::new(), None);
    let all = told(edge_to_edge(ms(0), ms(1), []), None);
    let with_retry = told(edge_to_edge(ms(0), ms(1), []), Some("retry-after"));
    let begins = |said: Option<&str>, with: &str| said.is_some_and(|said| said.starts_with(with));
    let ok = Outcome::of_status(200);
    assert!(begins(said(Some(200), ok, None), "What lies inside"));
    assert!(begins(
        said(Some(200), ok, Some(&whole)),
        "This server does not let pages see"
    ));
    assert_eq!(said(Some(200), ok, Some(&all)), None);
    // Of a request that was given up the browser's record has no phases either, and the server had no say in it.
    for outcome in [Outcome::Timeout, Outcome::Cancelled] {
        assert!(begins(
            said(None, outcome, Some(&whole)),
            "What lies inside"
        ));
    }
    for status in [429, 503] {
        let busy = Outcome::of_status(status);
        assert!(begins(
            said(Some(status), busy, Some(&all)),
            "Retry-After is read only if"
        ));
        assert_eq!(said(Some(status), busy, Some(&with_retry)), None);
    }
    let failed = said(None, Outcome::Network, Some(&all));
    assert!(begins(failed, "The browser gives the same error"));
}
