//! What a page says of itself, and what kind of page it is.

use super::{facts, received, urls};
use crawl_playground::engine::crawl::facts::{Inline, PageFacts, PageKind, read};
use crawl_playground::engine::ports::Read;
use futures::FutureExt;

fn html(html: &str) -> PageFacts {
    facts("text/html", html)
}

#[test]
fn a_page_of_html_says_all_of_it() {
    let page = html(
        "<!doctype html><html LANG=de-AT><head><title>\n Fish &amp; <b>chips \t</title>\
        <meta name=Description content=' All &quot;about&quot;\n it '><link rel='Canonical x' href=/real#x>\
        <body><h1>The <em>fish</em><br>page<script>no</script><style>no</style></h1><h1>no</h1>",
    );
    assert_eq!(page.kind, PageKind::Html);
    assert_eq!(page.title.as_deref(), Some("Fish & <b>chips"));
    assert_eq!(page.h1.as_deref(), Some("The fish page"));
    assert_eq!(page.description.as_deref(), Some("All \"about\" it"));
    assert_eq!(page.language.as_deref(), Some("de-AT"));
    assert_eq!(page.canonical.unwrap().as_str(), "https://example.org/real");
    assert_eq!(
        (
            page.links.len(),
            page.keys.len(),
            page.links_left_out,
            page.problem
        ),
        (1, 0, 0, None)
    );
}

#[test]
fn what_it_does_not_say_is_none() {
    for body in [
        "",
        " ",
        "text",
        "<p>",
        "<title> </title><h1>\n</h1><html lang=''><meta name=description content=' '>",
        "<meta name=description><link rel=canonical><link rel=canonical href=mailto:a>",
    ] {
        let page = html(body);
        let texts = [&page.title, &page.h1, &page.description, &page.language];
        assert!(
            texts.into_iter().all(Option::is_none) && page.canonical.is_none(),
            "{body}: {page:?}"
        );
    }
}

#[test]
fn the_first_of_each_counts() {
    let page = html(
        "<title>1</title><title>2</title><h1></h1><h1>1</h1><h1>2</h1><meta name=description content=1>\
        <meta name=description content=2><link rel=canonical href=1><link rel=canonical href=2><html lang=1><html lang=2>",
    );
    let one = Some("1");
    assert_eq!(
        (
            page.title.as_deref(),
            page.h1.as_deref(),
            page.description.as_deref(),
            page.language.as_deref()
        ),
        (one, one, one, one)
    );
    assert_eq!(page.canonical.unwrap().path(), "/dir/1");
}

#[test]
fn what_is_never_closed_ends_where_it_must() {
    assert_eq!(html("<title>a<p>b").title.as_deref(), Some("a<p>b"));
    assert_eq!(html("<h1>a<h2>b</h2>").h1.as_deref(), Some("a"));
    assert_eq!(html("<h1>a</h3>b").h1.as_deref(), Some("a"));
    assert_eq!(html("<h1>a<p>b").h1.as_deref(), Some("ab"));
}

#[test]
fn texts_are_cut_at_300_characters() {
    let long = "ä ".repeat(1_000);
    let page = html(&format!(
        "<title>{long}</title><h1>{long}</h1><meta name=description content='{long}'><html lang='{long}'>"
    ));
    for text in [page.title, page.h1, page.description, page.language] {
        let text = text.unwrap();
        assert_eq!(
            (text.chars().count(), text.chars().next_back()),
            (299, Some('ä'))
        );
    }
    assert_eq!(
        html(&format!("<title>{}", "€".repeat(400))).title.unwrap(),
        "€".repeat(300)
    );
}

#[test]
fn the_label_is_believed_but_for_what_is_plainly_something_else() {
    use PageKind::{Html, Json, Other, Text};
    let of = |content_type: &str, body: &str| facts(content_type, body).kind;
    assert_eq!(of("text/html", "{}"), Html);
    assert_eq!(of("APPLICATION/XHTML+XML; a=b", "<html>"), Html);
    assert_eq!(of("application/json", " \n<!doctype html>"), Html);
    assert_eq!(of("application/hal+json", "{}"), Json);
    assert_eq!(of("text/plain", " [1]"), Json);
    assert_eq!(of("text/plain", "<html>"), Text);
    assert_eq!(of("text/css", "a {}"), Text);
    assert_eq!(of("", "<p>"), Html);
    assert_eq!(of("", "{\"a\": 1}"), Json);
    assert_eq!(of("", "hello"), Text);
    assert_eq!(of("", ""), Text);
    assert_eq!(of("application/xml", "<feed/>"), Text);
    assert_eq!(of("image/svg+xml", "<svg><a href=x></svg>"), Other);
    assert_eq!(of("image/png", "<a href=x>"), Other);
    assert_eq!(of("application/octet-stream", "<a href=x>"), Other);
    assert_eq!(of("nonsense", "<a href=x>"), Other);
}

#[test]
fn binary_content_is_known_by_its_first_bytes() {
    for (body, what) in [
        (&b"\x89PNG\r\n\x1A\n<a href=x>"[..], "a PNG image"),
        (b"%PDF-1.7 <a href=x>", "a PDF document"),
        (b"\x1F\x8B\x08<a href=x>", "compressed by gzip"),
    ] {
        let page = facts("text/html", body);
        assert_eq!((page.kind, page.links.len()), (PageKind::Other, 0));
        assert_eq!(
            page.problem.unwrap(),
            format!("The body is {what}, though it was sent as text/html; it was not read.")
        );
    }
}

#[test]
fn the_inline_reader_reads_at_once() {
    let received = received("text/html", "<title>a</title><a href=x>");
    let expected = read(&received);
    assert_eq!(urls(&expected.links), ["https://example.org/dir/x"]);
    assert_eq!(Inline.read(received).now_or_never(), Some(expected));
}
