//! The Lab's site where everything goes wrong, and the one that has no end.

use std::collections::BTreeSet;
use std::time::Duration;

use crawl_playground::lab::State;
use crawl_playground::lab::site::{Kind, outline, pages};
use crawl_playground::sim::Sim;

use super::ask::{answer, answer_of, ask_again, text};
use super::sites::lab;

#[test]
fn the_mixed_site_depends_on_what_is_followed() {
    let found = |follows: fn(Kind, bool) -> bool| -> BTreeSet<String> {
        let all = pages("mixed", |link| follows(link.kind, link.is_nofollow))
            .unwrap()
            .all;
        all.into_iter()
            .filter(|path| path.contains('/') || path.contains("photo"))
            .collect()
    };
    let all = found(|_, _| true);
    assert_eq!(
        all.iter().map(String::as_str).collect::<Vec<_>>(),
        [
            "found/a%2Fb.html",
            "found/after-big.html",
            "found/after-bytes.html",
            "found/after-latin1.html",
            "found/after-meta.html",
            "found/after-retry.html",
            "found/after-slow.html",
            "found/area.html",
            "found/base.html",
            "found/clicked.html",
            "found/fish&chips.html",
            "found/form.html",
            "found/frame.html",
            "found/from-below.html",
            "found/header.html",
            "found/json.html",
            "found/nested.html",
            "found/next.html",
            "found/nofollow.html",
            "found/refresh.html",
            "found/single-quoted.html",
            "found/unquoted.html",
            "new/place.html",
            "photo-1.png",
            "photo-2.png",
        ]
    );
    let without = |follows| -> Vec<String> { all.difference(&found(follows)).cloned().collect() };
    assert_eq!(
        without(|_, is_nofollow| !is_nofollow),
        ["found/nofollow.html"]
    );
    assert_eq!(
        without(|kind, _| kind != Kind::Image),
        ["photo-1.png", "photo-2.png"]
    );
    assert_eq!(
        without(|kind, _| kind != Kind::Header),
        ["found/header.html"]
    );
    assert_eq!(without(|kind, _| kind != Kind::Json), ["found/json.html"]);
}

#[test]
fn the_mixed_site_answers_in_all_ways() {
    const HTML: Option<&str> = Some("text/html; charset=utf-8");
    let table = [
        ("", 200, HTML, None),
        ("ok.html", 200, HTML, None),
        ("%6Fk.html", 200, HTML, None),
        ("missing.html", 404, HTML, None),
        ("broken.html", 500, HTML, None),
        ("flaky.html", 503, HTML, None),
        ("nothing", 204, None, None),
        (
            "old.html",
            301,
            Some("text/plain; charset=utf-8"),
            Some("ok.html"),
        ),
        (
            "moved.html",
            302,
            Some("text/plain; charset=utf-8"),
            Some("new/place.html"),
        ),
        (
            "loop.html",
            302,
            Some("text/plain; charset=utf-8"),
            Some("loop.html"),
        ),
        (
            "away.html",
            302,
            Some("text/plain; charset=utf-8"),
            Some("../small/"),
        ),
        (
            "off.html",
            302,
            Some("text/plain; charset=utf-8"),
            Some("https://elsewhere.invalid/"),
        ),
        ("feed.json", 200, Some("application/json"), None),
        ("plain.txt", 200, Some("text/plain; charset=utf-8"), None),
        ("binary.bin", 200, Some("application/octet-stream"), None),
        ("wrong-type.html", 200, Some("image/png"), None),
        ("photo-1.png", 200, Some("image/png"), None),
        (
            "latin1.html",
            200,
            Some("text/html; charset=iso-8859-1"),
            None,
        ),
        ("meta-charset.html", 200, Some("text/html"), None),
        ("bytes.html", 200, HTML, None),
        ("empty.html", 200, HTML, None),
    ];
    for (path, status, content_type, location) in table {
        let answer = answer(&format!("site/mixed/{path}"));
        let got = (
            answer.status,
            answer.header("Content-Type"),
            answer.location(),
        );
        assert_eq!(got, (status, content_type, location), "{path}");
    }
    let big = answer("site/mixed/big.html");
    assert!(
        big.body.len() > 400_000 && big.body.rate == Some(400_000),
        "{:?}",
        big.body.rate
    );
    assert_eq!(
        answer("site/mixed/slow.html").headers_after,
        Duration::from_secs(3)
    );
    assert_eq!(answer("site/mixed/empty.html").body.len(), 0);
    let bytes = |path| -> Vec<u8> {
        answer(path)
            .body
            .pace()
            .flat_map(|(_, bytes)| bytes)
            .collect()
    };
    assert!(
        bytes("site/mixed/latin1.html")
            .windows(5)
            .any(|word| word == b"caf\xE9 ")
    );
    assert!(String::from_utf8(bytes("site/mixed/bytes.html")).is_err());
    assert!(bytes("site/mixed/binary.bin").starts_with(&[0, 1, 0xFF, 0xFE]));
    assert!(
        text(answer("site/mixed/unclosed.html").body)
            .ends_with("<a href=\"never/cut.html\" title=\"the end\n")
    );
}

#[test]
fn a_page_fails_at_first_and_anew_in_each_copy() {
    let mut state = State::default();
    let mut ask = |name: &str| {
        let answer = answer_of(ask_again(&mut state, &format!("site/{name}/flaky.html")));
        (
            answer.status,
            answer.header("Retry-After").map(str::to_owned),
        )
    };
    let fails = (503, Some("1".to_owned()));
    let asked = ["mixed", "mixed-7", "mixed", "mixed-0007", "mixed-8"].map(&mut ask);
    assert_eq!(
        asked,
        [
            fails.clone(),
            fails.clone(),
            (200, None),
            (200, None),
            fails
        ]
    );
}

#[test]
fn there_is_no_end_of_the_trap() {
    for (start, step) in [
        ("trap/calendar/2026/11/", 1),
        ("trap/calendar/1100/1/", 2),
        ("trap/shop/1.html", 2),
        ("trap/more/", 1),
    ] {
        let mut url = lab(start);
        let mut seen = BTreeSet::new();
        for _ in 0..300 {
            assert!(seen.insert(url.to_string()), "{url} again");
            let page = outline(&url).unwrap();
            // The first link is the canonical address.
            url = url.join(&page.links[step].href).unwrap();
        }
    }
    // Its content repeats all the same.
    let page = |query| outline(&lab(&format!("trap/shop/3.html?session={query}"))).unwrap();
    assert_eq!(page("10").title, page("11").title);
    assert_ne!(page("10").links, page("11").links);
}

#[test]
fn the_trap_has_its_ceilings() {
    let asked = |path: String| answer(&format!("site/trap/{path}")).status;
    // The months next to its ends have links to what is no more.
    for (end, beyond) in [
        ("calendar/9999/12/", "calendar/10000/1/"),
        ("calendar/1/1/", "calendar/0/12/"),
    ] {
        let url = lab(&format!("trap/{end}"));
        let page = outline(&url).unwrap();
        let beyond_url = lab(&format!("trap/{beyond}"));
        assert!(
            page.addresses(&url)
                .any(|(address, _)| address == beyond_url),
            "{end}"
        );
        assert_eq!(
            (asked(end.to_owned()), asked(beyond.to_owned())),
            (200, 404)
        );
    }
    for path in [
        "calendar/2026/13/",
        "calendar/+026/01/",
        "calendar/2026/",
        "shop/9.html",
        "shop/0.html",
        "more",
        "more/less/",
    ] {
        assert_eq!(asked(path.to_owned()), 404, "{path}");
    }
    assert_eq!(asked("more/".repeat(380)), 200);
    assert_eq!(asked("more/".repeat(381)), 404);
}

#[test]
fn in_virtual_time_redirects_end_where_they_should() {
    let sim = Sim::new();
    let fetch = |path: &str| sim.block_on(sim.lab().fetch.fetch(&lab(path))).unwrap();
    let to = |path: &str| fetch(path).unwrap().redirected_to;
    assert_eq!(to("mixed/old.html").unwrap(), lab("mixed/ok.html").as_str());
    assert_eq!(to("mixed/away.html").unwrap(), lab("small/").as_str());
    assert!(fetch("mixed/loop.html").is_err());
    assert!(fetch("mixed/off.html").is_err());
}
