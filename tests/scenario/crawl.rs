//! A scenario that is a crawl: how it begins, its refusals, and the question before one that is hard on others.

use super::crawl_link::settings;
use crawl_playground::engine::crawl::extension::Extensions;
use crawl_playground::engine::crawl::scope::{ListedHost, Scope};
use crawl_playground::engine::crawl::trap::Guards;
use crawl_playground::engine::crawler::Unreadable;
use crawl_playground::engine::strategy::Strategy as Combine;
use crawl_playground::scenario::crawl::written::Written;
use crawl_playground::scenario::crawl::{CrawlSettings, ORDERS, ScopeKind};
use crawl_playground::scenario::dial::Dial;
use crawl_playground::scenario::preset::Preset;
use crawl_playground::scenario::urls::UrlList;
use crawl_playground::scenario::{Network, Scenario};
use proptest::prelude::*;
use url::Url;

proptest! {
    #[test]
    fn what_is_refused_is_refused_at_a_text_of_its_own(settings in settings()) {
        let scenario = Scenario { crawl: settings.clone(), ..crawl_of("https://a.test/") };
        let hosts_count = settings.scope == ScopeKind::Hosts;
        let first = Written::ALL
            .into_iter()
            .filter(|text| hosts_count || *text != Written::Hosts)
            .find_map(|text| text.refusal(&settings));
        prop_assert_eq!(scenario.crawl_refusal(), first);
    }
}

fn crawling(mut scenario: Scenario, is_crawl: bool) -> Scenario {
    scenario.set_crawl(is_crawl);
    scenario
}

/// A crawl of other people's hosts, as it begins.
fn crawl_of(seed: &str) -> Scenario {
    let list = Scenario {
        urls: seed.into(),
        ..Scenario::of(Preset::Own, Network::Live)
    };
    crawling(list, true)
}

#[test]
fn a_list_becomes_a_crawl_and_keeps_what_was_typed() {
    let list = Scenario {
        urls: "https://a.test/\nhttps://b.test/".into(),
        timeout_ms: 4_321,
        crawl: CrawlSettings {
            include: "/blog/*".into(),
            ..CrawlSettings::default()
        },
        ..Scenario::of(Preset::Own, Network::Live)
    };
    let crawl = crawling(list.clone(), true);
    assert!(crawl.crawls());
    assert_eq!(
        (&crawl.urls, &crawl.crawl, crawl.timeout_ms, crawl.preset),
        (&list.urls, &list.crawl, 4_321, Preset::Own)
    );
    // Two at a time, half a second apart, fifty pages.
    let limits = crawl.limits();
    assert_eq!((limits.concurrency, limits.per_host), (2, Some(2)));
    assert_eq!(limits.host_delay.as_millis(), 500);
    assert_eq!(crawl.dials.number(Dial::Pages), 50);
    assert_eq!(crawl.crawl_question(), None);
    let again = crawling(crawl, false);
    assert!(!again.crawls());
    assert_eq!((again.urls, again.crawl), (list.urls, list.crawl));
}

#[test]
fn a_pace_that_was_set_is_kept() {
    let mut list = Scenario::of(Preset::Own, Network::Live);
    list.concurrency = 5;
    list.dials.set(Dial::HostDelay, Some(200));
    let crawl = crawling(list.clone(), true);
    assert_eq!((crawl.concurrency, crawl.dials), (5, list.dials));
    // The Lab is nobody's: nothing about it is made slower.
    let lab = crawling(Scenario::default(), true);
    assert_eq!((lab.concurrency, lab.dials), (3, Scenario::default().dials));
}

#[test]
fn the_simulated_network_has_nothing_to_crawl() {
    let mut scenario = crawling(Scenario::of(Preset::Simulated, Network::Simulation), true);
    scenario.crawl.include = "[".into();
    assert!(!scenario.crawls());
    assert_eq!(
        (scenario.crawl_refusal(), scenario.crawl_question()),
        (None, None)
    );
    assert_eq!(scenario.refusal(&UrlList::simulated()), None);
}

#[test]
fn what_makes_no_sense_is_refused_with_a_sentence_that_names_it() {
    let too_many = "/a\n".repeat(101);
    for (text, written, named) in [
        (Written::Include, "/blog/*\n  [a-z]  ", "“[a-z]” holds ["),
        (Written::Include, "blog", "“blog” matches no address"),
        (
            Written::Include,
            &too_many,
            "101 patterns of what to include are too many",
        ),
        (Written::Exclude, "*{a,b}", "“*{a,b}” holds {"),
        (
            Written::Exclude,
            &too_many,
            "101 patterns of what to exclude are too many",
        ),
        (Written::Hosts, "", "No host is listed"),
        (Written::Hosts, " \n\t\n", "No host is listed"),
        (
            Written::Hosts,
            "a.test\nhttps://b.test/",
            "“https://b.test/” is not a host",
        ),
        (Written::Hosts, "b.test:443", "“b.test:443” is not a host"),
        (
            Written::Proxy,
            "proxy.example",
            "“proxy.example” is no address",
        ),
        (
            Written::Proxy,
            "ftp://proxy.example/",
            "“ftp://proxy.example/”",
        ),
        (
            Written::Proxy,
            "javascript:alert(1)//",
            "“javascript:alert(1)//”",
        ),
        (
            Written::Proxy,
            "https://me:secret@proxy.example/",
            "is no address",
        ),
        (Written::Proxy, "https://proxy.example/#", "is no address"),
    ] {
        let mut scenario = crawl_of("https://a.test/");
        scenario.crawl.scope = ScopeKind::Hosts;
        scenario.crawl.hosts = "a.test".into();
        text.set(&mut scenario.crawl, written.to_owned());
        assert_eq!(text.of(&scenario.crawl), written);
        let sentence = scenario.crawl_refusal().expect(written);
        assert!(
            sentence.contains(named) && sentence.ends_with('.'),
            "{written}: {sentence}"
        );
        assert_eq!(text.refusal(&scenario.crawl), Some(sentence.clone()));
        let page = Url::parse("https://example.org/").unwrap();
        let list = scenario.list(&page, |_| None);
        assert_eq!(scenario.refusal(&list), Some(sentence));
        // The same settings are nothing to a list.
        assert_eq!(crawling(scenario, false).refusal(&list), None);
    }
}

#[test]
fn the_settings_become_the_plan() {
    let mut scenario = crawl_of("https://a.test/");
    scenario.crawl = CrawlSettings {
        scope: ScopeKind::Hosts,
        hosts: " b.test \n\n*.c.test".into(),
        include: "/blog/*\n".into(),
        exclude: "*print=*\n/login".into(),
        takes_files: true,
        respects_nofollow: true,
        unreadable: Unreadable::SkipHost,
        uses_sitemaps: true,
        relative_json: true,
        items: "kids https://a.test/item/{}.json".into(),
        proxy: " https://proxy.example/?url= ".into(),
        order: ORDERS[1],
    };
    scenario.dials.set(Dial::Depth, Some(7));
    scenario.dials.set(Dial::Pages, Some(77));
    scenario.dials.set(Dial::HostPages, Some(17));
    let plan = scenario.plan(Vec::new()).unwrap();
    let rules = &plan.rules;
    assert_eq!(
        (rules.max_depth, rules.max_pages, rules.per_host_pages),
        (7, 77, Some(17))
    );
    assert_eq!(rules.order, ORDERS[1]);
    let listed = ["b.test", "*.c.test"].map(|host| ListedHost::new(host).unwrap());
    assert_eq!(rules.scope, Scope::Hosts(listed.into()));
    assert_eq!((rules.include.len(), rules.exclude.len()), (1, 2));
    assert!(rules.takes_assets && rules.skip_extensions == Extensions::NONE);
    assert!(rules.is_nofollow_respected && plan.uses_sitemaps && plan.read.relative_json);
    assert_eq!(plan.unreadable, Unreadable::SkipHost);
    // Somebody has said that what differs in its query alone are pages.
    assert_eq!(rules.traps.max_queries, u32::MAX);
    assert_eq!(rules.traps.max_repeats, Guards::default().max_repeats);
    scenario.crawl.items.clear();
    let guarded = scenario.plan(Vec::new()).unwrap().rules;
    assert_eq!(guarded.traps, Guards::default());
    assert_eq!(
        plan.read.items.unwrap().address("7"),
        "https://a.test/item/7.json"
    );
    let prefix = scenario.crawl.prefix().unwrap().unwrap();
    assert_eq!(prefix.as_str(), "https://proxy.example/?url=");
}

#[test]
fn a_crawl_that_is_hard_on_other_people_s_hosts_is_asked_about() {
    let crawl = |concurrency, per_host, delay_ms| {
        let mut crawl = crawl_of("https://a.test/");
        crawl.concurrency = concurrency;
        crawl.dials.set(Dial::PerHost, per_host);
        crawl.dials.set(Dial::HostDelay, Some(delay_ms));
        crawl
    };
    for (concurrency, per_host, delay_ms, at_once) in [
        (7, None, 500, "up to 7 pages at once"),
        (20, Some(8), 500, "up to 8 pages at once"),
        (2, Some(2), 99, "up to 2 pages at once"),
        (1, None, 0, "one page at a time"),
    ] {
        let sentence = crawl(concurrency, per_host, delay_ms)
            .crawl_question()
            .unwrap();
        assert!(sentence.contains(at_once), "{sentence}");
        assert!(
            sentence.contains(&format!("{delay_ms}\u{a0}ms apart")),
            "{sentence}"
        );
    }
    for (concurrency, per_host, delay_ms) in [(6, None, 100), (64, Some(6), 100), (2, Some(2), 500)]
    {
        assert_eq!(
            crawl(concurrency, per_host, delay_ms).crawl_question(),
            None
        );
    }
    let one_by_one = Scenario {
        strategy: Combine::Sequential,
        ..crawl(64, None, 500)
    };
    assert_eq!(one_by_one.crawl_question(), None);
    // The run that it is compared with is one, too.
    let compared = Scenario {
        compare: true,
        against: Combine::Semaphore,
        ..one_by_one.clone()
    };
    assert!(compared.crawl_question().is_some());
    assert!(compared.is_harder_than(&one_by_one) && !one_by_one.is_harder_than(&compared));
    let (faster, slower) = (crawl(2, None, 100), crawl(2, None, 500));
    assert!(faster.is_harder_than(&slower) && !slower.is_harder_than(&faster));
    let eased = Scenario {
        timeout_ms: 9_000,
        ..faster
    };
    let kept = eased.as_hard_as(&slower);
    assert!(!kept.is_harder_than(&slower) && kept.timeout_ms == 9_000);
    let eager = crawl(64, None, 0);
    assert_eq!(crawling(eager.clone(), false).crawl_question(), None);
    let mut lab = Scenario {
        network: Network::Lab,
        ..eager
    };
    assert_eq!(lab.crawl_question(), None);
    lab.lab_at = Url::parse("http://127.0.0.1:8090/").ok();
    assert_eq!(lab.crawl_question(), None);
    // A Lab that a link names may be anybody's.
    lab.lab_at = Url::parse("https://lab.example/").ok();
    assert!(lab.crawl_question().is_some());
}
