//! A prediction, what it rests on, and how it is held against what was measured.

use std::time::Duration;

use super::units::{fixed, span};
use crate::sim::prediction::error_percent;

/// What a run was expected to take, before it was made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Expected {
    /// From its start to the end of its last task.
    pub total: Duration,
    /// What that was worked out from.
    pub basis: Basis,
}

/// What a prediction rests on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Basis {
    /// The delays that the network's answers are known to have.
    Delays,
    /// What the same requests took in a run before.
    Before,
}

impl Basis {
    /// The same in a sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Delays => {
                "Predicted in virtual time from the Lab’s own delays: the way there and back is not in them."
            }
            Self::Before => "Predicted in virtual time from what the same requests took before.",
        }
    }
}

/// What a run of other settings would take, in a sentence; whether something would cut it off then.
///
/// ```
/// use crawl_playground::report::prediction::{Basis, foreseen};
/// use std::time::Duration;
///
/// assert_eq!(
///     foreseen(Duration::from_millis(750), false, Basis::Before),
///     "With these settings it would take about 750\u{a0}ms, if each request took as long again."
/// );
/// ```
#[must_use]
pub fn foreseen(total: Duration, is_cut_off: bool, basis: Basis) -> String {
    let taken = if is_cut_off {
        "be cut off after"
    } else {
        "take"
    };
    let given = match basis {
        Basis::Delays => "by the Lab’s own delays",
        Basis::Before => "if each request took as long again",
    };
    let total = span(total);
    format!("With these settings it would {taken} about {total}, {given}.")
}

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
