//! The future that a world is driven by.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::executor::Executor;
use super::ready::{Marked, TaskKey};

/// A future that a driver polls where it lies, in turn with the tasks.
pub(super) struct Root<'a> {
    executor: &'a Executor,
    key: TaskKey,
    marked: Marked,
    /// Whose turn came while they were being polled further out.
    later: Vec<TaskKey>,
}

impl<'a> Root<'a> {
    pub(super) fn new(executor: &'a Executor) -> Self {
        let key = executor.add(None);
        let marked = executor.ready.mark();
        marked.name(key);
        Self {
            executor,
            key,
            marked,
            later: Vec::new(),
        }
    }

    /// Polls who asks first: `None` if nobody does.
    pub(super) fn poll_next<F: Future>(&mut self, root: Pin<&mut F>) -> Option<Poll<F::Output>> {
        let key = self.executor.ready.next()?;
        if key == self.key {
            self.marked.mark.take_turn();
            let waker = &self.marked.waker;
            let _polling = self.executor.polling(key, waker);
            return Some(root.poll(&mut Context::from_waker(waker)));
        }
        if !self.executor.poll(key) {
            self.later.push(key);
        }
        Some(Poll::Pending)
    }
}

impl Drop for Root<'_> {
    fn drop(&mut self) {
        self.executor.remove(self.key);
        let later = self.later.drain(..);
        later.for_each(|key| self.executor.ready.push(key));
        self.executor.shrink();
    }
}
