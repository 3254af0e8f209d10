//! What can be said in hindsight of the run on show: whether what its requests took can be tried anew with other settings,
//! and if not, why.

use super::stage::{Lane, Stage};
use crate::engine::exchange::Stalled;
use crate::engine::limits::Limits;
use crate::engine::run::{MAX_TASKS, Run};
use crate::engine::trace::Ending;
use crate::report::why::CONNECTIONS;
use crate::sim::lifted::hides_times;
use crate::sim::replay::Replay;

/// To replay a crawl's pages as if all had been known from the start would promise what none can keep.
const FOUND_ON_THE_WAY: &str =
    "A crawl finds its pages as it goes, so its tasks can’t be tried anew in another order.";
const TOO_MANY: &str =
    "Not worked out for more than 10\u{a0}000 tasks: each setting would hold up the page.";
const _: () = assert!(MAX_TASKS == 10_000, "the sentence says so");
const HIDDEN: &str = "Not known: answers that came while the loop or the consumer was busy went unnoticed until it was \
                      not, so what the requests took can’t be told from that.";
const CONNECTED: &str = "Not known: the browser’s six connections to this host held requests back, and the server does not let \
                         pages see for how long (it sends no Timing-Allow-Origin).";
const CONNECTED_IN_PART: &str = "Not known: the browser’s six connections to this host held requests back, and of those that were not \
                                 answered the browser does not tell for how long.";
pub(super) const STOPPED: &str = "Known only of a run that came to its end.";

/// Why what the run's requests took can't be tried anew, if it can't.
pub(super) fn why_unknown(stage: &Stage) -> Option<&'static str> {
    let lane = stage.lanes.last()?;
    if stage.scenario.crawls() {
        return Some(FOUND_ON_THE_WAY);
    }
    if hides_times(lane.strategy, &limits(stage, lane)) {
        return Some(HIDDEN);
    }
    let rows = lane.whole_rows();
    if rows.rows().len() > MAX_TASKS {
        return Some(TOO_MANY);
    }
    if rows.finished() != Some(Ending::Done) {
        return Some(STOPPED);
    }
    let Stalled { told, sent, .. } = lane.stalled.unwrap_or_default();
    match told {
        _ if !were_stalled(lane, connections(stage)) => None,
        0 => Some(CONNECTED),
        told => (told < sent).then_some(CONNECTED_IN_PART),
    }
}

/// What the requests of the last run took, if that tells what they would take again.
pub(super) fn replay(stage: &Stage) -> Option<Replay> {
    if why_unknown(stage).is_some() {
        return None;
    }
    taken(stage.lanes.last()?, connections(stage))
}

/// What the requests of a run took by themselves: without their wait for one of so many connections. `None` where that is not
/// told of each.
pub(super) fn taken(lane: &Lane, connections: Option<usize>) -> Option<Replay> {
    let run = lane.run.as_ref()?;
    let replay = Replay::of(&run.trace());
    if !were_stalled(lane, connections) {
        return Some(replay);
    }
    let stalls = run.stalls();
    (stalls.len() >= replay.exchanges().count()).then(|| replay.without_stalls(&stalls))
}

/// Whether more were in flight than the browser had connections for.
pub(super) fn were_stalled(lane: &Lane, connections: Option<usize>) -> bool {
    let peak = lane.whole_rows().in_flight().peak() as usize;
    connections.is_some_and(|most| peak > most)
}

/// The limits that a run had, or will have.
pub(super) fn limits(stage: &Stage, lane: &Lane) -> Limits {
    let run = lane.run.as_ref();
    run.map_or_else(|| stage.scenario.limits_for(lane.strategy), Run::limits)
}

/// The browser's connections to the one host of a measured run, if that has so few: in virtual time nothing else would hold
/// more requests back. A picture that was simulated knows of none.
pub(super) fn connections(stage: &Stage) -> Option<usize> {
    let is_bound = stage.is_http1 && stage.is_measured();
    is_bound.then_some(CONNECTIONS as usize)
}
