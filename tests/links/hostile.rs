//! Input that was made to hurt: an outcome in bounded time, whatever it is.

use super::facts;
use crawl_playground::engine::crawl::facts::{MAX_LINKS, ReadOptions, Received, read};
use crawl_playground::engine::crawl::links::{header, refresh, srcset};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use url::Url;

/// Enough for what takes the square of the time to be noticed.
const BYTES: usize = 300_000;

/// That many bytes of `piece` over and over.
fn filled(piece: &str) -> String {
    piece.repeat(BYTES / piece.len())
}

/// As much of a body as is ever read, in one line.
#[test]
fn ten_megabytes_are_read() {
    let pad = |piece: &str, space: &str| piece.to_owned() + &space.repeat(10_000_000 / space.len());
    let page = facts(
        "text/html",
        pad("<a href=x>", "<b class=x>&amp; ") + "<a href=x>",
    );
    assert_eq!(page.links.len(), 2);
    let page = facts("text/html", pad("<a href=x title='", "x") + "'><a href=x>");
    assert_eq!(page.links.len(), 2);
    let page = facts(
        "application/json",
        pad("[", "1,") + "\"https://a.example/\"]",
    );
    assert_eq!(page.links.len(), 1);
    let page = facts(
        "text/xml",
        pad("<urlset>", "<a/>") + "<loc>https://a.example/</loc></urlset>",
    );
    assert_eq!(page.links.len(), 1);
    let page = facts("text/html; charset=euc-kr", "\u{e9}".repeat(5_000_000));
    assert_eq!(page.links.len(), 0);
}

/// Each of these takes a moment when it is read in one pass, and minutes when it is read in the square of that: a test
/// that hangs is one that fails.
#[test]
fn whatever_is_repeated_is_read_once() {
    let pieces = [
        "x",
        " ",
        "\n",
        "<",
        ">",
        "&",
        "&amp;",
        "&#x41;",
        "&ampampamp",
        "\0",
        "<a ",
        "<a>",
        "</a>",
        "<a href=",
        "<a href='",
        "<a x",
        "<a href=x ",
        "<!--",
        "<!-- -",
        "-->",
        "<![CDATA[",
        "]]>",
        "<!",
        "<?",
        "<!DOCTYPE ",
        "<svg>",
        "<svg><desc>",
        "<svg><p>",
        "<math><mi>",
        "<script>",
        "<script><!--",
        "<script><!--<script>",
        "<style></styl",
        "<title>",
        "<title></titl",
        "<textarea>",
        "<h1>",
        "<h1>a</h1>",
        "<h1 ",
        "<base href=",
        "<meta content='1;url=",
        "<img srcset='a 1x, ",
        "<img srcset='a (,",
        "<form action=x>",
        "<div>",
        "</div>",
        "<plaintext>",
        "\u{feff}",
        "é",
        "😀",
        "\"",
        "'",
        "=",
        "/",
        "<a/",
    ];
    for piece in pieces {
        let page = facts("text/html", filled(piece));
        assert!(page.links.len() <= MAX_LINKS, "{piece}");
    }
    let pieces = [
        "[", "]", "{\"a\":", "[[],", "[{},", "\"", "\"\\", "[\"\\u", "\\", "1", "-", "1,", ",",
        "{", "}", "{\"", "null", " ", "[\"a\",", "\"a\" ", "{\"\":[", "\x1e", "\0",
    ];
    for piece in pieces {
        let page = facts("application/json", filled(piece));
        assert!(page.links.len() <= MAX_LINKS, "{piece}");
    }
    let pieces = [
        "<",
        ">",
        "<loc>",
        "</loc>",
        "<loc>&",
        "<loc>x</loc>",
        "&#",
        "<!--",
        "<![CDATA[",
        "]]>",
        "<?",
        "<!",
        "<![",
        "<x a='",
        "<urlset>",
        "&amp;",
    ];
    for piece in pieces {
        let page = facts("text/xml", format!("<urlset>{}", filled(piece)));
        assert!(page.links.len() <= MAX_LINKS, "{piece}");
    }
    assert_eq!(facts("text/xml", filled("<!-- -->")).links, []);
    assert_eq!(facts("text/xml", filled("<!x [")).links, []);
}

#[test]
fn headers_and_attributes_are_read_once_too() {
    let base = Url::parse("https://example.org/").unwrap();
    for piece in [
        "<",
        "<>",
        "<>,",
        "<>;",
        "<>;a=\"",
        "<>;a=\\",
        ",",
        ";",
        "\"",
        "<x>; rel=next,",
        "<>;anchor=x,",
    ] {
        assert!(
            header::parse(&filled(piece), &base).len() <= MAX_LINKS,
            "{piece}"
        );
    }
    for piece in [",", " ", "a ", "a, ", "a (", "a )", "(,"] {
        assert!(srcset::candidates(&filled(piece)).count() <= BYTES);
        let _ = refresh::target(&filled(piece));
    }
    for piece in ["1", ".", ";", "u", "url=", "'"] {
        let _ = refresh::target(&filled(piece));
    }
}

#[test]
fn a_declaration_of_an_encoding_is_looked_for_in_little() {
    for piece in [
        "<meta ",
        "<meta charset=",
        "<meta a='",
        "<!--",
        "<?xml ",
        "charset",
        "<meta content=charset",
    ] {
        let page = facts(
            "text/html",
            [&b"\xe4"[..], filled(piece).as_bytes()].concat(),
        );
        assert!(page.links.is_empty(), "{piece}");
    }
}

/// Bytes, and among them what parsers look for.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    const WORDS: [&str; 62] = [
        "<",
        ">",
        "</",
        "/>",
        "<!--",
        "-->",
        "<!",
        "<?",
        "?>",
        "<![CDATA[",
        "]]>",
        "&",
        ";",
        "&amp;",
        "&#x",
        "&#0;",
        "=",
        "'",
        "\"",
        " ",
        "\n",
        "a",
        "href",
        "base",
        "meta",
        "content",
        "http-equiv",
        "refresh",
        "charset",
        "utf-8",
        "shift_jis",
        "srcset",
        "script",
        "style",
        "title",
        "svg",
        "math",
        "foreignObject",
        "h1",
        "form",
        "action",
        "link",
        "rel",
        "canonical",
        "nofollow",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\\",
        "\\u",
        "d83d",
        "urlset",
        "sitemapindex",
        "loc",
        "https://a.example/",
        "//",
        "#",
        "?",
        "0",
    ];
    let piece = prop_oneof![
        6 => (0..WORDS.len()).prop_map(|word| WORDS[word].as_bytes().to_vec()),
        1 => vec(any::<u8>(), 0..4),
        1 => Just(vec![0]),
        1 => any::<char>().prop_map(|letter| letter.to_string().into_bytes()),
    ];
    vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn content_type() -> impl Strategy<Value = String> {
    let known = prop_oneof![
        Just("text/html"),
        Just("text/html; charset=shift_jis"),
        Just("text/html; charset=utf-16"),
        Just("application/json"),
        Just("text/xml"),
        Just("text/plain"),
        Just(""),
        Just("image/png"),
    ];
    prop_oneof![9 => known.prop_map(str::to_owned), 1 => "[ -~]{0,30}"]
}

proptest! {
    #[test]
    fn any_bytes_give_facts(
        start in prop_oneof![Just(""), Just("<urlset>"), Just("{"), Just("<"), Just("\u{feff}")],
        body in bytes(),
        content_type in content_type(),
        link_header in proptest::option::of("[<>;,=\" a-z/:#?\\\\]{0,60}"),
        relative_json in any::<bool>(),
    ) {
        let body = [start.as_bytes(), &body].concat();
        let facts = read(&Received {
            url: Url::parse("https://example.org/").unwrap(),
            content_type,
            link_header,
            body,
            options: ReadOptions {
                relative_json,
                ..ReadOptions::default()
            },
        });
        for link in &facts.links {
            assert!(Url::parse(link.url.as_str()).is_ok_and(|url| url.as_str() == link.url.as_str() && matches!(url.scheme(), "http" | "https") && url.fragment().is_none()));
        }
        for text in [facts.title, facts.h1, facts.description, facts.language].into_iter().flatten() {
            assert!(!text.is_empty() && text.chars().count() <= 300 && text == text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
}
