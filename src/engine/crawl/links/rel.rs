//! What a `rel` says of a link.

use super::LinkKind;

/// What a page is made of, rather than where it leads.
const ASSETS: [&str; 13] = [
    "apple-touch-icon",
    "apple-touch-icon-precomposed",
    "dns-prefetch",
    "expect",
    "icon",
    "manifest",
    "mask-icon",
    "modulepreload",
    "pingback",
    "preconnect",
    "prefetch",
    "preload",
    "stylesheet",
];

/// Whether one of its words is `word`, in any case.
pub(super) fn has(rel: &str, word: &str) -> bool {
    rel.split_ascii_whitespace()
        .any(|found| found.eq_ignore_ascii_case(word))
}

/// Whether it asks not to follow the link.
pub(super) fn is_nofollow(rel: &str) -> bool {
    ["nofollow", "ugc", "sponsored"]
        .into_iter()
        .any(|word| has(rel, word))
}

/// [`LinkKind::Asset`] for what a page is made of, else `other`.
pub(super) fn kind(rel: &str, other: LinkKind) -> LinkKind {
    if ASSETS.into_iter().any(|word| has(rel, word)) {
        LinkKind::Asset
    } else {
        other
    }
}
