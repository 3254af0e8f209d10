//! A prediction held against what was measured, in a sentence.

use std::time::Duration;

use super::units::{grouped, span};
use crate::sim::prediction::error_percent;

/// How a total that was predicted compares with the one that was measured.
///
/// ```
/// use crawl_playground::report::prediction::compared;
/// use std::time::Duration;
///
/// let ms = Duration::from_millis;
/// assert_eq!(
///     compared(ms(5_050), ms(5_120)).replace('\u{a0}', " "),
///     "Predicted 5.05 s, measured 5.12 s: 1.4 % off."
/// );
/// ```
#[must_use]
pub fn compared(predicted: Duration, measured: Duration) -> String {
    let off = match error_percent(predicted, measured) {
        // There is no share of nothing.
        None => ".".to_owned(),
        Some(percent) if percent < 0.05 => ": less than 0.1\u{a0}% off.".to_owned(),
        Some(percent) if percent < 9.95 => format!(": {percent:.1}\u{a0}% off."),
        Some(percent) => format!(": {percent:.0}\u{a0}% off."),
    };
    let (predicted, measured) = (span(predicted), span(measured));
    format!("Predicted {predicted}, measured {measured}{off}")
}

/// What to add where a prediction from a run had to guess for some of its tasks; `None` where it had not.
///
/// ```
/// use crawl_playground::report::prediction::guessed;
///
/// assert_eq!(guessed(0), None);
/// assert!(guessed(1).unwrap().starts_with("1 task was cancelled or never sent"));
/// ```
#[must_use]
pub fn guessed(tasks: usize) -> Option<String> {
    let (were, each) = match tasks {
        0 => return None,
        1 => ("task was", "it"),
        _ => ("tasks were", "each"),
    };
    let tasks = grouped(tasks);
    Some(format!(
        "{tasks} {were} cancelled or never sent, so the median of the others stands for {each}."
    ))
}
