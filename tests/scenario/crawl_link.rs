//! The link of a scenario that is a crawl.

use crawl_playground::engine::crawler::Unreadable;
use crawl_playground::scenario::crawl::{CrawlSettings, ORDERS, ScopeKind};
use crawl_playground::scenario::dial::Dial;
use crawl_playground::scenario::fragment::{read, write};
use crawl_playground::scenario::preset::Preset;
use crawl_playground::scenario::{Network, Scenario};
use proptest::prelude::*;
use url::Url;

/// Settings of all kinds, of which few make sense.
pub(crate) fn settings() -> impl Strategy<Value = CrawlSettings> {
    let text = || {
        prop_oneof![
            Just(String::new()),
            "\\PC{0,60}",
            "[a-z*?/&=#%+\n\r .:]{0,60}"
        ]
    };
    (
        prop::sample::select(ORDERS.to_vec()),
        prop::sample::select(ScopeKind::ALL.to_vec()),
        prop::sample::select(Unreadable::ALL.to_vec()),
        any::<[bool; 4]>(),
        [text(), text(), text(), text(), text()],
    )
        .prop_map(|(order, scope, unreadable, switches, texts)| {
            let [takes_files, respects_nofollow, uses_sitemaps, relative_json] = switches;
            let [hosts, include, exclude, items, proxy] = texts;
            CrawlSettings {
                order,
                scope,
                hosts,
                include,
                exclude,
                takes_files,
                respects_nofollow,
                unreadable,
                uses_sitemaps,
                relative_json,
                items,
                proxy,
            }
        })
}

fn scenario() -> impl Strategy<Value = Scenario> {
    let offered: Vec<(Preset, Network)> = Network::ALL
        .into_iter()
        .flat_map(|network| Preset::offered(network).map(move |preset| (preset, network)))
        .collect();
    let dials = (
        Dial::Depth.range(),
        Dial::Pages.range(),
        prop::option::of(Dial::HostPages.range()),
    );
    (
        prop::sample::select(offered),
        any::<[bool; 2]>(),
        settings(),
        dials,
    )
        .prop_map(
            |((preset, network), [is_crawl, is_elsewhere], crawl, (depth, pages, per_host))| {
                let mut scenario = Scenario {
                    is_crawl,
                    crawl,
                    lab_at: is_elsewhere.then(|| Url::parse("https://lab.example/").unwrap()),
                    ..Scenario::of(preset, network)
                };
                scenario.dials.set(Dial::Depth, Some(depth));
                scenario.dials.set(Dial::Pages, Some(pages));
                scenario.dials.set(Dial::HostPages, per_host);
                scenario
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_link_carries_all_of_it(scenario in scenario()) {
        let fragment = write(&scenario);
        prop_assert!(fragment.is_ascii() && !fragment.contains(['#', ' ', '\n']), "{fragment}");
        prop_assert_eq!(read(&fragment), Ok(scenario));
    }
}

/// Two at a time, half a second apart, fifty pages.
#[test]
fn a_link_to_a_crawl_of_other_peoples_hosts_is_polite_unless_it_says_otherwise() {
    let pace = |fragment: &str| {
        let scenario = read(fragment).unwrap();
        let dial = |dial| scenario.dials.number(dial);
        let pace = (
            scenario.concurrency,
            dial(Dial::HostDelay),
            dial(Dial::Pages),
        );
        (pace, scenario.compare, scenario.crawl_question().is_some())
    };
    let plain = ((2, 500, 50), false, false);
    assert_eq!(pace("net=Live&crawl=1&urls=https://a.test/"), plain);
    assert_eq!(pace("lab=https://lab.example/&crawl=1"), plain);
    assert_eq!(
        pace("net=Live&crawl=1&n=5&pages=9"),
        ((5, 500, 9), false, false)
    );
    assert_eq!(
        pace("net=Live&crawl=1&n=20&host-delay=200"),
        ((20, 200, 50), false, true)
    );
    assert_eq!(
        pace("net=Live&crawl=1&host-delay=0&compare=1"),
        ((2, 0, 50), true, true)
    );
    // Our own Lab bears what it is set to, and so does a list.
    assert_eq!(pace("crawl=1"), ((3, 0, 50), true, false));
    assert_eq!(
        pace("lab=http://127.0.0.1:9/&crawl=1"),
        ((3, 0, 50), true, false)
    );
    assert_eq!(pace("net=Live"), ((3, 0, 50), true, false));
}

#[test]
fn a_setting_that_makes_no_sense_in_a_link_is_named() {
    for fragment in [
        "order=random",
        "order=",
        "scope=Same host",
        "scope=world",
        "robots=ignore",
        "crawl=2",
        "files=yes",
        "nofollow=-1",
        "sitemaps=",
        "relative=on",
        "depth=101",
        "depth=off",
        "pages=0",
        "pages=10001",
        "host-pages=0",
    ] {
        let bad = read(fragment).expect_err(fragment).to_string();
        assert!(bad.contains(&format!("“{fragment}”")), "{fragment}: {bad}");
    }
}
