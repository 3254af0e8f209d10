//! What each reader promises of whatever it is given: shared by `tests/fuzz.rs` and by the targets of `make fuzz`.

use crawl_playground::engine::crawl::address::Address;
use crawl_playground::engine::crawl::credentials::masked;
use crawl_playground::engine::crawl::facts::{
    MAX_KEYS, MAX_LINKS, PageFacts, ReadOptions, Received, TEXT_CHARS, read, wire,
};
use crawl_playground::engine::crawl::links::{header, links, refresh, srcset};
use crawl_playground::engine::crawl::normalise::normalise;
use crawl_playground::engine::crawl::robots::Robots;
use url::Url;

/// What every page's facts keep to.
pub(crate) fn check_facts(content_type: &str, body: &[u8], relative_json: bool) -> PageFacts {
    let url = Url::parse("https://example.org/dir/page").unwrap();
    let received = Received {
        url,
        content_type: content_type.to_owned(),
        link_header: None,
        body: body.to_vec(),
        options: ReadOptions {
            relative_json,
            ..ReadOptions::default()
        },
    };
    let facts = read(&received);
    assert!(facts.links.len() <= MAX_LINKS && facts.keys.len() <= MAX_KEYS);
    for link in &facts.links {
        let url = Url::parse(link.url.as_str()).unwrap();
        assert!(matches!(url.scheme(), "http" | "https"));
        assert_eq!(url.fragment(), None);
        assert_eq!(Address::of(&url).as_ref(), Some(&link.url));
    }
    let texts = [&facts.title, &facts.h1, &facts.description, &facts.language];
    for text in texts.into_iter().flatten().chain(&facts.keys) {
        assert!(!text.is_empty() && text.chars().count() <= TEXT_CHARS);
    }
    assert_eq!(wire::decode(&wire::encode(&facts)).as_ref(), Some(&facts));
    facts
}

pub(crate) fn html(body: &[u8]) {
    let facts = check_facts("text/html", body, false);
    if let Ok(text) = std::str::from_utf8(body)
        && !body.starts_with("\u{feff}".as_bytes())
        && facts.problem.is_none()
        && !text.to_ascii_lowercase().contains("charset")
        && !text.contains("<?xml")
    {
        let base = Url::parse("https://example.org/dir/page").unwrap();
        assert_eq!(links(text, "text/html", &base), facts.links);
    }
}

pub(crate) fn json(body: &[u8]) {
    let absolute = check_facts("application/json", body, false);
    let relative = check_facts("application/json", body, true);
    // By choice there are more, and the others among them.
    assert!(relative.links.len() >= absolute.links.len());
    // What is JSON by another reader's word is read to its end.
    let is_json = serde_json::from_slice::<serde_json::Value>(body).is_ok();
    assert!(
        !is_json || absolute.problem.is_none(),
        "{:?}",
        absolute.problem
    );
}

pub(crate) fn sitemap(body: &[u8]) {
    check_facts("text/xml", body, false);
}

/// Rules for paths that are in the file itself, so that they have something to say.
pub(crate) fn robots(body: &[u8]) {
    let robots = Robots::parse(body);
    let home = Url::parse("https://example.org/").unwrap();
    let text = String::from_utf8_lossy(body);
    let words = text.split([':', '\n', '\r', ' ']).take(64);
    for word in words {
        for agent in ["crawl-playground", "*", word] {
            let _ = robots.crawl_delay(agent);
            if let Ok(url) = home.join(word) {
                let is_allowed = robots.is_allowed(agent, &url);
                // A page is one, however it is written.
                assert_eq!(
                    robots.is_allowed(agent, &normalise(&url)),
                    is_allowed,
                    "{url}"
                );
            }
        }
    }
    let rules = home.join("robots.txt").unwrap();
    assert!(robots.is_allowed("crawl-playground", &rules));
    assert!(robots.sitemaps().count() <= body.len());
}

pub(crate) fn header(body: &[u8]) {
    let value = String::from_utf8_lossy(body);
    let base = Url::parse("https://example.org/dir/page").unwrap();
    for found in header::parse(&value, &base) {
        assert!(matches!(found.link.url.scheme(), "http" | "https"));
    }
    assert!(srcset::candidates(&value).count() <= value.len());
    let _ = refresh::target(&value);
}

/// A page's identity, and an address as it may be shown.
pub(crate) fn address(written: &[u8]) {
    let written = String::from_utf8_lossy(written);
    let base = Url::parse("https://example.org/dir/page").unwrap();
    let Ok(url) = base.join(&written) else {
        return;
    };
    let identity = normalise(&url);
    assert_eq!(normalise(&identity), identity);
    assert_eq!(identity.fragment(), None);
    assert_eq!(Url::parse(identity.as_str()).as_ref(), Ok(&identity));
    let shown = masked(url.as_str());
    assert_eq!(masked(&shown), shown);
    if let Some(password) = url.password().filter(|password| password.len() > 3) {
        let mut without = url.clone();
        let _ = without.set_password(None);
        let _ = without.set_username("");
        assert!(!shown.contains(password) || without.as_str().contains(password));
    }
}

pub(crate) fn wire_format(bytes: &[u8]) {
    if let Some(facts) = wire::decode(bytes) {
        assert_eq!(wire::decode(&wire::encode(&facts)), Some(facts));
    }
}
