//! The worker that reads pages, where there is none: this page has no such file.

use crawl_playground::browser::reader::WorkerReader;
use crawl_playground::engine::crawl::facts::{PageKind, ReadOptions, Received};
use crawl_playground::engine::ports::Read;
use futures::future::join;
use url::Url;
use wasm_bindgen_test::wasm_bindgen_test;

fn received() -> Received {
    Received {
        url: Url::parse("https://example.org/").unwrap(),
        content_type: "text/html".to_owned(),
        link_header: None,
        body: b"<title>a</title>".to_vec(),
        options: ReadOptions::default(),
    }
}

#[wasm_bindgen_test]
async fn a_worker_that_does_not_load_is_said_and_does_not_hang() {
    let reader = WorkerReader::default();
    let (one, other) = join(reader.read(received()), reader.read(received())).await;
    // And so is the one that is tried next.
    let next = reader.read(received()).await;
    for facts in [one, other, next] {
        assert_eq!((facts.kind, facts.links.len()), (PageKind::Other, 0));
        let problem = facts.problem.unwrap();
        assert!(problem.contains("could not be loaded"), "{problem}");
    }
}

#[wasm_bindgen_test]
async fn an_answer_that_nobody_waits_for_is_forgotten() {
    let reader = WorkerReader::default();
    let (dropped, kept) = (reader.read(received()), reader.read(received()));
    drop(dropped);
    assert!(kept.await.problem.is_some());
}
