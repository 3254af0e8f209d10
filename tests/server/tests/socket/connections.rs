//! How connections are counted, used and closed.

use std::time::{Duration, Instant};

use lab_server::ledger::{End, Entry};
use tokio::io::AsyncWriteExt;
use tokio::time::timeout;

use super::client::{Connection, World, world};

/// How soon the end of the server is to be noticed.
const PROMPTLY: Duration = Duration::from_millis(100);

/// Asks for all of these before anything is answered.
async fn send_at_once(connection: &mut Connection, paths: &[&str]) {
    let requests: String = paths
        .iter()
        .map(|path| format!("GET {path} HTTP/1.1\r\nHost: lab\r\n\r\n"))
        .collect();
    connection
        .stream
        .write_all(requests.as_bytes())
        .await
        .unwrap();
}

/// What the ledger says of each request: its path and how it ended.
fn ends(world: &World) -> Vec<(String, Option<End>)> {
    let requests = world.ledger.truth().requests;
    requests
        .into_iter()
        .map(|entry| (entry.path, entry.end))
        .collect()
}

#[tokio::test]
async fn a_connection_is_used_again() {
    let world = world(None).await;
    let mut connection = world.connect().await;
    for path in [
        "/lab/delay/1",
        "/lab/status/204",
        "/lab/bytes/100000",
        "/lab/status/500",
        "/lab/bytes/0",
        "/lab/delay/1",
    ] {
        connection.send("GET", path).await;
        assert!(connection.reply().await.is_some(), "{path}");
    }
    let truth = world.ledger.truth();
    assert_eq!(truth.requests.len(), 6);
    assert!(truth.requests.iter().all(|entry| entry.connection == 0));
}

#[tokio::test]
async fn connections_are_counted_from_0_in_their_order() {
    let world = world(None).await;
    let mut first = world.connect().await;
    let _silent = world.connect().await;
    let mut third = world.connect().await;
    for connection in [&mut third, &mut first] {
        connection.send("GET", "/lab/delay/1").await;
        assert!(connection.reply().await.is_some());
    }
    let requests = world.ledger.truth().requests;
    let numbers: Vec<usize> = requests.iter().map(|entry| entry.connection).collect();
    assert_eq!(numbers, [2, 0]);
}

#[tokio::test]
async fn drop_closes_without_a_byte_and_says_so() {
    for root in ["/lab", "/nocors/lab"] {
        let world = world(None).await;
        let mut connection = world.connect().await;
        let start = Instant::now();
        connection.send("GET", &format!("{root}/drop?ms=80")).await;
        assert!(connection.reply().await.is_none());
        let took = start.elapsed().as_millis();
        assert!((80..300).contains(&took), "{took} ms");
        // The ledger knows before the client does.
        let Entry {
            end, headers_ms, ..
        } = world.ledger.truth().requests[0];
        assert_eq!((end, headers_ms), (Some(End::Dropped), None));
    }
}

#[tokio::test]
async fn a_dropped_connection_is_not_used_again_and_no_other_is_touched() {
    let world = world(None).await;
    let mut other = world.connect().await;
    other.send("GET", "/lab/delay/150").await;
    let mut connection = world.connect().await;
    let paths = ["/lab/delay/1", "/lab/drop?ms=20", "/lab/delay/2"];
    send_at_once(&mut connection, &paths).await;
    assert_eq!(connection.reply().await.unwrap().status, 200);
    assert!(connection.reply().await.is_none());
    assert_eq!(other.reply().await.unwrap().status, 200);
    let expected = [
        ("/lab/delay/150".to_owned(), Some(End::Complete)),
        ("/lab/delay/1".to_owned(), Some(End::Complete)),
        ("/lab/drop?ms=20".to_owned(), Some(End::Dropped)),
    ];
    assert_eq!(ends(&world), expected);
}

/// The end of the server is the end of all its connections, whatever they are at.
#[tokio::test]
async fn a_server_that_is_dropped_closes_all_connections() {
    let world = world(None).await;
    let mut idle = world.connect().await;
    idle.send("GET", "/lab/delay/1").await;
    assert!(idle.reply().await.is_some());
    let mut connections = vec![world.connect().await, idle];
    // The last but one fills the socket's buffers and waits there; of the last, more is known than has been read.
    for paths in [
        &["/lab/hang"][..],
        &["/lab/delay/60000"],
        &["/lab/bytes/100?rate=1"],
        &["/lab/bytes/60000000"],
        &["/lab/hang", "/lab/delay/1"],
    ] {
        let mut connection = world.connect().await;
        send_at_once(&mut connection, paths).await;
        connections.push(connection);
    }
    let all_wait = world.entry(5, |_| world.ledger.truth().in_flight == 5);
    all_wait.await;

    world.stop();
    for connection in &mut connections {
        timeout(PROMPTLY, connection.closed()).await.unwrap();
    }
    assert_eq!(world.ledger.truth().in_flight, 0);
    let ends: Vec<Option<End>> = ends(&world).into_iter().map(|(_, end)| end).collect();
    let aborted = Some(End::Aborted);
    assert_eq!(ends[0], Some(End::Complete));
    assert_eq!(ends[1..], [aborted; 5]);
}
