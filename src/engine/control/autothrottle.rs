//! Scrapy's AutoThrottle: a delay that follows the server's latency.

use std::time::Duration;

/// The delay between two requests to a host, by the rule of Scrapy's AutoThrottle extension (`docs.scrapy.org`, "AutoThrottle
/// extension"; `scrapy/extensions/throttle.py`):
///
/// 1. the first delay is the start delay;
/// 2. when a response comes, the target is its latency (until the headers are there) divided by the target concurrency:
///    a server that needs `latency` then has that many requests at a time;
/// 3. the next delay is the mean of the last one and the target, but not less than the target;
/// 4. it is never below the least delay, nor above the greatest;
/// 5. a response other than 200 does not lower it: error pages come fast, and so would speed the crawl up just when it
///    should slow down.
///
/// The mean's floor in 3 is in the program, not in the documents: a delay rises at once and falls by halves.
///
/// ```
/// use std::time::Duration;
/// use crawl_playground::engine::control::AutoThrottle;
///
/// let ms = Duration::from_millis;
/// let mut throttle = AutoThrottle::new(2.0, ms(1_000), ms(0), ms(60_000)).unwrap();
/// assert_eq!(throttle.delay(), ms(1_000));
/// assert_eq!(throttle.on_response(ms(400), true), ms(600)); // (1 000 + 400 / 2) / 2
/// assert_eq!(throttle.on_response(ms(20), false), ms(600)); // an error page, and fast
/// assert_eq!(throttle.on_response(ms(4_000), true), ms(2_000)); // up at once
/// ```
#[derive(Clone, PartialEq, Debug)]
pub struct AutoThrottle {
    target_concurrency: f64,
    delay: Duration,
    least: Duration,
    greatest: Duration,
}

impl AutoThrottle {
    /// A delay that begins with `start`, or with `least` or `greatest` if that is beyond one of them, and aims at
    /// `target_concurrency` requests in flight on average.
    ///
    /// # Errors
    /// A sentence, if the target is not a number above 0, or `least` is above `greatest`.
    pub fn new(
        target_concurrency: f64,
        start: Duration,
        least: Duration,
        greatest: Duration,
    ) -> Result<Self, String> {
        let is_target = target_concurrency.is_finite() && target_concurrency > 0.0;
        if !is_target {
            return Err(format!(
                "A target of {target_concurrency} requests at a time cannot be aimed at: set it above 0."
            ));
        }
        if least > greatest {
            return Err(format!(
                "The least delay ({} ms) is above the greatest ({} ms): lower the one or raise the other.",
                least.as_millis(),
                greatest.as_millis()
            ));
        }
        Ok(Self {
            target_concurrency,
            delay: start.clamp(least, greatest),
            least,
            greatest,
        })
    }

    /// A delay that aims at `concurrency` requests in flight (0 counts as 1), never below `least`. It begins with half a
    /// second: Scrapy's five seconds are for crawls of hours.
    #[must_use]
    pub fn towards(concurrency: usize, least: Duration) -> Self {
        let mut throttle = Self {
            delay: Duration::from_millis(500),
            ..Self::default()
        };
        throttle.aim_at(concurrency);
        throttle.set_least(least);
        throttle
    }

    /// The delay now.
    #[must_use]
    pub const fn delay(&self) -> Duration {
        self.delay
    }

    /// Aims at `concurrency` requests in flight (0 counts as 1) from the next response on.
    ///
    /// ```
    /// use std::time::Duration;
    /// use crawl_playground::engine::control::AutoThrottle;
    ///
    /// let ms = Duration::from_millis;
    /// let mut throttle = AutoThrottle::towards(1, ms(0));
    /// throttle.aim_at(4);
    /// assert_eq!(throttle.on_response(ms(100), true), ms(262) + Duration::from_micros(500)); // (500 + 100 / 4) / 2
    /// ```
    pub fn aim_at(&mut self, concurrency: usize) {
        self.target_concurrency = concurrency.max(1) as f64;
    }

    /// Changes the least delay, and raises the delay to it if need be. It is not raised above the greatest.
    pub fn set_least(&mut self, least: Duration) -> Duration {
        self.least = least.min(self.greatest);
        self.delay = self.delay.max(self.least);
        self.delay
    }

    /// Takes a response's latency in, and gives the delay from now on, in whole microseconds. `is_200` is whether its status
    /// was 200 and nothing else.
    pub fn on_response(&mut self, latency: Duration, is_200: bool) -> Duration {
        // A float-to-int cast saturates. Division is exact to the last bit on every platform (IEEE 754).
        let target_us = (latency.as_micros() as f64 / self.target_concurrency).round() as u64;
        let target = Duration::from_micros(target_us);
        let mean =
            Duration::from_micros((self.delay.saturating_add(target).as_micros() / 2) as u64);
        let next = mean.max(target).clamp(self.least, self.greatest);
        if is_200 || next > self.delay {
            self.delay = next;
        }
        self.delay
    }
}

impl Default for AutoThrottle {
    /// Scrapy's own settings: one request at a time on average, from 5 s, up to 60 s, and down to none.
    fn default() -> Self {
        Self {
            target_concurrency: 1.0,
            delay: Duration::from_secs(5),
            least: Duration::ZERO,
            greatest: Duration::from_secs(60),
        }
    }
}
