//! How long a simulated server takes to answer: laws of latency, drawn from a seed or replayed from a measured run.

use std::rc::Rc;
use std::time::Duration;

use crate::engine::random::Random;
use crate::engine::rate::thousandths;

mod normal;
mod text;

/// A law of latency.
///
/// Samples are whole microseconds from 0 to [`Latency::MAX_MS`], and follow from the generator's state alone, to the
/// bit on every platform: the logarithm and the exponential are those of the crate `libm`, which uses nothing but IEEE
/// 754's basic operations (the standard library's are the system's, and differ between systems in the last bit).
///
/// As text, for links and fields, times are in milliseconds: `fixed 200`, `uniform 100 300`, `lognormal 200 0.6`,
/// `pareto 100 1.5`, `replay 120 80.5 310`. What is written and read again is the same law.
///
/// ```
/// use crawl_playground::{engine::random::Random, sim::latency::Latency};
///
/// let law: Latency = "uniform 100 300".parse().unwrap();
/// let sample = law.sample(0, &mut Random::seeded(7));
/// assert!((100..=300).contains(&sample.as_millis()));
/// assert_eq!(law.to_string(), "uniform 100 300");
/// assert!("uniform 300 100".parse::<Latency>().unwrap_err().contains("above"));
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Latency {
    /// Always the same.
    Fixed(Duration),
    /// Anything from the least to the greatest, each as likely.
    Uniform {
        /// The least.
        min: Duration,
        /// The greatest, which is included.
        max: Duration,
    },
    /// `median · e^(sigma · Z)` with a standard normal `Z`: most near the median, some far above. What web servers'
    /// latencies mostly look like.
    LogNormal {
        /// Half of the samples are below.
        median: Duration,
        /// The spread, in thousandths. At 0 all are the median; at 600 one in forty is above 3.2 medians.
        sigma_milli: u32,
    },
    /// Pareto's law, `minimum · U^(−1/alpha)` with a `U` even in 0 to 1: a tail so heavy that the slowest request decides.
    HeavyTail {
        /// The least.
        minimum: Duration,
        /// The tail's weight, in thousandths; the smaller, the heavier. At 1 000 and below the law has no mean, and only the
        /// ceiling of [`Latency::MAX_MS`] gives it one.
        alpha_milli: u32,
    },
    /// The latencies of a run, one a task in order, and from the start again when there are more tasks.
    Replay(Rc<[Duration]>),
}

impl Latency {
    /// The longest latency, in ms: ten minutes. Samples of a law that knows no bound are cut to it.
    pub const MAX_MS: f64 = 600_000.0;
    /// The greatest spread of [`Latency::LogNormal`].
    pub const MAX_SIGMA: f64 = 10.0;
    /// The greatest exponent of [`Latency::HeavyTail`].
    pub const MAX_ALPHA: f64 = 1_000.0;

    const MAX: Duration = Duration::from_millis(Self::MAX_MS as u64);

    /// Always `ms`.
    ///
    /// # Errors
    /// A sentence, if it is not a number from 0 to [`Latency::MAX_MS`].
    pub fn fixed(ms: f64) -> Result<Self, String> {
        Ok(Self::Fixed(duration("latency", ms)?))
    }

    /// Anything from `min_ms` to `max_ms`.
    ///
    /// # Errors
    /// A sentence, if one is not a number from 0 to [`Latency::MAX_MS`], or the least is above the greatest.
    pub fn uniform(min_ms: f64, max_ms: f64) -> Result<Self, String> {
        let min = duration("least latency", min_ms)?;
        let max = duration("greatest latency", max_ms)?;
        if min > max {
            return Err("The least latency is above the greatest: swap them.".to_owned());
        }
        Ok(Self::Uniform { min, max })
    }

    /// A lognormal law with this median and spread, which is rounded to thousandths.
    ///
    /// # Errors
    /// A sentence, if `median_ms` is not a number from 0 to [`Latency::MAX_MS`], or `sigma` not one from 0 to
    /// [`Latency::MAX_SIGMA`].
    pub fn log_normal(median_ms: f64, sigma: f64) -> Result<Self, String> {
        Ok(Self::LogNormal {
            median: duration("median latency", median_ms)?,
            sigma_milli: milli("spread (sigma)", sigma, 0.0, Self::MAX_SIGMA)?,
        })
    }

    /// Pareto's law from this minimum on, with this exponent, which is rounded to thousandths.
    ///
    /// # Errors
    /// A sentence, if `minimum_ms` is not a number from 0 to [`Latency::MAX_MS`], or `alpha` not one from 0.001 to
    /// [`Latency::MAX_ALPHA`].
    pub fn heavy_tail(minimum_ms: f64, alpha: f64) -> Result<Self, String> {
        Ok(Self::HeavyTail {
            minimum: duration("least latency", minimum_ms)?,
            alpha_milli: milli("tail's exponent (alpha)", alpha, 0.001, Self::MAX_ALPHA)?,
        })
    }

    /// These latencies, cut to whole microseconds and to [`Latency::MAX_MS`].
    ///
    /// # Errors
    /// A sentence, if there are none.
    pub fn replay(latencies: impl IntoIterator<Item = Duration>) -> Result<Self, String> {
        let whole_us = |latency: Duration| latency.min(Self::MAX).as_micros() as u64;
        let latencies = latencies.into_iter().map(whole_us);
        let latencies: Rc<[Duration]> = latencies.map(Duration::from_micros).collect();
        if latencies.is_empty() {
            return Err("There are no latencies to replay: measure a run first.".to_owned());
        }
        Ok(Self::Replay(latencies))
    }

    /// The latency of the task with this index. The random laws draw one number, and the index is nothing to them; a fixed
    /// latency and a replayed one draw none. For samples that do not depend on the order in which tasks ask, give each
    /// task a [fork](Random::fork). O(1).
    #[must_use]
    pub fn sample(&self, task_index: u64, random: &mut Random) -> Duration {
        match self {
            Self::Fixed(latency) => *latency,
            Self::Uniform { min, max } => {
                let width_us = max.saturating_sub(*min).as_micros() as u64;
                *min + Duration::from_micros(random.up_to(width_us))
            }
            Self::LogNormal {
                median,
                sigma_milli,
            } => {
                let z = normal::quantile(random.unit());
                times(*median, libm::exp(f64::from(*sigma_milli) / 1e3 * z))
            }
            Self::HeavyTail {
                minimum,
                alpha_milli,
            } => {
                // In (0, 1], so that there is a logarithm.
                let u = 1.0 - random.unit();
                times(
                    *minimum,
                    libm::exp(-libm::log(u) / (f64::from(*alpha_milli) / 1e3)),
                )
            }
            Self::Replay(latencies) => {
                let place = task_index.checked_rem(latencies.len() as u64).unwrap_or(0);
                latencies.get(place as usize).copied().unwrap_or_default()
            }
        }
    }
}

/// In whole microseconds, and not beyond the ceiling.
fn times(latency: Duration, factor: f64) -> Duration {
    // A float-to-int cast saturates, and makes 0 of what is not a number (0 times infinity).
    let us = (latency.as_micros() as f64 * factor).round() as u64;
    Duration::from_micros(us).min(Latency::MAX)
}

fn duration(what: &str, ms: f64) -> Result<Duration, String> {
    // Also false for what is not a number.
    if !(0.0..=Latency::MAX_MS).contains(&ms) {
        return Err(format!(
            "The {what} cannot be that: set it from 0 to {} ms.",
            Latency::MAX.as_millis()
        ));
    }
    Ok(Duration::from_micros((ms * 1e3).round() as u64))
}

/// A bound as it is written. What writes any binary fraction is some kilobytes of the page's wasm.
fn in_thousandths(bound: f64) -> String {
    thousandths((bound * 1e3).round() as u64)
}

fn milli(what: &str, number: f64, least: f64, greatest: f64) -> Result<u32, String> {
    if !(least..=greatest).contains(&number) {
        return Err(format!(
            "The {what} cannot be that: set it from {} to {}.",
            in_thousandths(least),
            in_thousandths(greatest)
        ));
    }
    Ok((number * 1e3).round() as u32)
}
