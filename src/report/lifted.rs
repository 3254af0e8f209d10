//! What lifting each of a run's bounds would bring, in words.

use std::time::Duration;

use super::difference::{WORTH, change, share};
use super::units::span;
use crate::sim::lifted::{Bound, Lifted};

/// A line of the table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// What is lifted.
    pub name: String,
    /// The total without it.
    pub total: String,
    /// What that is less or more than as it was.
    pub change: String,
    /// Whether no other bound brings as much.
    pub is_best: bool,
}

/// What is lifted, as the end of “the total …”.
#[must_use]
pub fn name(lifted: &Lifted) -> String {
    let name = match lifted.bound {
        Bound::Concurrency => "with a permit for each",
        Bound::KeptPermit => "with permits given back before the delay",
        Bound::HostPermits => "without a limit per host",
        Bound::HostClock => "without the hosts’ delay",
        Bound::Rate => "without the rate",
        Bound::Connections => "without the browser’s six connections, as over HTTP/2",
        Bound::Retries => "with answers at the first try",
        Bound::Work => "without the work on each page",
        Bound::Consumer => "with a consumer that takes no time",
        Bound::Delay => "without the delay",
        Bound::Slowest => {
            return match lifted.task {
                Some(task) => format!("without task {}, the slowest", task.index() + 1),
                None => "without the slowest task".into(),
            };
        }
    };
    name.into()
}

/// The table: a line for each bound, held against what the model makes of the run as it was.
///
/// ```
/// use crawl_playground::report::lifted::table;
/// use crawl_playground::sim::{lifted::{Bound, Lifted}, prediction::Prediction};
/// use std::time::Duration;
///
/// let total = |ms| Some(Prediction { total: Duration::from_millis(ms), ..Prediction::default() });
/// let lifted = |bound, ms| Lifted { bound, task: None, prediction: total(ms) };
/// let was = Duration::from_secs(2);
/// let lines = table(was, &[lifted(Bound::Concurrency, 500), lifted(Bound::Rate, 2_000)]);
/// assert_eq!((lines[0].total.as_str(), lines[0].change.as_str()), ("500\u{a0}ms", "−75\u{a0}%"));
/// assert_eq!((lines[1].change.as_str(), lines[1].is_best), ("as long", false));
/// ```
#[must_use]
pub fn table(was: Duration, all: &[Lifted]) -> Vec<Line> {
    let best = best(was, all).map(|best| best.bound);
    let line = |lifted: &Lifted| {
        let total = lifted.prediction.map(|prediction| prediction.total);
        Line {
            name: name(lifted),
            total: total.map_or_else(|| "would never end".into(), span),
            change: total.map_or_else(String::new, |total| change(was, total)),
            is_best: best == Some(lifted.bound),
        }
    };
    all.iter().map(line).collect()
}

/// The finding: which bound is the one to lift.
#[must_use]
pub fn finding(was: Duration, all: &[Lifted]) -> String {
    let found = best(was, all).and_then(|best| Some((best, best.prediction?.total)));
    match found {
        Some((best, total)) => format!(
            "Most would be won {}: {} instead of {}. Each is lifted alone, so gains don’t add up; and a server may take longer \
             when more is asked of it at a time.",
            name(best),
            span(total),
            span(was)
        ),
        None => "None of its bounds alone made it longer: behind each stands another, or its tasks just take that time."
            .into(),
    }
}

/// The bound that made the run longest, if any made it worth a word longer.
fn best(was: Duration, all: &[Lifted]) -> Option<&Lifted> {
    let total = |lifted: &Lifted| Some(lifted.prediction?.total);
    let best = all
        .iter()
        .filter(|lifted| total(lifted).is_some())
        .min_by_key(|lifted| total(lifted))?;
    (share(was, total(best)?) <= -WORTH).then_some(best)
}
