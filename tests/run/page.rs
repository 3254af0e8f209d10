//! What is read of a page: text, never markup, whatever the body.

use std::rc::Rc;

use crawl_playground::engine::page::{is_readable, numbers, title};
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy as Combine;
use crawl_playground::sim::Sim;
use proptest::prelude::*;
use serde_json::Value;

use super::fake::{Fake, targets};
use super::lab::{limits, rows};

#[test]
fn html_in_a_title_is_kept_as_text() {
    let page = b"<!doctype html><title>Fish <b>&amp;</b> <script>alert(1)</script></title>";
    assert_eq!(
        title("text/html", page).unwrap(),
        "Fish <b>&</b> <script>alert(1)</script>"
    );
    let json = br#"{"title": "<img src=x onerror=alert(1)>"}"#;
    assert_eq!(
        title("application/json", json).unwrap(),
        "<img src=x onerror=alert(1)>"
    );
}

#[test]
fn a_title_in_pieces_is_noted_once_the_body_has_ended() {
    let sim = Sim::new();
    let fake = Fake::default();
    *fake.page.borrow_mut() = (
        "text/html".into(),
        vec![
            b"<tit".to_vec(),
            b"le>On ".to_vec(),
            b"two \n lines</title>".to_vec(),
        ],
    );
    let run = Run::new(sim.ports(Rc::new(fake)), limits(1));
    sim.block_on(run.go(Combine::Sequential, targets(&["http://up.test/"])))
        .unwrap();
    let title = rows(&run).rows()[0].title.unwrap();
    assert_eq!(run.trace().read(title), "On two lines");
}

#[test]
fn a_page_without_a_title_has_none() {
    for (content_type, body) in [
        ("text/html", &b"<h1>no title</h1>"[..]),
        ("text/html", b"<title> \n </title>"),
        ("text/html", b""),
        ("text/html", b"<title"),
        ("application/json", b"{}"),
        ("application/json", br#"{"title": 7}"#),
        ("application/json", br#"["title"]"#),
        ("text/plain", b"<title>x</title>"),
        ("", b"<title>x</title>"),
    ] {
        assert_eq!(
            title(content_type, body),
            None,
            "{content_type} {}",
            String::from_utf8_lossy(body)
        );
    }
}

#[test]
fn an_endless_title_and_endless_nesting_end() {
    let long = format!("<title>{}", "ä&amp;".repeat(400_000));
    assert_eq!(
        title("text/html", long.as_bytes()).unwrap().chars().count(),
        300
    );
    let deep = "[".repeat(1_000_000);
    assert_eq!(numbers(deep.as_bytes()), None);
    assert_eq!(
        title("application/json", format!("{{\"a\":{deep}").as_bytes()),
        None
    );
}

fn any_body() -> impl Strategy<Value = Vec<u8>> {
    let words = [
        "<title",
        ">",
        "</title>",
        "&",
        "&#x",
        ";",
        "\"title\":",
        "{",
        "}",
        "[",
        "]",
        "ä",
        "\0",
        "9",
        ",",
        "<!--",
    ];
    let text = prop::collection::vec(
        prop::sample::select(words.to_vec()).prop_map(str::to_owned),
        0..60,
    );
    prop_oneof![
        text.prop_map(|words| words.concat().into_bytes()),
        prop::collection::vec(any::<u8>(), 0..200)
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_body_makes_it_panic(body in any_body(), content_type in "[ -~]{0,20}") {
        for content_type in ["text/html", "application/json", "application/x+json; charset=x", &content_type] {
            let _ = is_readable(content_type);
            if let Some(title) = title(content_type, &body) {
                prop_assert!(!title.is_empty() && title.chars().count() <= 300);
                prop_assert_eq!(title.trim(), &title);
            }
        }
        let _ = numbers(&body);
    }

    #[test]
    fn a_list_of_numbers_is_read_as_it_is_written(list in prop::collection::vec(any::<u64>(), 0..50)) {
        let body = format!("{list:?}");
        prop_assert_eq!(numbers(body.as_bytes()), Some(list));
    }
}

/// Any JSON, three levels deep.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e9..1e9).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let key = prop_oneof![Just("title".into()), Just("name".into()), any::<String>()];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(key, inner, 0..4).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

/// What `serde_json` makes of `body`, in our terms.
fn expected(body: &[u8]) -> (Option<String>, Option<Vec<u64>>) {
    let read: Result<Value, _> = serde_json::from_slice(body);
    let text = |key: &str| match read.as_ref().ok()?.as_object()?.get(key) {
        None | Some(Value::Null) => Some(None),
        Some(value) => Some(Some(value.as_str()?.to_owned())),
    };
    let title = text("title").zip(text("name"));
    let title = title.and_then(|(title, name)| title.or(name));
    let numbers = read.ok().and_then(|value| {
        let items = value.as_array()?.iter();
        items.map(Value::as_u64).collect()
    });
    (title, numbers)
}

fn folded(title: Option<String>) -> Option<String> {
    let folded = title?.split_whitespace().collect::<Vec<_>>().join(" ");
    let folded: String = folded.chars().take(300).collect();
    (!folded.is_empty()).then_some(folded)
}

proptest! {
    #[test]
    fn json_is_read_as_serde_reads_it(value in json(), is_pretty in any::<bool>()) {
        let body = if is_pretty { format!("{value:#}") } else { value.to_string() };
        let (title_told, numbers_told) = expected(body.as_bytes());
        prop_assert_eq!(title("application/json", body.as_bytes()), folded(title_told));
        prop_assert_eq!(numbers(body.as_bytes()), numbers_told);
    }

    #[test]
    fn json_with_a_fault_is_refused_where_serde_refuses_it(
        value in json(), at in any::<prop::sample::Index>(), byte in prop::sample::select(&br#" "\{}[],:-+.0x1etnu"#[..])
    ) {
        let mut body = value.to_string().into_bytes();
        let at = at.index(body.len());
        body[at] = byte;
        // The limit of serde's floating point, and what it makes of the same key twice, are its own.
        let (title_told, numbers_told) = expected(&body);
        prop_assert_eq!(title("application/json", &body), folded(title_told));
        prop_assert_eq!(numbers(&body), numbers_told);
    }
}

#[test]
fn json_escapes_are_read() {
    let title = |body: &str| title("application/json", body.as_bytes());
    assert_eq!(
        title(r#"{"title": "\u00e9\t\"\\\/ \ud83d\ude00"}"#).unwrap(),
        "é \"\\/ 😀"
    );
    assert_eq!(title(r#"{"t\u0069tle": "a", "name": "b"}"#).unwrap(), "a");
    for bad in [
        r#"{"title": "\ud83d"}"#,
        r#"{"title": "\x"}"#,
        r#"{"title": "\u+123"}"#,
        "{\"title\": \"\n\"}",
    ] {
        assert_eq!(title(bad), None, "{bad}");
    }
    let deep = format!(
        "{{\"title\": \"a\", \"list\": {}{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert_eq!(title(&deep).unwrap(), "a");
}
