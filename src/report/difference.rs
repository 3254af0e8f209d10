//! How much longer one span of time is than another, in words.

use std::time::Duration;

use super::units::fixed;

/// From such a share on a difference is worth a number: one in a hundred.
pub const WORTH: f64 = 0.01;

/// By what part of `was` the other is longer; less than nothing if it is shorter.
#[must_use]
pub fn share(was: Duration, is: Duration) -> f64 {
    (is.as_secs_f64() - was.as_secs_f64()) / was.as_secs_f64().max(1e-9)
}

/// The same in a few words, for a table.
///
/// ```
/// use crawl_playground::report::difference::change;
/// use std::time::Duration;
///
/// let ms = Duration::from_millis;
/// assert_eq!(change(ms(2_000), ms(500)), "−75\u{a0}%");
/// assert_eq!(change(ms(500), ms(2_000)), "+300\u{a0}%");
/// assert_eq!(change(ms(1_000), ms(1_004)), "as long");
/// ```
#[must_use]
pub fn change(was: Duration, is: Duration) -> String {
    let share = share(was, is);
    let sign = match share < 0.0 {
        _ if share.abs() < WORTH => return "as long".into(),
        true => '−',
        false => '+',
    };
    format!("{sign}{}\u{a0}%", fixed(share.abs() * 100.0, 0))
}
