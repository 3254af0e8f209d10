//! The clock and the sleep of a virtual world.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures::FutureExt;
use futures::future::LocalBoxFuture;

use super::Sim;
use super::timers::Key;
use crate::engine::moment::Moment;
use crate::engine::ports;

impl Sim {
    /// Resolves when the virtual clock has gone on by `span` from this call.
    #[must_use]
    pub fn sleep(&self, span: Duration) -> Sleep {
        Sleep {
            sim: self.clone(),
            due: self.now() + span,
            key: None,
        }
    }
}

/// A sleep in virtual time. Dropping it clears its timer.
pub struct Sleep {
    sim: Sim,
    due: Moment,
    key: Option<Key>,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.sim.now() >= self.due {
            return Poll::Ready(());
        }
        let waker = cx.waker().clone();
        let key = self.key;
        // The old waker is dropped when the borrow has ended.
        let old = {
            let mut timers = self.sim.0.timers.borrow_mut();
            match key {
                Some(key) => timers.set_waker(key, waker),
                None => {
                    let due = self.due;
                    let key = timers.set(due, waker);
                    drop(timers);
                    self.key = Some(key);
                    None
                }
            }
        };
        drop(old);
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(key) = self.key {
            let waker = self.sim.0.timers.borrow_mut().clear(key);
            drop(waker);
        }
    }
}

impl ports::Clock for Sim {
    fn now(&self) -> Moment {
        Self::now(self)
    }
}

impl ports::Sleep for Sim {
    fn sleep(&self, span: Duration) -> LocalBoxFuture<'static, ()> {
        Self::sleep(self, span).boxed_local()
    }
}
