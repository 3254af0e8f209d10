//! For whom a group is, and what stands outside of groups: RFC 9309, sections 2.2.1, 2.2.4 and 5.1.

use std::time::Duration;

use crawl_playground::engine::crawl::robots::Robots;

use super::url;

fn is_allowed(robots: &str, agent: &str, path: &str) -> bool {
    let address = url(&format!("https://example.org{path}"));
    Robots::parse(robots.as_bytes()).is_allowed(agent, &address)
}

fn delay_ms(robots: &str, agent: &str) -> Option<u128> {
    let delay = Robots::parse(robots.as_bytes()).crawl_delay(agent);
    delay.map(|delay| delay.as_millis())
}

#[test]
fn the_example_of_the_rfc() {
    let robots = "User-Agent: *\n\
        Disallow: *.gif$\n\
        Disallow: /example/\n\
        Allow: /publications/\n\
        \n\
        User-Agent: foobot\n\
        Disallow:/\n\
        Allow:/example/page.html\n\
        Allow:/example/allowed.gif\n\
        \n\
        User-Agent: barbot\n\
        User-Agent: bazbot\n\
        Disallow: /example/page.html\n\
        \n\
        User-Agent: quxbot\n";
    for (agent, path, allowed) in [
        ("anybot", "/a.gif", false),
        ("anybot", "/example/", false),
        ("anybot", "/publications/", true),
        ("anybot", "/publications/a.gif", true),
        ("anybot", "/elsewhere", true),
        ("foobot", "/", false),
        ("foobot", "/example/page.html", true),
        ("foobot", "/example/allowed.gif", true),
        ("barbot", "/example/page.html", false),
        ("bazbot", "/example/page.html", false),
        ("bazbot", "/a.gif", true),
        ("quxbot", "/example/", true),
    ] {
        assert_eq!(is_allowed(robots, agent, path), allowed, "{agent}, {path}");
    }
}

#[test]
fn groups_for_one_crawler_are_one() {
    let robots = "user-agent: a\ndisallow: /x\nuser-agent: b\ndisallow: /y\nuser-agent: A\ndisallow: /z\n\
        user-agent: *\ndisallow: /1\nuser-agent: *\ndisallow: /2";
    for (agent, forbidden) in [("a", ["/x", "/z"]), ("c", ["/1", "/2"])] {
        for path in ["/x", "/y", "/z", "/1", "/2"] {
            assert_eq!(
                is_allowed(robots, agent, path),
                !forbidden.contains(&path),
                "{agent}, {path}"
            );
        }
    }
}

#[test]
fn a_crawler_is_known_by_its_product_token() {
    for (line, agent, is_meant) in [
        ("crawl-playground", "crawl-playground", true),
        ("CRAWL-Playground", "crawl-playground", true),
        ("crawl-playground/1.0", "crawl-playground", true),
        (
            "crawl-playground",
            "crawl-playground/2.1 (like others)",
            true,
        ),
        ("crawl-playground and more", "crawl-playground", true),
        ("crawl", "crawl-playground", false),
        ("crawl-playground-images", "crawl-playground", false),
        ("Foo_Bot", "foo_bot", true),
        ("AB42bot", "AB", true),
        ("AB", "AB42bot", false),
        ("*bot", "bot", false),
        ("\u{30c4}", "\u{30c4}", false),
        ("", "", false),
        ("", "bot", false),
    ] {
        let robots = format!("User-agent: {line}\nDisallow: /");
        assert_eq!(
            !is_allowed(&robots, agent, "/"),
            is_meant,
            "{line:?}, {agent:?}"
        );
    }
    for star in ["*", "* ", "* anyone", "*\tanyone"] {
        assert!(
            !is_allowed(&format!("User-agent: {star}\nDisallow: /"), "bot", "/"),
            "{star:?}"
        );
    }
}

#[test]
fn a_group_that_names_the_crawler_replaces_that_for_all() {
    let robots = "user-agent: *\ndisallow: /\nuser-agent: guest\n";
    assert!(is_allowed(robots, "guest", "/x"));
    assert!(!is_allowed(robots, "other", "/x"));
    assert!(is_allowed("user-agent: other\ndisallow: /", "guest", "/x"));
    assert!(
        is_allowed("disallow: /", "guest", "/x"),
        "a rule of no group is none"
    );
}

#[test]
fn other_lines_do_not_part_a_group() {
    for other in [
        "Sitemap: https://example.org/s.xml",
        "Crawl-delay: 1",
        "Unknown: line",
        "",
        "# comment",
        "no colon here",
    ] {
        let robots = format!("User-agent: a\n{other}\nUser-agent: b\n{other}\nDisallow: /");
        assert!(
            !is_allowed(&robots, "a", "/") && !is_allowed(&robots, "b", "/"),
            "{other}"
        );
    }
}

#[test]
fn a_delay_is_of_the_crawlers_named_so_far() {
    for (value, ms) in [
        ("1", Some(1_000)),
        ("0", Some(0)),
        ("0.5", Some(500)),
        (".25", Some(250)),
        ("2.", Some(2_000)),
        ("1.23456", Some(1_234)),
        ("10 # seconds", Some(10_000)),
        ("99999999999999999999999", Some((1 << 35) * 1_000)),
        ("", None),
        (".", None),
        ("-1", None),
        ("1e3", None),
        ("1,5", None),
        ("1.2.3", None),
        ("soon", None),
    ] {
        assert_eq!(
            delay_ms(&format!("User-agent: *\nCrawl-delay: {value}"), "a"),
            ms,
            "{value}"
        );
    }
    let robots = "crawl-delay: 99\nuser-agent: a\ncrawl-delay: 2\nuser-agent: b\ndisallow: /x\ncrawl-delay : 1\n\
        user-agent: *\ncrawl-delay: 7\nuser-agent: c\ndisallow:\n";
    assert_eq!(
        ["a", "b", "c", "d"].map(|agent| delay_ms(robots, agent)),
        [Some(2_000), Some(1_000), None, Some(7_000)]
    );
    assert_eq!(Robots::default().crawl_delay("a"), None::<Duration>);
}

#[test]
fn sitemaps_are_for_all_and_stand_anywhere() {
    let robots = Robots::parse(
        b"sitemap: https://example.org/1.xml\nUser-agent: a\nSiteMap:https://example.org/2.xml#part\n\
        Sitemap:\nDisallow: /\nsite-map: /3.xml\n",
    );
    let sitemaps: Vec<&str> = robots.sitemaps().collect();
    assert_eq!(
        sitemaps,
        [
            "https://example.org/1.xml",
            "https://example.org/2.xml",
            "/3.xml"
        ]
    );
}
