//! Why a crawl was not faster: its pages are found one after another, so not even all permits of the world bring it to an
//! end before the longest chain of pages of which each one names the next.

use std::time::Duration;

use crate::engine::moment::Moment;
use crate::engine::trace::TaskId;
use crate::report::figures::{Figures, own_time, retried_time};
use crate::report::units::span;
use crate::results::Results;
use crate::timeline::rows::Rows;

use super::{Bound, NEARLY, Why};

/// The longest chain of a crawl: pages of which each one was found on the one before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Chain {
    /// How long its pages took together, each by itself, with the robots.txt before the first.
    pub length: Duration,
    /// How many pages those are.
    pub pages: usize,
    /// How much of its length went into attempts that were followed by another, and into the breaks before that.
    pub retried: Duration,
}

/// The longest chain of a crawl; `None` if nothing was crawled. Linear in the pages.
#[must_use]
pub fn longest_chain(results: &Results, rows: &Rows, now: Moment) -> Option<Chain> {
    let times = |task: TaskId| {
        let row = rows.rows().get(task.index());
        row.map(|row| (own_time(row, now), retried_time(row, now)))
            .unwrap_or_default()
    };
    let robots = results.robots().first();
    let (length, retried) = robots.map(|robots| times(robots.task)).unwrap_or_default();
    let start = Chain {
        length,
        pages: 0,
        retried,
    };
    // A page begins after the one that it was found on, so that one's chain is known by then.
    let mut chains: Vec<Chain> = Vec::with_capacity(results.pages().len());
    for page in results.pages() {
        let before = page.visit.from.and_then(|from| results.of_url(from));
        let before = before.and_then(|place| chains.get(place)).unwrap_or(&start);
        let (length, retried) = times(page.task);
        let chain = Chain {
            length: before.length + length,
            pages: before.pages + 1,
            retried: before.retried + retried,
        };
        chains.push(chain);
    }
    chains.into_iter().max_by_key(|chain| chain.length)
}

impl Why {
    /// The same for a crawl, whose `figures` have the chain's length as the ideal.
    #[must_use]
    pub fn of_crawl(self, chain: Chain, rows: &Rows, figures: &Figures) -> Self {
        // A page that is known and waits in the frontier has no task yet, so the way to the end knows nothing of that.
        let is_discovered = match self.bound {
            Bound::Slowest(_) | Bound::Permits => true,
            Bound::HostPermits | Bound::Host | Bound::Rate | Bound::Retries => {
                self.blamed < figures.total.saturating_sub(figures.ideal) / 2
            }
            _ => false,
        };
        if !is_discovered {
            return self;
        }
        let (bound, sentence) = if figures.efficiency() >= NEARLY {
            let mut sentence = format!(
                "The way that pages are found sets the time: {} pages one after another, each named by the one before, \
                 took {}. No number of permits makes that shorter.",
                chain.pages,
                span(chain.length)
            );
            if !chain.retried.is_zero() {
                let retried = span(chain.retried);
                sentence += &format!(
                    " {retried} of that went into attempts that failed, and into the breaks before the next ones."
                );
            }
            (Bound::Discovery, sentence)
        } else {
            let sentence = format!(
                "How many may go at once binds: pages that were known waited in the frontier while {} were on their way. \
                 With a place for each at once it could have ended after {}, when the last of {} pages that name one \
                 another is there.",
                rows.in_flight().peak(),
                span(chain.length),
                chain.pages
            );
            (Bound::Frontier, sentence)
        };
        Self {
            bound,
            sentence,
            ..self
        }
    }
}
