//! `<meta http-equiv=refresh>`, by the branches of the standard's algorithm (the cases of web-platform-tests' `parsing.html`).

use crawl_playground::engine::crawl::links::refresh::target;

#[test]
fn what_the_standard_parses() {
    for content in [
        "1;url=foo",
        "1; url=foo",
        "1 ;url=foo",
        "1 url=foo",
        "1,url=foo",
        "1\nurl=foo",
        "1;URL=foo",
        "1; url = foo",
        "1; url='foo'",
        "1; url=\"foo\"",
        "1; url='foo'bar",
        "1; url='foo",
        "1; foo",
        "1;foo",
        "1 foo",
        "1, 'foo'",
        " 1; url=foo",
        "\t\x0c1; url=foo",
        "1.5; url=foo",
        "1.; url=foo",
        ".5; url=foo",
        "1..5.; url=foo",
        "01; url=foo",
        "99999999999999999999; url=foo",
        "1;\turl\n=\r\"foo\"",
    ] {
        assert_eq!(target(content), Some("foo"), "{content:?}");
    }
    for (content, expected) in [
        ("1; u=foo", "u=foo"),
        ("1; ur=foo", "ur=foo"),
        ("1; url foo", "url foo"),
        ("1; urlfoo", "urlfoo"),
        ("1; url=='foo'", "='foo'"),
        ("1;; url=foo", "; url=foo"),
        ("1; url=url=foo", "url=foo"),
        ("1; url=fo o ", "fo o "),
        ("1; über", "über"),
    ] {
        assert_eq!(target(content), Some(expected), "{content:?}");
    }
    for content in [
        "",
        " ",
        "1",
        "1;",
        "1; ",
        "1; url=",
        "1; url=''",
        "url=foo",
        "; url=foo",
        "-1; url=foo",
        "+1; url=foo",
        "a; url=foo",
        "1a; url=foo",
        "1:url=foo",
        "\u{a0}1; url=foo",
    ] {
        assert_eq!(target(content), None, "{content:?}");
    }
}
