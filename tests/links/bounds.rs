//! How much is kept of one page at most, and that it is said.

use super::{facts, of_html};
use crawl_playground::engine::crawl::facts::{MAX_KEYS, MAX_LINKS};

#[test]
fn of_very_many_links_the_first_are_kept_and_the_others_counted() {
    let html: String = (0..25_000)
        .map(|number| format!("<a href={number}>"))
        .collect();
    assert_eq!(of_html(&html).len(), MAX_LINKS);
    let page = facts("text/html", html);
    assert_eq!((page.links.len(), page.links_left_out), (MAX_LINKS, 15_000));
    assert_eq!(page.links[MAX_LINKS - 1].url.path(), "/dir/9999");
    let json = format!("[{}]", vec!["\"https://a.example/\""; 10_001].join(","));
    let page = facts("application/json", json);
    assert_eq!((page.links.len(), page.links_left_out), (MAX_LINKS, 1));
    let sitemap = format!(
        "<urlset>{}</urlset>",
        "<loc>https://a.example/</loc>".repeat(10_002)
    );
    assert_eq!(facts("text/xml", sitemap).links_left_out, 2);
}

#[test]
fn what_leads_elsewhere_counts_for_nothing() {
    let html = "<a href=javascript:1>".repeat(25_000) + "<a href=x>";
    let page = facts("text/html", html);
    assert_eq!((page.links.len(), page.links_left_out), (1, 0));
}

#[test]
fn an_address_longer_than_any_is_left_out() {
    let long = |length: usize| format!("<a href=/{}>", "x".repeat(length - 1));
    assert_eq!(facts("text/html", long(8 * 1024)).links.len(), 1);
    let page = facts("text/html", long(8 * 1024 + 1) + "<a href=x>");
    assert_eq!((page.links.len(), page.links_left_out), (1, 1));
    let page = facts("text/html", long(9_000_000));
    assert_eq!((page.links.len(), page.links_left_out), (0, 1));
    let page = facts(
        "text/html",
        "<a href=x title='".to_owned() + &"x".repeat(9_000_000) + "'>",
    );
    assert_eq!((page.links.len(), page.links_left_out), (1, 0));
    let page = facts(
        "text/xml",
        format!(
            "<urlset><loc>https://a.example/{}</loc></urlset>",
            "x".repeat(9_000_000)
        ),
    );
    assert_eq!((page.links.len(), page.links_left_out), (0, 1));
}

#[test]
fn a_long_base_does_not_make_many_long_addresses() {
    let base = format!("<base href='/{}/'>", "b".repeat(8_000));
    let page = facts("text/html", base + &"<a href=x>".repeat(9_000));
    let bytes: usize = page.links.iter().map(|link| link.url.as_str().len()).sum();
    assert!(bytes < 5_000_000, "{bytes}");
    assert_eq!(page.links.len() + page.links_left_out as usize, 9_000);
}

#[test]
fn of_very_many_keys_the_first_are_kept() {
    let members: Vec<String> = (0..1_000)
        .map(|number| format!("\"{number}\": 0"))
        .collect();
    let page = facts("application/json", format!("{{{}}}", members.join(",")));
    assert_eq!((page.keys.len(), &*page.keys[99]), (MAX_KEYS, "99"));
}
