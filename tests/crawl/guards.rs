//! What is skipped for how its address looks: extensions and traps.

use crawl_playground::engine::crawl::extension::Extensions;
use crawl_playground::engine::crawl::trap::{Guards, Trap};

#[test]
fn files_without_links_are_known_by_their_end() {
    let skipped = Extensions::default();
    for path in [
        "/a.jpg",
        "/a.JPEG",
        "/a/b.tar.gz",
        "/x.min.js",
        "/style.css",
        "/.png",
        "/a.pdf",
        "/font.woff2",
        "/sitemap.gz",
    ] {
        assert!(skipped.end(path), "{path}");
    }
    for path in [
        "/",
        "",
        "/jpg",
        "/a.jpg/",
        "/a.jpg/b",
        "/a.html",
        "/a.php",
        "/a.json",
        "/a.xml",
        "/a.xml.gz",
        "/A.XML.GZ",
        "/a.",
        "/v1.2",
        "/a.txt",
        "/a.averyveryverylongextension",
        "/a.j\u{e4}g",
    ] {
        assert!(!skipped.end(path), "{path}");
    }
    assert!(!Extensions::NONE.end("/a.jpg"));
}

#[test]
fn a_list_of_extensions_is_read_as_people_write_it() {
    let list = Extensions::read(" .PDF, *.zip;php\ncgi  pdf ");
    assert_eq!(list.list(), "cgi pdf php zip");
    assert_eq!(Extensions::read(&list.list()), list);
    assert_eq!(Extensions::read(" , ;"), Extensions::NONE);
}

#[test]
fn guards_stop_at_their_number_and_not_before() {
    let guards = Guards::default();
    for (path, trap) in [
        ("/", None),
        ("/a/a/a", None),
        ("/a/a/a/a", Some(Trap::RepeatedSegment)),
        ("/a/b/a/c/a/d", None),
        ("/a/b/a/c/a/d/a/", Some(Trap::RepeatedSegment)),
        ("/////a//////", None),
        ("/1/2/3/4/5/6/7/8/9/10/11/12", None),
        ("/1/2/3/4/5/6/7/8/9/10/11/12/", None),
        (
            "/1/2/3/4/5/6/7/8/9/10/11/12/13",
            Some(Trap::TooManySegments),
        ),
        ("/a?/a/a/a/a/a/a", None),
    ] {
        let address = format!("https://example.org{path}");
        assert_eq!(guards.look_at(&address), trap, "{path}");
        assert_eq!(Guards::OFF.look_at(&address), None, "{path}");
    }
}

#[test]
fn each_guard_says_what_it_stopped() {
    let guards = Guards::default();
    let address = "https://example.org/b/a/b/a/b/a/b/a?x=1";
    for (trap, words) in [
        (
            Trap::RepeatedSegment,
            "\u{201c}a\u{201d} stands 4 times in the path, and more than 3 times looks like a trap",
        ),
        (
            Trap::TooManyQueries,
            "50 addresses of /b/a/b/a/b/a/b/a differ in nothing but their query, and more look like a trap",
        ),
        (
            Trap::TooManySegments,
            "8 segments in the path, and more than 12 look like a trap",
        ),
    ] {
        assert_eq!(guards.describe(trap, address), words);
        assert!(trap.sentence().ends_with('.'));
    }
}
