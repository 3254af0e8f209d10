//! Which paths a rule matches, and which rule decides: RFC 9309, sections 2.2.2, 2.2.3 and 5, and what crawlers agree on.

use crawl_playground::engine::crawl::robots::Robots;

use super::url;

fn is_allowed(robots: &str, path: &str) -> bool {
    let address = url(&format!("https://example.org{path}"));
    Robots::parse(robots.as_bytes()).is_allowed("crawl-playground", &address)
}

fn matches(rule: &str, path: &str) -> bool {
    !is_allowed(&format!("User-agent: *\nDisallow: {rule}"), path)
}

#[test]
fn a_rule_matches_from_the_beginning_of_the_path() {
    for (rule, matching, others) in [
        ("/", &["/", "/a", "/?q"][..], &[][..]),
        (
            "/fish",
            &[
                "/fish",
                "/fish.html",
                "/fish/salmon.html",
                "/fishheads",
                "/fish.php?id=1",
            ],
            &["/Fish.asp", "/catfish", "/?id=fish", "/desert/fish"],
        ),
        (
            "/fish*",
            &["/fish", "/fishheads/yummy.html"],
            &["/Fish.asp", "/catfish"],
        ),
        (
            "/fish/",
            &["/fish/", "/fish/?id=1", "/fish/salmon"],
            &["/fish", "/fish.html", "/animals/fish/"],
        ),
        (
            "/*.php",
            &[
                "/index.php",
                "/folder/filename.php?x",
                "/filename.php/",
                "/index?f=a.php/",
            ],
            &["/", "/windows.PHP", "/php/"],
        ),
        (
            "/*.php$",
            &["/filename.php", "/folder/filename.php"],
            &["/filename.php?x", "/filename.php/", "/filename.php5"],
        ),
        (
            "/fish*.php",
            &["/fish.php", "/fishheads/catfish.php?x"],
            &["/Fish.PHP", "/fish"],
        ),
        (
            "/a*b*c$",
            &["/abc", "/a-b-c-bc", "/abbcc"],
            &["/ab", "/abcb", "/acb"],
        ),
        ("/a*ab$", &["/aab", "/a-ab", "/aaab"], &["/ab", "/aabx"]),
        ("*/tag/", &["/tag/", "/blog/tag/rust"], &["/tag", "/tags/"]),
        ("*", &["/", "/x"], &[]),
        ("/**/x", &["//x", "/a/x"], &["/x"]),
        ("/$", &["/"], &["/a", "/?q"]),
        ("/a$b", &["/a$b", "/a$bc"], &["/a", "/ab"]),
        ("/*$", &["/", "/a"], &[]),
        ("fish", &[], &["/fish", "/"]),
        ("/x?y=*&z", &["/x?y=1&z", "/x?y=&zz"], &["/x?z", "/x"]),
    ] {
        for path in matching {
            assert!(matches(rule, path), "{rule} should match {path}");
        }
        for path in others {
            assert!(!matches(rule, path), "{rule} should not match {path}");
        }
    }
}

#[test]
fn paths_are_compared_without_needless_escapes() {
    for (rule, path) in [
        // The table of section 2.2.2: rule, and the path to match.
        ("/foo/bar?baz=quz", "/foo/bar?baz=quz"),
        (
            "/foo/bar?baz=https://foo.bar",
            "/foo/bar?baz=https%3A%2F%2Ffoo.bar",
        ),
        (
            "/foo/bar?baz=https%3A%2F%2Ffoo.bar",
            "/foo/bar?baz=https://foo.bar",
        ),
        ("/foo/bar/\u{30c4}", "/foo/bar/%E3%83%84"),
        ("/foo/bar/%E3%83%84", "/foo/bar/%E3%83%84"),
        ("/foo/bar/%62%61%7A", "/foo/bar/baz"),
        ("/foo/bar/baz", "/foo/bar/%62%61%7A"),
        // Section 2.2.3: what stands for itself is escaped.
        ("/path/file-with-a-%2A.html", "/path/file-with-a-*.html"),
        ("/path/foo-%24", "/path/foo-$"),
        // Case of escapes; what addresses have as an escape only; quotes are escaped in queries only.
        ("/%e3%83%84", "/%E3%83%84"),
        ("/a%2fb", "/a%2Fb"),
        ("/{id}/a b", "/%7Bid%7D/a%20b"),
        ("/it's", "/it's"),
        ("/?it's", "/?it's"),
        ("/a|b^c", "/a|b^c"),
        ("/*go=http%3A", "/leave?go=http%3A%2F%2Fexample.com"),
        ("/100%", "/100%"),
    ] {
        assert!(matches(rule, path), "{rule} should match {path}");
    }
    for (rule, path) in [
        ("/a%2Fb", "/a/b"),
        ("/a/b", "/a%2Fb"),
        ("/a%3Fb", "/a?b"),
        ("/path/file-with-a-%2A.html", "/path/file-with-a-x.html"),
    ] {
        assert!(!matches(rule, path), "{rule} should not match {path}");
    }
}

#[test]
fn the_longest_rule_decides_and_a_tie_allows() {
    for (rules, path, allowed) in [
        // Section 5.2.
        (
            "Allow: /example/page/\nDisallow: /example/page/disallowed.gif",
            "/example/page/",
            true,
        ),
        (
            "Allow: /example/page/\nDisallow: /example/page/disallowed.gif",
            "/example/page/disallowed.gif",
            false,
        ),
        ("Disallow: /x/page.html\nAllow: /x/", "/x/page.html", false),
        ("Allow: /x/page.html\nDisallow: /x/", "/x/page.html", true),
        ("Allow: /p\nDisallow: /", "/page", true),
        ("Allow: /folder\nDisallow: /folder", "/folder/page", true),
        ("Disallow: /folder\nAllow: /folder", "/folder/page", true),
        ("Allow: /page\nDisallow: /*.htm", "/page.htm", false),
        ("Allow: /x/page.\nDisallow: /*.html", "/x/page.html", true),
        ("Allow: /$\nDisallow: /", "/", true),
        ("Allow: /$\nDisallow: /", "/page.htm", false),
        ("Disallow: /x\nAllow: /x/", "/x", false),
        ("Disallow: /x\nAllow: /x/", "/x/", true),
        ("Disallow:\nAllow:", "/x", true),
        ("Disallow: /\nAllow:", "/x", false),
        ("Disallow: *****************\nAllow: /x/y", "/x/y", false),
    ] {
        assert_eq!(
            is_allowed(&format!("User-agent: *\n{rules}"), path),
            allowed,
            "{rules}, {path}"
        );
    }
}

#[test]
fn the_file_itself_is_always_allowed() {
    assert!(is_allowed("User-agent: *\nDisallow: /", "/robots.txt"));
    assert!(is_allowed(
        "User-agent: *\nDisallow: /robots.txt",
        "/robots.txt"
    ));
    assert!(!is_allowed("User-agent: *\nDisallow: /", "/robots.txt2"));
}
