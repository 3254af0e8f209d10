//! The tasks table: the picture's exact twin in numbers, milliseconds with one decimal.

use super::units::ms;
use crate::engine::moment::Moment;
use crate::engine::trace::Trace;
use crate::engine::wait::Wait;
use crate::timeline::rows::{Row, Rows};

/// The waits that have a column: the ones that every run knows, and those that this run has spent time on.
#[must_use]
pub fn columns(rows: &Rows) -> Vec<Wait> {
    let always = [
        Wait::Queue,
        Wait::Permit,
        Wait::Request,
        Wait::Download,
        Wait::Parse,
    ];
    Wait::ALL
        .into_iter()
        .filter(|wait| always.contains(wait) || rows.has_spent(*wait))
        .collect()
}

/// A row's cells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cells {
    /// The number, from 1.
    pub number: String,
    /// The target, as it was written.
    pub target: String,
    /// The page's own title.
    pub title: String,
    /// How it ended, or what it does now.
    pub outcome: String,
    /// When it joined the run, in ms.
    pub start_ms: String,
    /// Microseconds spent on each wait, by [`Wait::index`], in whole tenths of a millisecond. They add up to the total, so
    /// each may be off by a tenth.
    waits_us: [u64; Wait::ALL.len()],
    /// All waits together, in ms.
    pub total_ms: String,
}

impl Cells {
    /// Milliseconds spent on this wait.
    #[must_use]
    pub fn wait_ms(&self, wait: Wait) -> String {
        ms(self.waits_us[wait.index()])
    }
}

/// The cells of task `index` at the moment `now`.
#[must_use]
pub fn cells(index: usize, row: &Row, trace: &Trace, now: Moment) -> Cells {
    let spent_us = row.spent_us(now);
    // Rounded where each ends if they stand in one line, so that the cells add up to their total.
    let mut end_us: u64 = 0;
    let to_tenths = |us: u64| us.saturating_add(50) / 100 * 100;
    let waits_us = spent_us.map(|us| {
        let start_us = to_tenths(end_us);
        end_us = end_us.saturating_add(us);
        to_tenths(end_us) - start_us
    });
    let outcome = match (row.outcome, row.open()) {
        (Some(outcome), _) => outcome.label(),
        (None, Some((wait, _))) => wait.name().into(),
        (None, None) => String::new(),
    };
    Cells {
        number: (index + 1).to_string(),
        target: trace.read(row.target).into(),
        title: row
            .title
            .map(|title| trace.read(title).into())
            .unwrap_or_default(),
        outcome,
        start_ms: ms(row.joined.as_us()),
        waits_us,
        total_ms: ms(end_us),
    }
}
