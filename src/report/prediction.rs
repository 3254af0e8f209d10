//! A prediction held against what was measured.

use std::time::Duration;

use super::units::fixed;
use crate::sim::prediction::error_percent;

/// How far a total that was predicted was from the one that was measured, either way, in per cent of the latter; `None`
/// where nothing was measured, since there is no share of nothing.
///
/// ```
/// use crawl_playground::report::prediction::off_by;
/// use std::time::Duration;
///
/// let ms = Duration::from_millis;
/// assert_eq!(off_by(ms(5_050), ms(5_120)).as_deref(), Some("1.4\u{a0}%"));
/// assert_eq!(off_by(ms(5_050), ms(0)), None);
/// ```
#[must_use]
pub fn off_by(predicted: Duration, measured: Duration) -> Option<String> {
    let percent = error_percent(predicted, measured)?;
    Some(format!("{}\u{a0}%", fixed(percent, 1)))
}
