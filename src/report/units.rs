//! Numbers with their units, as people read them: adapted to their size, with a non-breaking space between.

use std::time::Duration;

use crate::engine::moment::Moment;

/// A span of time with two or three significant digits after the unit that fits.
///
/// ```
/// use crawl_playground::report::units::span;
/// use std::time::Duration;
///
/// assert_eq!(span(Duration::from_micros(830)), "830\u{a0}µs");
/// assert_eq!(span(Duration::from_micros(8_340)), "8.3\u{a0}ms");
/// assert_eq!(span(Duration::from_micros(250_400)), "250\u{a0}ms");
/// assert_eq!(span(Duration::from_millis(5_050)), "5.05\u{a0}s");
/// assert_eq!(span(Duration::from_secs(75)), "1\u{a0}min 15\u{a0}s");
/// assert_eq!(span(Duration::from_secs(7_260)), "2\u{a0}h 01\u{a0}min");
/// ```
#[must_use]
pub fn span(span: Duration) -> String {
    let us = u64::try_from(span.as_micros()).unwrap_or(u64::MAX);
    match us {
        0 => "0\u{a0}ms".into(),
        1..1_000 => format!("{us}\u{a0}µs"),
        1_000..9_950 => format!("{}\u{a0}ms", decimal(rounded(us, 100), 1)),
        9_950..999_500 => format!("{}\u{a0}ms", rounded(us, 1_000)),
        999_500..59_995_000 => format!("{}\u{a0}s", decimal(rounded(us, 10_000), 2)),
        _ => {
            let seconds = rounded(us, 1_000_000);
            // Hours and minutes, or minutes and seconds.
            let (more, less, number) = match seconds {
                0..3_600 => ("min", "s", seconds),
                _ => ("h", "min", rounded(us, 60_000_000)),
            };
            format!("{}\u{a0}{more} {:02}\u{a0}{less}", number / 60, number % 60)
        }
    }
}

/// A number with so many decimals, rounded half up; what is negative or no number is 0.
///
/// ```
/// use crawl_playground::report::units::fixed;
/// assert_eq!(fixed(2.574, 1), "2.6");
/// assert_eq!(fixed(99.5, 0), "100");
/// ```
#[must_use]
pub fn fixed(number: f64, decimals: u32) -> String {
    let one = 10_u64.pow(decimals) as f64;
    decimal((number * one).round() as u64, decimals)
}

/// `units` of which 10 to the power of `decimals` make one. In whole numbers: the code that writes binary fractions in
/// decimals would be 8 kB of the page as it is sent.
fn decimal(units: u64, decimals: u32) -> String {
    if decimals == 0 {
        return units.to_string();
    }
    let one = 10_u64.pow(decimals);
    let width = decimals as usize;
    format!("{}.{:0width$}", units / one, units % one)
}

/// `number / unit`, rounded half up.
const fn rounded(number: u64, unit: u64) -> u64 {
    number.saturating_add(unit / 2) / unit
}

/// Milliseconds with one decimal, without the unit: for a table's cell.
#[must_use]
pub fn ms(us: u64) -> String {
    // Rounded half up in whole numbers: 0.05 ms is 0.1, whatever binary fractions say.
    decimal(rounded(us, 100), 1)
}

/// Milliseconds to the microsecond, without the unit.
///
/// ```
/// assert_eq!(crawl_playground::report::units::exact_ms(5_012), "5.012");
/// ```
#[must_use]
pub fn exact_ms(us: u64) -> String {
    decimal(us, 3)
}

/// A tick's label on an axis that shows times until `until`, with as many decimals as its neighbours at `step` need. Up to a
/// minute the unit is the same for all ticks of an axis; beyond, each is written as by [`clock`].
///
/// ```
/// use crawl_playground::{engine::moment::Moment, report::units::tick};
/// use std::time::Duration;
///
/// let until = Moment::from_us(5_000_000);
/// assert_eq!(tick(Moment::from_us(2_000_000), Duration::from_secs(2), until), "2\u{a0}s");
/// assert_eq!(tick(Moment::from_us(1_500_000), Duration::from_millis(500), until), "1.5\u{a0}s");
/// assert_eq!(tick(Moment::from_us(4_999_970), Duration::from_micros(10), until), "4.99997\u{a0}s");
/// assert_eq!(tick(Moment::ZERO, Duration::from_secs(2), until), "0");
///
/// let until = Moment::from_us(90_000);
/// assert_eq!(tick(Moment::from_us(20_000), Duration::from_millis(20), until), "20\u{a0}ms");
///
/// let until = Moment::from_us(3_800_000_000);
/// let at = Moment::from_us(3_723_500_000);
/// assert_eq!(tick(at, Duration::from_millis(500), until), "1\u{a0}h 2\u{a0}min 3.5\u{a0}s");
/// ```
#[must_use]
pub fn tick(at: Moment, step: Duration, until: Moment) -> String {
    let us = at.as_us();
    let step_us = u64::try_from(step.as_micros()).unwrap_or(u64::MAX);
    if us == 0 {
        return "0".into();
    }
    let (power, name) = match until.as_us() {
        MINUTE_US.. => (6, ""),
        _ if step_us >= 100_000 => (6, "s"),
        1_000_000.. => (6, "s"),
        1_000.. => (3, "ms"),
        _ => (0, "µs"),
    };
    // One decimal for each digit of the step that lies behind the point.
    let decimals = (0..power).find(|decimals| step_us.is_multiple_of(10_u64.pow(power - decimals)));
    let decimals = decimals.unwrap_or(power);
    if name.is_empty() {
        return clock(at, decimals);
    }
    let shown = decimal(rounded(us, 10_u64.pow(power - decimals)), decimals);
    format!("{shown}\u{a0}{name}")
}

const MINUTE_US: u64 = 60_000_000;

/// A moment in hours, minutes and seconds, these with up to six decimals. What there is none of is left out.
///
/// ```
/// use crawl_playground::{engine::moment::Moment, report::units::clock};
///
/// assert_eq!(clock(Moment::from_us(3_723_500_000), 1), "1\u{a0}h 2\u{a0}min 3.5\u{a0}s");
/// assert_eq!(clock(Moment::from_us(7_200_000_010), 5), "2\u{a0}h 0.00001\u{a0}s");
/// assert_eq!(clock(Moment::from_us(5_400_000_000), 0), "1\u{a0}h 30\u{a0}min");
/// assert_eq!(clock(Moment::from_us(59_960_000), 1), "1\u{a0}min");
/// assert_eq!(clock(Moment::ZERO, 0), "0\u{a0}s");
/// ```
#[must_use]
pub fn clock(at: Moment, decimals: u32) -> String {
    let decimals = decimals.min(6);
    let second = 10_u64.pow(decimals);
    // Rounded once, before it is taken apart: no minute has 60 seconds.
    let number = rounded(at.as_us(), 1_000_000 / second);
    let (minutes, rest) = (number / (60 * second), number % (60 * second));
    let mut told = String::new();
    let mut add = |number: String, unit: &str| {
        if !told.is_empty() {
            told.push(' ');
        }
        told += &number;
        told.push('\u{a0}');
        told += unit;
    };
    if minutes >= 60 {
        add((minutes / 60).to_string(), "h");
    }
    if minutes % 60 > 0 {
        add((minutes % 60).to_string(), "min");
    }
    if rest > 0 || minutes == 0 {
        add(decimal(rest, decimals), "s");
    }
    told
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
        1_000..1_000_000 => format!("{}\u{a0}kB", decimal(rounded(bytes, 100), 1)),
        _ => format!("{}\u{a0}MB", decimal(rounded(bytes, 100_000), 1)),
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
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push('\u{a0}');
        }
        grouped.push(digit);
    }
    grouped
}

/// A number as a word where a sentence would use one, else in digits, by thousands.
#[must_use]
pub fn word(number: usize) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    WORDS
        .get(number)
        .map_or_else(|| grouped(number), |word| (*word).into())
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
