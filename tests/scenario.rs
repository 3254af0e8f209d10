//! What a visitor may write or open: lists of addresses, and links.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

#[path = "scenario/clash.rs"]
mod clash;
#[path = "scenario/crawl.rs"]
mod crawl;
#[path = "scenario/crawl_link.rs"]
mod crawl_link;
#[path = "scenario/fragment.rs"]
mod fragment;
#[path = "scenario/urls.rs"]
mod urls;

use crawl_playground::engine::run::MAX_IN_FLIGHT;
use crawl_playground::engine::source::Source;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::wait::Wait;
use crawl_playground::scenario::dial::{Dial, Dials};
use crawl_playground::scenario::preset::Preset;
use crawl_playground::scenario::{Network, Scenario};
use url::Url;

fn page() -> Url {
    Url::parse("https://example.org/play/").unwrap()
}

#[test]
fn every_preset_that_is_offered_can_be_run_as_it_is() {
    for network in Network::ALL {
        for preset in Preset::offered(network).filter(|preset| *preset != Preset::Own) {
            let scenario = Scenario::of(preset, network);
            let list = scenario.list(&page(), |_| None);
            assert_eq!(
                (list.refusal(), &list.faults[..]),
                (None, &[][..]),
                "{}",
                preset.name()
            );
            match scenario.source(list.targets.clone(), &page(), 1) {
                Source::List(targets) => assert_eq!(targets.len(), list.lines),
                Source::Course(_) => assert!(scenario.crawls()),
                Source::Repeat(_, count) => assert_eq!(count, 100),
                Source::Listing { item, take, .. } => {
                    assert_eq!((preset, take), (Preset::News, 30));
                    assert!(item.target(7).unwrap().url.as_str().contains("item/7.json"));
                }
            }
        }
    }
}

#[test]
fn the_limits_of_a_run_are_held_to_what_is_allowed() {
    for (concurrency, expected) in [(0, 1), (1, 1), (256, 256), (9_999, MAX_IN_FLIGHT)] {
        let scenario = Scenario {
            concurrency,
            ..Scenario::default()
        };
        assert_eq!(scenario.limits().concurrency, expected);
    }
}

#[test]
fn sequential_is_not_compared_with_itself() {
    let scenario = Scenario {
        strategy: Strategy::Sequential,
        ..Scenario::default()
    };
    assert!(scenario.strategies().eq([Strategy::Sequential]));
    assert!(
        Scenario::default()
            .strategies()
            .eq([Strategy::Sequential, Strategy::Semaphore])
    );
    let alone = Scenario {
        compare: false,
        ..Scenario::default()
    };
    assert!(alone.strategies().eq([Strategy::Semaphore]));
}

#[test]
fn only_the_lab_races() {
    let racing = Scenario {
        race: true,
        ..Scenario::default()
    };
    assert!(racing.races());
    assert!(
        !Scenario {
            network: Network::Live,
            ..racing.clone()
        }
        .races()
    );
    assert!(
        !Scenario {
            compare: false,
            ..racing
        }
        .races()
    );
}

#[test]
fn on_live_each_run_draws_its_own_jitter_unless_a_seed_was_chosen() {
    let seeds = |network, seed| {
        let dials = Dials::default().with(Dial::Seed, seed);
        let scenario = Scenario {
            network,
            dials,
            ..Scenario::default()
        };
        [3, 4].map(|run| scenario.limits_of_run(Strategy::Semaphore, run).seed)
    };
    assert_eq!(seeds(Network::Live, 1), [3, 4]);
    assert_eq!(seeds(Network::Live, 9), [9, 9]);
    for network in [Network::Lab, Network::Simulation] {
        assert_eq!(seeds(network, 1), [1, 1]);
    }
}

#[test]
fn a_crawl_may_be_asked_for_a_break_though_nothing_is_tried_again() {
    for (preset, is_met) in [(Preset::CrawlSmall, true), (Preset::Ten, false)] {
        let mut scenario = Scenario::of(preset, Network::Lab);
        scenario.dials.set(Dial::Retries, Some(0));
        assert_eq!(scenario.meets(Wait::Backoff), is_met, "{}", preset.title());
    }
}

#[test]
fn a_strategy_that_is_compared_with_itself_makes_one_run_and_that_is_said() {
    for strategy in Strategy::ALL {
        let same = Scenario {
            strategy,
            against: strategy,
            compare: true,
            ..Scenario::default()
        };
        assert_eq!(same.strategies().collect::<Vec<_>>(), [strategy]);
        let said = same.compares_with_itself().unwrap();
        assert!(
            said.contains(strategy.name()) && said.ends_with("one run is made."),
            "{said}"
        );
        let alone = Scenario {
            compare: false,
            ..same
        };
        assert_eq!(alone.compares_with_itself(), None);
    }
    assert_eq!(Scenario::default().compares_with_itself(), None);
}
