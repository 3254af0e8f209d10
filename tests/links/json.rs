//! JSON: which texts are links, what the page says of itself, and what broken JSON still gives.

use super::{BASE, base, facts, received, urls};
use std::rc::Rc;

use crawl_playground::engine::crawl::facts::{Items, PageKind, ReadOptions, read};
use crawl_playground::engine::crawl::links::links;

fn of(json: &str) -> Vec<String> {
    let found = links(json, "application/json", &base());
    found.iter().map(|link| link.url.to_string()).collect()
}

fn of_relative(json: &str) -> Vec<String> {
    let mut received = received("application/json", json);
    received.options = ReadOptions {
        relative_json: true,
        ..ReadOptions::default()
    };
    read(&received)
        .links
        .iter()
        .map(|link| link.url.path().to_owned())
        .collect()
}

#[test]
fn texts_that_are_absolute_addresses_are_links() {
    assert_eq!(
        of(
            r#"{"next": "https://a.example/2", "list": ["http://b.example", {"u": "HTTPS://c.example/x#y"}], "n": 1}"#
        ),
        [
            "https://a.example/2",
            "http://b.example/",
            "https://c.example/x"
        ]
    );
    assert_eq!(of(r#""https://a.example/""#), ["https://a.example/"]);
    assert_eq!(
        of(r#"["https:\/\/a.example\/\u0062"]"#),
        ["https://a.example/b"]
    );
    for json in [
        r#"{"https://a.example/": 1}"#,
        r#"["see https://a.example/"]"#,
        r#"["https://a.example/ and more"]"#,
        r#"["https://a.example/users{/user}"]"#,
        r#"["/a", "a", "//a.example/", "ftp://a.example/", "https://", "javascript:1", "", null, true, 1e5]"#,
        "",
        " ",
        "1",
        "null",
        "{}",
        "[]",
    ] {
        assert_eq!(of(json), [""; 0], "{json}");
    }
}

#[test]
fn relative_ones_count_by_choice_under_keys_that_say_so() {
    let json = r#"{"next": "/2", "HREF": "x", "name": "/no", "links": ["/3", "/4", {"self": "/5", "rel": "no"}],
        "self": {"href": "/6", "title": "no"}, "url": null, "link": 5, "previous": "", "first": "two words"}"#;
    assert_eq!(of_relative(json), ["/2", "/dir/x", "/3", "/4", "/5", "/6"]);
    assert_eq!(of(json), [""; 0]);
    // A key's say ends with its value.
    assert_eq!(
        of_relative(r#"{"links": [], "other": ["/a"], "url": {"x": "/b"}}"#),
        [""; 0]
    );
}

#[test]
fn a_page_says_its_title_and_its_keys() {
    let page = facts(
        "application/json",
        r#"{"id": 1, "name": "Fish\n", "title": "  A\t title ", "n": {"title": "no", "deep": 1}}"#,
    );
    assert_eq!(page.kind, PageKind::Json);
    assert_eq!(page.title.as_deref(), Some("A title"));
    assert_eq!(page.keys, ["id", "name", "title", "n"]);
    assert_eq!(page.problem, None);
    let page = facts("application/json", r#"{"name": "Fish"}"#);
    assert_eq!(page.title.as_deref(), Some("Fish"));
    let page = facts("application/json", r#"[{"title": "no"}]"#);
    assert_eq!((page.title, page.keys), (None, vec![]));
    let page = facts(
        "application/json",
        r#"{"title": {"name": "no"}, "name": 5}"#,
    );
    assert_eq!(page.title, None);
}

#[test]
fn lines_of_json_are_read_as_one() {
    let body = "{\"title\": \"One\", \"u\": \"https://a.example/1\"}\n{\"other\": 1, \"u\": \"https://a.example/2\"}\n";
    for content_type in [
        "application/x-ndjson",
        "application/jsonl",
        "application/json",
    ] {
        let page = facts(content_type, body);
        assert_eq!(
            urls(&page.links),
            ["https://a.example/1", "https://a.example/2"]
        );
        assert_eq!(
            (page.title.as_deref(), &*page.keys),
            (Some("One"), &["title".to_owned(), "u".to_owned()][..])
        );
        assert_eq!(page.problem, None);
    }
}

#[test]
fn what_stands_before_an_error_counts() {
    let at_end = "The JSON ends in the middle; what stands before it was read.";
    for (json, expected) in [
        (r#"["https://a.example/", "https://b.exa"#, at_end),
        (r#"["https://a.example/", {"#, at_end),
        (r#"["https://a.example/""#, at_end),
        (r#"["https://a.example/","#, at_end),
        (r#"["https://a.example/", "\"#, at_end),
        (
            r#"["https://a.example/" "https://b.example/"]"#,
            "The JSON is broken at byte 23; what stands before it was read.",
        ),
        (
            r#"["https://a.example/"}"#,
            "The JSON is broken at byte 22; what stands before it was read.",
        ),
        (
            r#"["https://a.example/", <html>"#,
            "The JSON is broken at byte 24; what stands before it was read.",
        ),
    ] {
        let page = facts("application/json", json);
        assert_eq!(urls(&page.links), ["https://a.example/"], "{json}");
        assert!(
            page.problem
                .as_deref()
                .is_some_and(|problem| problem.starts_with(&expected[..14])),
            "{json}: {:?}",
            page.problem
        );
    }
    let page = facts("application/json", r#"["https://a.example/", <html>"#);
    assert_eq!(
        page.problem.as_deref(),
        Some("The JSON is broken at byte 23; what stands before it was read.")
    );
}

#[test]
fn escapes_that_mean_nothing_are_replaced() {
    assert_eq!(
        of(r#"["https://a.example/\ud83d\ude00"]"#),
        ["https://a.example/%F0%9F%98%80"]
    );
    for wrong in [
        r"\ud83d",
        r"\ud83dx",
        r"\ude00\ud83d",
        r"\u12",
        r"\uzzzz",
        r"\x",
        r"\ud83d\u0041",
        r"\é",
    ] {
        let found = of(&format!("[\"https://a.example/{wrong}\"]"));
        assert!(found[0].contains("%EF%BF%BD"), "{wrong}: {found:?}");
    }
}

#[test]
fn nesting_is_bounded_and_said() {
    let deep = |depth: usize| "[".repeat(depth) + r#""https://a.example/""# + &"]".repeat(depth);
    assert_eq!(facts("application/json", deep(1_000)).links.len(), 1);
    let page = facts("application/json", deep(1_001));
    assert_eq!(page.links, []);
    assert!(page.problem.unwrap().contains("nested more than 1000 deep"));
    assert!(BASE.starts_with("https"));
}

#[test]
fn items_stand_for_addresses_under_their_key_alone() {
    let mut received = received(
        "application/json",
        r#"{"kids": [12, "a b"], "parent": 3, "deep": {"kids": 4}, "url": "https://b.test/"}"#,
    );
    let items = Items::new("kids https://a.test/item/{}.json").unwrap();
    received.options.items = Some(Rc::new(items));
    let links = read(&received).links;
    let found: Vec<&str> = links.iter().map(|link| link.url.as_str()).collect();
    assert_eq!(
        found,
        [
            "https://a.test/item/12.json",
            "https://a.test/item/a%20b.json",
            "https://a.test/item/4.json",
            "https://b.test/"
        ]
    );
}
