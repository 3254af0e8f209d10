//! Against a matcher that is too simple to be wrong, and to be quick.

use crawl_playground::engine::crawl::robots::Robots;
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, any, prop_assert_eq, proptest};

use super::url;

/// Whether a rule's path matches the beginning of `text`, by trying all there is.
fn matches(rule: &[u8], text: &[u8]) -> bool {
    match rule {
        [] => true,
        [b'$'] => text.is_empty(),
        [b'*', rest @ ..] => (0..=text.len()).any(|taken| matches(rest, &text[taken..])),
        [byte, rest @ ..] => text.first() == Some(byte) && matches(rest, &text[1..]),
    }
}

fn is_allowed(rules: &[(bool, String)], path: &str) -> bool {
    let matching = rules
        .iter()
        .filter(|(_, rule)| matches(rule.as_bytes(), path.as_bytes()));
    let decisive = matching.max_by_key(|(is_allow, rule)| (rule.len(), *is_allow));
    decisive.is_none_or(|(is_allow, _)| *is_allow)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_matcher_agrees_with_trying_all(
        rules in vec((any::<bool>(), r"/[ab/*]{0,8}\$?|[ab*][ab/*]{0,5}\$?"), 0..6),
        paths in vec("/[ab/]{0,10}", 1..6),
    ) {
        let mut file = "User-agent: bot\n".to_owned();
        for (is_allow, rule) in &rules {
            file += &format!("{}: {rule}\n", if *is_allow { "Allow" } else { "Disallow" });
        }
        let robots = Robots::parse(file.as_bytes());
        for path in paths {
            // Without a host, so that // does not begin one.
            let address = url(&format!("https://example.org{path}"));
            prop_assert_eq!(robots.is_allowed("bot", &address), is_allowed(&rules, address.path()), "{} {}", file, path);
        }
    }
}
