//! A bar in a sentence: for those who hear the picture, and for the status line.

use super::table::cells;
use crate::engine::moment::Moment;
use crate::engine::outcome::Outcome;
use crate::engine::trace::Trace;
use crate::engine::wait::Wait;
use crate::timeline::rows::Rows;

/// What the bar of task `index` says at the moment `now`: its run, which task it is, what it asked for, what came of it, and
/// how long each wait took. `None` where there is no such task. O(n) in the task's segments.
///
/// ```
/// use crawl_playground::engine::{moment::Moment, outcome::Outcome, trace::{OriginId, TaskId, Trace, What}, wait::Wait};
/// use crawl_playground::{report::sentence::bar, timeline::rows::Rows};
///
/// let mut trace = Trace::default();
/// let name = trace.text("lab/delay/100");
/// trace.push(Moment::ZERO, What::Joined(TaskId(0), name, OriginId(0)));
/// trace.push(Moment::from_us(5_000), What::Entered(TaskId(0), Wait::Request));
/// trace.push(Moment::from_us(105_000), What::Ended(TaskId(0), Outcome::of_status(200)));
/// let mut rows = Rows::default();
/// rows.advance(&trace);
/// let told = bar("At most 3", 0, &rows, &trace, rows.last_end()).unwrap();
/// assert_eq!(
///     told.replace('\u{a0}', " "),
///     "At most 3, task 1 of 1: lab/delay/100. Status 200. From 0.0 ms, queue 5.0 ms, request 100.0 ms; 105.0 ms in all."
/// );
/// ```
#[must_use]
pub fn bar(run: &str, index: usize, rows: &Rows, trace: &Trace, now: Moment) -> Option<String> {
    let row = rows.rows().get(index)?;
    let cells = cells(index, row, trace, now);
    let spent = row.spent_us(now);
    let waits: String = Wait::ALL
        .into_iter()
        .filter(|wait| spent[wait.index()] > 0)
        .map(|wait| {
            let ms = cells.wait_ms(wait);
            format!(", {} {ms}\u{a0}ms", wait.name())
        })
        .collect();
    let outcome = match row.outcome {
        Some(Outcome::Ok(_) | Outcome::HttpError(_)) => format!("Status {}", cells.outcome),
        Some(_) => capital(&cells.outcome),
        None => format!("Goes on: {}", cells.outcome),
    };
    let attempts = match row.attempts() {
        0 | 1 => String::new(),
        count => format!(" after {count} attempts"),
    };
    Some(format!(
        "{run}, task {} of {}: {}. {outcome}{attempts}. From {}\u{a0}ms{waits}; {}\u{a0}ms in all.",
        cells.number,
        rows.rows().len(),
        cells.target,
        cells.start_ms,
        cells.total_ms
    ))
}

/// The words, with a capital to begin a sentence. They are ours, and in ASCII.
fn capital(words: &str) -> String {
    let mut words = words.to_owned();
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}
