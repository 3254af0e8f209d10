//! A page's identity.

use crawl_playground::engine::crawl::normalise::normalise;
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};
use url::Url;

use super::url;

#[test]
fn what_is_one_page() {
    for (written, identity) in [
        // What reading an address does already.
        ("HTTP://EXAMPLE.org", "http://example.org/"),
        ("https://example.org:443/", "https://example.org/"),
        ("http://example.org:80", "http://example.org/"),
        ("http://example.org:443/", "http://example.org:443/"),
        ("http://example.org/a/./b/../c", "http://example.org/a/c"),
        ("http://example.org/a/%2E%2e/c", "http://example.org/c"),
        ("http://example.org\\a\\b", "http://example.org/a/b"),
        (" http://exa\nmple.org/\t", "http://example.org/"),
        ("http://[0:0::1]/", "http://[::1]/"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        (
            "http://b\u{fc}cher.example/\u{e4}?\u{e4}",
            "http://xn--bcher-kva.example/%C3%A4?%C3%A4",
        ),
        // Fragments.
        ("http://example.org/a#b", "http://example.org/a"),
        ("http://example.org/a#", "http://example.org/a"),
        ("http://example.org/a?#b", "http://example.org/a?"),
        // Escapes: RFC 3986, section 6.2.2.
        ("http://example.org/%7euser", "http://example.org/~user"),
        (
            "http://example.org/%41%5a%61%7A%30%39%2d%2E%5f%7E",
            "http://example.org/AZaz09-._~",
        ),
        ("http://example.org/%c3%a4", "http://example.org/%C3%A4"),
        ("http://example.org/a%2fb", "http://example.org/a%2Fb"),
        (
            "http://example.org/?q=%61%26%3d%2b",
            "http://example.org/?q=a%26%3D%2B",
        ),
        ("http://example.org/a%20b%3f", "http://example.org/a%20b%3F"),
        // What is no escape stays, and does not become one.
        ("http://example.org/100%", "http://example.org/100%"),
        ("http://example.org/%zz%4", "http://example.org/%zz%4"),
        ("http://example.org/%%32e", "http://example.org/%%32e"),
        ("http://example.org/%2%65", "http://example.org/%2%65"),
        ("http://example.org/%2%7e", "http://example.org/%2~"),
        ("http://example.org/%2541", "http://example.org/%2541"),
        // The query is the site's: order and emptiness stay.
        (
            "http://example.org/?b=1&a=2&&c",
            "http://example.org/?b=1&a=2&&c",
        ),
        ("http://example.org/?", "http://example.org/?"),
        // Not http.
        ("mailto:a%40b%2ecom#x", "mailto:a%40b.com"),
    ] {
        assert_eq!(normalise(&url(written)).as_str(), identity, "{written}");
    }
}

#[test]
fn what_is_two_pages() {
    for (one, other) in [
        ("http://example.org/", "https://example.org/"),
        ("http://example.org/", "http://www.example.org/"),
        ("http://example.org/a", "http://example.org/a/"),
        ("http://example.org/a", "http://example.org/A"),
        ("http://example.org/a", "http://example.org/a?"),
        ("http://example.org/?a&b", "http://example.org/?b&a"),
        ("http://example.org/a%2Fb", "http://example.org/a/b"),
        ("http://example.org/a+b", "http://example.org/a%20b"),
        ("http://example.org//a", "http://example.org/a"),
        ("http://example.org/index.html", "http://example.org/"),
    ] {
        assert_ne!(
            normalise(&url(one)),
            normalise(&url(other)),
            "{one}, {other}"
        );
    }
}

fn check(url: &Url) -> Result<(), proptest::test_runner::TestCaseError> {
    let once = normalise(url);
    prop_assert_eq!(&normalise(&once), &once, "{}", url);
    prop_assert_eq!(&Url::parse(once.as_str()).unwrap(), &once);
    prop_assert!(once.fragment().is_none());
    prop_assert!(once.as_str().len() <= url.as_str().len());
    prop_assert_eq!(
        (once.scheme(), once.host_str(), once.port()),
        (url.scheme(), url.host_str(), url.port())
    );
    prop_assert_eq!(once.query().is_some(), url.query().is_some());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn doing_it_again_changes_nothing(path in r"(%|%[0-9a-fA-F]|%[0-9a-fA-F]{2}|%25|[0-9a-f/.?#&=~ -~]){0,24}") {
        check(&url("http://example.org/").join(&format!("./{path}")).unwrap_or(url("http://e/")))?;
    }

    #[test]
    fn doing_it_again_changes_nothing_for_any_scheme(text in r"(https?|ftp|file|mailto|data|x):(//)?[ -~\u{e4}]{0,30}") {
        if let Ok(url) = Url::parse(&text) {
            check(&url)?;
        }
    }
}
