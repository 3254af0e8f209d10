//! Files under a prefix.

use std::fs;
use std::path::PathBuf;

use lab_server::Pages;
use tokio::io::AsyncWriteExt;

use super::client::world;

/// A directory that goes with the test.
struct Directory(PathBuf);

impl Directory {
    fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(path.join("sub")).unwrap();
        for file in [
            "index.html",
            "app.js",
            "app_bg.wasm",
            "app.css",
            "sub/index.html",
        ] {
            fs::write(path.join(file), file).unwrap();
        }
        Self(path)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn files_have_their_types() {
    let directory = Directory::new("types");
    let world = world(Some(Pages::new(directory.0.clone(), "/some/prefix/"))).await;
    let types = [
        ("", "text/html"),
        ("index.html", "text/html"),
        ("app.js", "text/javascript"),
        ("app_bg.wasm", "application/wasm"),
        ("app.css", "text/css"),
        ("sub/", "text/html"),
    ];
    for (file, expected) in types {
        let reply = world.get(&format!("/some/prefix/{file}?v=1")).await;
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (200, Some(expected)),
            "{file}"
        );
    }
    assert!(world.ledger.truth().requests.is_empty());
}

#[tokio::test]
async fn a_directory_gets_its_slash() {
    let directory = Directory::new("slash");
    let world = world(Some(Pages::new(directory.0.clone(), "some/prefix"))).await;
    assert_eq!(
        world.get("/some/prefix").await.header("location"),
        Some("/some/prefix/")
    );
    assert_eq!(
        world.get("/some/prefix/sub").await.header("location"),
        Some("/some/prefix/sub/")
    );
    // Two slashes would lead to another host.
    let world = self::world(Some(Pages::new(directory.0.clone(), "/"))).await;
    assert_eq!(world.get("//sub").await.header("location"), Some("/sub/"));
}

/// A browser asks before it uses what it has kept, and is given the file each time.
#[tokio::test]
async fn files_are_never_taken_for_the_ones_before() {
    let directory = Directory::new("conditions");
    let world = world(Some(Pages::new(directory.0.clone(), "/"))).await;
    let mut connection = world.connect().await;
    let conditions = "If-Modified-Since: Sun, 01 Jan 2090 00:00:00 GMT\r\nRange: bytes=0-2\r\n";
    let request = format!("GET /app.js HTTP/1.1\r\nHost: lab\r\n{conditions}\r\n");
    connection
        .stream
        .write_all(request.as_bytes())
        .await
        .unwrap();
    let reply = connection.reply().await.unwrap();
    assert_eq!((reply.status, reply.text().as_str()), (200, "app.js"));
    assert_eq!(reply.header("cache-control"), Some("no-cache"));
    assert_eq!(reply.header("access-control-allow-origin"), None);

    // The next reply begins where the head ends.
    connection.send("HEAD", "/app.js").await;
    let head = connection.head().await.unwrap();
    assert_eq!(
        (head.status, head.header("content-length")),
        (200, Some("6"))
    );
    connection.send("GET", "/none").await;
    let missing = connection.reply().await.unwrap();
    assert_eq!(
        (missing.status, missing.header("cache-control")),
        (404, Some("no-store"))
    );
    assert_eq!(missing.text(), "There is no such file.\n");
    assert_eq!(world.ask("POST", "/app.js").await.status, 405);
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let directory = Directory::new("missing");
    let world = world(Some(Pages::new(directory.0.clone(), "/some/prefix/"))).await;
    let paths = [
        "/",
        "/some/prefix/none",
        "/some/prefixes",
        "/some/prefixapp.js",
        "/some/prefix/../../Cargo.toml",
        "/some/prefix/lab/delay/1",
        "/some/prefix//index.html/x",
    ];
    for path in paths {
        assert_eq!(world.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn at_the_root_the_lab_goes_first() {
    let directory = Directory::new("root");
    let world = world(Some(Pages::new(directory.0.clone(), "/"))).await;
    assert_eq!(world.get("/").await.text(), "index.html");
    assert_eq!(world.get("/app.js").await.text(), "app.js");
    assert!(
        world
            .get("/lab/delay/1")
            .await
            .text()
            .contains("Waited 1 ms")
    );
}
