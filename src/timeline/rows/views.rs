//! What the rows of a run tell, for all who draw it or put it into words.

use super::{Change, OriginFacts, Row, Rows, Span};
use crate::engine::control::Reason;
use crate::engine::moment::Moment;
use crate::engine::trace::{Ending, OriginId};
use crate::engine::wait::Wait;
use crate::timeline::steps::Steps;

impl Rows {
    /// How many events are folded: where in the trace the cursor stands.
    #[must_use]
    pub const fn cursor(&self) -> usize {
        self.cursor
    }

    /// What the run has found out about an origin.
    #[must_use]
    pub fn origin(&self, origin: OriginId) -> OriginFacts {
        self.origins
            .get(origin.index())
            .copied()
            .unwrap_or_default()
    }

    /// The rows, in the order in which the tasks joined.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// How many requests were in flight, over time.
    #[must_use]
    pub fn in_flight(&self) -> &Steps {
        &self.in_flight
    }

    /// How many permits were in use, over time.
    #[must_use]
    pub fn permits(&self) -> &Steps {
        &self.permits
    }

    /// The settings that were changed on the way.
    #[must_use]
    pub fn changes(&self) -> &[(Moment, Change)] {
        &self.changes
    }

    /// The spans in which the page was hidden; the last may go on.
    #[must_use]
    pub fn hidden(&self) -> &[Span] {
        &self.hidden
    }

    /// The spans in which the run was paused; the last may go on.
    #[must_use]
    pub fn paused(&self) -> &[Span] {
        &self.paused
    }

    /// What a controller decided on the way, and why.
    #[must_use]
    pub fn reasons(&self) -> &[(Moment, Reason)] {
        &self.reasons
    }

    /// How many items lay in each queue between tasks, over time.
    #[must_use]
    pub fn depths(&self) -> &[Steps] {
        &self.depths
    }

    /// How late the event loop was, in milliseconds, over the spans in which it got round to nothing; `None`
    /// if that was not measured.
    #[must_use]
    pub fn lag_ms(&self) -> Option<&Steps> {
        self.lag_ms.as_ref()
    }

    /// Whether any task has spent time on `wait`.
    #[must_use]
    pub fn has_spent(&self, wait: Wait) -> bool {
        self.spent[wait.index()]
    }

    /// The limits that the semaphore had, in their order; those that a slider only passed by are left out.
    pub fn limits(&self) -> impl Iterator<Item = usize> + '_ {
        self.limits.iter().map(|(_, limit)| *limit as usize)
    }

    /// The semaphore's limit now.
    #[must_use]
    pub fn limit(&self) -> u32 {
        self.limits.last().map_or(0, |(_, limit)| *limit)
    }

    /// How many tasks have ended.
    #[must_use]
    pub fn ended(&self) -> usize {
        self.ended
    }

    /// When the last task that has ended did so. Of a finished run this is its total.
    #[must_use]
    pub fn last_end(&self) -> Moment {
        self.last_end
    }

    /// How the run ended, if it is over.
    #[must_use]
    pub fn finished(&self) -> Option<Ending> {
        self.finished
    }
}
