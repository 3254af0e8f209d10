//! Each route over the socket.

use std::time::{Duration, Instant};

use super::client::world;
use tokio::io::AsyncWriteExt;
use tokio::time::timeout;

fn ms(range: std::ops::Range<u64>) -> std::ops::Range<Duration> {
    Duration::from_millis(range.start)..Duration::from_millis(range.end)
}

#[tokio::test]
async fn delay_answers_when_it_says() {
    let world = world(None).await;
    let start = Instant::now();
    let reply = world.get("/lab/delay/150").await;
    let took = reply.headers_at - start;
    assert!(ms(150..400).contains(&took), "{took:?}");
    assert_eq!(reply.status, 200);
    assert!(reply.text().contains("<title>Waited 150 ms</title>"));
    assert_eq!(
        reply.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
    assert_eq!(reply.header("timing-allow-origin"), Some("*"));
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    assert!(reply.header("transfer-encoding").is_none());
}

#[tokio::test]
async fn bytes_come_at_their_rate() {
    let world = world(None).await;
    let reply = world.get("/lab/bytes/10000?ms=50&rate=50000").await;
    let download = reply.end_at - reply.headers_at;
    assert!(ms(190..500).contains(&download), "{download:?}");
    assert_eq!(reply.body.len(), 10_000);
}

#[tokio::test]
async fn many_bytes_come_whole() {
    let world = world(None).await;
    let reply = world.get("/lab/bytes/8000000").await;
    assert_eq!(reply.body.len(), 8_000_000);
}

#[tokio::test]
async fn statuses_come_with_their_headers() {
    let world = world(None).await;
    let reply = world.get("/lab/status/429?retry_after=3").await;
    assert_eq!(
        (reply.status, reply.header("retry-after")),
        (429, Some("3"))
    );
    assert_eq!(
        reply.header("access-control-expose-headers"),
        Some("Retry-After")
    );
    for code in [204, 205, 304] {
        let reply = world.get(&format!("/lab/status/{code}")).await;
        assert_eq!((reply.status, reply.body.len()), (code, 0));
    }
}

#[tokio::test]
async fn flaky_remembers_across_connections() {
    let world = world(None).await;
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(world.get("/lab/flaky/a?fails=2").await.status);
    }
    assert_eq!(statuses, [503, 503, 200]);
}

#[tokio::test]
async fn redirects_stay_below_their_root() {
    let world = world(None).await;
    let reply = world.get("/nocors/lab/redirect/2?to=../delay/1").await;
    assert_eq!(
        (reply.status, reply.header("location")),
        (302, Some("1?to=../delay/1"))
    );
    let reply = world.get("/nocors/lab/redirect/1?to=../delay/1").await;
    assert_eq!(reply.header("location"), Some("../delay/1"));
}

#[tokio::test]
async fn news_and_nonsense() {
    let world = world(None).await;
    let list: Vec<u32> =
        serde_json::from_slice(&world.get("/lab/news/top.json").await.body).unwrap();
    let item = world.get(&format!("/lab/news/item/{}.json", list[0])).await;
    assert_eq!(
        (item.status, item.header("content-type")),
        (200, Some("application/json"))
    );
    assert_eq!(world.get("/lab/delay/soon").await.status, 400);
    assert_eq!(world.get("/lab/nothing").await.status, 404);
    assert_eq!(world.get("/lab").await.status, 404);
    assert_eq!(world.get("/labour/delay/1").await.status, 404);
}

#[tokio::test]
async fn without_cors_the_rest_is_the_same() {
    let world = world(None).await;
    let reply = world.get("/nocors/lab/status/503?retry_after=1").await;
    assert_eq!(
        (reply.status, reply.header("retry-after")),
        (503, Some("1"))
    );
    assert!(
        !reply.head.to_ascii_lowercase().contains("access-control"),
        "{}",
        reply.head
    );
    assert_eq!(
        world.ledger.truth().requests[0].path,
        "/nocors/lab/status/503?retry_after=1"
    );
}

#[tokio::test]
async fn hang_sends_nothing() {
    let world = world(None).await;
    let mut connection = world.connect().await;
    connection.send("GET", "/lab/hang").await;
    assert!(
        timeout(Duration::from_millis(200), connection.reply())
            .await
            .is_err()
    );
}

/// The Lab is asked for what was sent, and nothing is made of it before.
#[tokio::test]
async fn paths_are_taken_as_they_are() {
    let world = world(None).await;
    let paths = [
        ("/lab//delay/1", 404),
        ("/lab/delay/%31", 400),
        ("/lab/%ff", 404),
        ("/lab/delay/1?%ff=%00", 200),
        ("/l%61b/delay/1", 404),
    ];
    for (path, status) in paths {
        assert_eq!(world.get(path).await.status, status, "{path}");
    }
    let requests = world.ledger.truth().requests;
    let seen: Vec<&str> = requests.iter().map(|entry| entry.path.as_str()).collect();
    assert_eq!(seen, paths.map(|(path, _)| path)[..4]);
}

#[tokio::test]
async fn sites_know_where_they_are() {
    let world = world(None).await;
    for root in ["/lab", "/nocors/lab"] {
        let home = format!("{root}/site/polite/");
        let rules = world.get(&format!("{home}robots.txt")).await.text();
        assert!(
            rules.contains(&format!("\nDisallow: {home}private/\n")),
            "{rules}"
        );
        let sitemap = format!("http://lab{home}sitemap.xml");
        assert!(
            rules.contains(&format!("\nSitemap: {sitemap}\n")),
            "{rules}"
        );
        let map = world.get(&format!("{home}sitemap.xml")).await;
        assert_eq!(map.header("content-type"), Some("application/xml"));
        let location = format!("<loc>http://lab{home}private/press.html</loc>");
        assert!(map.text().contains(&location), "{}", map.text());
    }
    let page = world.get("/lab/site/polite/search?q=tides").await;
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    let canonical = "<link rel=\"canonical\" href=\"http://lab/lab/site/polite/search\">";
    assert!(page.text().contains(canonical), "{}", page.text());
}

/// What is said of itself is the client's own, so it must not be more than a name.
#[tokio::test]
async fn a_host_that_is_none_is_in_no_answer() {
    let world = world(None).await;
    let mut connection = world.connect().await;
    let request = "GET /lab/site/trap/sitemap.xml HTTP/1.1\r\nHost: \"><script>\r\n\r\n";
    connection
        .stream
        .write_all(request.as_bytes())
        .await
        .unwrap();
    let said = connection.reply().await.unwrap().text();
    assert!(said.contains("<loc>/lab/site/trap/</loc>"), "{said}");
}
