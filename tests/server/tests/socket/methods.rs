//! Which methods go where, and what is said to the others.

use super::client::world;

#[tokio::test]
async fn head_has_no_body_and_other_methods_are_refused() {
    let world = world(None).await;
    let mut connection = world.connect().await;
    connection.send("HEAD", "/lab/bytes/7").await;
    // The next reply begins where the head ends, or this would not parse.
    connection.send("POST", "/lab/delay/1").await;
    let mut heads = String::new();
    while !heads.contains("405") {
        let mut more = [0; 4_096];
        let count = tokio::io::AsyncReadExt::read(&mut connection.stream, &mut more)
            .await
            .unwrap();
        heads.push_str(std::str::from_utf8(&more[..count]).unwrap());
    }
    assert!(
        heads.starts_with("HTTP/1.1 200 OK\r\n") && heads.contains("content-length: 7\r\n"),
        "{heads}"
    );
    assert!(heads.contains("\r\n\r\nHTTP/1.1 405"), "{heads}");
}

#[tokio::test]
async fn who_asks_in_another_way_is_told_how_to() {
    let world = world(None).await;
    let refused = [
        ("POST", "/lab/delay/1", "GET, HEAD"),
        ("OPTIONS", "/lab/delay/1", "GET, HEAD"),
        ("DELETE", "/nocors/lab", "GET, HEAD"),
        ("PUT", "/nothing/here", "GET, HEAD"),
        ("OPTIONS", "*", "GET, HEAD"),
        ("POST", "/truth", "GET"),
        ("GET", "/truth/reset", "POST"),
    ];
    for (method, path, allowed) in refused {
        let reply = world.ask(method, path).await;
        assert_eq!(reply.status, 405, "{method} {path}");
        assert_eq!(reply.header("allow"), Some(allowed), "{method} {path}");
        assert_eq!(reply.text(), format!("Here goes {allowed} only.\n"));
        assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
        assert_eq!(reply.header("cache-control"), Some("no-store"));
    }
    // A HEAD is no way to the truth either.
    let mut connection = world.connect().await;
    for (path, allowed) in [("/truth", "GET"), ("/truth/reset", "POST")] {
        connection.send("HEAD", path).await;
        let head = connection.head().await.unwrap();
        assert_eq!(
            (head.status, head.header("allow")),
            (405, Some(allowed)),
            "{path}"
        );
    }
    assert!(world.ledger.truth().requests.is_empty());
}

#[tokio::test]
async fn where_nothing_is_it_is_said_what_there_is() {
    let world = world(None).await;
    for path in ["/", "/labour", "/truth/", "/nocors", "/nocors/truth"] {
        let reply = world.get(path).await;
        assert_eq!(
            (reply.status, reply.text().as_str()),
            (404, "Here are /lab/, /nocors/lab/ and /truth.\n"),
            "{path}"
        );
    }
}
