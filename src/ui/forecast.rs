//! What a run is going to take, judged by what the same requests took in a run before.

use crate::engine::limits::Limits;
use crate::engine::run::Run;
use crate::engine::strategy::Strategy;
use crate::report::prediction::{Basis, Expected};
use crate::report::why::CONNECTIONS;
use crate::scenario::Scenario;
use crate::sim::lifted::hides_times;
use crate::sim::replay::Replay;
use crate::sim::world::World;
use crate::ui::hindsight::taken;
use crate::ui::stage::{Lane, Stage};

/// More tasks than this are not tried in virtual time before a run: to work them out would delay its start.
const MOST_TASKS: usize = 2_000;

/// What the requests of runs took.
#[derive(Default)]
pub(super) struct Before(Vec<Measured>);

struct Measured {
    strategy: Strategy,
    limits: Limits,
    replay: Replay,
    /// How many connections the browser opens for all of its requests together, if `replay` is free of that.
    connections: Option<usize>,
}

impl Before {
    /// What the runs on `stage` tell of the requests of `scenario`: nothing, unless they were measured, and the same.
    pub(super) fn of(stage: &Stage, scenario: &Scenario) -> Self {
        if !stage.is_measured() || !is_same(&stage.scenario, scenario) {
            return Self::default();
        }
        let own = stage.lanes.get(stage.own_lanes()).unwrap_or_default();
        let measured = |lane| measured(lane, stage.is_http1);
        Self(own.iter().filter_map(measured).collect())
    }

    /// What `strategy` would make of them, with these settings.
    pub(super) fn expected(&self, strategy: Strategy, scenario: &Scenario) -> Option<Expected> {
        let (world, limits) = self.world(strategy, scenario)?;
        let prediction = world.predict(strategy, &limits)?;
        Some(Expected {
            total: prediction.total,
            basis: Basis::Before,
        })
    }

    /// The same as a whole run in virtual time.
    pub(super) fn run(&self, strategy: Strategy, scenario: &Scenario) -> Option<Run> {
        let (world, limits) = self.world(strategy, scenario)?;
        world.simulated(strategy, &limits)
    }

    /// What tells most of a run by `strategy`: one by the same, since requests take longer the more of them are in flight;
    /// else the last. And the limits that hold for it.
    fn world(&self, strategy: Strategy, scenario: &Scenario) -> Option<(World, Limits)> {
        let limits = scenario.limits_for(strategy);
        let usable = || self.0.iter().filter(|run| run.tells_of(strategy, &limits));
        let same = usable().rfind(|run| run.strategy == strategy);
        let run = same.or_else(|| usable().next_back())?;
        let world = World::replayed(run.replay.clone());
        Some((world, limits.within(run.connections)))
    }
}

impl Measured {
    /// Who was asked to slow down was so for the pace that the run had: at another pace that would be another answer.
    fn tells_of(&self, strategy: Strategy, limits: &Limits) -> bool {
        let is_same = self.strategy == strategy && self.limits.are_like(limits);
        is_same || !self.replay.was_slowed_down()
    }
}

/// A crawl finds its pages on the way, so what one found tells nothing of what another will.
fn is_same(one: &Scenario, other: &Scenario) -> bool {
    let asked = |scenario: &Scenario| (scenario.network, scenario.preset, scenario.crawls());
    asked(one) == asked(other)
        && !one.crawls()
        && (&one.urls, &one.lab_at) == (&other.urls, &other.lab_at)
}

/// What a run's requests took, if it is over and none of them was cut off, or noticed late.
fn measured(lane: &Lane, is_http1: bool) -> Option<Measured> {
    // As a whole, also where a replay shows less of it.
    let rows = lane.whole_rows();
    rows.finished()
        .filter(|_| rows.rows().len() <= MOST_TASKS)?;
    let run = lane.run.as_ref()?;
    let limits = run.limits();
    if hides_times(lane.strategy, &limits) {
        return None;
    }
    let connections = is_http1.then_some(CONNECTIONS as usize);
    // Where more were in flight and it is not told how long they waited for one another, what they took has that in it.
    let (replay, connections) = match taken(lane, connections) {
        Some(replay) => (replay, connections),
        None => (Replay::of(&run.trace()), None),
    };
    (replay.guessed() == 0).then_some(Measured {
        strategy: lane.strategy,
        limits,
        replay,
        connections,
    })
}
