//! Laws of latency as text.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::Latency;
use crate::engine::rate::thousandths;

impl fmt::Display for Latency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = |span: &Duration| thousandths(u64::try_from(span.as_micros()).unwrap_or(u64::MAX));
        let milli = |number: u32| thousandths(number.into());
        match self {
            Self::Fixed(latency) => write!(f, "fixed {}", ms(latency)),
            Self::Uniform { min, max } => write!(f, "uniform {} {}", ms(min), ms(max)),
            Self::LogNormal {
                median,
                sigma_milli,
            } => write!(f, "lognormal {} {}", ms(median), milli(*sigma_milli)),
            Self::HeavyTail {
                minimum,
                alpha_milli,
            } => write!(f, "pareto {} {}", ms(minimum), milli(*alpha_milli)),
            Self::Replay(latencies) => {
                f.write_str("replay")?;
                latencies
                    .iter()
                    .try_for_each(|latency| write!(f, " {}", ms(latency)))
            }
        }
    }
}

impl FromStr for Latency {
    /// A sentence.
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut words = text.split_whitespace();
        let name = words.next().unwrap_or_default();
        let form = match name {
            "fixed" => "fixed 200",
            "uniform" => "uniform 100 300",
            "lognormal" => "lognormal 200 0.6",
            "pareto" => "pareto 100 1.5",
            "replay" => "replay 120 80.5 310",
            _ => {
                return Err(format!(
                    "“{}” is no law of latency: write one like “fixed 200”, “uniform 100 300”, “lognormal 200 0.6” or \
                     “pareto 100 1.5”, with times in ms.",
                    shortened(text)
                ));
            }
        };
        let unreadable = || {
            format!(
                "“{}” cannot be read: write it like “{form}”.",
                shortened(text)
            )
        };
        let numbers: Option<Vec<f64>> = words.map(number).collect();
        let numbers = numbers.ok_or_else(unreadable)?;
        match (name, numbers.as_slice()) {
            ("fixed", [ms]) => Self::fixed(*ms),
            ("uniform", [min_ms, max_ms]) => Self::uniform(*min_ms, *max_ms),
            ("lognormal", [median_ms, sigma]) => Self::log_normal(*median_ms, *sigma),
            ("pareto", [minimum_ms, alpha]) => Self::heavy_tail(*minimum_ms, *alpha),
            ("replay", latencies_ms) => {
                let latencies = latencies_ms
                    .iter()
                    .map(|ms| super::duration("latency", *ms));
                Self::replay(latencies.collect::<Result<Vec<_>, _>>()?)
            }
            _ => Err(unreadable()),
        }
    }
}

/// Reads a decimal number such as `80.5`, to the thousandth. No signs and no exponents: nobody writes a latency so, and
/// what reads any float there is takes ten kilobytes of the page.
fn number(word: &str) -> Option<f64> {
    let (whole, fraction) = word.split_once('.').unwrap_or((word, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) || fraction.len() > 3 {
        return None;
    }
    let whole: u32 = whole.parse().ok()?;
    let milli: u32 = format!("{fraction:0<3}").parse().ok()?;
    Some(f64::from(whole) + f64::from(milli) / 1e3)
}

/// Enough of a text to know it by.
fn shortened(text: &str) -> String {
    let start: String = text.chars().take(40).collect();
    let is_whole = start.len() == text.len();
    if is_whole { start } else { start + "…" }
}
