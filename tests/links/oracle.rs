//! The same links as `scraper` finds, which builds the whole tree as browsers do, on pages of any shape.
//!
//! Compared is where each address comes first: a tree repeats elements that were closed in the wrong order. Left out of
//! these pages is where a tokenizer knows less than a tree: `<template>`, `<select>`, tables, frame sets, MathML and SVG
//! that is not closed; and where the two mean to differ: `<noscript>`, which is read here as without scripts.

use super::{base, of_html};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, prop_assert_eq, prop_oneof, proptest};
use scraper::{Html, Selector};
use url::Url;

/// Each address once, where it came first.
fn firsts(urls: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut firsts = Vec::new();
    for url in urls {
        if !firsts.contains(&url) {
            firsts.push(url);
        }
    }
    firsts
}

/// What the tree has, in document order.
fn expected(html: &str) -> Vec<String> {
    let tree = Html::parse_document(html);
    let base_of = Selector::parse("base[href]").unwrap();
    let base = tree
        .select(&base_of)
        .next()
        .and_then(|element| base().join(element.attr("href")?).ok())
        .filter(|base| !matches!(base.scheme(), "data" | "javascript"))
        .unwrap_or_else(base);
    let selector =
        Selector::parse("a[href], area[href], link[href], iframe[src], form[action]").unwrap();
    let http = |address: &str| {
        let mut url: Url = base.join(address).ok()?;
        url.set_fragment(None);
        matches!(url.scheme(), "http" | "https").then(|| url.to_string())
    };
    tree.select(&selector)
        .filter_map(|element| {
            let attribute = ["href", "src", "action"]
                .into_iter()
                .find_map(|name| element.attr(name))?;
            let is_link = match element.value().name() {
                "form" => {
                    !element
                        .attr("method")
                        .is_some_and(|method| method.eq_ignore_ascii_case("post"))
                        && !attribute.is_empty()
                }
                "link" => !attribute.is_empty(),
                _ => true,
            };
            is_link.then(|| http(attribute))?
        })
        .collect()
}

fn address() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("https://a.example/"),
        Just("//b.example"),
        Just("/"),
        Just("x"),
        Just("?q=1&amp;b"),
        Just("&lt"),
        Just("#f"),
        Just(".."),
        Just("%41"),
        Just("mailto:"),
        Just("javascript:"),
        Just("&#x2f;"),
        Just("&eacute;"),
        Just(" "),
        Just("&copy=1"),
        Just("&notit;"),
        Just("\t"),
        Just("ü"),
    ];
    vec(part, 0..4).prop_map(|parts| parts.concat())
}

fn piece() -> impl Strategy<Value = String> {
    let tag = prop_oneof![
        address().prop_map(|url| format!("<a href=\"{url}\">")),
        address().prop_map(|url| format!("<a class='x>' href='{url}' href=no>")),
        address().prop_map(|url| format!("<A\nHREF = \"{url}\" id>")),
        address().prop_map(|url| format!("<area alt='' href='{url}'/>")),
        address().prop_map(|url| format!("<link rel=next href='{url}'>")),
        address().prop_map(|url| format!("<iframe src='{url}'><a href=no></iframe>")),
        address().prop_map(|url| format!("<base href='{url}'>")),
        Just("<form action=f>x</form>".to_owned()),
        Just("<form action=f method=post>x</form>".to_owned()),
    ];
    let text = prop_oneof![
        Just("</a>"),
        Just("text"),
        Just("<p>"),
        Just("</p>"),
        Just("<div class=\"a\">"),
        Just("</div>"),
        Just("<ul><li>"),
        Just("</ul>"),
        Just("<b><i>"),
        Just("</b>"),
        Just("<!-- <a href=no> -->"),
        Just("<!-->"),
        Just("<!---!>"),
        Just("<script>'<a href=no>'</script>"),
        Just("<script><!-- <script> </script> <a href=no> --></script>"),
        Just("<style>a{}</style>"),
        Just("<title><a href=no></title>"),
        Just("<textarea><a href=no></textarea>"),
        Just("<xmp><a href=no></xmp>"),
        Just("<noembed><a href=no></noembed>"),
        Just("&lt;a href=no&gt;"),
        Just("<"),
        Just(">"),
        Just("< a href=no>"),
        Just("<?php a ?>"),
        Just("<!doctype html>"),
        Just("<h1>"),
        Just("</h1>"),
        Just("<br/>"),
        Just("<svg><style><b>x</b></style></svg>"),
        Just("<svg><title>t</title><path d='x'/></svg>"),
        Just("<svg/>"),
        Just("\0"),
        Just("<svg><foreignObject><p>x</p></foreignObject></svg>"),
        Just("<svg><![CDATA[ <a href=no> ]]></svg>"),
        Just("<img src=x>"),
        Just("<body lang=x>"),
        Just("</body>"),
        Just("<head>"),
        Just("</head>"),
        Just("\r\n"),
        Just("<a name=x>"),
        Just("</script>"),
    ];
    prop_oneof![1 => tag, 1 => text.prop_map(str::to_owned)]
}

proptest! {
    #[test]
    fn the_links_are_those_of_the_tree(pieces in vec(piece(), 0..30)) {
        let html = pieces.concat();
        let found = of_html(&html).into_iter().map(|link| link.url.to_string());
        prop_assert_eq!(firsts(found), firsts(expected(&html)), "{}", html);
    }
}
