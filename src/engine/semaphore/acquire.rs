//! The future that waits for a permit.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use futures::future::FusedFuture;

use super::core::Core;
use super::line::{Standing, Turn};
use super::{Closed, Permit};

/// A request for a permit: a place in line, then a grant.
pub struct Acquire {
    /// `None` once it has resolved.
    pub(super) core: Option<Rc<Core>>,
    /// [`Turn::COME`] if a permit was free when it was asked for.
    pub(super) turn: Turn,
}

impl Future for Acquire {
    type Output = Result<Permit, Closed>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(core) = &self.core else {
            return Poll::Pending;
        };
        match core.line.look(self.turn, cx.waker()) {
            Standing::Waiting => Poll::Pending,
            Standing::Granted => {
                let permit = self.core.take().map(|core| Permit { core });
                Poll::Ready(permit.ok_or(Closed))
            }
            Standing::Refused => {
                self.core = None;
                Poll::Ready(Err(Closed))
            }
        }
    }
}

impl FusedFuture for Acquire {
    fn is_terminated(&self) -> bool {
        self.core.is_none()
    }
}

impl Acquire {
    /// Gives up the place in line, or the permit that was granted.
    #[inline(never)]
    fn give_up(&mut self) {
        let Some(core) = self.core.take() else { return };
        let (standing, waker) = core.line.leave(self.turn);
        drop(waker);
        if standing == Standing::Granted {
            core.give_back();
        }
    }
}

impl Drop for Acquire {
    #[inline]
    fn drop(&mut self) {
        if self.core.is_some() {
            self.give_up();
        }
    }
}

impl fmt::Debug for Acquire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Acquire").finish_non_exhaustive()
    }
}
