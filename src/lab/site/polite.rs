//! The site with rules: a crawler may not go everywhere, and not fast.

use super::Asked;

/// Where a crawler may go. All are linked from the root.
pub(super) const ALLOWED: [&str; 10] = [
    "",
    "1.html",
    "2.html",
    "3.html",
    "4.html",
    "5.html",
    "private/press.html",
    "report.pdf.html",
    "search",
    "drafty-house.html",
];
/// Where it may not. All are linked from the root but the last, which the others link to.
const FORBIDDEN: [&str; 6] = [
    "private/",
    "private/accounts.html",
    "search?q=tides",
    "files/report.pdf",
    "draft/new.html",
    "private/vault.html",
];

pub(super) fn is_forbidden(path: &str) -> bool {
    FORBIDDEN.contains(&path)
}

/// The rules, with `home` for the site's path: `/lab/site/polite/`.
pub(super) fn robots(home: &str) -> String {
    const RULES: &str = "# Whoever comes by a name of its own gets its own rules, and nobody else's.\n\
        User-agent: hurried-bot\nDisallow: ~\n\n\
        User-agent: *\nCrawl-delay: 1\nDisallow: ~private/\nAllow: ~private/press.html\n\
        Disallow: ~search?\nDisallow: ~*.pdf$\nDisallow: ~draft/\n";
    RULES.replace('~', home)
}

pub(super) fn links(asked: &Asked<'_>) -> Option<Vec<String>> {
    let mut path = asked.path.to_string();
    if !asked.query.is_empty() {
        path.push('?');
        path.push_str(asked.query);
    }
    let (last, others) = FORBIDDEN.split_last()?;
    // From the root of the origin, as many sites write them.
    let home = asked.home_path();
    let mut links = vec![home.clone()];
    let mut add = |paths: &[&str]| links.extend(paths.iter().map(|path| home.clone() + path));
    if path.is_empty() {
        add(&ALLOWED[1..]);
        add(others);
    } else if is_forbidden(&path) {
        add(&[last]);
    } else if !ALLOWED.contains(&&*path) {
        return None;
    }
    Some(links)
}
