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
//!    its grant passes the permit on; a permit returns itself on drop.
//! 4. **Wakers run, and are cloned and dropped, with no borrow held**, so a waker may use the semaphore. Wake-ups that
//!    happen inside a wake-up are delivered after it, by the outermost call: a million hand-offs in a row never recurse,
//!    even with wakers that poll on the spot.
//! 5. Every call is O(1), but for [`Semaphore::set_limit`] and [`Semaphore::close`], which are O(1) for each waiter that
//!    they let go.
//!
//! # How it works
//!
//! `acquire` takes a free permit at once if nobody stands in line, else a place in the [line](line). The line is a
//! doubly linked list whose links are indices of nodes that never move, so a place is found, left and reused without a
//! search and without an allocation for each waiter. Giving back either hands the permit to the head of the line
//! (`in_use` stays as it is) or lowers `in_use`. There is never a free permit while someone waits: every call restores
//! that before it wakes anyone. All of the state is in `Cell`s, so there is no borrow that a waker could break.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use futures::future::FusedFuture;

use line::{Line, Place, Standing};

mod line;

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

struct Core {
    limit: Cell<usize>,
    in_use: Cell<usize>,
    closed: Cell<bool>,
    line: Line,
    /// Whether a wake-up is being delivered somewhere up the call stack.
    waking: Cell<bool>,
    /// Wake-ups that arose meanwhile, in order.
    due: RefCell<VecDeque<Waker>>,
    /// Whether there are any.
    has_due: Cell<bool>,
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
            core: Rc::new(Core {
                limit: Cell::new(limit),
                in_use: Cell::new(0),
                closed: Cell::new(false),
                line: Line::default(),
                waking: Cell::new(false),
                due: RefCell::default(),
                has_due: Cell::new(false),
            }),
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
        let stage = if self.core.take_free() {
            Stage::Granted
        } else if self.core.closed.get() {
            Stage::Refused
        } else {
            Stage::InLine(self.core.line.join())
        };
        Acquire {
            core: Some(Rc::clone(&self.core)),
            stage,
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
        let granted = self.core.settle(count, Standing::Granted);
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
        self.core.closed.set(true);
        let refused = self.core.settle(self.core.line.len(), Standing::Refused);
        self.core.wake_all(refused);
    }

    /// Whether [`Semaphore::close`] was called.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.core.closed.get()
    }

    /// How many permits may be in use at a time.
    #[must_use]
    pub fn limit(&self) -> usize {
        self.core.limit.get()
    }

    /// How many permits could be taken right now; 0 while a shrink has not settled.
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

impl Core {
    /// Counts one more permit as in use, if that keeps promises 1 and 2.
    #[inline]
    fn take_free(&self) -> bool {
        let in_use = self.in_use.get();
        let is_free = in_use < self.limit.get() && self.line.is_empty() && !self.closed.get();
        if is_free {
            self.in_use.set(in_use + 1);
        }
        is_free
    }

    /// Takes a permit back, and hands it on if the limit allows and someone waits.
    #[inline]
    fn give_back(&self) {
        let in_use = self.in_use.get();
        if in_use > self.limit.get() || self.line.is_empty() {
            self.in_use.set(in_use - 1);
        } else if let Some(waker) = self.line.settle_oldest(Standing::Granted) {
            self.wake(waker);
        }
    }

    /// Lets the oldest `count` in line go with this verdict. Returns the wakers of those who have been polled.
    fn settle(&self, count: usize, verdict: Standing) -> Vec<Waker> {
        let settle = |_| self.line.settle_oldest(verdict);
        (0..count).filter_map(settle).collect()
    }

    fn wake_all(&self, wakers: Vec<Waker>) {
        wakers.into_iter().for_each(|waker| self.put_off(waker));
        if !self.waking.replace(true) {
            let _delivering = Delivering(&self.waking);
            self.deliver_due();
        }
    }

    #[inline]
    fn wake(&self, waker: Waker) {
        if self.waking.replace(true) {
            return self.put_off(waker);
        }
        let _delivering = Delivering(&self.waking);
        waker.wake();
        if self.has_due.get() {
            self.deliver_due();
        }
    }

    fn put_off(&self, waker: Waker) {
        self.has_due.set(true);
        self.due.borrow_mut().push_back(waker);
    }

    #[inline(never)]
    fn deliver_due(&self) {
        loop {
            // Bound first, so that the borrow ends before the waker runs.
            let next = self.due.borrow_mut().pop_front();
            let Some(waker) = next else { break };
            waker.wake();
        }
        self.has_due.set(false);
    }
}

/// While it lives, a wake-up is being delivered. It ends also if the waker panics.
struct Delivering<'a>(&'a Cell<bool>);

impl Drop for Delivering<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

/// A request for a permit: a place in line, then a grant.
pub struct Acquire {
    /// `None` once it has resolved.
    core: Option<Rc<Core>>,
    stage: Stage,
}

#[derive(Clone, Copy)]
enum Stage {
    /// A permit is counted as in use for this future.
    Granted,
    InLine(Place),
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
