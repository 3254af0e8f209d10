//! The clock and the sleep of a virtual world.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures::FutureExt;
use futures::future::LocalBoxFuture;

use super::agenda::{Key, Tail};
use super::{Sim, World};
use crate::engine::moment::Moment;
use crate::engine::ports;

impl Sim {
    /// Resolves when the virtual clock has gone on by `span` from this call.
    pub fn sleep(&self, span: Duration) -> Sleep {
        Sleep {
            world: Rc::clone(&self.0),
            due: self.now() + span,
            timer: None,
        }
    }
}

/// A sleep in virtual time. Dropping it clears its timer.
#[must_use = "nobody sleeps until it is awaited"]
pub struct Sleep {
    world: Rc<World>,
    due: Moment,
    /// From the first poll until the clock stands at `due`.
    timer: Option<Tail>,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.world.now.get() >= self.due {
            return Poll::Ready(());
        }
        let task = self.world.executor.polled_with(cx.waker());
        let alarms = &self.world.alarms;
        let tail = match self.key() {
            None => alarms.set(self.due, task, cx.waker()),
            Some(key) => alarms.set_anew(key, task, cx.waker()),
        };
        self.timer = Some(tail);
        Poll::Pending
    }
}

impl Sleep {
    fn key(&self) -> Option<Key> {
        let due = self.due;
        self.timer.map(|tail| Key { due, tail })
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(key) = self.key() {
            self.world.alarms.clear(key);
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
