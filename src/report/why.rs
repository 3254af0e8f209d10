//! Why a run was not faster: the bound that binds, found in its trace, and what would change without it.

use std::time::Duration;

use super::figures::{Figures, own_time};
use super::units::span;
use crate::engine::outcome::Outcome;
use crate::engine::strategy::Strategy;
use crate::engine::trace::{Ending, Trace};
use crate::engine::wait::Wait;
use crate::timeline::rows::Rows;
use blame::Blame;

pub mod blame;
pub mod discovery;
mod held;
mod permits;

/// Connections that a browser opens to one HTTP/1.1 host.
pub const CONNECTIONS: u32 = 6;
/// From such a lag on the loop counts as blocked: people notice a tenth of a second.
const BLOCKED_MS: u64 = 100;
/// A share of the total that is as good as all of it.
const NEARLY: f64 = 0.95;

/// What held a run back most.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bound {
    /// Nothing ran.
    Nothing,
    /// The visitor stopped it.
    Stopped,
    /// Each task waited for the one before.
    OneAtATime,
    /// The longest task alone took this long: its place among the tasks.
    Slowest(usize),
    /// More tasks wanted a permit than there were.
    Permits,
    /// The browser let only six requests through to a host.
    Connections,
    /// Hosts' clocks.
    Host,
    /// Hosts' limits.
    HostPermits,
    /// The rate.
    Rate,
    /// Back-off before retries.
    Retries,
    /// The consumer, or the order in which it takes results.
    Consumer,
    /// Too few workers, or too small a buffer.
    Hands,
    /// Work for the processor on the event loop.
    Loop,
    /// The first failure ended it.
    FirstFailure,
    /// Its time was up.
    OutOfTime,
    /// The first success ended it.
    Winner,
    /// Pages of a crawl are found one after another.
    Discovery,
    /// Pages of a crawl that were known waited for a place.
    Frontier,
    /// The visitor paused it.
    Paused,
}

impl Bound {
    /// Whether it can't be told how soon the run could have ended at best: what the browser's connections or a blocked loop
    /// held up counts as the requests' own time, and a run that was cut short says nothing of its end.
    #[must_use]
    pub const fn hides_ideal(self) -> bool {
        matches!(
            self,
            Self::Stopped | Self::FirstFailure | Self::OutOfTime | Self::Connections | Self::Loop
        )
    }
}

/// The explanation of a run that is over.
#[derive(Clone, PartialEq, Debug)]
pub struct Why {
    /// What bound it.
    pub bound: Bound,
    /// How much of the way to its end that is to blame for, where it is known.
    pub blamed: Duration,
    /// The same in a sentence, with its numbers.
    pub sentence: String,
    /// The buffered stream's trap, if it fell into that, after the run's name: what its consumer's work hid.
    pub trap: Option<String>,
}

/// The explanation of the last of these runs, which the visitor asked for; and each one's trap, whichever run fell in.
///
/// ```
/// use crawl_playground::report::why::{Bound, Why, explanation};
///
/// let blamed = std::time::Duration::ZERO;
/// let fell_in = Why { bound: Bound::Consumer, blamed, sentence: "The order binds.".into(), trap: Some("nobody polled.".into()) };
/// let last = Why { bound: Bound::Permits, blamed, sentence: "Permits bind.".into(), trap: None };
/// let runs = [("Buffered".to_owned(), &fell_in), ("At most 3".to_owned(), &last)];
/// assert_eq!(explanation(&runs).unwrap(), "Permits bind. “Buffered”: nobody polled.");
/// ```
#[must_use]
pub fn explanation(runs: &[(String, &Why)]) -> Option<String> {
    let mut sentences = runs.last()?.1.sentence.clone();
    for (name, why) in runs {
        if let Some(trap) = &why.trap {
            sentences += &format!(" “{name}”: {trap}");
        }
    }
    Some(sentences)
}

/// How long a run stood paused, in a sentence, if it was, for a run that something else bound.
#[must_use]
pub fn paused(figures: &Figures) -> Option<String> {
    let paused = figures.paused;
    (!paused.is_zero()).then(|| format!(" It was paused for {} of its time.", span(paused)))
}

/// Explains a run that is over, from its trace and what was made of that. `http1` says that its requests went to one host by
/// HTTP/1.1 over the network. O(n).
#[must_use]
pub fn why(trace: &Trace, rows: &Rows, figures: &Figures, strategy: Strategy, http1: bool) -> Why {
    let blame = Blame::of(trace, rows.paused());
    let trap = held::trap(rows, figures);
    let bound = bound(
        rows,
        figures,
        strategy,
        http1,
        blame.as_ref(),
        trap.is_some(),
    );
    let blamed = blame.map_or(Duration::ZERO, |blame| blame.on(bound));
    let sentence = match bound {
        Bound::Nothing if figures.ok > 0 => {
            "It took no time that could be measured, so nothing held it back.".into()
        }
        Bound::Nothing => "Nothing was fetched.".into(),
        Bound::Stopped => {
            "Stopped before its end: the figures hold what was measured until then.".into()
        }
        Bound::OneAtATime => one_at_a_time(figures),
        Bound::Slowest(place) => slowest(rows, place),
        // Said by those who know what was crawled.
        Bound::Discovery | Bound::Frontier => String::new(),
        Bound::Permits => permits::sentence(rows, figures),
        Bound::FirstFailure => {
            "The first failure ended it, as it was set to; what went on then was cancelled.".into()
        }
        Bound::Loop => format!(
            "The event loop was blocked: work for the processor held it up for {} at the worst, and whatever came \
             meanwhile (answers, timers, clicks) had to wait for it. In slices or in a worker the others go on.",
            span(Duration::from_millis(lag_ms(rows)))
        ),
        Bound::OutOfTime => {
            "The time for the whole run was up; what had not ended then was cancelled.".into()
        }
        Bound::Winner => {
            "The first good answer ended it: no other way could have brought one sooner.".into()
        }
        Bound::Host
        | Bound::HostPermits
        | Bound::Rate
        | Bound::Retries
        | Bound::Consumer
        | Bound::Hands => held::sentence(bound, blame.as_ref(), rows, figures),
        Bound::Paused => format!(
            "The pause binds: for {} of the {} that it took, what set its end waited for it to go on.",
            span(blamed),
            span(figures.total)
        ),
        Bound::Connections => format!(
            "The browser binds: it opens six connections to an HTTP/1.1 host, so of the {} requests that were sent \
             together six were on their way, and the others waited inside “request”. A higher limit moves the wait, no more.",
            figures.peak_in_flight
        ),
    };
    Why {
        bound,
        blamed,
        sentence,
        trap,
    }
}

fn bound(
    rows: &Rows,
    figures: &Figures,
    strategy: Strategy,
    http1: bool,
    blame: Option<&Blame>,
    is_trapped: bool,
) -> Bound {
    match rows.finished() {
        Some(Ending::Stopped) => return Bound::Stopped,
        Some(Ending::FirstFailure) => return Bound::FirstFailure,
        Some(Ending::OutOfTime) => return Bound::OutOfTime,
        Some(Ending::Done) if strategy == Strategy::Race && figures.ok > 0 => return Bound::Winner,
        _ => {}
    }
    let Some((place, _)) = figures.slowest.filter(|_| !figures.total.is_zero()) else {
        return Bound::Nothing;
    };
    if lag_ms(rows) >= BLOCKED_MS {
        return Bound::Loop;
    }
    if http1 && figures.peak_in_flight > CONNECTIONS {
        return Bound::Connections;
    }
    // Requests that nobody polled meanwhile look as long as the consumer's work.
    let store = figures.by_wait[Wait::Store.index()];
    if is_trapped && store > figures.total / 2 {
        return Bound::Consumer;
    }
    if figures.tasks == 1 || figures.efficiency() >= NEARLY {
        return Bound::Slowest(place);
    }
    match strategy {
        Strategy::Sequential => Bound::OneAtATime,
        _ => {
            let most = match blame {
                Some(blame) => blame.most(),
                None => held::longest(figures, strategy),
            };
            most.unwrap_or(Bound::Slowest(place))
        }
    }
}

/// How late the event loop was at the worst.
fn lag_ms(rows: &Rows) -> u64 {
    rows.lag_ms().map_or(0, |lag| lag.peak().into())
}

fn one_at_a_time(figures: &Figures) -> String {
    format!(
        "Each of the {} tasks waited for the one before, though nothing was being done meanwhile but waiting. Together \
         they could have ended after {}.",
        figures.tasks,
        span(figures.ideal)
    )
}

fn slowest(rows: &Rows, place: usize) -> String {
    let Some(row) = rows.rows().get(place) else {
        return String::new();
    };
    let took = span(own_time(row, rows.last_end()));
    let number = place + 1;
    match row.outcome {
        Some(Outcome::Timeout) => format!(
            "Task {number} sets the time: it ran into the timeout, which took {took}. A shorter timeout would end it \
             sooner; more permits would not."
        ),
        _ => format!(
            "The slowest task sets the time: task {number} alone took {took}. No number of permits makes that shorter."
        ),
    }
}
