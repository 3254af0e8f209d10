//! What is read of a page: text, never markup, whatever the body.

use std::rc::Rc;

use crawl_playground::engine::page::{is_readable, numbers, title};
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy as Combine;
use crawl_playground::sim::Sim;
use proptest::prelude::*;

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
