//! Numbers with their units, as people read them: adapted to their size, with a non-breaking space between.

use std::time::Duration;

use crate::engine::moment::Moment;

/// A span of time with two or three significant digits after the unit that fits.
///
/// ```
/// use crawl_playground::report::units::span;
/// use std::time::Duration;
///
/// assert_eq!(span(Duration::from_micros(830)), "0.8\u{a0}ms");
/// assert_eq!(span(Duration::from_micros(250_400)), "250\u{a0}ms");
/// assert_eq!(span(Duration::from_millis(5_050)), "5.05\u{a0}s");
/// assert_eq!(span(Duration::from_secs(75)), "1\u{a0}min 15\u{a0}s");
/// ```
#[must_use]
pub fn span(span: Duration) -> String {
    let ms = span.as_secs_f64() * 1e3;
    if ms < 9.95 {
        format!("{ms:.1}\u{a0}ms")
    } else if ms < 999.5 {
        format!("{ms:.0}\u{a0}ms")
    } else if ms < 59_995.0 {
        format!("{:.2}\u{a0}s", ms / 1e3)
    } else {
        let seconds = (ms / 1e3).round() as u64;
        format!("{}\u{a0}min {:02}\u{a0}s", seconds / 60, seconds % 60)
    }
}

/// Milliseconds with one decimal, without the unit: for a table's cell.
#[must_use]
pub fn ms(us: u64) -> String {
    // Rounded half up in whole numbers: 0.05 ms is 0.1, whatever binary fractions say.
    let tenths = us.saturating_add(50) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// A tick's label, with as many decimals as its neighbours at `step` need.
///
/// ```
/// use crawl_playground::{engine::moment::Moment, report::units::tick};
/// use std::time::Duration;
///
/// assert_eq!(tick(Moment::from_us(2_000_000), Duration::from_secs(2)), "2\u{a0}s");
/// assert_eq!(tick(Moment::from_us(1_500_000), Duration::from_millis(500)), "1.5\u{a0}s");
/// assert_eq!(tick(Moment::from_us(20_000), Duration::from_millis(20)), "20\u{a0}ms");
/// assert_eq!(tick(Moment::ZERO, Duration::from_secs(2)), "0");
/// ```
#[must_use]
pub fn tick(at: Moment, step: Duration) -> String {
    let us = at.as_us();
    let step_us = u64::try_from(step.as_micros()).unwrap_or(u64::MAX);
    if us == 0 {
        "0".into()
    } else if step_us >= 60_000_000 {
        format!("{}\u{a0}min", us / 60_000_000)
    } else if step_us >= 100_000 {
        let decimals = if step_us.is_multiple_of(1_000_000) {
            0
        } else {
            1
        };
        format!("{:.decimals$}\u{a0}s", us as f64 / 1e6)
    } else if step_us >= 1_000 {
        format!("{}\u{a0}ms", us / 1_000)
    } else {
        format!("{us}\u{a0}µs")
    }
}

/// A size in bytes.
///
/// ```
/// use crawl_playground::report::units::bytes;
/// assert_eq!(bytes(980), "980\u{a0}B");
/// assert_eq!(bytes(10_000_000), "10.0\u{a0}MB");
/// ```
#[must_use]
pub fn bytes(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes}\u{a0}B"),
        1_000..1_000_000 => format!("{:.1}\u{a0}kB", bytes as f64 / 1e3),
        _ => format!("{:.1}\u{a0}MB", bytes as f64 / 1e6),
    }
}

/// A whole number with its thousands apart.
///
/// ```
/// use crawl_playground::report::units::grouped;
/// assert_eq!(grouped(10_001), "10\u{a0}001");
/// assert_eq!(grouped(999), "999");
/// ```
#[must_use]
pub fn grouped(number: usize) -> String {
    if number < 1_000 {
        return number.to_string();
    }
    format!("{}\u{a0}{:03}", grouped(number / 1_000), number % 1_000)
}

/// A number as a word where a sentence would use one, else in digits.
#[must_use]
pub fn word(number: usize) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    WORDS
        .get(number)
        .map_or_else(|| number.to_string(), |word| (*word).into())
}

/// The same, to begin a sentence with.
#[must_use]
pub fn capital_word(number: usize) -> String {
    let word = word(number);
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
