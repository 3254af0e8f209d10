//! What is markup and what is text: the tokenizer's states, foreign content, character references, duplicate attributes.

use super::{facts, of_html, urls};

#[test]
fn what_is_no_markup_has_no_links() {
    for html in [
        "<!-- <a href=x> -->",
        "<!--><a href=y><!---->",
        "<script><a href=x></script>",
        "<script>'<!--<script></script><a href=x>'</script>",
        "<style><a href=x></style>",
        "<textarea><a href=x></textarea>",
        "<title><a href=x></title>",
        "<iframe><a href=x></iframe>",
        "<noembed><a href=x></noembed>",
        "<noframes><a href=x></noframes>",
        "<xmp><a href=x></xmp>",
        "<plaintext><a href=x></plaintext><a href=x>",
        "<![CDATA[<a href=x>",
        "<!DOCTYPE html \"<a href=x>\">",
        "<?php <a href=x",
        "<script></SCRIP><a href=x></script >",
        "&lt;a href=x&gt;",
        "<b title='<a href=x>'>",
        "</a href=x>",
    ] {
        let found = of_html(html);
        assert!(
            found.iter().all(|link| link.url.path() != "/dir/x"),
            "{html}: {found:?}"
        );
    }
}

#[test]
fn what_follows_it_has() {
    for html in [
        "<!-- a --><a href=x>",
        "<!--><a href=x>",
        "<script>1</script><a href=x>",
        "<SCRIPT>1</Script ><a href=x>",
        "<style></style><a href=x>",
        "<title></title><a href=x>",
        "<noscript><a href=x></noscript>",
        "<textarea></textarea><a href=x>",
        "<script/><!--</script><a href=x>",
        "<p<a href=x>><a href=x>",
        "<a\nhref\n=\nx\n>",
        "<a/href=x>",
        "<a title='>' href=x>",
        "<a href=x href=y>",
        "<a HREF=x href=y>",
        "<a href=\"x\"class=b>",
        "<div><span></p></i></div></table><a href=x>",
        "<select><option></select><a href=x>",
    ] {
        assert_eq!(
            urls(&of_html(html)),
            ["https://example.org/dir/x"],
            "{html}"
        );
    }
}

#[test]
fn character_references_are_decoded() {
    let urls_of = |html: &str| {
        of_html(html)
            .iter()
            .filter_map(|link| {
                link.url
                    .as_str()
                    .strip_prefix("https://example.org")
                    .map(str::to_owned)
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(urls_of("<a href='?a=1&amp;b=2'>"), ["/dir/page?a=1&b=2"]);
    assert_eq!(urls_of("<a href='?a=1&b=2'>"), ["/dir/page?a=1&b=2"]);
    assert_eq!(urls_of("<a href='?a=1&copy=2'>"), ["/dir/page?a=1&copy=2"]);
    assert_eq!(urls_of("<a href='&#x2F;&#120;&eacute;'>"), ["/x%C3%A9"]);
    assert_eq!(urls_of("<a href='&#0;'>"), ["/dir/%EF%BF%BD"]);
}

#[test]
fn nul_is_replaced_where_the_standard_says() {
    assert_eq!(
        urls(&of_html("<a href='a\0b'>")),
        ["https://example.org/dir/a%EF%BF%BDb"]
    );
    assert_eq!(of_html("<a\0 href=x>"), []);
    assert_eq!(
        urls(&of_html("\0<a href=x>\0</a>\0")),
        ["https://example.org/dir/x"]
    );
}

#[test]
fn foreign_content_has_its_own_rules() {
    // There a style is an element like any other, and so is a title.
    for html in [
        "<svg><style><a href=x></a></style></svg>",
        "<svg><script><a href=x></script></svg>",
        "<svg><title><a href=x></title></svg>",
        "<math><mi><a href=x></mi></math>",
        "<svg><![CDATA[ <a href=y> ]]></svg><a href=x>",
        "<svg/><style></style><a href=x>",
        "<svg><foreignObject><style><a href=y></style></foreignObject><a href=x></svg>",
        // An element of HTML ends it.
        "<svg><p><style><a href=y></style><a href=x>",
        "<div><svg></div><style><a href=y></style><a href=x>",
    ] {
        assert_eq!(
            urls(&of_html(html)),
            ["https://example.org/dir/x"],
            "{html}"
        );
    }
    let page = facts(
        "text/html",
        "<svg><title>Icon</title></svg><title>Page</title>",
    );
    assert_eq!(page.title.as_deref(), Some("Page"));
    let nested =
        "<svg>".repeat(100_000) + "<title>a</title>" + &"</svg>".repeat(100_000) + "<a href=x>";
    assert_eq!(urls(&of_html(&nested)), ["https://example.org/dir/x"]);
}
