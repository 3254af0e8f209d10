//! Hands that share work: as many as the concurrency says, also while that changes.

use std::cell::Cell;

use futures::future::{Either, FutureExt, LocalBoxFuture, select};
use futures::stream::{FuturesUnordered, TryStreamExt};

use super::run::Run;
use super::task::Failed;

/// The hands of a run.
pub(super) struct Crew<'a> {
    run: &'a Run,
    /// How many have a place in it.
    size: Cell<usize>,
}

impl<'a> Crew<'a> {
    /// A crew with nobody in it yet.
    pub(super) fn of(run: &'a Run) -> Self {
        let size = Cell::new(0);
        Self { run, size }
    }

    /// Whether a hand that is ready for more work has a place still. Of a crew that is too large those lose theirs that
    /// ask first; whoever is told so has to leave.
    pub(super) fn has_place(&self) -> bool {
        let is_too_large = self.size.get() > self.run.concurrency();
        if is_too_large {
            self.size.set(self.size.get() - 1);
        }
        !is_too_large
    }

    /// Hires by `hand` as many as there are places, and more whenever there are more. A hand that leaves though it has a
    /// place found nothing to do, so nobody else is hired, and all is done when the others have come to that, too. With
    /// the first failure all are dropped.
    pub(super) async fn work<F>(&self, hand: impl Fn() -> F) -> Result<(), Failed>
    where
        F: Future<Output = Result<(), Failed>>,
    {
        self.hire(&|| hand().boxed_local()).await
    }

    // What is hired is boxed, so that this is compiled once.
    async fn hire<'b>(
        &self,
        hand: &dyn Fn() -> LocalBoxFuture<'b, Result<(), Failed>>,
    ) -> Result<(), Failed> {
        let mut at_work = FuturesUnordered::new();
        loop {
            // Asked for before the number is read, so that no change is missed.
            let changed = self.run.limits_changed();
            while self.size.get() < self.run.concurrency() {
                self.size.set(self.size.get() + 1);
                at_work.push(hand());
            }
            if let Either::Left((left, _)) = select(at_work.try_next(), changed).await {
                left?;
            }
            if at_work.len() < self.size.get() {
                return at_work.try_collect().await;
            }
        }
    }
}
