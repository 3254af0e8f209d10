//! Answers that are drawn from a seed: how long each takes by a law, and which of them fail.

use super::latency::Latency;
use super::network::{Answers, Exchange};
use crate::engine::random::Random;
use crate::engine::trace::TaskId;

/// Which share of all attempts fails, in per mille.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Failures {
    busy_per_mille: u32,
    lost_per_mille: u32,
}

impl Failures {
    /// None fails.
    pub const NONE: Self = Self {
        busy_per_mille: 0,
        lost_per_mille: 0,
    };

    /// So many in a thousand are answered with 503, and so many get no answer at all.
    ///
    /// # Errors
    /// A sentence, if that is more than all.
    ///
    /// ```
    /// use crawl_playground::sim::drawn::Failures;
    ///
    /// assert!(Failures::new(20, 5).is_ok());
    /// assert!(Failures::new(900, 200).unwrap_err().starts_with("More than all requests"));
    /// ```
    pub fn new(busy_per_mille: u32, lost_per_mille: u32) -> Result<Self, String> {
        if busy_per_mille.saturating_add(lost_per_mille) > 1_000 {
            return Err(format!(
                "More than all requests cannot fail: {busy_per_mille} ‰ with 503 and {lost_per_mille} ‰ without an \
                 answer make more than 1000 ‰. Lower one of them."
            ));
        }
        Ok(Self {
            busy_per_mille,
            lost_per_mille,
        })
    }
}

/// Answers that take as long as a law says.
///
/// Each attempt draws from a generator of its own, so what it draws depends on no other. Whether it fails is drawn first:
/// a change of the law leaves the failures where they are.
///
/// ```
/// use crawl_playground::engine::trace::TaskId;
/// use crawl_playground::sim::{drawn::{Drawn, Failures}, latency::Latency, network::Answers};
///
/// let law = Latency::uniform(100.0, 300.0).unwrap();
/// let (one, same) = (Drawn::new(law.clone(), Failures::NONE, 7), Drawn::new(law, Failures::NONE, 7));
/// assert_eq!(one.exchange(TaskId(3), 0), same.exchange(TaskId(3), 0));
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Drawn {
    law: Latency,
    body: Option<Latency>,
    failures: Failures,
    random: Random,
}

impl Drawn {
    /// Answers whose headers come after what `law` says, with no body to wait for.
    #[must_use]
    pub const fn new(law: Latency, failures: Failures, seed: u64) -> Self {
        Self {
            law,
            body: None,
            failures,
            random: Random::seeded(seed),
        }
    }

    /// The same with bodies that take what another law says.
    #[must_use]
    pub fn with_body(self, law: Latency) -> Self {
        Self {
            body: Some(law),
            ..self
        }
    }
}

impl Answers for Drawn {
    fn exchange(&self, task: TaskId, attempts_before: u32) -> Exchange {
        let index = u64::from(task.0);
        let mut random = self.random.fork(index).fork(u64::from(attempts_before));
        let fate = random.below(1_000);
        let request = self.law.sample(index, &mut random);
        let Failures {
            busy_per_mille,
            lost_per_mille,
        } = self.failures;
        if fate < lost_per_mille {
            return Exchange::lost(request);
        }
        let is_busy = fate - lost_per_mille < busy_per_mille;
        let download = self.body.as_ref().map(|law| law.sample(index, &mut random));
        Exchange {
            download: download.unwrap_or_default(),
            ..Exchange::answer(if is_busy { 503 } else { 200 }, request)
        }
    }
}
