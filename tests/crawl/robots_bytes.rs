//! The bytes of a robots.txt: lines, marks, mistakes that are forgiven, sizes, and what is no robots.txt at all.

use std::time::Instant;

use crawl_playground::engine::crawl::robots::{MAX_BYTES, Robots};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_oneof, proptest};

use super::url;

fn forbids(file: &[u8], path: &str) -> bool {
    let address = url(&format!("https://example.org{path}"));
    !Robots::parse(file).is_allowed("bot", &address)
}

#[test]
fn lines_end_in_any_of_the_three_ways() {
    for end in ["\n", "\r\n", "\r"] {
        let file = ["User-agent: bot", "Disallow: /x", "", "", "Disallow: /y"].join(end);
        assert!(
            forbids(file.as_bytes(), "/x") && forbids(file.as_bytes(), "/y"),
            "{end:?}"
        );
        assert!(!forbids(file.as_bytes(), "/z"), "{end:?}");
    }
}

#[test]
fn a_byte_order_mark_or_a_part_of_one_is_passed_over() {
    for (mark, is_read) in [
        (&b""[..], true),
        (b"\xEF\xBB\xBF", true),
        (b"\xEF\xBB", true),
        (b"\xEF", true),
        (b"\xEF\x11\xBF", false),
        (b"\xBB\xBF", false),
        (b"\xEF\xBB\xBF\xEF\xBB\xBF", false),
    ] {
        let file = [mark, b"User-agent: bot\nDisallow: /"].concat();
        assert_eq!(forbids(&file, "/"), is_read, "{mark:?}");
    }
    assert!(!forbids(b"User-agent: bot\n\xEF\xBB\xBFDisallow: /", "/"));
}

#[test]
fn frequent_mistakes_are_forgiven() {
    for agent in [
        "user-agent: bot",
        "USER-AGENT:bot",
        "useragent: bot",
        "user agent: bot",
        "user-agent bot",
        "\t User-Agent \t:\t bot \t",
    ] {
        for rule in [
            "disallow: /",
            "Disallow:/",
            "dissallow: /",
            "dissalow: /",
            "disalow: /",
            "diasllow: /",
            "disallaw: /",
            "disallow /",
            "Disallow\t/ # all",
            " DISALLOW : /",
        ] {
            let file = format!("{agent}\n{rule}");
            assert!(forbids(file.as_bytes(), "/x"), "{file:?}");
        }
    }
    for rule in [
        "disallow / x",
        "dis allow: /",
        ": /",
        "disallow",
        "disallow:",
        "# disallow: /",
        "foo: /",
    ] {
        let file = format!("User-agent: bot\n{rule}");
        assert!(!forbids(file.as_bytes(), "/x"), "{file:?}");
    }
}

#[test]
fn bytes_that_are_no_text_are_compared_as_bytes() {
    let file = b"User-agent: bot\nDisallow: /caf\xE9\nDisallow: /\0zero\nDisallow: /\xFF\xFE";
    assert!(forbids(file, "/caf%E9"));
    assert!(forbids(file, "/%00zero"));
    assert!(forbids(file, "/%ff%fe"));
    assert!(!forbids(file, "/cafe"));
}

#[test]
fn what_is_no_robots_file_allows_all() {
    for file in [
        "",
        "<!doctype html><html><body>Not found: user-agent</body></html>",
        "{\"error\": 404}",
        "\n\n\n",
        ":::::",
    ] {
        assert!(!forbids(file.as_bytes(), "/"), "{file}");
    }
}

#[test]
fn a_line_is_read_to_its_bound() {
    let long = format!("/x/{}", "a".repeat(8 * 2_083 - "disallow: /x/".len()));
    let file = format!("User-agent: bot\ndisallow: {long}/not/read\nDisallow: /after");
    assert!(forbids(file.as_bytes(), &long));
    assert!(forbids(file.as_bytes(), "/after"));
    assert!(!forbids(file.as_bytes(), "/x/aaa"));
}

#[test]
fn a_file_is_read_to_its_bound_and_half_a_line_not_at_all() {
    let rule = b"Disallow: /last";
    let with_padding = |padding: usize| {
        let mut file = b"User-agent: bot\n".to_vec();
        file.resize(padding - 1, b'#');
        file.push(b'\n');
        file.extend(rule);
        file.extend(b"-page\nDisallow: /beyond\n");
        file
    };
    let whole = rule.len() + "-page".len();
    assert!(forbids(&with_padding(MAX_BYTES - whole), "/last-page"));
    assert!(!forbids(&with_padding(MAX_BYTES - whole), "/beyond"));
    assert!(!forbids(&with_padding(MAX_BYTES - whole + 1), "/last-page"));
    assert!(!forbids(&with_padding(MAX_BYTES - rule.len()), "/last"));
    assert!(!forbids(&vec![b'a'; 5_000_000], "/"));
}

/// Files that are made to be slow. The bound is loose, so that it holds on a busy machine; trying all would never end.
#[test]
#[expect(clippy::disallowed_methods, reason = "real time is what this is about")]
fn no_file_and_no_address_is_slow() {
    let stars = format!("Disallow: /{}b$\n", "*a".repeat(2_000));
    let near = format!("Disallow: /*{}b\n", "a".repeat(1_000));
    let many = "Disallow: *a*b\n".repeat(MAX_BYTES / 15);
    let path = format!("/{}", "a".repeat(2_000));
    for rules in [stars, near.repeat(400), many] {
        let file = format!("User-agent: bot\n{rules}");
        let start = Instant::now();
        assert!(!forbids(file.as_bytes(), &path));
        assert!(start.elapsed().as_secs() < 10);
    }
}

fn chunk() -> impl Strategy<Value = Vec<u8>> {
    let words = [
        "User-agent:",
        "Disallow:",
        "allow ",
        "Crawl-delay:",
        "Sitemap:",
        "bot",
        "*",
        "$",
        "/",
        "%",
        "%4",
        "%zz",
        "#",
        "\n",
        "\r",
        "\t",
        "\u{feff}",
        "1.5",
    ];
    prop_oneof![
        4 => proptest::sample::select(words.to_vec()).prop_map(|word| word.as_bytes().to_vec()),
        1 => vec(any::<u8>(), 0..8),
        1 => Just(Vec::new()),
    ]
}

proptest! {
    #[test]
    fn any_bytes_are_read(chunks in vec(chunk(), 0..60), path in "[ -~]{0,40}") {
        let robots = Robots::parse(&chunks.concat());
        let address = url("https://example.org/").join(&format!("/{}", path.trim_start_matches(['/', '\\']))).unwrap();
        let allowed = robots.is_allowed("bot", &address);
        prop_assert!(allowed == robots.is_allowed("BOT/1", &address));
        prop_assert!(robots.is_allowed("bot", &url("https://example.org/robots.txt")));
        prop_assert!(robots.sitemaps().all(|address| !address.is_empty()));
        let _ = robots.crawl_delay("bot");
    }
}
