//! Facts as bytes: what is written is read, and nothing else is.

use super::{facts, received};
use crawl_playground::engine::crawl::address::Address;
use crawl_playground::engine::crawl::facts::wire::{decode, encode};
use crawl_playground::engine::crawl::facts::{PageFacts, PageKind, read};
use crawl_playground::engine::crawl::links::{Link, LinkKind};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Strategy, any, prop_assert_eq, proptest};
use proptest::sample::select;
use url::Url;

const KINDS: [LinkKind; 12] = [
    LinkKind::Anchor,
    LinkKind::Area,
    LinkKind::Link,
    LinkKind::Asset,
    LinkKind::Frame,
    LinkKind::Form,
    LinkKind::Refresh,
    LinkKind::Image,
    LinkKind::Json,
    LinkKind::Location,
    LinkKind::Sitemap,
    LinkKind::Header,
];
const PAGE_KINDS: [PageKind; 5] = [
    PageKind::Html,
    PageKind::Json,
    PageKind::Sitemap,
    PageKind::Text,
    PageKind::Other,
];

fn url() -> impl Strategy<Value = Url> {
    "https?://[a-c]{1,3}\\.example/[a-z/é€?&=%]{0,20}".prop_map(|url| Url::parse(&url).unwrap())
}

fn any_facts() -> impl Strategy<Value = PageFacts> {
    let text = || option::of("\\PC{0,20}");
    let link = (url(), select(&KINDS[..]), any::<bool>());
    let link = link.prop_map(|(url, kind, is_nofollow)| Link {
        url: Address::of(&url).unwrap(),
        kind,
        is_nofollow,
    });
    (
        (
            select(&PAGE_KINDS[..]),
            any::<bool>(),
            any::<u32>(),
            option::of(url()),
        ),
        (text(), text(), text(), text(), text()),
        (vec("\\PC{0,20}", 0..5), vec(link, 0..20)),
    )
        .prop_map(
            |(
                (kind, is_nofollow, links_left_out, canonical),
                (title, h1, description, language, problem),
                (keys, links),
            )| {
                PageFacts {
                    kind,
                    title,
                    h1,
                    description,
                    canonical,
                    language,
                    keys,
                    links,
                    links_left_out,
                    is_nofollow,
                    problem,
                }
            },
        )
}

#[test]
fn the_facts_of_a_page_come_through() {
    let mut received = received(
        "text/html",
        "<title>a</title><a href=x><a href=y rel=nofollow><html lang=é><h1>€</h1>",
    );
    received.link_header = Some("</c>; rel=canonical".to_owned());
    let facts = read(&received);
    assert_eq!(decode(&encode(&facts)), Some(facts));
}

#[test]
fn what_addresses_have_in_common_is_written_once() {
    let html: String = (0..1_000)
        .map(|number| format!("<a href={number:04}>"))
        .collect();
    let bytes = encode(&facts("text/html", html)).len();
    assert!(bytes < 8_000, "{bytes}");
}

proptest! {
    #[test]
    fn what_is_written_is_read(facts in any_facts()) {
        let bytes = encode(&facts);
        prop_assert_eq!(decode(&bytes[..bytes.len() - 1]), None);
        prop_assert_eq!(decode(&[&bytes[..], &[0]].concat()), None);
        prop_assert_eq!(decode(&bytes), Some(facts));
    }

    #[test]
    fn other_bytes_are_no_facts_or_some_and_never_a_panic(
        facts in any_facts(), places in vec((any::<usize>(), any::<u8>()), 0..4), bytes in vec(any::<u8>(), 0..100),
    ) {
        let _ = decode(&bytes);
        let mut bytes = encode(&facts);
        for (place, byte) in places {
            let length = bytes.len();
            bytes[place % length] = byte;
        }
        let _ = decode(&bytes);
    }
}
