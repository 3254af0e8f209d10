//! `Link:` headers: the examples of RFC 8288, and the ways in which a header can be written.

use super::{LinkKind, base, facts, received, urls};
use crawl_playground::engine::crawl::facts::read;
use crawl_playground::engine::crawl::links::header::parse;

/// Addresses and relations.
fn of(value: &str) -> Vec<(String, String)> {
    let links = parse(value, &base()).into_iter();
    links
        .map(|found| (found.link.url.to_string(), found.rel))
        .collect()
}

fn pair(url: &str, rel: &str) -> (String, String) {
    (url.to_owned(), rel.to_owned())
}

#[test]
fn the_examples_of_the_rfc() {
    // Section 3.5.
    assert_eq!(
        of(r#"<http://example.com/TheBook/chapter2>; rel="previous"; title="previous chapter""#),
        [pair("http://example.com/TheBook/chapter2", "previous")]
    );
    assert_eq!(
        of(r#"</>; rel="http://example.net/foo""#),
        [pair("https://example.org/", "http://example.net/foo")]
    );
    // Another resource's link.
    assert_eq!(of(r#"</terms>; rel="copyright"; anchor="/foo""#), []);
    assert_eq!(
        of(
            "</TheBook/chapter2>; rel=\"previous\"; title*=UTF-8'de'letztes%20Kapitel, \
            </TheBook/chapter4>; rel=\"next\"; title*=UTF-8'de'n%c3%a4chstes%20Kapitel"
        ),
        [
            pair("https://example.org/TheBook/chapter2", "previous"),
            pair("https://example.org/TheBook/chapter4", "next"),
        ]
    );
    assert_eq!(
        of(r#"<http://example.org/>; rel="start http://example.net/relation/other""#),
        [pair(
            "http://example.org/",
            "start http://example.net/relation/other"
        )]
    );
    assert_eq!(
        of(r#"<https://example.org/>; rel="start", <https://example.org/index>; rel="index""#),
        [
            pair("https://example.org/", "start"),
            pair("https://example.org/index", "index")
        ]
    );
}

#[test]
fn the_ways_in_which_it_can_be_written() {
    let next = [pair("https://example.org/a,b;c", "next")];
    for value in [
        "</a,b;c>;rel=next",
        "</a,b;c> ; rel = next",
        "\t</a,b;c>;;rel=\"next\"",
        "</a,b;c>; REL=next; rel=prev",
        "</a,b;c>; title=\"a, b; \\\" <c>\"; rel=next",
        "</a,b;c>; flag; rel=next",
        ", ,</a,b;c>; rel=\"n\\ext\"",
        "</a,b;c>; rel=next; anchor=\"\"",
        "</a,b;c>; rel=next; anchor=\"#x\"",
        "</a,b;c#d>; rel=next ;",
        "</a,b;c>; rel=next, x",
        "</a,b;c>; rel=next, <",
        "</a,b;c>; rel=\"next",
        "<mailto:a@b.example>,</a,b;c>; rel=next",
    ] {
        assert_eq!(of(value), next, "{value}");
    }
    assert_eq!(of("</a>"), [pair("https://example.org/a", "")]);
    assert_eq!(
        of("<>; rel=self"),
        [pair("https://example.org/dir/page?q=1", "self")]
    );
    for value in ["", " ", ",", "/a; rel=next", "</a; rel=next", "x, </a>"] {
        assert_eq!(of(value), [], "{value}");
    }
}

#[test]
fn a_header_s_links_come_before_the_page_s() {
    let mut received = received("text/html", "<a href=x>");
    received.link_header =
        Some("</c>; rel=canonical, </s.css>; rel=preload, </n>; rel=\"next nofollow\"".to_owned());
    let facts = read(&received);
    assert_eq!(facts.canonical.as_ref().unwrap().path(), "/c");
    assert_eq!(
        urls(&facts.links),
        [
            "https://example.org/c",
            "https://example.org/s.css",
            "https://example.org/n",
            "https://example.org/dir/x"
        ]
    );
    let kinds: Vec<LinkKind> = facts.links.iter().map(|link| link.kind).collect();
    assert_eq!(
        kinds,
        [
            LinkKind::Header,
            LinkKind::Asset,
            LinkKind::Header,
            LinkKind::Anchor
        ]
    );
    assert!(facts.links[2].is_nofollow);
}

#[test]
fn it_is_read_whatever_the_body_is() {
    let mut received = received("image/png", *b"\x89PNG\r\n\x1A\n");
    received.link_header = Some("</n>; rel=next".to_owned());
    assert_eq!(urls(&read(&received).links), ["https://example.org/n"]);
    assert_eq!(facts("image/png", "").links, []);
}
