//! The Lab's presets as runs in virtual time: each with the strategies that the page would run.

use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::scenario::dial::Dials;
use crawl_playground::scenario::preset::Preset;
use crawl_playground::scenario::{Network, Scenario};
use crawl_playground::sim::Sim;
use url::Url;

/// A run of a scenario, to its end.
pub(crate) fn run_of(scenario: &Scenario, strategy: Strategy) -> Run {
    let page = Url::parse("http://lab.test/").unwrap();
    let list = scenario.list(&page, |_| None);
    assert_eq!((list.refusal(), &list.faults[..]), (None, &[][..]));
    let sim = Sim::new();
    let run = Run::new(
        match scenario.is_crawl {
            true => sim.outlined_lab(),
            false => sim.lab(),
        },
        scenario.limits_for(strategy),
    );
    sim.block_on(run.go(strategy, scenario.source(list.targets, &page, 1)))
        .unwrap();
    run
}

/// A preset's own run.
pub(crate) fn run_of_preset(preset: Preset) -> Run {
    let scenario = Scenario::of(preset, Network::Lab);
    run_of(&scenario, scenario.strategy)
}

/// The presets that show nothing but a strategy: no rate, no host's clock, no retries.
pub(crate) fn plain_presets() -> impl Iterator<Item = Preset> {
    lab_presets().filter(|preset| {
        let scenario = Scenario::of(*preset, Network::Lab);
        scenario.dials == Dials::default() && scenario.strategy != Strategy::Race
    })
}

/// The presets of the Lab that bring their own targets.
pub(crate) fn lab_presets() -> impl Iterator<Item = Preset> {
    Preset::offered(Network::Lab).filter(|preset| *preset != Preset::Own)
}
