//! What is said of a run that is over: its figures, and what held it back.

use super::figures::Figures;
use super::why::discovery::Chain;
use super::why::{Bound, Why, paused, why};
use crate::engine::moment::Moment;
use crate::engine::strategy::Strategy;
use crate::engine::trace::Trace;
use crate::timeline::rows::Rows;

/// What can be said of a run that is over.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Its figures.
    pub figures: Figures,
    /// What held it back.
    pub why: Why,
}

impl Verdict {
    /// Of a run by `strategy` with this `trace` that was over at `now`; whether its requests go to one host by HTTP/1.1, and
    /// the longest chain of its pages if it was a crawl. O(n).
    #[must_use]
    pub fn of(
        trace: &Trace,
        rows: &Rows,
        now: Moment,
        strategy: Strategy,
        is_http1: bool,
        chain: Option<Chain>,
    ) -> Self {
        let mut figures = Figures::of(rows, now);
        if let Some(chain) = chain {
            figures.ideal = chain.length;
        }
        let mut why = why(trace, rows, &figures, strategy, is_http1);
        if let Some(chain) = chain {
            why = why.of_crawl(chain, rows, &figures);
        }
        if why.bound != Bound::Paused {
            why.sentence += &paused(&figures).unwrap_or_default();
        }
        Self { figures, why }
    }
}
