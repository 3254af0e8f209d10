//! An async semaphore for one thread: fair, adjustable while in use, and safe to drop in every state.
//!
//! # What it promises
//!
//! 1. **Never more than `limit`.** A permit counts as in use from the moment it is granted, polled or not. After the
//!    limit shrinks, nobody is let in until enough permits have come back.
//! 2. **First come, first served**, by the order of the calls to [`Semaphore::acquire`] (not of the first polls). A
//!    permit that comes back is handed straight to the oldest waiter, so a newcomer never overtakes, not even one that
//!    asks in the same tick, and not by [`Semaphore::try_acquire`].
//! 3. **Nothing leaks.** A waiter that is dropped in line leaves it in O(1) and wakes nobody; one that is dropped after
//!    its grant passes the permit on; a permit returns itself on drop. Who leaves from the middle of the line takes the
//!    room of a waker, two words, until those before it have gone.
//! 4. **Wakers run, and are cloned and dropped, with no borrow held**, so a waker may use the semaphore. Wake-ups that
//!    happen inside a wake-up are delivered after it, by the outermost call: a million hand-offs in a row never recurse,
//!    even with wakers that poll on the spot.
//! 5. Every call is O(1), but for [`Semaphore::set_limit`] and [`Semaphore::close`], which are O(1) for each waiter that
//!    they let go; all of it amortised over those who ever joined, since the places of some who left may have to be skipped.
//!
//! # How it works
//!
//! `acquire` takes a free permit at once if nobody stands in line, else a turn in the [line](line). Turns are counted, and
//! wakers lie in a ring in the order of their turns, so a place is found and left without a search and without an
//! allocation for each waiter, and a waiter whose turn has come finds that out by comparing two numbers. Giving back
//! either hands the permit to the head of the line (`in_use` stays as it is) or lowers `in_use`. There is never a free
//! permit while someone waits: every call restores that before it wakes anyone. Numbers are `Cell`s, and what holds wakers
//! is borrowed only while one is moved in or out, so there is no borrow that a waker could break.

use std::fmt;
use std::rc::Rc;

pub use acquire::Acquire;
use core::Core;
use line::Turn;

mod acquire;
mod core;
mod line;
mod ring;

/// A semaphore. Cloning gives another handle to the same one.
///
/// ```
/// use crawl_playground::engine::semaphore::Semaphore;
/// use futures::FutureExt;
///
/// let semaphore = Semaphore::new(1);
/// let first = semaphore.acquire().now_or_never().unwrap().unwrap();
/// let second = semaphore.acquire();
/// assert_eq!((semaphore.in_use(), semaphore.waiting()), (1, 1));
///
/// drop(first); // handed straight to `second`
/// assert_eq!((semaphore.in_use(), semaphore.waiting()), (1, 0));
/// assert!(second.now_or_never().unwrap().is_ok());
/// ```
#[derive(Clone)]
pub struct Semaphore {
    core: Rc<Core>,
}

/// The semaphore was closed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Closed;

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the semaphore was closed, so it lends no more permits")
    }
}

impl std::error::Error for Closed {}

impl Semaphore {
    /// A semaphore that lends at most `limit` permits at a time. A limit of 0 holds everyone until it grows.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self {
            core: Rc::new(Core::new(limit)),
        }
    }

    /// Asks for a permit. The place in line is taken by this call, before anything is polled.
    ///
    /// The future resolves to [`Closed`] if the semaphore is closed before the grant. It is fused: polled again after
    /// it resolved, it stays pending.
    ///
    /// ```
    /// use crawl_playground::engine::semaphore::Semaphore;
    /// use futures::executor::block_on;
    ///
    /// let semaphore = Semaphore::new(3);
    /// let permit = block_on(semaphore.acquire()).unwrap();
    /// assert_eq!(semaphore.available(), 2);
    /// drop(permit);
    /// assert_eq!(semaphore.available(), 3);
    /// ```
    #[must_use = "a permit is granted to this future: dropping it gives the permit back"]
    #[inline]
    pub fn acquire(&self) -> Acquire {
        let turn = if self.core.take_free() {
            Turn::COME
        } else if self.core.line.is_closed() {
            Turn::NEVER
        } else {
            self.core.line.join()
        };
        Acquire {
            core: Some(Rc::clone(&self.core)),
            turn,
        }
    }

    /// Takes a permit if one is free and nobody waits for it.
    ///
    /// ```
    /// use crawl_playground::engine::semaphore::Semaphore;
    ///
    /// let semaphore = Semaphore::new(1);
    /// let permit = semaphore.try_acquire();
    /// assert!(permit.is_some());
    /// assert!(semaphore.try_acquire().is_none());
    /// ```
    #[must_use = "the permit returns itself when dropped"]
    pub fn try_acquire(&self) -> Option<Permit> {
        self.core.take_free().then(|| Permit {
            core: Rc::clone(&self.core),
        })
    }

    /// Changes the limit at once. Growth lets waiters in, oldest first; shrinking takes effect as permits come back,
    /// and never cancels what runs.
    ///
    /// ```
    /// use crawl_playground::engine::semaphore::Semaphore;
    ///
    /// let semaphore = Semaphore::new(0);
    /// let waiting = semaphore.acquire();
    /// semaphore.set_limit(2);
    /// assert_eq!((semaphore.in_use(), semaphore.available()), (1, 1));
    /// # drop(waiting);
    /// ```
    pub fn set_limit(&self, limit: usize) {
        self.core.limit.set(limit);
        let free = limit.saturating_sub(self.core.in_use.get());
        let count = free.min(self.core.line.len());
        self.core.in_use.set(self.core.in_use.get() + count);
        let granted = self.core.settle(count);
        self.core.wake_all(granted);
    }

    /// Lends nothing more: all who wait, and all who ask later, get [`Closed`]. Permits in use stay good, and so does
    /// a grant that has not been polled yet.
    ///
    /// ```
    /// use crawl_playground::engine::semaphore::{Closed, Semaphore};
    /// use futures::executor::block_on;
    ///
    /// let semaphore = Semaphore::new(0);
    /// let waiting = semaphore.acquire();
    /// semaphore.close();
    /// assert_eq!(block_on(waiting).err(), Some(Closed));
    /// ```
    pub fn close(&self) {
        let refused = self.core.line.close();
        self.core.wake_all(refused);
    }

    /// Whether [`Semaphore::close`] was called.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.core.line.is_closed()
    }

    /// How many permits may be in use at a time.
    #[must_use]
    pub fn limit(&self) -> usize {
        self.core.limit.get()
    }

    /// How many permits are free; 0 while a shrink has not settled. Once closed, a semaphore keeps those to itself.
    #[must_use]
    pub fn available(&self) -> usize {
        self.limit().saturating_sub(self.in_use())
    }

    /// How many permits are granted. For a while after a shrink this is more than the limit.
    #[must_use]
    pub fn in_use(&self) -> usize {
        self.core.in_use.get()
    }

    /// How many stand in line.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.core.line.len()
    }
}

impl fmt::Debug for Semaphore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Semaphore")
            .field("limit", &self.limit())
            .field("in_use", &self.in_use())
            .field("waiting", &self.waiting())
            .field("closed", &self.is_closed())
            .finish()
    }
}

/// A permit. It returns itself when it is dropped.
#[must_use = "a permit returns itself when dropped"]
pub struct Permit {
    core: Rc<Core>,
}

impl Permit {
    /// Takes the permit out of circulation for good: the limit sinks by one, and nobody is let in for it.
    ///
    /// ```
    /// use crawl_playground::engine::semaphore::Semaphore;
    ///
    /// let semaphore = Semaphore::new(2);
    /// semaphore.try_acquire().unwrap().forget();
    /// assert_eq!((semaphore.limit(), semaphore.in_use(), semaphore.available()), (1, 0, 1));
    /// ```
    pub fn forget(self) {
        let limit = &self.core.limit;
        limit.set(limit.get().saturating_sub(1));
        // The drop that follows finds the limit already lower, so the permit goes to nobody.
    }
}

impl Drop for Permit {
    #[inline]
    fn drop(&mut self) {
        self.core.give_back();
    }
}

impl fmt::Debug for Permit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Permit").finish_non_exhaustive()
    }
}
