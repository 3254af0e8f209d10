//! The network.

use crawl_playground::browser::clock::BrowserClock;
use crawl_playground::browser::fetch::BrowserFetch;
use crawl_playground::browser::link;
use crawl_playground::engine::exchange::Phase;
use crawl_playground::engine::ports::{Fetch, Sleep};
use crawl_playground::engine::trace::TaskId;
use futures::StreamExt;
use futures::future::{Either, select};
use url::Url;
use wasm_bindgen_test::wasm_bindgen_test;

use super::spy::Spy;

/// A port at which nothing listens, and which browsers are allowed to ask.
const CLOSED: &str = "http://127.0.0.1:9999/";

fn here(path: &str) -> Url {
    link::page().join(path).unwrap()
}

fn was_aborted(fetches: &Spy) -> Option<bool> {
    fetches.read("calls.at(-1)[1].signal.aborted").as_bool()
}

#[wasm_bindgen_test]
async fn headers_come_first_then_the_body_in_pieces() {
    let fetches = Spy::on("fetch");
    let mut response = BrowserFetch::new().fetch(&here("/")).await.unwrap();
    assert_eq!(response.status, 200);
    assert!(
        response.content_type.starts_with("text/html"),
        "{}",
        response.content_type
    );
    assert_eq!(response.redirected_to, None);
    let mut body = Vec::new();
    while let Some(chunk) = response.body.next().await {
        body.extend(chunk.unwrap());
    }
    assert!(String::from_utf8(body).unwrap().contains("<script"));
    // What came to its end is not aborted afterwards.
    drop(response);
    assert_eq!(was_aborted(&fetches), Some(false));
}

#[wasm_bindgen_test]
async fn nothing_is_sent_along_and_nothing_comes_from_the_cache() {
    let fetches = Spy::on("fetch");
    drop(BrowserFetch::new().fetch(&here("/")).await);
    let init = "(({ method, mode, credentials, cache, referrerPolicy }) =>
        [method, mode, credentials, cache, referrerPolicy].join())(calls[0][1])";
    let sent = fetches.read(init).as_string();
    assert_eq!(sent.as_deref(), Some("GET,cors,omit,no-store,no-referrer"));
}

#[wasm_bindgen_test]
async fn a_missing_page_is_an_answer() {
    let response = BrowserFetch::new()
        .fetch(&here("/no/such/page"))
        .await
        .unwrap();
    assert_eq!(response.status, 404);
}

#[wasm_bindgen_test]
async fn dropping_a_request_aborts_it() {
    let fetches = Spy::on("fetch");
    let request = BrowserFetch::new().fetch(&here("/"));
    assert_eq!(
        fetches.count(),
        0,
        "nothing is sent before it is waited for"
    );
    // Sent by the first poll, then dropped.
    match select(request, std::future::ready(())).await {
        Either::Left(_) => panic!("no answer comes in the same turn"),
        Either::Right(((), request)) => {
            assert_eq!(was_aborted(&fetches), Some(false));
            drop(request);
        }
    }
    assert_eq!((fetches.count(), was_aborted(&fetches)), (1, Some(true)));
}

#[wasm_bindgen_test]
async fn dropping_a_response_aborts_its_body() {
    let fetches = Spy::on("fetch");
    let response = BrowserFetch::new().fetch(&here("/")).await.unwrap();
    assert_eq!(was_aborted(&fetches), Some(false));
    drop(response);
    assert_eq!(was_aborted(&fetches), Some(true));
}

#[wasm_bindgen_test]
async fn an_answer_that_says_that_it_is_empty_is_whole_with_its_headers() {
    let nothing = web_sys::Blob::new().unwrap();
    let address = web_sys::Url::create_object_url_with_blob(&nothing).unwrap();
    let fetches = Spy::on("fetch");
    let network = BrowserFetch::new();
    let mut response = network.fetch(&address.parse().unwrap()).await.unwrap();
    assert_eq!(response.status, 200);
    assert!(response.body.next().await.is_none());
    drop(response);
    // Also where nobody asks for its body, nothing is left to be stopped.
    drop(network.fetch(&address.parse().unwrap()).await);
    assert_eq!((fetches.count(), was_aborted(&fetches)), (2, Some(false)));
}

#[wasm_bindgen_test]
async fn each_request_has_its_own_signal() {
    let fetches = Spy::on("fetch");
    let aborted = || {
        let signals = fetches.read("calls.map(([, init]) => init.signal.aborted).join()");
        signals.as_string().unwrap()
    };
    let network = BrowserFetch::new();
    let kept = network.fetch(&here("/?kept")).await.unwrap();
    drop(network.fetch(&here("/?dropped")).await.unwrap());
    assert_eq!(aborted(), "false,true");
    drop(kept);
    assert_eq!(aborted(), "true,true");
}

#[wasm_bindgen_test]
async fn a_closed_port_is_an_error_with_words() {
    let error = BrowserFetch::new()
        .fetch(&Url::parse(CLOSED).unwrap())
        .await
        .err()
        .unwrap();
    assert!(!error.0.trim().is_empty());
    assert!(
        !error.0.contains("JsValue"),
        "the browser's words, not a dump: {}",
        error.0
    );
}

#[wasm_bindgen_test]
async fn a_probe_tells_who_is_there() {
    let network = BrowserFetch::new();
    assert!(network.probe(&here("/")).await);
    assert!(!network.probe(&Url::parse(CLOSED).unwrap()).await);
}

#[wasm_bindgen_test]
async fn dropping_a_probe_aborts_it() {
    let fetches = Spy::on("fetch");
    let probe = BrowserFetch::new().probe(&here("/"));
    let _ = select(probe, std::future::ready(())).await;
    assert_eq!(was_aborted(&fetches), Some(true));
    // The page goes on as if nothing had been.
    BrowserClock
        .sleep(std::time::Duration::from_millis(20))
        .await;
}

#[wasm_bindgen_test]
async fn of_a_run_each_request_is_remembered_under_a_name_that_no_server_sees() {
    let fetches = Spy::on("fetch");
    let network = BrowserFetch::new().for_run().unwrap();
    let url = here("/?what=it#says");
    for attempts_before in [0, 1] {
        let task = TaskId(6);
        let mut response = network
            .fetch_for(task, attempts_before, &url)
            .await
            .unwrap();
        while let Some(chunk) = response.body.next().await {
            chunk.unwrap();
        }
    }
    let names = fetches
        .read("calls.map(([address]) => address.replace(/.*what=it#run-[0-9]+/, '')).join()");
    assert_eq!(names.as_string().unwrap(), "-task-7,-task-7-attempt-2");
    // The record comes when the browser gets round to it.
    let timing = loop {
        let told = network.recall(TaskId(6), 1).unwrap();
        let is_type = |(name, value): &(String, String)| {
            name == "content-type" && value.starts_with("text/html")
        };
        assert!(told.headers.iter().any(is_type), "{:?}", told.headers);
        match told.timing {
            Some(timing) => break timing,
            None => {
                BrowserClock
                    .sleep(std::time::Duration::from_millis(5))
                    .await
            }
        }
    };
    let phases: Vec<_> = timing.spans.iter().map(|span| span.phase).collect();
    assert!(phases.contains(&Phase::FirstByte), "{phases:?}");
    assert!(timing.body_bytes > 0);
    assert_eq!(network.recall(TaskId(6), 2), None);
    assert_eq!(BrowserFetch::new().recall(TaskId(6), 0), None);
}
