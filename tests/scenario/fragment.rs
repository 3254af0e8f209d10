//! Links: what is written is read again, and what makes no sense is named.

use crawl_playground::engine::compute::{Kind, Place};
use crawl_playground::engine::run::MAX_IN_FLIGHT;
use crawl_playground::engine::strategy::Strategy as Combine;
use crawl_playground::scenario::dial::{Dial, Dials};
use crawl_playground::scenario::fragment::{LabAddress, read, read_with, unknown, write};
use crawl_playground::scenario::preset::Preset;
use crawl_playground::scenario::{MAX_DELAY_MS, Network, SIMULATED_TASKS, Scenario, TIMEOUT_MS};
use proptest::prelude::*;
use url::Url;

/// Every dial at any of its settings, also off.
fn dials() -> impl Strategy<Value = Dials> {
    any::<[prop::sample::Index; Dial::ALL.len()]>().prop_map(|settings| {
        let mut dials = Dials::default();
        for (dial, setting) in Dial::ALL.into_iter().zip(settings) {
            let (range, can_be_off) = (dial.range(), dial.first().is_some());
            let numbers = (range.end() - range.start()) as usize + 1;
            let place = setting.index(numbers + usize::from(can_be_off));
            let number = (place < numbers).then(|| range.start() + place as u32);
            assert!(dials.set(dial, number), "{dial:?} at {number:?}");
        }
        dials
    })
}

type Rest = (Dials, (Kind, Place), Combine, (String, u32));

fn rest() -> impl Strategy<Value = Rest> {
    let (kind, place) = (&Kind::ALL[..], &Place::ALL[..]);
    (
        dials(),
        (prop::sample::select(kind), prop::sample::select(place)),
        prop::sample::select(&Combine::ALL[..]),
        ("\\PC{0,30}", SIMULATED_TASKS),
    )
}

fn scenario() -> impl Strategy<Value = Scenario> {
    let offered: Vec<(Preset, Network)> = Network::ALL
        .into_iter()
        .flat_map(|network| Preset::offered(network).map(move |preset| (preset, network)))
        // Kept while the simulated network is looked at.
        .chain([(Preset::Own, Network::Simulation)])
        .collect();
    let lab_at = prop::option::of(prop::sample::select(vec![
        "http://127.0.0.1:8090/",
        "https://lab.example/a/b/",
        "http://[::1]:3000/",
    ]));
    (
        prop::sample::select(offered),
        prop::sample::select(Combine::ALL.to_vec()),
        (1..=MAX_IN_FLIGHT, 0..=MAX_DELAY_MS, TIMEOUT_MS),
        any::<[bool; 4]>(),
        lab_at,
        prop::option::of(prop_oneof!["\\PC{0,80}", "[a-z/&=#%+\n\r ]{0,80}"]),
        any::<bool>(),
        rest(),
    )
        .prop_map(
            |(
                (preset, network),
                strategy,
                (concurrency, delay_ms, timeout_ms),
                switches,
                lab_at,
                urls,
                is_plain,
                (dials, (kind, place), against, (latency, simulated_tasks)),
            )| {
                let plain = Scenario::of(preset, network);
                if is_plain {
                    return plain;
                }
                let [keep_permit, compare, race, stop_at_first] = switches;
                let lab_at = lab_at.map(|address| Url::parse(address).unwrap());
                let urls = urls.unwrap_or_else(|| plain.urls.clone());
                Scenario {
                    strategy,
                    concurrency,
                    delay_ms,
                    timeout_ms,
                    keep_permit,
                    compare,
                    race,
                    stop_at_first,
                    lab_at,
                    urls,
                    dials,
                    kind,
                    place,
                    against,
                    latency,
                    simulated_tasks,
                    is_crawl: plain.is_crawl,
                    crawl: plain.crawl,
                    network: plain.network,
                    preset: plain.preset,
                }
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_is_written_is_read_again(scenario in scenario()) {
        let fragment = write(&scenario);
        prop_assert!(fragment.is_ascii() && !fragment.contains(['#', ' ', '\n']), "{fragment}");
        prop_assert_eq!(unknown(&fragment), None);
        prop_assert_eq!(read(&fragment), Ok(scenario));
    }

    #[test]
    fn no_fragment_makes_it_panic_and_what_is_read_can_be_run(
        fragment in prop_oneof![
            "\\PC*",
            "((net|preset|strategy|n|delay|timeout|keep|compare|race|lab|urls|x)=[ -~]{0,12}&){0,6}",
            any::<String>(),
        ],
    ) {
        match read(&fragment) {
            Ok(scenario) => {
                prop_assert!((1..=MAX_IN_FLIGHT).contains(&scenario.concurrency));
                prop_assert!(scenario.delay_ms <= MAX_DELAY_MS && TIMEOUT_MS.contains(&scenario.timeout_ms));
                prop_assert!(scenario.preset.shown_on(scenario.network).is_offered(scenario.network));
            }
            Err(bad) => prop_assert!(bad.to_string().chars().count() < 200, "{bad}"),
        }
    }
}

#[test]
fn a_list_of_ones_own_waits_in_the_link_while_a_simulation_is_looked_at() {
    let mut scenario = Scenario::of(Preset::Own, Network::Lab);
    scenario.urls = "lab/delay/40".into();
    scenario.network = Network::Simulation;
    assert_eq!(read(&write(&scenario)), Ok(scenario));
}

#[test]
fn the_default_is_the_empty_link() {
    assert_eq!(write(&Scenario::default()), "");
    assert_eq!(read(""), Ok(Scenario::default()));
}

#[test]
fn a_link_from_before_there_were_kinds_of_work_counts_primes() {
    let old = read("preset=blocking&work=700&place=in+slices").unwrap();
    assert_eq!(old.kind, Kind::Primes);
    assert_eq!(
        old.limits().work.map(|work| work.job),
        Some(Kind::Primes.job(700))
    );
    let parsing = Scenario {
        kind: Kind::Page,
        ..old
    };
    let written = write(&parsing);
    assert_eq!(
        written,
        "preset=blocking&work=700&kind=parse+a+page&place=in+slices"
    );
    assert_eq!(read(&written), Ok(parsing));
}

#[test]
fn a_setting_that_makes_no_sense_is_named() {
    for (fragment, named) in [
        ("net=Moon", "net=Moon"),
        ("net=lab", "net=lab"),
        ("preset=nothing", "preset=nothing"),
        ("net=Live&preset=ten", "preset=ten"),
        ("preset=httpbin", "preset=httpbin"),
        ("strategy=fast", "strategy=fast"),
        ("n=0", "n=0"),
        ("n=257", "n=257"),
        ("n=-3", "n=-3"),
        ("n=three", "n=three"),
        ("n=", "n="),
        ("n=99999999999999999999", "n=99999999999999999999"),
        ("delay=5001", "delay=5001"),
        ("timeout=99", "timeout=99"),
        ("timeout=120001", "timeout=120001"),
        ("kind=sing", "kind=sing"),
        ("kind=", "kind="),
        ("keep=2", "keep=2"),
        ("compare=yes", "compare=yes"),
        ("race=-1", "race=-1"),
        ("lab=nowhere", "lab=nowhere"),
        ("lab=ftp://a.test/", "lab=ftp://a.test/"),
        ("lab=javascript:alert(1)", "lab=javascript:alert(1)"),
    ] {
        let bad = read(fragment).expect_err(fragment).to_string();
        assert!(bad.contains(&format!("“{named}”")), "{fragment}: {bad}");
        assert!(bad.contains("default"), "{bad}");
    }
}

#[test]
fn what_is_named_is_cut_short() {
    let bad = read(&format!("n={}", "9".repeat(100_000)))
        .unwrap_err()
        .to_string();
    assert!(bad.chars().count() < 200, "{bad}");
}

#[test]
fn unknown_keys_are_passed_over() {
    let expected = Scenario {
        concurrency: 5,
        ..Scenario::default()
    };
    for fragment in ["n=5&sead=3", "zoom=2&n=5", "n=5&&=&x", "n=5&n=7"] {
        assert_eq!(read(fragment), Ok(expected.clone()), "{fragment}");
    }
    let said = |fragment| unknown(fragment).unwrap();
    assert!(said("n=5&sead=3").contains("“sead”"));
    assert!(said("zoom=2&n=5&y=1").contains("“zoom”"));
    assert!(said("%zz").contains("“%zz”"));
    assert!(said(&"x".repeat(100_000)).chars().count() < 200);
    for known in ["", "n=5&n=7", "n=5&&=&", "list=tab", "n=5&list=tab"] {
        assert_eq!(unknown(known), None, "{known}");
    }
}

#[test]
fn a_live_link_without_a_preset_is_the_visitor_s_own_list() {
    let scenario = read("net=Live&urls=https%3A%2F%2Fa.test%2F%0Ahttps%3A%2F%2Fb.test%2F").unwrap();
    assert_eq!(
        (scenario.preset, scenario.urls.as_str()),
        (Preset::Own, "https://a.test/\nhttps://b.test/")
    );
}

#[test]
fn what_nobody_can_read_yet_leaves_the_rest_of_the_link_as_it_is() {
    let unread = |fragment| read_with(fragment, |_| LabAddress::Unread);
    let linked = "n=5&lab=http%3A%2F%2F127.0.0.1%3A8090%2F";
    let scenario = unread(linked).unwrap();
    assert_eq!(scenario.lab_at, None);
    let there = Url::parse("http://127.0.0.1:8090/").unwrap();
    let whole = Scenario {
        lab_at: Some(there),
        ..scenario
    };
    assert_eq!(read(linked), Ok(whole));
    // It is refused by those who can read it.
    let bad = "n=5&lab=nowhere";
    assert_eq!(unread(bad).unwrap().concurrency, 5);
    assert!(read(bad).unwrap_err().to_string().contains("“lab=nowhere”"));
    // And without such an address all is known at once.
    assert_eq!(unread("n=5&keep=1"), read("n=5&keep=1"));
    assert_eq!(unread("n=none"), read("n=none"));
}
