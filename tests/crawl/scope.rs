//! Which hosts a crawl is about.

use crawl_playground::engine::crawl::scope::{ListedHost, Scope};

fn listed(hosts: &[&str]) -> Scope {
    let hosts = hosts.iter().map(|host| ListedHost::new(host).unwrap());
    Scope::Hosts(hosts.collect())
}

#[test]
fn each_scope_holds_its_hosts() {
    for (scope, seed, inside, outside) in [
        (
            Scope::SameHost,
            "example.org",
            &["example.org"][..],
            &["www.example.org", "a.example.org", "example.com"][..],
        ),
        (
            Scope::SameSite,
            "example.org",
            &["example.org", "www.example.org", "a.b.example.org"],
            &["notexample.org", "example.org.evil.com", "org"],
        ),
        (
            Scope::SameSite,
            "www.example.org",
            &["example.org", "blog.example.org", "www.example.org"],
            &["example.com", "www.example.com"],
        ),
        (
            Scope::SameSite,
            "www.com",
            &["www.com", "a.www.com"],
            &["example.com", "com"],
        ),
        (
            Scope::SameSite,
            "blog.example.org",
            &["blog.example.org", "x.blog.example.org"],
            &["example.org"],
        ),
        (
            Scope::SameSite,
            "localhost",
            &["localhost", "a.localhost"],
            &["local"],
        ),
        (
            Scope::SameSite,
            "127.0.0.1",
            &["127.0.0.1"],
            &["127.0.0.2", "[::1]"],
        ),
        (
            listed(&["Example.com", "*.example.net"]),
            "example.org",
            &[
                "example.org",
                "example.com",
                "example.net",
                "a.b.example.net",
            ],
            &["www.example.org", "www.example.com", "anexample.net"],
        ),
        (
            listed(&[]),
            "example.org",
            &["example.org"],
            &["example.com"],
        ),
        (
            Scope::Any,
            "example.org",
            &["example.org", "anything", "1.2.3.4"],
            &[],
        ),
    ] {
        for host in inside {
            assert!(
                scope.holds(host, &[seed.into()]),
                "{scope:?} of {seed}: {host}"
            );
        }
        for host in outside {
            assert!(
                !scope.holds(host, &[seed.into()]),
                "{scope:?} of {seed}: {host}"
            );
        }
    }
    assert!(Scope::SameHost.holds("b", &["a".into(), "b".into()]));
}

#[test]
fn a_listed_host_is_read_or_refused_with_a_sentence() {
    for (written, name) in [
        ("example.org", "example.org"),
        (" EXAMPLE.org ", "example.org"),
        ("*.Example.org", "*.example.org"),
        ("127.0.0.1", "127.0.0.1"),
        ("[::1]", "[::1]"),
        ("b\u{fc}cher.example", "xn--bcher-kva.example"),
    ] {
        assert_eq!(ListedHost::new(written).unwrap().to_string(), name);
    }
    for written in [
        "",
        "https://example.org",
        "example.org:80",
        "a b",
        "example.org/x",
        "*",
        "*.",
    ] {
        let sentence = ListedHost::new(written).unwrap_err();
        assert!(
            sentence.ends_with("subdomains too."),
            "{written}: {sentence}"
        );
    }
}
