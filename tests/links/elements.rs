//! Every element that leads somewhere, and those that do not.

use super::{LinkKind, kinds, of_html, urls};

/// Asserts what a piece of HTML leads to, below `https://example.org/`.
fn assert_leads(html: &str, kind: LinkKind, paths: &[&str]) {
    let links = of_html(html);
    let expected: Vec<String> = paths
        .iter()
        .map(|path| format!("https://example.org/{path}"))
        .collect();
    assert_eq!(urls(&links), expected, "{html}");
    assert!(kinds(&links).iter().all(|found| *found == kind), "{html}");
}

#[test]
fn every_element_that_leads_somewhere() {
    use LinkKind::{Anchor, Area, Asset, Form, Frame, Image, Link, Refresh};
    assert_leads("<a href=x>x</a>", Anchor, &["dir/x"]);
    assert_leads("<A HREF='/x'>x</A>", Anchor, &["x"]);
    assert_leads("<map><area href=\"x\"></map>", Area, &["dir/x"]);
    assert_leads("<link rel=next href=x>", Link, &["dir/x"]);
    assert_leads("<link href=x>", Link, &["dir/x"]);
    assert_leads("<link rel=stylesheet href=x>", Asset, &["dir/x"]);
    assert_leads(
        "<link rel='alternate StyleSheet' href=x>",
        Asset,
        &["dir/x"],
    );
    assert_leads("<link rel='shortcut icon' href=x>", Asset, &["dir/x"]);
    assert_leads("<iframe src=x></iframe>", Frame, &["dir/x"]);
    assert_leads("<frameset><frame src=x></frameset>", Frame, &["dir/x"]);
    assert_leads("<form action=x></form>", Form, &["dir/x"]);
    assert_leads("<form method=GET action=x></form>", Form, &["dir/x"]);
    assert_leads("<form method=nonsense action=x></form>", Form, &["dir/x"]);
    assert_leads(
        "<meta http-equiv=Refresh content='5; url=x'>",
        Refresh,
        &["dir/x"],
    );
    assert_leads("<img srcset='x 1x, y 2x'>", Image, &["dir/x", "dir/y"]);
    assert_leads(
        "<picture><source srcset=x><img></picture>",
        Image,
        &["dir/x"],
    );
}

#[test]
fn what_leads_nowhere() {
    for html in [
        "<a name=x>x</a>",
        "<a>x</a>",
        "<b href=x>x</b>",
        "<link rel=next>",
        "<link rel=next href=''>",
        "<form method=post action=x>",
        "<form method=DIALOG action=x>",
        "<form>",
        "<form action=''>",
        "<meta http-equiv=refresh content=5>",
        "<meta name=refresh content='5; url=x'>",
        "<img src=x.png>",
        "<script src=x.js></script>",
        "<abbr href=x><anchor href=x><a-b href=x><averylongnameindeed href=x>",
        "<a xhref=x>",
        "<a data-href=x>",
        "<a hrefhrefhrefhrefhref=x>",
        "x",
        "",
        "<",
        "<a",
        "<a href",
        "<a href=",
        "<a href=x",
    ] {
        assert_eq!(of_html(html), [], "{html}");
    }
}

#[test]
fn links_come_in_document_order_and_as_often_as_they_stand_there() {
    let links = of_html(
        "<link rel=next href=1><a href=2>2</a><img srcset=3><a href=2>2</a><form action=4>",
    );
    let ends: Vec<_> = links.iter().map(|link| link.url.path()).collect();
    assert_eq!(ends, ["/dir/1", "/dir/2", "/dir/3", "/dir/2", "/dir/4"]);
}

#[test]
fn only_http_is_kept() {
    let html = "<a href=mailto:a@b.example><a href=javascript:alert(1)><a href=' JavaScript:alert(1)'>\
        <a href='java\nscript:alert(1)'><a href=tel:1><a href=data:text/html,x><a href=ftp://a.example/>\
        <a href=file:///etc/passwd><a href=blob:https://a.example/1><a href=about:blank><a href='http://'>\
        <a href='https://a b/'><a href='//[::1'>";
    assert_eq!(of_html(html), []);
    let html = "<a href=HTTP://A.example><a href=https:x><a href=//b.example/c><a href=?q><a href=x:y/../z>\
        <a href=./x:y>";
    assert_eq!(
        urls(&of_html(html)),
        [
            "http://a.example/",
            "https://example.org/dir/x",
            "https://b.example/c",
            "https://example.org/dir/page?q",
            "https://example.org/dir/x:y",
        ]
    );
}

#[test]
fn fragments_and_white_space_are_stripped() {
    let html = "<a href='  x#y \n'><a href='#y'><a href=''><a href='a\nb\tc'><a href='a b'>";
    assert_eq!(
        urls(&of_html(html)),
        [
            "https://example.org/dir/x",
            "https://example.org/dir/page?q=1",
            "https://example.org/dir/page?q=1",
            "https://example.org/dir/abc",
            "https://example.org/dir/a%20b",
        ]
    );
}

#[test]
fn addresses_are_resolved_against_the_first_base_with_an_href() {
    let first = |html: &str| of_html(html)[0].url.as_str().to_owned();
    assert_eq!(
        first("<base href=/b/><a href=x>"),
        "https://example.org/b/x"
    );
    assert_eq!(
        first("<base target=_top><base href=/b/><a href=x>"),
        "https://example.org/b/x"
    );
    assert_eq!(
        first("<base href=/b/><base href=/c/><a href=x>"),
        "https://example.org/b/x"
    );
    assert_eq!(
        first("<base href=//c.example/d><a href=x>"),
        "https://c.example/x"
    );
    // It holds for what stands before it as well.
    assert_eq!(
        first("<a href=x></a><base href=/b/>"),
        "https://example.org/b/x"
    );
    // What can be no base is none.
    assert_eq!(
        first("<base href=javascript:1><a href=x>"),
        "https://example.org/dir/x"
    );
    assert_eq!(
        first("<base href='data:,x'><a href=x>"),
        "https://example.org/dir/x"
    );
    assert_eq!(
        first("<base href='http://['><a href=x>"),
        "https://example.org/dir/x"
    );
    // Nothing can be resolved against such a one, but what is absolute needs none.
    assert_eq!(
        urls(&of_html(
            "<base href=mailto:a><a href=x><a href=http://a.example/>"
        )),
        ["http://a.example/"]
    );
}

#[test]
fn a_link_may_ask_not_to_be_followed() {
    for rel in [
        "nofollow",
        "NoFollow",
        "noopener nofollow",
        "ugc",
        "external\nsponsored",
    ] {
        assert!(
            of_html(&format!("<a rel='{rel}' href=x>"))[0].is_nofollow,
            "{rel}"
        );
    }
    for rel in ["", "follow", "no-follow", "nofollowing", "noreferrer"] {
        assert!(
            !of_html(&format!("<a rel='{rel}' href=x>"))[0].is_nofollow,
            "{rel}"
        );
    }
    // For each link of its own.
    let links = of_html(
        "<a href=1 rel=nofollow><a href=2><area rel=nofollow href=3><form rel=nofollow action=4>",
    );
    let asks: Vec<bool> = links.iter().map(|link| link.is_nofollow).collect();
    assert_eq!(asks, [true, false, true, true]);
}

#[test]
fn a_page_may_ask_it_for_all_its_links() {
    for content in ["nofollow", "NOINDEX, NoFollow", "none", "index,nofollow"] {
        let html = format!("<a href=1><meta name=Robots content='{content}'><a href=2>");
        assert!(
            of_html(&html).iter().all(|link| link.is_nofollow),
            "{content}"
        );
    }
    for meta in [
        "name=robots content=noindex",
        "name=robots content=follow",
        "name=author content=nofollow",
    ] {
        assert!(
            !of_html(&format!("<meta {meta}><a href=1>"))[0].is_nofollow,
            "{meta}"
        );
    }
}
