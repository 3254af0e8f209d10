//! The ledger against what the client saw.

use std::time::{Duration, Instant};

use futures::future::join_all;
use lab_server::ledger::End;
use serde_json::Value;
use tokio::time::sleep;

use super::client::world;

/// How soon a client's leaving is to be noticed.
const PROMPTLY: Duration = Duration::from_millis(100);

#[tokio::test]
async fn the_peak_is_what_was_in_flight_at_once() {
    let world = world(None).await;
    join_all((0..20).map(|_| world.get("/lab/delay/200"))).await;
    world.get("/lab/delay/0").await;
    let truth = world.ledger.truth();
    assert_eq!((truth.peak, truth.in_flight), (20, 0));
    let at_arrival: Vec<usize> = truth.requests.iter().map(|entry| entry.in_flight).collect();
    assert_eq!(at_arrival, (1..=20).chain([1]).collect::<Vec<_>>());
    for entry in &truth.requests[..20] {
        let headers_ms = entry.headers_ms.unwrap() - entry.arrival_ms;
        assert!((200.0..400.0).contains(&headers_ms), "{entry:?}");
        assert!(entry.departure_ms.unwrap() >= entry.headers_ms.unwrap());
        assert_eq!(entry.end, Some(End::Complete));
    }
}

#[tokio::test]
async fn a_paced_body_departs_with_its_last_byte() {
    let world = world(None).await;
    world.get("/lab/bytes/1000?rate=5000").await;
    let entry = &world.ledger.truth().requests[0];
    let download_ms = entry.departure_ms.unwrap() - entry.headers_ms.unwrap();
    assert!((199.0..400.0).contains(&download_ms), "{entry:?}");
}

/// Asks for `path`, leaves after a while, and says how long the server took to notice.
async fn leaving(path: &str, reset: bool) -> (Duration, lab_server::ledger::Entry) {
    let world = world(None).await;
    let mut connection = world.connect().await;
    connection.send("GET", path).await;
    sleep(Duration::from_millis(150)).await;
    assert_eq!(world.ledger.truth().in_flight, 1);
    if reset {
        // With a linger of zero the connection is torn down, as when a process dies.
        connection.stream.set_zero_linger().unwrap();
    }
    let left_at = Instant::now();
    drop(connection);
    let entry = world.entry(0, |entry| entry.end.is_some()).await;
    assert_eq!(world.ledger.truth().in_flight, 0);
    (left_at.elapsed(), entry)
}

#[tokio::test]
async fn leaving_is_noticed_before_headers() {
    for path in [
        "/lab/delay/60000",
        "/lab/hang",
        "/lab/drop?ms=60000",
        "/lab/status/500?ms=60000",
    ] {
        for reset in [false, true] {
            let (noticed_after, entry) = leaving(path, reset).await;
            assert!(noticed_after < PROMPTLY, "{path}: {noticed_after:?}");
            assert_eq!(
                (entry.end, entry.headers_ms),
                (Some(End::Aborted), None),
                "{path}"
            );
        }
    }
}

#[tokio::test]
async fn leaving_is_noticed_amid_a_body() {
    // The slow ones send nothing for a long time; the last fills the socket's buffers and waits there.
    for path in [
        "/lab/bytes/100?rate=1",
        "/lab/bytes/1000000?rate=1000",
        "/lab/bytes/60000000",
    ] {
        for reset in [false, true] {
            let (noticed_after, entry) = leaving(path, reset).await;
            assert!(noticed_after < PROMPTLY, "{path}: {noticed_after:?}");
            assert_eq!(entry.end, Some(End::Aborted), "{path}");
            assert!(entry.headers_ms.is_some(), "{path}");
        }
    }
}

#[tokio::test]
async fn the_truth_is_served_and_reset() {
    let world = world(None).await;
    let mut hanging = world.connect().await;
    hanging.send("GET", "/lab/hang").await;
    world.get("/lab/delay/5?a=b").await;
    let reply = world.get("/truth").await;
    assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
    let truth: Value = serde_json::from_slice(&reply.body).unwrap();
    assert_eq!(
        (&truth["peak"], &truth["in_flight"]),
        (&2.into(), &1.into())
    );
    let request = &truth["requests"][1];
    assert_eq!(request["path"], "/lab/delay/5?a=b");
    assert_eq!(request["end"], "complete");
    assert!(truth["now_ms"].as_f64() > request["departure_ms"].as_f64());
    assert_eq!(truth["requests"][0]["end"], Value::Null);

    let mut connection = world.connect().await;
    connection.send("POST", "/truth/reset").await;
    assert_eq!(connection.reply().await.unwrap().status, 200);
    let truth = world.ledger.truth();
    assert_eq!(
        (truth.peak, truth.in_flight, truth.requests.len()),
        (1, 1, 0)
    );
    assert_eq!(world.get("/truth/reset").await.status, 405);
    drop(hanging);
    sleep(PROMPTLY).await;
    assert_eq!(world.ledger.truth().in_flight, 0);
}
