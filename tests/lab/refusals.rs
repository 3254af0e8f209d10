//! What the Lab does not do, and how it says so.

use crawl_playground::engine::moment::Moment;
use crawl_playground::lab::{Plan, Request, State, respond};
use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

use super::ask::{answer, text};

#[test]
fn each_ceiling_is_refused_with_a_sentence() {
    let long_key = format!("flaky/{}", "k".repeat(65));
    let long_to = format!("redirect/1?to={}", "t".repeat(2_084));
    let table = [
        (
            "delay/60001",
            "ms is \"60001\", but must be a whole number from 0 to 60000.",
        ),
        (
            "delay/-1",
            "ms is \"-1\", but must be a whole number from 0 to 60000.",
        ),
        ("delay/+1", "ms is \"+1\", but must be"),
        ("delay/1.5", "ms is \"1.5\", but must be"),
        ("delay/", "ms is \"\", but must be"),
        (
            "delay/99999999999999999999",
            "ms is \"99999999999999999999\", but must be",
        ),
        (
            "status/199",
            "code is \"199\", but must be a whole number from 200 to 599.",
        ),
        ("status/600", "code is \"600\", but must be"),
        ("status/200?ms=60001", "ms is \"60001\""),
        (
            "status/429?retry_after=3601",
            "retry_after is \"3601\", but must be a whole number from 0 to 3600.",
        ),
        (
            "status/404?retry_after=1",
            "retry_after goes with the statuses 429 and 503, not with 404.",
        ),
        (
            "bytes/67108865",
            "n is \"67108865\", but must be a whole number from 0 to 67108864.",
        ),
        (
            "bytes/1?rate=0",
            "rate is \"0\", but must be a whole number from 1 to 1000000000.",
        ),
        (
            "bytes/1?rate=1000000001",
            "rate is \"1000000001\", but must be",
        ),
        ("bytes/1?ms=soon", "ms is \"soon\", but must be"),
        (
            "flaky/a?fails=101",
            "fails is \"101\", but must be a whole number from 0 to 100.",
        ),
        (
            "flaky/",
            "The key must be 1 to 64 letters, digits, '-', '_', '.' or '~', and nothing else.",
        ),
        ("flaky/a%20b", "The key must be 1 to 64"),
        (&long_key, "The key must be 1 to 64"),
        ("drop?ms=60001", "ms is \"60001\", but must be"),
        (
            "redirect/0",
            "k is \"0\", but must be a whole number from 1 to 20.",
        ),
        ("redirect/21", "k is \"21\", but must be"),
        (&long_to, "to has 2084 bytes, but must have at most 2083."),
        (
            "news/item/0.json",
            "id is \"0\", but must be a whole number from 1 to 99999999.",
        ),
        ("news/item/one.json", "id is \"one\", but must be"),
    ];
    for (asked, sentence) in table {
        let answer = answer(asked);
        assert_eq!(answer.status, 400, "{asked}");
        assert_eq!(
            answer.header("Content-Type"),
            Some("text/plain; charset=utf-8")
        );
        let said = text(answer.body);
        assert!(
            said.starts_with(sentence) && said.ends_with(".\n"),
            "{asked}: {said}"
        );
    }
}

#[test]
fn an_unknown_path_gets_the_list_of_routes() {
    for asked in [
        "",
        "nothing",
        "delay",
        "delay/1/2",
        "/delay/1",
        "hang/1",
        "news",
        "news/item/7",
        "news/item/7.json/",
        "redirect/1/",
    ] {
        let answer = answer(asked);
        // `Request::new` forgives one leading slash.
        if asked == "/delay/1" {
            assert_eq!(answer.status, 200);
            continue;
        }
        assert_eq!(answer.status, 404, "{asked}");
        let said = text(answer.body);
        assert!(
            said.starts_with(&format!(
                "The Lab has no route \"{asked}\". It has: delay/{{ms}}, status/"
            )),
            "{said}"
        );
    }
}

#[test]
fn what_was_asked_for_is_not_quoted_at_length() {
    let said = text(answer(&"ä".repeat(10_000)).body);
    assert!(said.len() < 500, "{said}");
}

proptest! {
    /// Nor is anything ever sent that a header must not hold.
    #[test]
    fn no_request_is_too_strange(path in ".*", query in ".*") {
        let plan = respond(&Request::new(&path, &query), &mut State::default(), Moment::ZERO);
        if let Plan::Answer(answer) = plan {
            prop_assert!((200..=599).contains(&answer.status));
            for (_, value) in answer.headers {
                prop_assert!(value.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '), "{value:?}");
            }
        }
    }

    #[test]
    fn no_argument_is_too_strange(
        route in proptest::sample::select(&["delay/", "status/", "bytes/", "flaky/", "redirect/", "news/item/", "site/", "site/tree-", "site/mixed/", "site/polite/", "site/trap/"][..]),
        argument in "[0-9]{0,12}|.{0,20}",
        name in proptest::sample::select(&["ms", "rate", "retry_after", "fails", "to"][..]),
        value in "[0-9]{0,12}|.{0,20}",
    ) {
        let request = Request::new(&format!("{route}{argument}"), &format!("{name}={value}"));
        if let Plan::Answer(answer) = respond(&request, &mut State::default(), Moment::ZERO) {
            for (_, value) in &answer.headers {
                prop_assert!(value.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '), "{value:?}");
            }
            let (_, first) = answer.body.clone().pace().next().unwrap_or_default();
            prop_assert_eq!(first.is_empty(), answer.body.is_empty());
        }
    }
}
