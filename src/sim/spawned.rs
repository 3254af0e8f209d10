//! Tasks of a virtual world's own: spawned, awaited, cancelled by dropping.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures::future::maybe_done;

use super::Sim;
use super::ready::TaskKey;

/// A task that was spawned. Resolves to what the task's future resolves to; polled again after that, it stays pending.
///
/// Dropping it cancels the task: its future is dropped then and there.
#[must_use = "dropping it cancels the task"]
pub struct Spawned<T> {
    sim: Sim,
    key: TaskKey,
    /// It hands a `T` out, and holds none.
    result: PhantomData<fn() -> T>,
}

impl Sim {
    /// Adds a task to this world. It is polled for the first time when all who have asked before it are through, and
    /// only while [`Sim::block_on`] or [`Sim::run_until`] runs.
    ///
    /// Tasks are polled one at a time, in the order in which they were woken. A task costs one allocation and 64 bytes;
    /// a timer that fires wakes the one task that set it. A task must not hold its own handle: neither would be dropped.
    ///
    /// ```
    /// use crawl_playground::sim::Sim;
    /// use std::time::Duration;
    ///
    /// let sim = Sim::new();
    /// let late = sim.spawn({
    ///     let sim = sim.clone();
    ///     async move {
    ///         sim.sleep(Duration::from_secs(3)).await;
    ///         sim.now().as_ms()
    ///     }
    /// });
    /// assert_eq!(sim.block_on(late), Ok(3_000.0));
    /// ```
    pub fn spawn<F>(&self, future: F) -> Spawned<F::Output>
    where
        F: Future<Output: 'static> + 'static,
    {
        Spawned {
            sim: self.clone(),
            key: self.0.executor.add(Some(Box::pin(maybe_done(future)))),
            result: PhantomData,
        }
    }
}

impl<T> Spawned<T> {
    /// Whether the task has come to its end.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.sim.0.executor.has_ended(self.key)
    }
}

impl<T: 'static> Future for Spawned<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        let mut result: Option<T> = None;
        self.sim.0.executor.wait(self.key, cx.waker(), &mut result);
        result.map_or(Poll::Pending, Poll::Ready)
    }
}

impl<T> Drop for Spawned<T> {
    fn drop(&mut self) {
        self.sim.0.executor.remove(self.key);
    }
}

impl<T> fmt::Debug for Spawned<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spawned")
            .field("has_ended", &self.has_ended())
            .finish_non_exhaustive()
    }
}
