//! What a task does, and what comes of it.

use std::any::Any;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures::future::MaybeDone;

/// A task's future, and then its result, in one allocation.
pub(super) trait Job {
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()>;

    /// Whether there is a result.
    fn has_ended(&self) -> bool;

    /// Moves the result into `result`, an `Option` of its type.
    fn hand_out(self: Pin<&mut Self>, result: &mut dyn Any);
}

impl<F: Future<Output: 'static>> Job for MaybeDone<F> {
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        Future::poll(self, cx)
    }

    fn has_ended(&self) -> bool {
        matches!(self, Self::Done(_))
    }

    fn hand_out(self: Pin<&mut Self>, result: &mut dyn Any) {
        if let Some(result) = result.downcast_mut::<Option<F::Output>>() {
            *result = self.take_output();
        }
    }
}

pub(super) type Work = Pin<Box<dyn Job>>;
