//! Patterns of addresses.

use crawl_playground::engine::crawl::pattern::{MAX_PATTERN_BYTES, Pattern};
use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

use super::url;

fn matches(pattern: &str, address: &str) -> bool {
    Pattern::new(pattern).unwrap().matches(&url(address))
}

#[test]
fn a_pattern_matches_the_path_or_the_whole_address() {
    for (pattern, address, expected) in [
        ("/", "https://example.org/", true),
        ("/", "https://example.org", true),
        ("/", "https://example.org/?q", true),
        ("/", "https://example.org/a", false),
        ("/a", "https://example.org/a/", false),
        ("/a*", "https://example.org/a/b?c", true),
        ("/a/**/z", "https://example.org/a/b/c/z", true),
        ("/a/*/z", "https://example.org/a/b/c/z", true),
        ("/?", "https://example.org/a", true),
        ("/?", "https://example.org/", false),
        ("/A", "https://example.org/a", false),
        ("/*=*", "https://example.org/?a=b", false),
        ("*?a=b", "https://example.org/?a=b", true),
        ("*", "https://example.org/", true),
        ("*.org/*", "https://example.org/a", true),
        ("HTTPS://Example.ORG/A", "https://example.org/A", true),
        ("https://example.org/", "https://example.org/#top", true),
        ("https://example.org", "https://example.org/", false),
        ("http?://*", "https://example.org/", true),
        ("/caf\u{e9}/a b", "https://example.org/caf\u{e9}/a b", true),
        ("/%7euser", "https://example.org/~user", true),
        ("/~user", "https://example.org/%7Euser", true),
        (" /a ", "https://example.org/a", true),
    ] {
        assert_eq!(matches(pattern, address), expected, "{pattern}, {address}");
    }
}

#[test]
fn a_pattern_that_makes_no_sense_is_refused_with_a_sentence() {
    let long = format!("/{}", "a".repeat(MAX_PATTERN_BYTES));
    for (pattern, beginning) in [
        ("", "An empty pattern matches nothing"),
        ("  ", "An empty pattern matches nothing"),
        (&long, "A pattern of 501 bytes is too long"),
        ("/[ab]", "\u{201c}/[ab]\u{201d} holds ["),
        ("/{a,b}", "\u{201c}/{a,b}\u{201d} holds {"),
        (
            "example.org/*",
            "\u{201c}example.org/*\u{201d} matches no address",
        ),
        (
            "ftp://example.org",
            "\u{201c}ftp://example.org\u{201d} matches no address",
        ),
    ] {
        let sentence = Pattern::new(pattern).unwrap_err();
        assert!(sentence.starts_with(beginning), "{sentence}");
        assert!(sentence.ends_with('.'), "{sentence}");
    }
    assert_eq!(Pattern::new(" /a/** ").unwrap().to_string(), "/a/**");
}

#[test]
fn a_pattern_made_to_be_slow_is_not() {
    let pattern = Pattern::new(&format!("/{}b", "*a".repeat(240))).unwrap();
    let address = url(&format!("https://example.org/{}", "a".repeat(2_000)));
    // Trying all would take longer than the universe has.
    assert!(!pattern.matches(&address));
}

/// Too simple to be wrong.
fn naive(pattern: &[u8], text: &[u8]) -> bool {
    match pattern {
        [] => text.is_empty(),
        [b'*', rest @ ..] => (0..=text.len()).any(|taken| naive(rest, &text[taken..])),
        [b'?', rest @ ..] => !text.is_empty() && naive(rest, &text[1..]),
        [byte, rest @ ..] => text.first() == Some(byte) && naive(rest, &text[1..]),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_matcher_agrees_with_trying_all(pattern in "/[ab*?/]{0,9}", path in "/[ab/]{0,12}") {
        let address = url(&format!("https://example.org{path}"));
        let matches = Pattern::new(&pattern).unwrap().matches(&address);
        prop_assert_eq!(matches, naive(pattern.as_bytes(), address.path().as_bytes()));
    }

    #[test]
    fn any_text_is_a_pattern_or_a_sentence(text in r"\PC{0,40}", address in r"https://example\.org/[ -~]{0,40}") {
        match Pattern::new(&text) {
            Ok(pattern) => {
                let _ = pattern.matches(&url(&address));
            }
            Err(sentence) => prop_assert_eq!(sentence.chars().last(), Some('.')),
        }
    }
}
