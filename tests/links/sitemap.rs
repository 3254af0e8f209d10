//! Sitemaps: the protocol's own examples, entities, CDATA, prefixes, and what is none.

use super::{LinkKind, facts, kinds, urls};
use crawl_playground::engine::crawl::facts::PageKind;

#[test]
fn the_protocol_s_examples() {
    let page = facts(
        "application/xml",
        r#"<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
   <url>
      <loc>http://www.example.com/</loc>
      <lastmod>2005-01-01</lastmod>
   </url>
   <url>
      <loc>http://www.example.com/catalog?item=12&amp;desc=vacation_hawaii</loc>
   </url>
</urlset>"#,
    );
    assert_eq!(page.kind, PageKind::Sitemap);
    assert_eq!(
        urls(&page.links),
        [
            "http://www.example.com/",
            "http://www.example.com/catalog?item=12&desc=vacation_hawaii"
        ]
    );
    assert!(
        kinds(&page.links)
            .iter()
            .all(|kind| *kind == LinkKind::Location)
    );
    assert_eq!(page.problem, None);

    let page = facts(
        "text/xml",
        r#"<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
   <sitemap><loc>http://www.example.com/sitemap1.xml.gz</loc><lastmod>2004-10-01T18:23:17+00:00</lastmod></sitemap>
</sitemapindex>"#,
    );
    assert_eq!(
        urls(&page.links),
        ["http://www.example.com/sitemap1.xml.gz"]
    );
    assert_eq!(kinds(&page.links), [LinkKind::Sitemap]);
}

#[test]
fn the_ways_in_which_an_address_can_be_written() {
    for loc in [
        "<loc>https://a.example/?a&amp;b</loc>",
        "<loc>\n  https://a.example/?a&#38;b\t</loc>",
        "<loc >https://a.example/?a&#x26;b</loc >",
        "<loc><![CDATA[https://a.example/?a&b]]></loc>",
        "<loc>https://a.example/<![CDATA[?a&]]>b</loc>",
        "<loc a='>'>https://a.example/?a&b</loc>",
        "<loc>https://a.example/<!-- </loc> -->?a&amp;b</loc>",
        "<loc>//a.example/?a&amp;b</loc>",
        "<loc/><loc></loc><loc> </loc><loc>https://a.example/?a&amp;b</loc>",
        "<image:image><image:loc>https://no.example/</image:loc></image:image><loc>https://a.example/?a&amp;b</loc>",
        "<!-- <loc>https://no.example/</loc> --><loc>https://a.example/?a&amp;b#c</loc>",
        "<?x <loc>https://no.example/</loc> ?><loc>https://a.example/?a&amp;b</loc>",
    ] {
        let page = facts("text/xml", format!("<urlset><url>{loc}</url></urlset>"));
        assert_eq!(urls(&page.links), ["https://a.example/?a&b"], "{loc}");
    }
    let page = facts(
        "text/xml",
        "<s:urlset xmlns:s='x'><s:url><s:loc>https://a.example/</s:loc><loc>https://b.example/</loc></s:url></s:urlset>",
    );
    assert_eq!(urls(&page.links), ["https://a.example/"]);
}

#[test]
fn it_is_known_by_its_root_whatever_it_is_sent_as() {
    let body = "<!DOCTYPE urlset [<!ENTITY x '>'>]>\n<!-- x --><urlset><url><loc>https://a.example/</loc></url></urlset>";
    for content_type in [
        "application/xml",
        "text/xml; charset=utf-8",
        "text/html",
        "text/plain",
        "",
        "application/rss+xml",
    ] {
        let page = facts(content_type, body);
        assert_eq!(
            (page.kind, page.links.len()),
            (PageKind::Sitemap, 1),
            "{content_type}"
        );
    }
    for body in [
        "<rss><loc>https://a.example/</loc></rss>",
        "urlset",
        "",
        "<",
        "<urlse",
        "x<urlset>",
        "<html><urlset>",
    ] {
        let page = facts("application/xml", body);
        assert_eq!((page.kind, page.links.len()), (PageKind::Text, 0), "{body}");
    }
}

#[test]
fn what_stands_before_its_end_counts() {
    for cut in [
        "",
        "<",
        "<url",
        "<url><loc>https://b.exa",
        "<!-- </urlset>",
        "<![CDATA[",
        "<x a='></urlset>",
    ] {
        let page = facts(
            "text/xml",
            format!("<urlset><url><loc>https://a.example/</loc></url>{cut}"),
        );
        assert_eq!(urls(&page.links), ["https://a.example/"], "{cut}");
        assert_eq!(
            page.problem.as_deref(),
            Some("The sitemap ends in the middle; what stands before it was read."),
            "{cut}"
        );
    }
}
