//! A run as it is kept: what it was set to, and its figures, to be compared with runs of another day.

use std::time::Duration;

use super::difference::change;
use super::figures::Figures;
use super::units::span;

/// What is kept of a run that is over.
///
/// ```
/// use crawl_playground::report::record::Record;
///
/// let record = |total_us| Record { total_us, ..Record::default() };
/// assert_eq!(record(500_000).against(&record(2_000_000)), "−75\u{a0}%");
/// ```
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Record {
    /// When it ended, in milliseconds since 1970. No two have the same, so it is their number too.
    pub at_ms: f64,
    /// What it is called: the run's own name until the visitor gives it another.
    pub name: String,
    /// Where it ran: the network's name.
    pub network: String,
    /// Its settings, as a link's fragment has them.
    pub settings: String,
    /// From its start to its end, in microseconds.
    pub total_us: u64,
    /// Its tasks.
    pub tasks: usize,
    /// Those that failed.
    pub failed: usize,
    /// Those that were cancelled.
    pub cancelled: usize,
    /// Most requests in flight together.
    pub peak: u32,
}

/// The longest name that is kept, in characters.
pub const MAX_NAME_CHARS: usize = 80;

impl Record {
    /// The record of a run with these figures.
    #[must_use]
    pub fn of(
        at_ms: f64,
        name: String,
        network: &str,
        settings: String,
        figures: &Figures,
    ) -> Self {
        Self {
            at_ms,
            name,
            network: network.to_owned(),
            settings,
            total_us: u64::try_from(figures.total.as_micros()).unwrap_or(u64::MAX),
            tasks: figures.tasks,
            failed: figures.failed,
            cancelled: figures.cancelled,
            peak: figures.peak_in_flight,
        }
    }

    /// Its total.
    #[must_use]
    pub fn total(&self) -> String {
        span(self.spent())
    }

    /// How its tasks ended.
    #[must_use]
    pub fn tasks(&self) -> String {
        let mut told = self.tasks.to_string();
        for (count, what) in [(self.failed, "failed"), (self.cancelled, "cancelled")] {
            if count > 0 {
                told += &format!(", {count} {what}");
            }
        }
        told
    }

    /// How much longer it took than `baseline`.
    #[must_use]
    pub fn against(&self, baseline: &Self) -> String {
        change(baseline.spent(), self.spent())
    }

    /// The same run by another name: in one line, no longer than [`MAX_NAME_CHARS`]. `None` if nothing is left of that.
    #[must_use]
    pub fn renamed(&self, name: &str) -> Option<Self> {
        let is_text = |char: &char| !char.is_control();
        let name: String = name
            .trim()
            .chars()
            .filter(is_text)
            .take(MAX_NAME_CHARS)
            .collect();
        (!name.is_empty()).then(|| Self {
            name,
            ..self.clone()
        })
    }

    fn spent(&self) -> Duration {
        Duration::from_micros(self.total_us)
    }
}
