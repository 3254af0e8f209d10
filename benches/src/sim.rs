//! `sim/…`: timers that fire in a simulation, each second; in a hundred thousand tasks that sleep once each.
//!
//! In `sim/sleeps` all start together. In `sim/semaphore64` each holds one of 64 permits while it sleeps. A repetition
//! is a whole simulation: the world is made, the tasks are spawned, all of them end, and everything is dropped. The
//! spans are whole milliseconds, the same for all contenders, and who comes to another end time than the bare loop is
//! disqualified.
//!
//! What counts is the processor's time for this thread, which is all that a simulation takes: what the machine does
//! besides disturbs it less.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use crate::figure::{Better, Figure, Goal};
use crate::measure::medians_of;
use simpy::SimPy;
use work::{Work, spans_ms};

mod bare;
mod ours;
mod simpy;
mod simu;
mod tokio;
mod work;

pub(crate) const SLEEPS: &str = "sim/sleeps";
pub(crate) const SEMAPHORE: &str = "sim/semaphore64";
pub(crate) const VS_SIMPY: &str = "sim/vs-simpy";

const REPETITIONS: usize = 15;
/// SimPy takes seconds for each.
const SIMPY_REPETITIONS: usize = 5;
const UNIT: &str = "M/s";

/// Simulates the work with these spans, and returns the virtual time at its end.
type Contender = fn(Work, &[u32]) -> u64;

const FASTER: Goal = Goal {
    bound: 1.0,
    words: "ahead",
};
const NEAR: Goal = Goal {
    bound: 0.25,
    words: "at least a quarter",
};
pub(crate) fn sleeps() -> Vec<Figure> {
    beside_peers(SLEEPS, Work::Sleeps, Some(NEAR))
}

pub(crate) fn semaphore() -> Vec<Figure> {
    beside_peers(SEMAPHORE, Work::Semaphore, None)
}

fn beside_peers(name: &'static str, work: Work, beside_bare: Option<Goal>) -> Vec<Figure> {
    let contenders: [(&str, Contender, Option<Goal>); 4] = [
        ("ours", ours::end_ms, None),
        ("a bare heap loop", bare::end_ms, beside_bare),
        ("simu-des", simu::end_ms, Some(FASTER)),
        ("tokio, paused clock", tokio::end_ms, Some(FASTER)),
    ];
    let spans_ms = spans_ms();
    let medians = medians_of(contenders.len(), REPETITIONS, |place| {
        let (name, simulate, _) = contenders[place];
        millions_a_second(name, work, &spans_ms, simulate)
    });
    let beside =
        |(&(peer, _, goal), &peer_value): (&(&'static str, Contender, Option<Goal>), &f64)| {
            figure(name, medians[0], peer, peer_value, goal)
        };
    contenders
        .iter()
        .zip(&medians)
        .skip(1)
        .map(beside)
        .collect()
}

/// Ours beside SimPy, as far as there is one.
pub(crate) fn vs_simpy() -> Vec<Figure> {
    let goal = Some(Goal {
        bound: 40.0,
        words: "at least 40 times SimPy's",
    });
    let mut simpy = match SimPy::start() {
        Ok(simpy) => simpy,
        Err(reason) => {
            eprintln!("native_bench: {VS_SIMPY} is left out: {reason}");
            return Vec::new();
        }
    };
    let spans_ms = spans_ms();
    let mut beside = |work: Work, peer| {
        let medians = medians_of(2, SIMPY_REPETITIONS, |place| match place {
            0 => millions_a_second("ours", work, &spans_ms, ours::end_ms),
            _ => simpy.millions_a_second(work, &spans_ms),
        });
        figure(VS_SIMPY, medians[0], peer, medians[1], goal)
    };
    vec![
        beside(Work::Sleeps, "SimPy, sleeps"),
        beside(Work::Semaphore, "SimPy, semaphore 64"),
    ]
}

fn figure(
    name: &'static str,
    value: f64,
    peer: &'static str,
    peer_value: f64,
    goal: Option<Goal>,
) -> Figure {
    Figure {
        name,
        unit: UNIT,
        better: Better::Higher,
        value,
        peer,
        peer_value,
        goal,
    }
}

fn millions_a_second(name: &str, work: Work, spans_ms: &[u32], simulate: Contender) -> f64 {
    let start = processor_time();
    let end_ms = simulate(work, spans_ms);
    let seconds = (processor_time() - start).as_secs_f64();
    work::check_end(name, work, spans_ms, end_ms);
    spans_ms.len() as f64 / seconds / 1e6
}

/// Of this thread so far.
pub(crate) fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(time).expect("it counts from zero up")
}
