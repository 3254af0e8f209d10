//! What the Lab's sites have for crawlers: rules and sitemaps, and where they are.

use crawl_playground::lab::site::{pages, robots_address, root};
use crawl_playground::lab::{Request, State, respond};
use url::Url;

use super::ask::{answer, answer_of, text};

fn get(url: &str) -> String {
    let request = Request::of(&Url::parse(url).unwrap()).unwrap();
    let answer = answer_of(respond(&request, &mut State::default(), Default::default()));
    assert_eq!(answer.status, 200, "{url}");
    text(answer.body)
}

#[test]
fn rules_are_at_the_root_of_the_site() {
    let table = [
        (
            "https://a.test/lab/site/polite/",
            Some("https://a.test/lab/site/polite/"),
        ),
        (
            "https://a.test/x/lab/site/polite/private/a?b#c",
            Some("https://a.test/x/lab/site/polite/"),
        ),
        (
            "http://127.0.0.1:81/nocors/lab/site/tree-9/8.html",
            Some("http://127.0.0.1:81/nocors/lab/site/tree-9/"),
        ),
        (
            "https://a.test/lab/site/mixed-3/",
            Some("https://a.test/lab/site/mixed-3/"),
        ),
        ("https://a.test/lab/site/small", None),
        ("https://a.test/lab/site/nothing/", None),
        ("https://a.test/lab/site/tree-0/", None),
        ("https://a.test/lab/delay/1", None),
        ("https://a.test/site/small/", None),
        ("data:text/plain,lab/site/small/", None),
    ];
    for (url, expected) in table {
        let url = Url::parse(url).unwrap();
        assert_eq!(root(&url).map(String::from).as_deref(), expected, "{url}");
        let robots = robots_address(&url).map(String::from);
        assert_eq!(
            robots,
            expected.map(|root| format!("{root}robots.txt")),
            "{url}"
        );
    }
}

#[test]
fn rules_hold_whole_paths_wherever_the_page_is() {
    let rules = get("https://a.test/my/page/lab/site/polite/robots.txt");
    let home = "/my/page/lab/site/polite/";
    let expected = format!(
        "# Whoever comes by a name of its own gets its own rules, and nobody else's.\n\
        User-agent: hurried-bot\nDisallow: {home}\n\nUser-agent: *\nCrawl-delay: 1\nDisallow: {home}private/\n\
        Allow: {home}private/press.html\nDisallow: {home}search?\nDisallow: {home}*.pdf$\nDisallow: {home}draft/\n\n\
        Sitemap: https://a.test/my/page/lab/site/polite/sitemap.xml\n"
    );
    assert_eq!(rules, expected);
    for name in ["small", "wide", "deep", "tree-5", "trap"] {
        let rules = get(&format!("http://a.test:81/lab/site/{name}/robots.txt"));
        let expected = format!(
            "User-agent: *\nDisallow:\n\nSitemap: http://a.test:81/lab/site/{name}/sitemap.xml\n"
        );
        assert_eq!(rules, expected);
    }
}

/// Which pages the rules mean to keep crawlers from, rule by rule.
#[test]
fn rules_forbid_what_they_should() {
    let polite = pages("polite", |_| true).unwrap();
    let forbidden: Vec<&String> = polite.all.difference(&polite.allowed).collect();
    assert_eq!(
        forbidden,
        [
            "draft/new.html",
            "files/report.pdf",
            "private/",
            "private/accounts.html",
            "private/vault.html",
            "search?q=tides",
        ]
    );
    let is_forbidden = |path: &&String| {
        path.starts_with("private/") && *path != "private/press.html"
            || path.starts_with("search?")
            || path.ends_with(".pdf")
            || path.starts_with("draft/")
    };
    assert_eq!(
        polite.all.iter().filter(is_forbidden).collect::<Vec<_>>(),
        forbidden
    );
}

fn locations(xml: &str) -> Vec<String> {
    let parts = xml.split("<loc>").skip(1);
    parts
        .map(|part| part.split("</loc>").next().unwrap().replace("&amp;", "&"))
        .collect()
}

#[test]
fn sitemaps_list_whole_addresses() {
    let home = "https://a.test/x&y/lab/site/small/";
    let xml = get(&format!("{home}sitemap.xml"));
    let expected: Vec<String> = (0..25)
        .map(|number| match number {
            0 => home.to_owned(),
            _ => format!("{home}{number}.html"),
        })
        .collect();
    assert_eq!(locations(&xml), expected);
    assert!(
        xml.starts_with("<?xml") && xml.contains("<urlset xmlns=") && xml.ends_with("</urlset>\n")
    );
    assert!(xml.contains("x&amp;y"));
    for (name, count) in [
        ("deep", 37),
        ("polite", 10),
        ("mixed", 3),
        ("trap", 1),
        ("tree-100", 100),
    ] {
        let xml = get(&format!("https://a.test/lab/site/{name}/sitemap.xml"));
        assert_eq!(locations(&xml).len(), count, "{name}");
        let first = format!("https://a.test/lab/site/{name}/sitemap-1.xml");
        assert_eq!(get(&first), xml, "{name}");
    }
    assert_eq!(
        answer("site/small/sitemap.xml").header("Content-Type"),
        Some("application/xml")
    );
    // Whoever does not know where the Lab is at least says what path it has.
    assert_eq!(
        locations(&text(answer("site/trap/sitemap.xml").body)),
        ["/lab/site/trap/"]
    );
}

#[test]
fn a_large_site_has_an_index_of_sitemaps() {
    for (name, sitemaps, count) in [
        ("wide", 3, 201),
        ("tree-101", 2, 101),
        ("tree-100000", 1_000, 100_000),
    ] {
        let home = format!("https://a.test/lab/site/{name}/");
        let index = get(&format!("{home}sitemap.xml"));
        assert!(index.contains("<sitemapindex xmlns="));
        let sitemaps_listed = locations(&index);
        assert_eq!(sitemaps_listed.len(), sitemaps, "{name}");
        let mut listed: Vec<String> = sitemaps_listed
            .iter()
            .flat_map(|sitemap| locations(&get(sitemap)))
            .collect();
        assert_eq!(listed.len(), count, "{name}");
        listed.sort_unstable();
        listed.dedup();
        assert_eq!(listed.len(), count, "{name}");
        assert!(listed.contains(&home) && listed.contains(&format!("{home}{}.html", count - 1)));
    }
}
