//! A finished run as a network: each task's requests take again what they took.
//!
//! What a task waited for the others, for limits and for pauses is left out, since that is what other settings change.
//! So the same strategy with the same limits, over the replay, is the run again; and with others, what it would have
//! been if the servers had taken no more and no less time for it.

use std::time::Duration;

use super::latency::Latency;
use super::network::{Answers, End, Exchange, target};
use crate::engine::exchange::Stall;
use crate::engine::moment::Moment;
use crate::engine::order::percentile;
use crate::engine::outcome::Outcome;
use crate::engine::retry::is_retryable;
use crate::engine::source::{ItemAddress, Source};
use crate::engine::trace::{OriginId, TaskId, Trace};
use fold::Fold;

mod fold;

/// What is known of the requests of a finished run.
///
/// ```
/// use crawl_playground::engine::{limits::Limits, run::Run, strategy::Strategy};
/// use crawl_playground::sim::{Sim, drawn::{Drawn, Failures}, latency::Latency, network::targets, replay::Replay};
///
/// let drawn = Drawn::new(Latency::fixed(200.0).unwrap(), Failures::NONE, 7);
/// let sim = Sim::new();
/// let run = Run::new(sim.simulated(drawn), Limits::default());
/// sim.block_on(run.go(Strategy::Sequential, targets(3))).unwrap();
///
/// let replay = Replay::of(&run.trace());
/// let again = Sim::new();
/// let run = Run::new(again.simulated(replay.clone()), Limits::default());
/// again.block_on(run.go(Strategy::AllAtOnce, replay.source())).unwrap();
/// assert_eq!((sim.now().as_ms(), again.now().as_ms()), (600.0, 200.0));
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Replay {
    lives: Vec<Life>,
    is_listing: bool,
    guessed: usize,
}

/// What a task's requests took.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Life {
    origin: OriginId,
    /// `None` when it never asked, or was cancelled before its answer.
    first: Option<Exchange>,
    /// Its other attempts.
    more: Vec<Exchange>,
}

impl Replay {
    /// What `trace` tells. O(events).
    ///
    /// Of tasks that were cancelled or never sent it does not tell how long they would have taken. They get the median
    /// of the others, with a good answer; [`Replay::guessed`] says how many they are.
    #[must_use]
    pub fn of(trace: &Trace) -> Self {
        let mut fold = Fold::default();
        trace.events().iter().for_each(|event| fold.apply(event));
        let mut replay = fold.replay();
        replay.guess();
        replay
    }

    /// What the requests of `trace` took that came whole, the first of each task, as a law that a simulation of any number of
    /// tasks can follow: of more than `most` every second, third and so on; without what they were stalled, as far as that is
    /// told. `None` if none came whole. O(events).
    ///
    /// ```
    /// use crawl_playground::engine::{limits::Limits, run::Run, strategy::Strategy};
    /// use crawl_playground::sim::{Sim, drawn::{Drawn, Failures}, latency::Latency, network::targets, replay::Replay};
    ///
    /// let sim = Sim::new();
    /// let run = Run::new(sim.simulated(Drawn::new(Latency::fixed(80.5).unwrap(), Failures::NONE, 7)), Limits::default());
    /// sim.block_on(run.go(Strategy::AllAtOnce, targets(3))).unwrap();
    /// assert_eq!(Replay::law(&run.trace(), &[], 2).unwrap().to_string(), "replay 80.5 80.5");
    /// ```
    #[must_use]
    pub fn law(trace: &Trace, stalls: &[Stall], most: usize) -> Option<Latency> {
        let mut fold = Fold::default();
        trace.events().iter().for_each(|event| fold.apply(event));
        let known = fold.replay().without_stalls(stalls);
        let whole = |exchange: &Exchange| exchange.end == End::Whole;
        let whole: Vec<_> = known.first_exchanges().filter(whole).collect();
        let step = whole.len().div_ceil(most.max(1)).max(1);
        let some = whole.into_iter().step_by(step);
        Latency::replay(some.map(|exchange| exchange.request + exchange.download)).ok()
    }

    /// How many tasks there are.
    #[must_use]
    pub fn tasks(&self) -> usize {
        self.lives.len()
    }

    /// How many tasks were cancelled or never sent, so that the median of the others stands for them.
    #[must_use]
    pub const fn guessed(&self) -> usize {
        self.guessed
    }

    /// Whether its first task lists the others, which can't begin before.
    #[must_use]
    pub const fn is_listing(&self) -> bool {
        self.is_listing
    }

    /// Whether a server said that requests came too fast, or that it had too much to do (429, 503).
    #[must_use]
    pub fn was_slowed_down(&self) -> bool {
        self.exchanges()
            .any(|exchange| matches!(exchange.status, Some(429 | 503)))
    }

    /// Whether all its tasks ask the same origin.
    #[must_use]
    pub fn has_one_origin(&self) -> bool {
        self.lives
            .windows(2)
            .all(|pair| pair[0].origin == pair[1].origin)
    }

    /// All attempts of all tasks, as far as they are known.
    pub fn exchanges(&self) -> impl Iterator<Item = &Exchange> {
        self.lives
            .iter()
            .flat_map(|life| life.first.iter().chain(&life.more))
    }

    /// The first attempt of each task.
    pub fn first_exchanges(&self) -> impl Iterator<Item = Exchange> + '_ {
        self.lives.iter().filter_map(|life| life.first)
    }

    /// Targets for a run over this replay: as many, of as many origins, and listed if they were listed.
    #[must_use]
    pub fn source(&self) -> Source {
        let target_of = |life: &Life| target(life.origin.0);
        match self.lives.split_first() {
            Some((list, items)) if self.is_listing => Source::Listing {
                list: target_of(list),
                item: ItemAddress {
                    base: target_of(items.first().unwrap_or(list)).url,
                    written: "{id}".to_owned(),
                },
                take: items.len(),
            },
            _ => Source::List(self.lives.iter().map(target_of).collect()),
        }
    }

    /// The task whose requests took longest, all its attempts together. A task that lists the others doesn't count:
    /// without it there were none.
    #[must_use]
    pub fn slowest(&self) -> Option<TaskId> {
        let lives = (0..).map(TaskId).zip(&self.lives);
        let lives = lives.skip(usize::from(self.is_listing));
        let (task, _) = lives.max_by_key(|(_, life)| life.spent())?;
        Some(task)
    }

    /// The same without one task; those behind it move up.
    #[must_use]
    pub fn without(&self, task: TaskId) -> Self {
        let mut rest = self.clone();
        if task.index() < rest.lives.len() {
            rest.lives.remove(task.index());
        }
        rest
    }

    /// The same as if no attempt had failed in a way that is worth another: each task has its last answer at once, and
    /// one that had none gets the median of the others.
    #[must_use]
    pub fn at_first_try(&self) -> Self {
        let mut replay = self.clone();
        for life in &mut replay.lives {
            let more = std::mem::take(&mut life.more);
            let last = more.last().copied().or(life.first);
            life.first = last.filter(|last| {
                let is_answer = |status| !is_retryable(Outcome::of_status(status));
                last.end == End::Whole && last.status.is_some_and(is_answer)
            });
        }
        replay.guess();
        replay
    }

    /// The same with what the servers alone took: attempts that the browser had wait first began when they were sent. What
    /// there is no attempt for is left out. O(stalls).
    #[must_use]
    pub fn without_stalls(mut self, stalls: &[Stall]) -> Self {
        for stall in stalls {
            let life = self.lives.get_mut(stall.task.index());
            let attempt = life.and_then(|life| match stall.attempts_before {
                0 => life.first.as_mut(),
                n => life.more.get_mut(n as usize - 1),
            });
            if let Some(attempt) = attempt {
                attempt.request = attempt.request.saturating_sub(stall.wait);
            }
        }
        self
    }

    /// Puts the median in the place of what is not known.
    fn guess(&mut self) {
        let time = |exchange: Exchange| exchange.request + exchange.download;
        let whole = |exchange: &Exchange| exchange.end == End::Whole;
        let times = self.first_exchanges().filter(whole).map(time);
        let times_us: Vec<u64> = times.map(|time| (Moment::ZERO + time).as_us()).collect();
        let median = Duration::from_micros(percentile(&times_us, 50).unwrap_or_default());
        for life in self.lives.iter_mut().filter(|life| life.first.is_none()) {
            life.first = Some(Exchange::answer(200, median));
            self.guessed += 1;
        }
    }
}

impl Life {
    /// How long its attempts took together.
    fn spent(&self) -> Duration {
        let attempts = self.first.iter().chain(&self.more);
        attempts
            .map(|exchange| exchange.request + exchange.download)
            .sum()
    }
}

impl Answers for Replay {
    /// An attempt more than the task made is like its last.
    fn exchange(&self, task: TaskId, attempts_before: u32) -> Exchange {
        let life = self.lives.get(task.index());
        let exchange = life.and_then(|life| match attempts_before {
            0 => life.first,
            n => life
                .more
                .get(n as usize - 1)
                .or(life.more.last())
                .copied()
                .or(life.first),
        });
        exchange.unwrap_or(Exchange::answer(200, Duration::ZERO))
    }

    fn listing(&self, task: TaskId) -> Option<Vec<u64>> {
        let is_list = self.is_listing && task == TaskId(0);
        is_list.then(|| (1..self.lives.len() as u64).collect())
    }
}
