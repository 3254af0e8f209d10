//! A setting that can be changed while others wait on it.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use slab::Slab;

/// A shared value that says when it changes. Cloning gives another handle to the same value.
///
/// ```
/// use crawl_playground::engine::live::Live;
/// use futures::FutureExt;
///
/// let delay = Live::new(200);
/// let changed = delay.changed();
/// delay.set(0);
/// assert!(changed.now_or_never().is_some());
/// assert_eq!(delay.get(), 0);
/// ```
pub struct Live<T>(Rc<Inner<T>>);

struct Inner<T> {
    value: Cell<T>,
    version: Cell<u64>,
    waiting: RefCell<Slab<Waker>>,
}

impl<T> Clone for Live<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T: Copy> Live<T> {
    /// A new value.
    pub fn new(value: T) -> Self {
        Self(Rc::new(Inner {
            value: Cell::new(value),
            version: Cell::new(0),
            waiting: RefCell::default(),
        }))
    }

    /// The value now.
    #[must_use]
    pub fn get(&self) -> T {
        self.0.value.get()
    }

    /// Changes the value and wakes all that wait for a change.
    pub fn set(&self, value: T) {
        self.0.value.set(value);
        self.0.version.set(self.0.version.get() + 1);
        // Taken out before waking: a waker may run code that waits again.
        let waiting = self.0.waiting.take();
        waiting.into_iter().for_each(|(_, waker)| waker.wake());
    }

    /// Resolves at the first change after this call.
    #[must_use]
    pub fn changed(&self) -> Changed<T> {
        Changed {
            live: self.clone(),
            seen: self.0.version.get(),
            place: None,
        }
    }
}

/// The next change of a [`Live`] value. Dropped early, it leaves nothing behind.
pub struct Changed<T> {
    live: Live<T>,
    seen: u64,
    place: Option<usize>,
}

impl<T> Changed<T> {
    /// Takes the waker back. A change has emptied the whole list already, and its places may have new owners.
    fn leave(&mut self) -> Option<Waker> {
        let place = self.place.take()?;
        let is_listed = self.live.0.version.get() == self.seen;
        if is_listed {
            self.live.0.waiting.borrow_mut().try_remove(place)
        } else {
            None
        }
    }
}

impl<T: Copy> Future for Changed<T> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        // Foreign code (a waker's clone and drop) runs outside the borrow.
        drop(self.leave());
        let waker = cx.waker().clone();
        if self.live.0.version.get() != self.seen {
            return Poll::Ready(());
        }
        let place = self.live.0.waiting.borrow_mut().insert(waker);
        self.place = Some(place);
        Poll::Pending
    }
}

impl<T> Drop for Changed<T> {
    fn drop(&mut self) {
        drop(self.leave());
    }
}
