//! The future that waits for a permit.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use futures::future::FusedFuture;

use super::core::Core;
use super::line::{Place, Standing};
use super::{Closed, Permit};

/// A request for a permit: a place in line, then a grant.
pub struct Acquire {
    /// `None` once it has resolved.
    pub(super) core: Option<Rc<Core>>,
    pub(super) stage: Stage,
}

/// How far a request has come, as its owner knows.
#[derive(Clone, Copy)]
pub(super) enum Stage {
    /// A permit is counted as in use for this future.
    Granted,
    /// In line, or let go meanwhile.
    InLine(Place),
    /// The semaphore was closed before the request.
    Refused,
}

impl Future for Acquire {
    type Output = Result<Permit, Closed>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(core) = &self.core else {
            return Poll::Pending;
        };
        let standing = match self.stage {
            Stage::Granted => Standing::Granted,
            Stage::InLine(place) => core.line.look(place, cx.waker()),
            Stage::Refused => Standing::Refused,
        };
        match standing {
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
    fn give_up(&mut self) {
        let Some(core) = self.core.take() else { return };
        let standing = match self.stage {
            Stage::Granted => Standing::Granted,
            Stage::InLine(place) => {
                let (standing, waker) = core.line.leave(place);
                drop(waker);
                standing
            }
            Stage::Refused => Standing::Refused,
        };
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
