//! Encodings: which one, by what, and that nothing is fatal.

use crawl_playground::engine::crawl::charset::{Declared, Native, encoding, text};

/// The encoding's name of a page of HTML.
fn of(content_type: &str, body: &[u8]) -> String {
    encoding(body, content_type, Declared::InHtml, &Native)
        .0
        .into_owned()
}

#[test]
fn a_byte_order_mark_beats_all() {
    let header = "text/html; charset=shift_jis";
    assert_eq!(of(header, b"\xEF\xBB\xBFabc"), "utf-8");
    assert_eq!(of(header, b"\xFE\xFF\0a"), "utf-16be");
    assert_eq!(of(header, b"\xFF\xFEa\0"), "utf-16le");
    let text_of = |body: &'static [u8]| text(body, header, Declared::InHtml, &Native);
    assert_eq!(text_of(b"\xEF\xBB\xBFabc"), "abc");
    assert_eq!(text_of(b"\xFE\xFF\0a\0b"), "ab");
    assert_eq!(text_of(b"\xFF\xFEa\0b\0c"), "ab\u{fffd}");
}

#[test]
fn the_header_beats_the_page() {
    let page = b"<meta charset=koi8-r>";
    for content_type in [
        "text/html;charset=latin1",
        "text/html; x=y; CHARSET = \"Latin1\" ; z",
    ] {
        assert_eq!(of(content_type, page), "windows-1252", "{content_type}");
    }
    // What is no label says nothing.
    for content_type in [
        "text/html",
        "text/html; charset=",
        "text/html; charset=nonsense",
        "text/html; charset=iso-2022-kr",
        "charset=latin1",
    ] {
        assert_eq!(of(content_type, page), "koi8-r", "{content_type}");
    }
}

#[test]
fn a_page_declares_it_by_meta() {
    for page in [
        "<meta charset=koi8-r>",
        "<META CHARSET='KOI8-R'/>",
        "<meta\ncharset\n=\n\"koi8-r\"\n>",
        "<meta/charset=koi8-r>",
        "<meta name=x charset=koi8-r content=utf-8>",
        "<meta charset=nonsense><meta charset=koi8-r>",
        "<meta charset=koi8-r charset=utf-8>",
        "<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>",
        "<meta content='text/html;charset = \"koi8-r\"' http-equiv=content-type>",
        "<meta http-equiv=content-type content='charset charset=koi8-r;'>",
        "<!-- <meta charset=utf-8> --><meta charset=koi8-r>",
        "<!--><meta charset=koi8-r>",
        "<a title='<meta charset=utf-8>'><meta charset=koi8-r>",
        "</x <meta charset=utf-8>><meta charset=koi8-r>",
        "<!x <meta><? <meta charset=utf-8><meta charset=koi8-r>",
        "<title>\u{416}</title><metal charset=utf-8><meta charset=koi8-r>",
        "<?xml version='1.0' encoding='koi8-r'?><html>",
    ] {
        assert_eq!(of("text/html", page.as_bytes()), "koi8-r", "{page}");
    }
    for page in [
        "<meta content='text/html; charset=koi8-r'>",
        "<meta http-equiv=refresh content='text/html; charset=koi8-r'>",
        "<meta http-equiv=content-type content='charset=\"koi8-r'>",
        "<meta charset=koi8-r",
        "<meta charset='koi8-r",
        "<meta charset=utf-16le>",
        "meta charset=koi8-r",
    ] {
        assert_eq!(of("text/html", page.as_bytes()), "utf-8", "{page}");
    }
    assert_eq!(
        of("text/html", b"<meta charset=x-user-defined>"),
        "windows-1252"
    );
}

#[test]
fn it_is_looked_for_in_the_first_1024_bytes_only() {
    let page = |space: usize| " ".repeat(space) + "<meta charset=koi8-r>";
    assert_eq!(of("text/html", page(1024 - 21).as_bytes()), "koi8-r");
    assert_eq!(of("text/html", page(1024 - 20).as_bytes()), "utf-8");
}

#[test]
fn for_want_of_all_it_is_what_it_can_be() {
    assert_eq!(of("text/html", "Käse".as_bytes()), "utf-8");
    assert_eq!(of("text/html", b"K\xe4se"), "windows-1252");
    assert_eq!(
        text(b"K\xe4se\x80", "text/html", Declared::InHtml, &Native),
        "Käse€"
    );
    // JSON is UTF-8 whatever is said, and so is XML that says nothing.
    let of = |body: &'static [u8], declared| {
        text(body, "x/y; charset=latin1", declared, &Native).into_owned()
    };
    assert_eq!(of(b"K\xe4se", Declared::Never), "K\u{fffd}se");
    assert_eq!(of(b"K\xe4se", Declared::InXml), "Käse");
    let xml = text(
        b"<?xml version='1.0' encoding = \"latin1\" ?>K\xe4se",
        "text/xml",
        Declared::InXml,
        &Native,
    );
    assert!(xml.ends_with("Käse"));
    assert_eq!(
        text(b"K\xe4se", "text/xml", Declared::InXml, &Native),
        "K\u{fffd}se"
    );
    assert_eq!(
        text(b"K\xe4se", "text/plain", Declared::InHeader, &Native),
        "Käse"
    );
}

#[test]
fn other_scripts_are_decoded() {
    let page = text(
        b"\x82\xa0",
        "text/html; charset=Shift_JIS",
        Declared::InHtml,
        &Native,
    );
    assert_eq!(page, "あ");
    let page = text(
        b"\xb0\xa1\xff",
        "text/html; charset=euc-kr",
        Declared::InHtml,
        &Native,
    );
    assert_eq!(page, "가\u{fffd}");
}
