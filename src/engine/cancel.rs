//! Cancelling one task, wherever it waits.

use std::cell::RefCell;
use std::collections::HashSet;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::holdings::Holdings;
use super::trace::TaskId;

/// The tasks of a run that were cancelled one by one, and the wakers of those that wait. Cloning gives another handle.
///
/// ```
/// use crawl_playground::engine::{cancel::Cancels, trace::TaskId};
/// use futures::{FutureExt, future::pending};
///
/// let cancels = Cancels::default();
/// let waiting = cancels.or_cancelled(TaskId(0), pending::<()>());
/// cancels.cancel(TaskId(0));
/// assert!(waiting.now_or_never().unwrap().is_err());
/// ```
#[derive(Clone, Default)]
pub struct Cancels(Rc<Inner>);

#[derive(Default)]
struct Inner {
    cancelled: RefCell<HashSet<TaskId>>,
    /// By task.
    waiting: RefCell<Vec<Option<Waker>>>,
    /// By task, while it has anything in hand.
    holding: RefCell<Vec<Option<Rc<Holdings>>>>,
}

/// The task was cancelled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cancelled;

impl Cancels {
    /// Cancels a task: it lets go of what it holds, whether anybody polls it or not, and is woken where it waits.
    pub fn cancel(&self, task: TaskId) {
        self.let_go(task);
        self.wake(task);
    }

    /// The first half of it.
    pub(super) fn let_go(&self, task: TaskId) {
        self.0.cancelled.borrow_mut().insert(task);
        if let Some(holdings) = self.list(task, None) {
            holdings.let_go();
        }
    }

    /// The other half.
    pub(super) fn wake(&self, task: TaskId) {
        // Bound first: the waker runs with no borrow held.
        let waker = self.exchange(task, None);
        waker.into_iter().for_each(Waker::wake);
    }

    /// Whether a task was cancelled.
    #[must_use]
    pub fn is_cancelled(&self, task: TaskId) -> bool {
        let cancelled = self.0.cancelled.borrow();
        !cancelled.is_empty() && cancelled.contains(&task)
    }

    /// Waits for `future` on behalf of `task`, unless the task is cancelled before. A task waits for one thing at a time.
    pub fn or_cancelled<F: Future + Unpin>(&self, task: TaskId, future: F) -> OrCancelled<F> {
        OrCancelled {
            cancels: self.clone(),
            task,
            future,
            is_listed: false,
        }
    }

    /// Puts what a task has in hand in the reach of [`Cancels::cancel`], or takes it out; hands out what was there.
    pub(super) fn list(
        &self,
        task: TaskId,
        holdings: Option<Rc<Holdings>>,
    ) -> Option<Rc<Holdings>> {
        let mut holding = self.0.holding.borrow_mut();
        if holdings.is_some() && holding.len() <= task.index() {
            holding.resize(task.index() + 1, None);
        }
        let place = holding.get_mut(task.index())?;
        std::mem::replace(place, holdings)
    }

    /// Puts another waker in a task's place, and hands out the old one, which is the caller's to drop.
    fn exchange(&self, task: TaskId, waker: Option<Waker>) -> Option<Waker> {
        let mut waiting = self.0.waiting.borrow_mut();
        if waker.is_some() && waiting.len() <= task.index() {
            waiting.resize(task.index() + 1, None);
        }
        let place = waiting.get_mut(task.index())?;
        std::mem::replace(place, waker)
    }

    fn knows(&self, task: TaskId, waker: &Waker) -> bool {
        let waiting = self.0.waiting.borrow();
        let known = waiting.get(task.index()).and_then(Option::as_ref);
        known.is_some_and(|known| known.will_wake(waker))
    }
}

/// A wait that ends early when its task is cancelled.
pub struct OrCancelled<F> {
    cancels: Cancels,
    task: TaskId,
    future: F,
    is_listed: bool,
}

impl<F: Future + Unpin> Future for OrCancelled<F> {
    type Output = Result<F::Output, Cancelled>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if self.cancels.is_cancelled(self.task) {
            return Poll::Ready(Err(Cancelled));
        }
        if let Poll::Ready(output) = Pin::new(&mut self.future).poll(cx) {
            return Poll::Ready(Ok(output));
        }
        if !self.is_listed || !self.cancels.knows(self.task, cx.waker()) {
            let waker = cx.waker().clone();
            self.is_listed = true;
            drop(self.cancels.exchange(self.task, Some(waker)));
        }
        // What was polled may have cancelled the task, before there was a waker to call.
        if self.cancels.is_cancelled(self.task) {
            return Poll::Ready(Err(Cancelled));
        }
        Poll::Pending
    }
}

impl<F> Drop for OrCancelled<F> {
    fn drop(&mut self) {
        if self.is_listed {
            drop(self.cancels.exchange(self.task, None));
        }
    }
}
