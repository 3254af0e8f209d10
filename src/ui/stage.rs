//! What is on the stage: one lane a run, simulated or measured, and what is known of each.

use std::ops::Range;

use url::Url;

use super::crawling::{Crawling, source};
use crate::engine::moment::Moment;
use crate::engine::ports::Ports;
use crate::engine::run::Run;
use crate::engine::source::{Source, Target};
use crate::engine::strategy::Strategy;
use crate::lab;
use crate::replay::cursor::Cursor;
use crate::report::prediction::{Basis, Expected};
use crate::report::reason::Host;
use crate::report::verdict::Verdict;
use crate::scenario::dial::Dial;
use crate::scenario::{Network, Scenario};
use crate::sim::Sim;
use crate::sim::drawn::{Drawn, Failures};
use crate::sim::latency::Latency;
use crate::timeline::rows::Row;
use crate::timeline::window::Extent;

pub(super) use foreseen::Foreseen;
pub(super) use lane::{Lane, Replayed};
pub(super) use pins::Pin;

mod ahead;
mod bars;
mod foreseen;
mod lane;
mod live;
mod pins;

/// More targets than this are not simulated in advance: the picture would lag behind the sliders.
const MAX_PREVIEW_TASKS: usize = 500;
/// The same for tasks of the simulated network, which cost less.
const MAX_PREVIEW_SIMULATED: usize = 2_000;
/// The same for bytes of bodies.
const MAX_PREVIEW_BYTES: usize = 50_000_000;

/// The runs on show.
pub(super) struct Stage {
    /// The runs: those that are pinned and came from earlier stages first.
    pub(super) lanes: Vec<Lane>,
    /// How many of them came from earlier stages.
    pub(super) carried: usize,
    pub(super) is_simulated: bool,
    /// What the runs were made from.
    pub(super) scenario: Scenario,
    /// Requests go to one host by HTTP/1.1 over the network, so the browser's limit of connections holds.
    pub(super) is_http1: bool,
    /// How many rows a lane is going to have, as far as is known: their room is kept from the start.
    expected_rows: usize,
    /// Where the axis ends.
    axis_end: Moment,
    /// What the settings of now would make of the same requests, where others were measured.
    foreseen: Option<Box<Foreseen>>,
    /// The moment that the lanes show, where that is not the last one.
    pub(super) replay: Option<Replay>,
}

/// A replay: where its cursor stands, and where it ends.
pub(super) struct Replay {
    pub(super) cursor: Cursor,
    pub(super) end: Moment,
}

impl Stage {
    /// A stage for `scenario`, with nothing run yet. A crawl is given what crawls need.
    pub(super) fn new(
        scenario: &Scenario,
        targets: &[Target],
        page: &Url,
        crawling: Option<&Crawling>,
    ) -> Self {
        let is_http1 = is_http1(scenario, targets, page);
        Self::waiting(scenario, targets.len(), is_http1, crawling)
    }

    /// The same, of so many targets.
    fn waiting(
        scenario: &Scenario,
        targets: usize,
        is_http1: bool,
        crawling: Option<&Crawling>,
    ) -> Self {
        let limit = scenario.limits().concurrency;
        let listing = scenario.preset.listing(scenario.network);
        Self {
            lanes: scenario
                .strategies()
                .map(|strategy| Lane::new(strategy, limit, crawling))
                .collect(),
            carried: 0,
            is_simulated: scenario.network == Network::Simulation,
            scenario: scenario.clone(),
            is_http1,
            expected_rows: listing.map_or(targets, |(_, take)| take + 1),
            axis_end: Moment::from_us(2_000_000),
            foreseen: None,
            replay: None,
        }
    }

    /// The finished picture of `scenario` in virtual time, for networks whose answers are known in advance.
    pub(super) fn simulated(
        scenario: &Scenario,
        targets: Vec<Target>,
        page: &Url,
        crawling: Option<&Crawling>,
    ) -> Option<Self> {
        let is_quick = match scenario.network {
            Network::Lab => {
                let sizes = targets.iter().map(|target| body_bytes(&target.url));
                let tasks = if scenario.crawls() {
                    scenario.dials.number(Dial::Pages) as usize
                } else {
                    targets.len()
                };
                !targets.is_empty()
                    && tasks <= MAX_PREVIEW_TASKS
                    && sizes.sum::<usize>() <= MAX_PREVIEW_BYTES
            }
            Network::Simulation => !Self::is_large_simulation(scenario),
            Network::Live => false,
        };
        is_quick
            .then(|| Self::in_virtual_time(scenario, targets, page, crawling))
            .flatten()
    }

    /// Whether it has more tasks than are simulated before Run is pressed.
    pub(super) const fn is_large_simulation(scenario: &Scenario) -> bool {
        matches!(scenario.network, Network::Simulation)
            && scenario.simulated_tasks as usize > MAX_PREVIEW_SIMULATED
    }

    /// The same however long it takes. `None` if its law makes no sense.
    pub(super) fn in_virtual_time(
        scenario: &Scenario,
        targets: Vec<Target>,
        page: &Url,
        crawling: Option<&Crawling>,
    ) -> Option<Self> {
        let mut stage = Self::new(scenario, &targets, page, crawling);
        let source = source(crawling, scenario, targets, page, 1);
        for lane in &mut stage.lanes {
            lane.run = Some(simulate(scenario, lane.strategy, source.clone(), crawling)?);
        }
        stage.is_simulated = true;
        stage.conclude();
        Some(stage)
    }

    /// Whether it shows what was measured.
    pub(super) fn is_measured(&self) -> bool {
        !self.is_simulated && self.has_run()
    }

    /// Whether anything was run, for real or in virtual time.
    pub(super) fn has_run(&self) -> bool {
        self.lanes.iter().any(|lane| lane.run.is_some())
    }

    /// Keeps the axis and the rows' room of a picture that shows the same in advance, so that the bars grow towards known
    /// places; and what that picture predicts.
    pub(super) fn with_axis_of(mut self, simulated: Option<&Self>) -> Self {
        if let Some(simulated) = simulated {
            self.axis_end = simulated.axis_end;
            // A crawl's rows come as they are found, and would push down all that is below them.
            let rows = simulated.lanes.iter().map(|lane| lane.rows.rows().len());
            self.expected_rows = rows.max().unwrap_or(0).max(self.expected_rows);
            for (lane, simulated) in self.lanes.iter_mut().zip(&simulated.lanes) {
                lane.predicted = simulated.verdict.as_ref().map(|verdict| Expected {
                    total: verdict.figures.total,
                    basis: Basis::Delays,
                });
            }
        }
        self
    }

    /// Folds what is new in all traces, and takes the figures of a run that is over: the next one may still go on.
    pub(super) fn advance(&mut self) {
        self.lanes.iter_mut().for_each(Lane::advance);
        self.judge();
        let now = self.lanes.iter().map(Lane::now).max().unwrap_or_default();
        // In strides: an axis that grew with each frame would keep every bar in motion.
        while self.axis_end < now {
            self.axis_end = Moment::from_ms(self.axis_end.as_ms() * 1.6);
        }
    }

    /// The same at the end of all runs, and fits the axis to them.
    pub(super) fn conclude(&mut self) {
        self.advance();
        self.fit_axis();
    }

    fn judge(&mut self) {
        let is_over = |lane: &&mut Lane| lane.rows.finished().is_some() && lane.replayed.is_none();
        let lanes = self.lanes.iter_mut().filter(is_over);
        for lane in lanes.filter(|lane| lane.verdict.is_none()) {
            let (rows, now) = (&lane.rows, lane.now());
            let findings = lane.findings.as_ref();
            let chain = findings.and_then(|findings| findings.chain(rows, now));
            lane.verdict = lane.run.as_ref().map(|run| {
                Verdict::of(&run.trace(), rows, now, lane.strategy, self.is_http1, chain)
            });
        }
    }

    fn fit_axis(&mut self) {
        let end = self.end();
        self.axis_end = Moment::from_ms((end.as_ms() * 1.02).max(1.0));
    }

    /// Where the last of the runs ends, or what is foreseen; of a replay the whole.
    fn end(&self) -> Moment {
        let ends = self.lanes.iter().map(|lane| match &lane.replayed {
            Some(_) => lane.whole_rows().last_end(),
            None => lane.now(),
        });
        let foreseen = self.foreseen().map(|foreseen| foreseen.lane.now());
        ends.chain(foreseen).max().unwrap_or_default()
    }

    /// Shows the whole again, after a replay.
    pub(super) fn leave_replay(&mut self) {
        self.replay = None;
        self.lanes.iter_mut().for_each(Lane::show_whole);
    }

    /// The places of the lanes that are this stage's own.
    pub(super) fn own_lanes(&self) -> Range<usize> {
        self.carried..self.lanes.len()
    }

    /// What there is to look at.
    pub(super) fn extent(&self) -> Extent {
        let foreseen = self.foreseen().filter(|_| self.replay.is_none());
        let foreseen = foreseen.map(|foreseen| foreseen.lane.now());
        let now = self.lanes.iter().map(Lane::now).chain(foreseen);
        Extent {
            end: self.axis_end,
            now: now.max().unwrap_or_default(),
        }
    }

    /// Rows to keep room for, by lane.
    pub(super) fn row_counts(&self) -> Vec<usize> {
        self.lanes
            .iter()
            .map(|lane| lane.rows.rows().len().max(self.expected(lane)))
            .collect()
    }

    fn expected(&self, lane: &Lane) -> usize {
        if lane.replayed.is_some() {
            lane.whole_rows().rows().len()
        } else if lane.verdict.is_some() {
            0
        } else {
            self.expected_rows
        }
    }

    /// The lane that the last one is compared with, if there is one.
    pub(super) fn compared(&self) -> Option<&Lane> {
        self.lanes.first().filter(|_| self.lanes.len() > 1)
    }

    /// What is known of the host that `row` of `lane` asked.
    pub(super) fn host(&self, lane: &Lane, row: &Row) -> Host {
        let origin = lane.rows.origin(row.origin);
        Host {
            origin,
            is_offline: row.was_offline(),
        }
    }
}

/// How much the Lab would send for `url`.
fn body_bytes(url: &Url) -> usize {
    let Some(request) = lab::Request::of(url) else {
        return 0;
    };
    match lab::respond(&request, &mut lab::State::default(), Moment::ZERO) {
        lab::Plan::Answer(answer) => answer.body.len(),
        lab::Plan::Hang | lab::Plan::Drop(_) => 0,
    }
}

fn simulate(
    scenario: &Scenario,
    strategy: Strategy,
    source: Source,
    crawling: Option<&Crawling>,
) -> Option<Run> {
    let sim = Sim::new();
    let ports = match scenario.network {
        Network::Simulation => simulated_ports(&sim, scenario)?,
        _ => match crawling {
            Some(crawling) => (crawling.virtual_lab)(&sim),
            None => sim.lab(),
        },
    };
    let run = Run::new(ports, scenario.limits_for(strategy));
    // A run in which nothing can happen any more is drawn as far as it went.
    let _ = sim.block_on(run.go(strategy, source));
    Some(run)
}

/// The simulated network, by the scenario's law; `None` if that makes no sense.
pub(super) fn simulated_ports(sim: &Sim, scenario: &Scenario) -> Option<Ports> {
    let law: Latency = scenario.latency.parse().ok()?;
    let failures = Failures::new(scenario.dials.number(Dial::Failures), 0).ok()?;
    let seed = scenario.dials.number(Dial::Seed).into();
    Some(sim.simulated(Drawn::new(law, failures, seed)))
}

fn is_http1(scenario: &Scenario, targets: &[Target], page: &Url) -> bool {
    let Some(first) = targets
        .first()
        .filter(|_| scenario.network != Network::Simulation)
    else {
        return false;
    };
    // Browsers speak HTTP/2 over https only. What the page's own worker answers uses no connection.
    let is_plain = |target: &Target| {
        target.url.scheme() == "http" && target.url.origin() == first.url.origin()
    };
    let is_own_lab = scenario.network == Network::Lab && first.url.origin() == page.origin();
    !is_own_lab && targets.iter().all(is_plain)
}
