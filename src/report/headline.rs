//! The finding, in one sentence with numbers.

use std::time::Duration;

use super::figures::Figures;
use super::units::{capital_word, fixed, grouped, span, word};
use super::why::Bound;
use crate::engine::strategy::Strategy;

/// A run as a headline speaks of it.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// How its tasks were combined.
    pub strategy: Strategy,
    /// The limits that its semaphore had, one after another.
    pub limits: &'a [usize],
    /// Its figures.
    pub figures: &'a Figures,
    /// Whether it was stopped before its end.
    pub was_stopped: bool,
}

/// The run that another is compared with, as a headline speaks of it.
#[derive(Clone, Copy)]
pub struct Compared<'a> {
    /// How its tasks were combined.
    pub strategy: Strategy,
    /// The name that it goes by, if it is one that the visitor pinned.
    pub pinned_as: Option<&'a str>,
    /// Its figures.
    pub figures: &'a Figures,
}

impl<'a> Compared<'a> {
    /// One that was run for the comparison.
    #[must_use]
    pub const fn with(strategy: Strategy, figures: &'a Figures) -> Self {
        Self {
            strategy,
            pinned_as: None,
            figures,
        }
    }
}

/// A run's name beside its rows. Of many limits the first and the last are named.
#[must_use]
pub fn lane_name(strategy: Strategy, limits: &[usize]) -> String {
    match strategy {
        Strategy::Sequential => "One at a time".into(),
        Strategy::AllAtOnce => "All at once".into(),
        Strategy::RateLimited => "By rate".into(),
        Strategy::AutoThrottle => "Auto throttle".into(),
        Strategy::Race => "The first to answer".into(),
        Strategy::Buffered => format!("{}, in order", last(limits)),
        Strategy::BufferUnordered => format!("{}, as completed", last(limits)),
        Strategy::WorkerPool => format!("{} workers", changing(limits)),
        Strategy::Pipeline => format!("Pipeline of {}", changing(limits)),
        Strategy::Adaptive => "Adaptive".into(),
        Strategy::Semaphore => format!("At most {}", changing(limits)),
    }
}

fn last(limits: &[usize]) -> usize {
    limits.last().copied().unwrap_or_default()
}

/// Each number that there was, or the first and the last of many.
fn changing(limits: &[usize]) -> String {
    match limits {
        [first, _, _, .., last] => format!("{first} … {last}"),
        _ => joined(limits, " → ", usize::to_string),
    }
}

fn joined(limits: &[usize], between: &str, write: impl Fn(&usize) -> String) -> String {
    limits.iter().map(write).collect::<Vec<_>>().join(between)
}

/// What the number was later.
fn then(rest: &[usize]) -> String {
    joined(rest, "", |limit| format!(", then {}", word(*limit)))
}

/// The same as a sentence begins with it.
fn spoken_name(strategy: Strategy, limits: &[usize], peak: u32) -> String {
    match (strategy, limits) {
        // Not in the words of what it is most often compared with.
        (Strategy::Semaphore, [1]) => "A semaphore of one".into(),
        // Something else than the semaphore let fewer go.
        (Strategy::Semaphore, [limit]) if *limit > peak as usize => {
            format!("At most {} at a time", word(*limit))
        }
        (Strategy::Semaphore, [first, rest @ ..]) if rest.len() < 3 => {
            format!("{}{} at a time", capital_word(*first), then(rest))
        }
        (Strategy::Semaphore, [first, .., last]) => {
            format!("From {} to {} at a time", word(*first), word(*last))
        }
        (Strategy::Buffered, _) => {
            format!("{} at a time, taken in order,", capital_word(last(limits)))
        }
        (Strategy::BufferUnordered, _) => {
            format!(
                "{} at a time, taken as completed,",
                capital_word(last(limits))
            )
        }
        (Strategy::WorkerPool, [1]) => "One worker".into(),
        (Strategy::WorkerPool, [first, rest @ ..]) if rest.len() < 3 => {
            format!("{}{} workers", capital_word(*first), then(rest))
        }
        (Strategy::WorkerPool, [first, .., last]) => {
            format!("From {} to {} workers", word(*first), word(*last))
        }
        (Strategy::Pipeline, [first, rest @ ..]) if rest.len() < 3 => {
            format!("A pipeline of {}{}", word(*first), then(rest))
        }
        (Strategy::Pipeline, [first, .., last]) => {
            format!("A pipeline of {} to {}", word(*first), word(*last))
        }
        _ => lane_name(strategy, limits),
    }
}

/// The sentence for a run, beside the one that it is compared with if there is one.
///
/// ```
/// use crawl_playground::engine::{moment::Moment, strategy::Strategy};
/// use crawl_playground::report::{figures::Figures, headline::{Compared, Subject, headline}};
/// use crawl_playground::timeline::rows::Rows;
/// use std::time::Duration;
///
/// let all_came = Figures { tasks: 10, ok: 10, ..Figures::of(&Rows::default(), Moment::ZERO) };
/// let slow = Figures { total: Duration::from_millis(13_000), ..all_came.clone() };
/// let fast = Figures { total: Duration::from_millis(5_050), peak_in_flight: 3, ..all_came };
/// let subject = Subject { strategy: Strategy::Semaphore, limits: &[3], figures: &fast, was_stopped: false };
/// assert_eq!(
///     headline(subject, Some(Compared::with(Strategy::Sequential, &slow))),
///     "Three at a time took 5.05\u{a0}s instead of 13.00\u{a0}s: 2.6\u{a0}times faster."
/// );
/// ```
#[must_use]
pub fn headline(subject: Subject<'_>, compared: Option<Compared<'_>>) -> String {
    let Subject {
        strategy,
        limits,
        figures,
        was_stopped,
    } = subject;
    if was_stopped {
        return format!(
            "Stopped after {}: {} of {} tasks had ended.",
            span(figures.total),
            grouped(figures.tasks - figures.cancelled),
            grouped(figures.tasks)
        );
    }
    if figures.ok == 0 && figures.tasks > 0 {
        // How fast nothing came is no finding.
        return match figures.tasks {
            1 => "The page did not come.".into(),
            2 => "No page came: both tasks failed.".into(),
            tasks => format!("No page came: all {} tasks failed.", word(tasks)),
        };
    }
    let name = spoken_name(strategy, limits, figures.peak_in_flight);
    let total = span(figures.total);
    let Some(other) = compared else {
        let tasks = if figures.tasks == 1 {
            "one task".into()
        } else {
            format!("{} tasks", word(figures.tasks))
        };
        if strategy == Strategy::Race {
            return format!("{name} of {tasks} took {total}.");
        }
        return format!("{name} took {total} for {tasks}{}.", of_it_paused(figures));
    };
    let compared = other.figures;
    let slow = span(compared.total);
    // One at a time is what everything is compared with unless something else is said.
    let (other, by_other) = match (other.pinned_as, other.strategy) {
        (None, Strategy::Sequential) => ("one at a time".to_owned(), String::new()),
        (pinned_as, strategy) => {
            let name = format!("“{}”", pinned_as.unwrap_or(strategy.name()));
            (name.clone(), format!(" by {name}"))
        }
    };
    if compared.ok != figures.ok {
        // Runs that brought different things can't be told apart by their time.
        let (ok, others) = (figures.ok, compared.ok);
        let pages = if ok == 1 { "page" } else { "pages" };
        return format!(
            "{name} took {total} and brought {ok} {pages}; {other} took {slow} and brought {others}."
        );
    }
    if !(figures.paused + compared.paused).is_zero() {
        // Who waited for a visitor was not slow.
        let (paused, others) = (of_it_paused(figures), of_it_paused(compared));
        return format!("{name} took {total}{paused}; {other} took {slow}{others}.");
    }
    let times = compared.total.as_secs_f64() / figures.total.as_secs_f64().max(1e-6);
    if times >= 1.05 {
        let times = fixed(times, 1);
        format!("{name} took {total} instead of {slow}{by_other}: {times}\u{a0}times faster.")
    } else if times > 0.95 {
        format!("{name} took {total}, and {other} {slow}: no difference.")
    } else {
        format!(
            "{name} took {total}, longer than the {slow} {}.",
            if by_other.is_empty() {
                &other
            } else {
                &by_other[1..]
            }
        )
    }
}

/// How long it stood paused, as a part of its sentence.
fn of_it_paused(figures: &Figures) -> String {
    match figures.paused {
        Duration::ZERO => String::new(),
        paused => format!(", {} of it paused", span(paused)),
    }
}

/// What came of it besides: how soon it could have ended at best, and what held it back.
#[must_use]
pub fn bound_sentence(figures: &Figures, bound: Bound) -> String {
    let mut sentence = String::new();
    // Where all have failed the headline says so.
    if (1..figures.tasks).contains(&figures.failed) {
        let plural = if figures.failed == 1 { "task" } else { "tasks" };
        sentence += &format!("{} {plural} failed. ", capital_word(figures.failed));
    }
    if figures.ok == 0 && !matches!(bound, Bound::Stopped | Bound::OutOfTime) {
        return sentence + "The tasks table says why.";
    }
    let ideal = span(figures.ideal);
    sentence += &match bound {
        Bound::Nothing => String::new(),
        Bound::Stopped => "What was measured until then is kept.".into(),
        Bound::Slowest(_) => {
            format!("It could not have been much faster: the slowest task alone takes {ideal}.")
        }
        Bound::Discovery => {
            "No number of permits makes it much faster: its pages are found one after another."
                .into()
        }
        Bound::Frontier => {
            format!("At best: {ideal}. Pages that were known had to wait for a place.")
        }
        Bound::OneAtATime => format!("At best: {ideal}. Each task waited for the one before."),
        Bound::Permits => format!("At best: {ideal}. The permits held it back."),
        Bound::Host => format!("At best: {ideal}. Politeness to the host held it back."),
        Bound::HostPermits => format!("At best: {ideal}. The limit per host held it back."),
        Bound::Rate => format!("At best: {ideal}. The rate held it back."),
        Bound::Retries => format!("At best: {ideal}. Retries held it back."),
        Bound::Consumer => format!("At best: {ideal}. The consumer held it back."),
        Bound::Hands => format!("At best: {ideal}. More side by side would be faster."),
        Bound::Loop => "Work on the event loop held up everything else.".into(),
        Bound::FirstFailure => "The first failure ended it.".into(),
        Bound::OutOfTime => "Its time was up.".into(),
        Bound::Winner => "The losers were cancelled at that moment.".into(),
        Bound::Paused => format!("At best: {ideal}. The pause held it back."),
        Bound::Connections => "The browser’s six connections held it back.".into(),
    };
    sentence
}
