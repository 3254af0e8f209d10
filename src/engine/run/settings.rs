//! The settings of a run, and their change while it goes on. Each change is an event of its trace.

use std::time::Duration;

use super::{MAX_IN_FLIGHT, Run};
use crate::engine::control::Change;
use crate::engine::limits::Limits;
use crate::engine::live::Changed;
use crate::engine::rate::TokenBucket;
use crate::engine::source::Source;
use crate::engine::strategy::{Setting, Strategy, Use};
use crate::engine::trace::{OriginId, What};

/// Which settings a run follows.
#[derive(Clone, Copy)]
pub(super) enum Follows {
    /// It has not begun.
    Everything,
    /// Those that this strategy does.
    Strategy(Strategy),
    /// Those that this strategy does, and it is a crawl.
    Crawl(Strategy),
}

impl Follows {
    /// What a run of this follows.
    pub(super) const fn of(strategy: Strategy, source: &Source) -> Self {
        match source {
            Source::Course(_) => Self::Crawl(strategy.in_crawl()),
            _ => Self::Strategy(strategy),
        }
    }

    fn follows(self, setting: Setting) -> bool {
        match self {
            Self::Everything => true,
            Self::Strategy(strategy) | Self::Crawl(strategy) => strategy.uses(setting) == Use::Live,
        }
    }
}

impl Run {
    /// The limits as they are set now.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.0.limits.get()
    }

    /// How many may run side by side, as it is set now; at least one, and no more than can ever be in flight.
    #[must_use]
    pub fn concurrency(&self) -> usize {
        self.limits().concurrency.clamp(1, MAX_IN_FLIGHT)
    }

    /// Whether it finds its targets as it goes.
    pub(in crate::engine) fn is_crawl(&self) -> bool {
        matches!(self.0.follows.get(), Follows::Crawl(_))
    }

    /// Whether tasks keep their permits during the deliberate delay.
    #[must_use]
    pub fn keeps_permit(&self) -> bool {
        self.limits().keep_permit
    }

    /// Changes what can be changed while the run goes on, at once, and records what did change: the concurrency (a
    /// shrink takes effect as permits come back), the delays and the rate (who waits is measured anew: from the start of
    /// its pause, or from the last request to its host), the limit of each host, and whether permits are kept and how
    /// long results are worked on (by tasks that begin to pause, or are taken, later). The timeouts, the retries, the seed
    /// and whether it is paused stay, and so does what the run's strategy does not follow: nothing changes by it.
    ///
    /// ```
    /// use crawl_playground::engine::{limits::Limits, run::Run};
    /// use crawl_playground::sim::Sim;
    /// use std::time::Duration;
    ///
    /// let run = Run::new(Sim::new().lab(), Limits::default());
    /// run.set_limits(Limits { per_host: Some(2), timeout: Duration::ZERO, ..run.limits() });
    /// assert_eq!(run.limits().per_host, Some(2));
    /// assert_eq!(run.limits().timeout, Limits::default().timeout); // stays
    /// ```
    pub fn set_limits(&self, limits: Limits) {
        let old = self.limits();
        let follows = self.0.follows.get();
        let given = |setting| {
            if follows.follows(setting) {
                limits
            } else {
                old
            }
        };
        let new = Limits {
            concurrency: given(Setting::Concurrency).concurrency,
            delay: given(Setting::Delay).delay,
            keep_permit: given(Setting::KeepPermit).keep_permit,
            per_host: limits.per_host,
            host_delay: limits.host_delay,
            jitter_percent: limits.jitter_percent,
            rate: given(Setting::Rate).rate,
            store: given(Setting::Store).store,
            ..old
        };
        if new == old {
            return;
        }
        self.record_changes(old, new);
        // A controller's limit is its own, but never above what the visitor allows.
        let is_lower = new.concurrency < self.0.permits.limit();
        if new.concurrency != old.concurrency && (is_lower || !self.0.is_adapting.get()) {
            self.record(What::Limit(in_u32(new.concurrency)));
            self.0.permits.set_limit(new.concurrency);
        }
        if new.per_host != old.per_host {
            let hosts = self.0.hosts.borrow().clone();
            hosts.iter().for_each(|host| host.set_limit(new.per_host));
        }
        if new.rate != old.rate {
            self.change_rate(new);
        }
        self.0.limits.set(new);
        self.bound_hands();
    }

    /// From now on it follows what this does.
    pub(super) fn follow(&self, follows: Follows) {
        self.0.follows.set(follows);
        self.bound_hands();
    }

    /// Has no more in flight than there are places for hands. Hands wait for the clocks of a task that they have, so when
    /// a crew becomes smaller more could be on their way.
    fn bound_hands(&self) {
        let is_crew = |strategy: Strategy| {
            strategy.has_hands() && strategy.uses(Setting::Concurrency) == Use::Live
        };
        if matches!(self.0.follows.get(), Follows::Strategy(strategy) if is_crew(strategy)) {
            self.0.ceiling.set_limit(self.concurrency());
        }
    }

    /// Changes the limit of the semaphore, at once.
    pub fn set_concurrency(&self, concurrency: usize) {
        self.set_limits(Limits {
            concurrency,
            ..self.limits()
        });
    }

    /// Changes the deliberate delay, at once.
    pub fn set_delay(&self, delay: Duration) {
        self.set_limits(Limits {
            delay,
            ..self.limits()
        });
    }

    /// Pauses the run, or lets it go on where it stood. Requests that are out go on to their ends; no other is sent
    /// meanwhile, and who is on the way to one waits at the gate, without a permit.
    ///
    /// ```
    /// use crawl_playground::engine::{limits::Limits, run::Run, source::{Source, Target}, strategy::Strategy};
    /// use crawl_playground::sim::Sim;
    /// use futures::future::join;
    /// use std::time::Duration;
    /// use url::Url;
    ///
    /// let sim = Sim::new();
    /// let run = Run::new(sim.lab(), Limits::default());
    /// let url = Url::parse("http://lab.test/lab/delay/100").unwrap();
    /// let targets = vec![Target { url, written: "lab/delay/100".into() }; 2];
    /// let go = run.go(Strategy::Sequential, Source::List(targets));
    /// let break_for_a_second = async {
    ///     sim.sleep(Duration::from_millis(50)).await;
    ///     run.set_paused(true); // the first request goes on
    ///     sim.sleep(Duration::from_secs(1)).await;
    ///     run.set_paused(false); // the second goes out
    /// };
    /// sim.block_on(join(go, break_for_a_second));
    /// assert_eq!(sim.now().as_ms(), 1_150.0);
    /// ```
    pub fn set_paused(&self, is_paused: bool) {
        let old = self.limits();
        if is_paused != old.is_paused {
            self.record(What::Paused(is_paused));
            self.0.limits.set(Limits { is_paused, ..old });
        }
    }

    /// Records that the page was hidden or shown again: a hidden page's timers are late.
    pub fn set_hidden(&self, hidden: bool) {
        self.record(What::Hidden(hidden));
    }

    /// Lets a controller have the limit of the semaphore from now on, and gives it back what a maximum that was lowered
    /// and raised again has taken.
    pub(in crate::engine) fn adapt_to(&self, limit: usize) {
        self.0.is_adapting.set(true);
        if limit != self.0.permits.limit() {
            self.record(What::Limit(in_u32(limit)));
            self.0.permits.set_limit(limit);
        }
    }

    /// Lets a controller change the limit of the semaphore, and records why.
    pub(in crate::engine) fn adapt(&self, change: Change) {
        self.record(What::Adapted(change.reason));
        self.record(What::Limit(in_u32(change.limit)));
        self.0.permits.set_limit(change.limit);
    }

    /// Lets a controller have the time between two requests to the host at `origin`, and records what it makes of it.
    pub(in crate::engine) fn throttle(&self, origin: OriginId, delay: Duration) {
        if self.host(origin).throttle(delay) {
            self.record(What::Throttled(origin, delay.into()));
            self.0.limits.set(self.limits()); // who waits at that host looks again
        }
    }

    /// Resolves when any setting changes.
    pub(in crate::engine) fn limits_changed(&self) -> Changed<Limits> {
        self.0.limits.changed()
    }

    /// What the run begins with.
    pub(super) fn record_settings(&self) {
        let limits = self.limits();
        self.record(What::Limit(in_u32(limits.concurrency)));
        self.record(What::Delay(limits.delay.into()));
        // What is switched off goes without saying.
        let off = Limits {
            concurrency: limits.concurrency,
            delay: limits.delay,
            keep_permit: limits.keep_permit,
            ..Limits::default()
        };
        self.record_changes(off, limits);
    }

    fn change_rate(&self, limits: Limits) {
        let now = self.elapsed();
        let mut rated = self.0.rated.borrow_mut();
        rated.bucket = match (rated.bucket.take(), limits.rate) {
            (Some(mut bucket), Some(rate)) => {
                bucket.set_rate(now, rate);
                Some(bucket)
            }
            (None, Some(rate)) => Some(TokenBucket::new(rate)),
            (_, None) => None,
        };
    }

    fn record_changes(&self, old: Limits, new: Limits) {
        if new.delay != old.delay {
            self.record(What::Delay(new.delay.into()));
        }
        if new.keep_permit != old.keep_permit {
            self.record(What::KeepPermit(new.keep_permit));
        }
        if new.per_host != old.per_host {
            self.record(What::PerHost(new.per_host.map(in_u32)));
        }
        if new.host_delay != old.host_delay {
            self.record(What::HostDelay(new.host_delay.into()));
        }
        if new.jitter_percent != old.jitter_percent {
            self.record(What::Jitter(new.jitter_percent));
        }
        if new.store != old.store {
            self.record(What::Store(new.store.into()));
        }
        if new.rate != old.rate {
            self.record(What::Rate(new.rate));
        }
    }
}

fn in_u32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
