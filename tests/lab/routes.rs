//! What each route answers.

use std::time::Duration;

use crawl_playground::engine::page;
use crawl_playground::lab::{Content, Plan, Request, State};
use url::Url;

use super::ask::{answer, answer_of, ask, ask_again, text};

#[test]
fn statuses_and_delays() {
    let table = [
        ("delay/0", 200, 0),
        ("delay/200", 200, 200),
        ("delay/60000", 200, 60_000),
        ("delay/200?page=7", 200, 200),
        ("status/200", 200, 0),
        ("status/599?ms=60000", 599, 60_000),
        ("status/429?ms=5&retry_after=2", 429, 5),
        ("status/503?retry_after=3600", 503, 0),
        ("bytes/0", 200, 0),
        ("bytes/67108864?ms=3&rate=1000000000", 200, 3),
        ("flaky/a?fails=1&ms=4", 503, 4),
        ("flaky/a?fails=0", 200, 0),
        ("redirect/20", 302, 0),
        ("news/top.json", 200, 150),
    ];
    for (asked, status, after_ms) in table {
        let answer = answer(asked);
        assert_eq!(
            (answer.status, answer.headers_after),
            (status, Duration::from_millis(after_ms)),
            "{asked}"
        );
    }
}

#[test]
fn every_answer_may_be_read_and_is_never_kept() {
    for asked in [
        "delay/1",
        "status/204",
        "bytes/9",
        "flaky/a",
        "redirect/1",
        "news/top.json",
        "news/item/7.json",
        "delay/x",
        "",
    ] {
        let answer = answer(asked);
        assert_eq!(
            answer.header("Access-Control-Allow-Origin"),
            Some("*"),
            "{asked}"
        );
        assert_eq!(answer.header("Timing-Allow-Origin"), Some("*"), "{asked}");
        assert_eq!(answer.header("Cache-Control"), Some("no-store"), "{asked}");
    }
}

#[test]
fn content_types_and_lengths() {
    let table = [
        ("delay/1", "text/html; charset=utf-8"),
        ("status/404", "text/html; charset=utf-8"),
        ("bytes/70000", "text/plain; charset=utf-8"),
        ("news/top.json", "application/json"),
        ("news/item/7.json", "application/json"),
        ("nothing", "text/plain; charset=utf-8"),
    ];
    for (asked, content_type) in table {
        let answer = answer(asked);
        assert_eq!(answer.header("Content-Type"), Some(content_type), "{asked}");
        assert_eq!(
            answer.header("Content-Length"),
            Some(&*answer.body.len().to_string()),
            "{asked}"
        );
        assert_eq!(
            text(answer.body.clone()).len(),
            answer.body.len(),
            "{asked}"
        );
    }
}

#[test]
fn pages_have_titles() {
    let table = [
        ("delay/200", "Waited 200 ms"),
        ("status/404", "Status 404"),
        ("flaky/a", "Attempt 1 fails"),
    ];
    for (asked, title) in table {
        let answer = answer(asked);
        let content_type = answer.header("Content-Type").unwrap().to_owned();
        let Content::Bytes(html) = answer.body.content else {
            panic!("{asked}")
        };
        assert_eq!(page::title(&content_type, &html).as_deref(), Some(title));
    }
}

#[test]
fn statuses_without_a_body_have_none() {
    for code in [204, 205, 304] {
        let answer = answer(&format!("status/{code}"));
        assert!(answer.body.is_empty());
        assert_eq!(
            (
                answer.header("Content-Type"),
                answer.header("Content-Length")
            ),
            (None, None)
        );
    }
}

#[test]
fn retry_after_can_be_read_by_a_page() {
    let asked = answer("status/429?retry_after=7");
    assert_eq!(asked.header("Retry-After"), Some("7"));
    assert_eq!(
        asked.header("Access-Control-Expose-Headers"),
        Some("Retry-After")
    );
    assert_eq!(answer("status/429").header("Retry-After"), None);
}

#[test]
fn flaky_fails_so_often_and_by_key() {
    let mut state = State::default();
    let mut status = |asked| answer_of(ask_again(&mut state, asked)).status;
    let statuses = [
        "flaky/a?fails=2",
        "flaky/b?fails=2",
        "flaky/a?fails=2",
        "flaky/a?fails=2",
        "flaky/b?fails=2",
    ]
    .map(&mut status);
    assert_eq!(statuses, [503, 503, 503, 200, 503]);
    assert_eq!(
        ["flaky/c", "flaky/c"].map(&mut status),
        [503, 200],
        "once is the default"
    );
}

#[test]
fn hang_and_drop_are_no_answers() {
    assert_eq!(ask("hang"), Plan::Hang);
    assert_eq!(ask("drop"), Plan::Drop(Duration::ZERO));
    assert_eq!(ask("drop?ms=250"), Plan::Drop(Duration::from_millis(250)));
}

/// Follows redirects as a browser does, and says how many there were.
fn followed(start: &str) -> (String, usize) {
    let mut url = Url::parse(start).unwrap();
    for count in 0..=20 {
        let Some(request) = Request::of(&url) else {
            return (url.to_string(), count);
        };
        let plan =
            crawl_playground::lab::respond(&request, &mut State::default(), Default::default());
        let Plan::Answer(answer) = plan else {
            return (url.to_string(), count);
        };
        let Some(location) = answer.location() else {
            return (url.to_string(), count);
        };
        url = url.join(location).unwrap();
    }
    panic!("too many redirects from {start}");
}

#[test]
fn redirects_lead_where_they_should_under_any_sub_path() {
    for root in [
        "https://a.test/lab",
        "https://a.test/some/page/lab",
        "https://a.test/lab/lab",
    ] {
        let table = [
            ("/redirect/1", format!("{root}/delay/0"), 1),
            ("/redirect/20", format!("{root}/delay/0"), 20),
            (
                "/redirect/3?to=../status/404?ms=5",
                format!("{root}/status/404?ms=5"),
                3,
            ),
            (
                "/redirect/3?to=..%2Fstatus%2F429%3Fms%3D5%26retry_after%3D1",
                format!("{root}/status/429?ms=5&retry_after=1"),
                3,
            ),
            (
                "/redirect/2?to=../delay/1%3Fq=%C3%A4%2520+b",
                format!("{root}/delay/1?q=%C3%A4%20%20b"),
                2,
            ),
            (
                "/redirect/2?to=https://b.test/x",
                "https://b.test/x".to_owned(),
                2,
            ),
            (
                "/redirect/2?to=//b.test/x",
                "https://b.test/x".to_owned(),
                2,
            ),
            ("/redirect/2?to=/", "https://a.test/".to_owned(), 2),
            ("/redirect/2?to=../redirect/3", format!("{root}/delay/0"), 5),
            ("/redirect/2?to=", format!("{root}/delay/0"), 2),
        ];
        for (path, expected, count) in table {
            assert_eq!(
                followed(&format!("{root}{path}")),
                (expected, count),
                "{root}{path}"
            );
        }
    }
}

#[test]
fn the_root_is_found_wherever_the_page_is() {
    let table = [
        ("https://a.test/lab/delay/1", "/lab", "delay/1", ""),
        (
            "https://a.test/x/lab/delay/1?a=b",
            "/x/lab",
            "delay/1",
            "a=b",
        ),
        ("https://a.test/lab/lab/delay/1", "/lab/lab", "delay/1", ""),
        ("https://a.test/lab/flaky/lab", "/lab", "flaky/lab", ""),
        (
            "https://a.test/x/lab/flaky/lab?lab",
            "/x/lab",
            "flaky/lab",
            "lab",
        ),
        ("https://a.test/lab", "/lab", "", ""),
        ("https://a.test/lab/", "/lab", "", ""),
        ("https://a.test/lab/nothing/lab", "/lab", "nothing/lab", ""),
        (
            "https://a.test/lab/x/lab/site/small/",
            "/lab/x/lab",
            "site/small/",
            "",
        ),
        (
            "https://a.test/lab/site/lab/lab/delay/1",
            "/lab",
            "site/lab/lab/delay/1",
            "",
        ),
    ];
    for (url, root, path, query) in table {
        let expected = Request::new(path, query).below(&format!("https://a.test{root}"));
        assert_eq!(
            Request::of(&Url::parse(url).unwrap()),
            Some(expected),
            "{url}"
        );
    }
    for url in [
        "https://a.test/labs/delay/1",
        "https://a.test/",
        "data:text/plain,lab/delay/1",
    ] {
        assert_eq!(Request::of(&Url::parse(url).unwrap()), None, "{url}");
    }
}
