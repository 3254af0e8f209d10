//! What is put together of a base and what is written means what [`Url::join`] says it does.

use crawl_playground::engine::crawl::address::{Address, Base};
use crawl_playground::engine::crawl::frontier::{Found, Frontier, Offered};
use crawl_playground::engine::crawl::{rules::Rules, skip::Reason};
use proptest::prelude::{ProptestConfig, Strategy, prop_assert_eq, prop_oneof, proptest};
use url::{Position, Url};

use super::url;

/// What the standard's reader says.
fn read(written: &str, base: &Url) -> Option<Address> {
    Address::of(&base.join(written).ok()?)
}

#[test]
fn what_is_common_is_put_together() {
    let url = url("https://example.org:8080/docs/guide//intro?a=b#c");
    let base = Base::new(&url);
    for (written, expected) in [
        ("", "/docs/guide//intro?a=b"),
        ("#top", "/docs/guide//intro?a=b"),
        ("?page=2#top", "/docs/guide//intro?page=2"),
        ("?", "/docs/guide//intro?"),
        ("next.html", "/docs/guide//next.html"),
        ("./", "/docs/guide//"),
        ("../", "/docs/guide/"),
        ("../../././x/y/", "/docs/x/y/"),
        ("../../../../../../x", "/x"),
        ("/a:b//c?d=/..", "/a:b//c?d=/.."),
        ("x/y:z", "/docs/guide//x/y:z"),
        ("https://example.org:8080/x", "/x"),
        ("https://example.org:8080//x", "//x"),
    ] {
        let expected = format!("https://example.org:8080{expected}");
        let address = base.put_together(written).map(String::from);
        assert_eq!(address, Some(expected), "{written}");
        assert_eq!(base.put_together(written), read(written, &url), "{written}");
    }
}

#[test]
fn what_is_not_plain_is_left_to_the_standards_reader() {
    let url = url("http://example.org/a/b");
    let base = Base::new(&url);
    for written in [
        "..",
        ".",
        "x/..",
        "x/./y",
        "../..",
        ".hidden",
        "%2e%2e/x",
        "a b",
        "\u{e4}",
        "a\\b",
        "//example.com/",
        "https://example.org/",
        "http:x",
        "mailto:a",
        "a:b",
        ":",
        " x",
        "x\n",
        "http://example.org",
        "http://example.orgs/",
        "a'b",
        "|",
        "http:///x",
        "/..",
        "/x/.",
    ] {
        assert_eq!(base.put_together(written), None, "{written}");
        assert_eq!(base.resolve(written), read(written, &url), "{written}");
    }
}

#[test]
fn a_drive_is_left_to_the_standards_reader() {
    for base in [
        "http://h/a:/",
        "http://h/a|/b",
        "http://h/x/c:/y",
        "http://h/c:/y/z",
    ] {
        let url = url(base);
        for written in ["../x", "../../x", "../../../x", "./../x"] {
            let resolved = Base::new(&url).resolve(written);
            assert_eq!(resolved, read(written, &url), "{base} {written}");
        }
    }
    let url = url("http://h/a:/");
    assert_eq!(Base::new(&url).put_together("../x"), None);
}

#[test]
fn nothing_is_put_together_from_a_base_of_another_kind() {
    for base in [
        "mailto:a@b.example",
        "data:text/html,x",
        "file:///a/b",
        "ftp://h/a",
        "http://me@h/a",
        "http://:pw@h/a",
    ] {
        assert_eq!(Base::new(&url(base)).put_together("x"), None, "{base}");
    }
}

fn bases() -> impl Strategy<Value = String> {
    "https?://([a-z@:]{0,4}@)?(h|h\\.example|\\[::1\\]|10\\.0\\.0\\.1)(:80|:443|:81|:)?(/[a-c./%?#:|@A\\-]{0,12})?"
}

fn written() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-c./?#:|@]{0,10}",
        "(\\.{0,2}/){0,3}[a-c./]{0,6}",
        "https?:/{0,3}(h|h\\.example|me@h|H|\\[::1\\])?(:80|:81|:443)?[a-c./?#]{0,8}",
        "[ -~\t\n\u{e4}]{0,12}",
        "\\PC{0,8}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_put_together_is_what_the_standard_says(base in bases(), written in written()) {
        if let Ok(url) = Url::parse(&base) {
            let base = Base::new(&url);
            if let Some(address) = base.put_together(&written) {
                prop_assert_eq!(Some(address), read(&written, &url));
            }
            prop_assert_eq!(base.resolve(&written), read(&written, &url));
        }
    }

    /// What a frontier makes an address of to fetch it: what lies on the origin of another is read without that.
    #[test]
    fn an_address_is_itself_behind_another_of_its_origin(base in bases(), one in written(), other in written()) {
        let join = |written: &str| Url::parse(&base).and_then(|base| base.join(written)).ok();
        if let Some((mut one, other)) = join(&one).zip(join(&other)) {
            one.set_fragment(None);
            let path = one.as_str().strip_prefix(&other[..Position::BeforePath]);
            if let Some(path) = path.filter(|path| path.starts_with('/') && !path.starts_with("//")) {
                let joined = other.join(path);
                prop_assert_eq!(joined.as_ref().map(Url::path), Ok(one.path()));
                prop_assert_eq!(joined.as_ref().map(Url::host_str), Ok(one.host_str()));
                prop_assert_eq!(joined.as_ref(), Ok(&one));
                prop_assert_eq!(joined, Url::parse(one.as_str()));
            }
        }
    }

    /// To a frontier an address is the same, whatever it comes as, and so is why it is left out.
    #[test]
    fn a_frontier_takes_both_for_one(base in bases(), written in written()) {
        let seed = url("http://h/");
        let joined = Url::parse(&base).and_then(|base| base.join(&written));
        if let Some((joined, address)) = joined.ok().and_then(|url| Some((url.clone(), Address::of(&url)?))) {
            let offered = |found: &dyn Fn(&mut Frontier)| {
                let mut frontier = Frontier::new(Rules::default());
                frontier.offer(Found::seed(&seed));
                found(&mut frontier);
                let texts: Vec<_> = frontier.ids().map(|id| (frontier.address(id).to_owned(), frontier.status(id))).collect();
                (texts, frontier.ids().map(|id| frontier.host_name(frontier.host(id)).to_owned()).collect::<Vec<_>>())
            };
            let page = |frontier: &Frontier| frontier.ids().next().unwrap();
            let by_url = offered(&|frontier| { let page = page(frontier); frontier.offer(Found::link(&joined, page)); });
            let by_address = offered(&|frontier| { let page = page(frontier); frontier.offer(Found::link(&address, page)); });
            prop_assert_eq!(by_url, by_address);
        }
    }

    /// Whoever is named in an address is seen by its text.
    #[test]
    fn credentials_are_seen(written in "https?://[a-b:@%40]{0,6}@?h(:81)?/[a@:]{0,3}") {
        if let Ok(url) = Url::parse(&written) {
            let has_user = !url.username().is_empty() || url.password().is_some();
            let mut frontier = Frontier::new(Rules::default());
            let offered = frontier.offer(Found::seed(&url));
            prop_assert_eq!(offered == Offered::Skipped(Reason::Credentials), has_user, "{}", url);
        }
    }
}
