//! Files under a prefix.

use std::fs;
use std::path::PathBuf;

use lab_server::Pages;

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
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let directory = Directory::new("missing");
    let world = world(Some(Pages::new(directory.0.clone(), "/some/prefix/"))).await;
    let paths = [
        "/",
        "/some/prefix/none",
        "/some/prefixes",
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
