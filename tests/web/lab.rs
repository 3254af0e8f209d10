//! The Lab inside the page, on the browser's timers: what answers where there is no service worker.

use std::time::Duration;

use crawl_playground::browser::ports_in_page;
use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::outcome::Outcome;
use crawl_playground::engine::ports::Response;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::source::{Source, Target};
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::Ending;
use crawl_playground::timeline::rows::Rows;
use futures::StreamExt;
use url::Url;
use wasm_bindgen_test::wasm_bindgen_test;

/// How late a busy browser may be.
const LATE: Duration = Duration::from_millis(400);
const MS: Duration = Duration::from_millis(1);

fn lab(route: &str) -> Url {
    Url::parse(&format!("http://page.test/lab/{route}")).unwrap()
}

async fn body(mut response: Response) -> (usize, usize) {
    let (mut pieces, mut bytes) = (0, 0);
    while let Some(chunk) = response.body.next().await {
        pieces += 1;
        bytes += chunk.unwrap().len();
    }
    (pieces, bytes)
}

#[wasm_bindgen_test]
async fn it_answers_after_the_delay_that_was_asked_for() {
    let ports = ports_in_page();
    let start = ports.clock.now();
    let response = ports.fetch.fetch(&lab("delay/60")).await.unwrap();
    let took = ports.clock.now() - start;
    assert_eq!(response.status, 200);
    assert!(
        took + MS / 10 >= 60 * MS && took < 60 * MS + LATE,
        "{took:?}"
    );
}

#[wasm_bindgen_test]
async fn it_sends_a_body_at_its_rate() {
    let ports = ports_in_page();
    let response = ports
        .fetch
        .fetch(&lab("bytes/6000?rate=40000"))
        .await
        .unwrap();
    let start = ports.clock.now();
    let (pieces, bytes) = body(response).await;
    let took = ports.clock.now() - start;
    assert_eq!(bytes, 6_000);
    assert!(pieces > 1);
    assert!(took >= 140 * MS && took < 150 * MS + LATE, "{took:?}");
}

#[wasm_bindgen_test]
async fn it_fails_as_a_network_does() {
    let ports = ports_in_page();
    assert!(ports.fetch.fetch(&lab("drop?ms=10")).await.is_err());
    let missing = ports.fetch.fetch(&lab("status/404")).await.unwrap();
    assert_eq!(missing.status, 404);
    let redirected = ports
        .fetch
        .fetch(&lab("redirect/2?to=../delay/5"))
        .await
        .unwrap();
    assert_eq!(redirected.redirected_to, Some(lab("delay/5").into()));
}

#[wasm_bindgen_test]
async fn a_whole_run_keeps_its_limit_and_its_time() {
    let limits = Limits {
        concurrency: 3,
        delay: Duration::ZERO,
        keep_permit: false,
        timeout: 200 * MS,
        ..Limits::default()
    };
    let routes = [
        "delay/50",
        "delay/50",
        "hang",
        "delay/50",
        "status/500",
        "bytes/100",
        "delay/50",
    ];
    let targets = routes.iter().map(|route| Target {
        url: lab(route),
        written: (*route).into(),
    });
    let run = Run::new(ports_in_page(), limits);
    run.go(Strategy::Semaphore, Source::List(targets.collect()))
        .await;
    let mut rows = Rows::default();
    rows.advance(&run.trace());
    let outcomes: Vec<_> = rows.rows().iter().map(|row| row.outcome.unwrap()).collect();
    let mut expected = [Outcome::Ok(200); 7];
    expected[2] = Outcome::Timeout;
    expected[4] = Outcome::HttpError(500);
    assert_eq!(outcomes, expected);
    assert_eq!((rows.in_flight().peak(), rows.in_flight().last()), (3, 0));
    assert_eq!(rows.finished(), Some(Ending::Done));
    let total = rows.last_end().as_ms();
    assert!((200.0..600.0).contains(&total), "{total} ms");
}
