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
//! doubly linked list whose links are indices into one vector, so a place is found, left and reused without a search
//! and without an allocation for each waiter. Giving back either hands the permit to the head of the line (`in_use`
//! stays as it is) or lowers `in_use`. There is never a free permit while someone waits: every call restores that
//! before it wakes anyone.

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
    ledger: RefCell<Ledger>,
    /// Whether a wake-up is being delivered somewhere up the call stack.
    waking: Cell<bool>,
    /// Wake-ups that arose meanwhile, in order.
    due: RefCell<VecDeque<Waker>>,
}

struct Ledger {
    limit: usize,
    in_use: usize,
    closed: bool,
    line: Line,
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
        let ledger = Ledger { limit, in_use: 0, closed: false, line: Line::default() };
        Self { core: Rc::new(Core { ledger: RefCell::new(ledger), waking: Cell::new(false), due: RefCell::default() }) }
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
    pub fn acquire(&self) -> Acquire {
        let stage = {
            let mut ledger = self.core.ledger.borrow_mut();
            if ledger.closed {
                Stage::Refused
            } else if ledger.take_free() {
                Stage::Granted
            } else {
                Stage::InLine(ledger.line.join())
            }
        };
        Acquire { core: Rc::clone(&self.core), stage }
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
        let mut ledger = self.core.ledger.borrow_mut();
        (!ledger.closed && ledger.take_free()).then(|| Permit { core: Rc::clone(&self.core) })
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
        let granted = {
            let mut ledger = self.core.ledger.borrow_mut();
            ledger.limit = limit;
            ledger.fill()
        };
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
        let refused = {
            let mut ledger = self.core.ledger.borrow_mut();
            ledger.closed = true;
            ledger.line.refuse_all()
        };
        self.core.wake_all(refused);
    }

    /// Whether [`Semaphore::close`] was called.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.core.ledger.borrow().closed
    }

    /// How many permits may be in use at a time.
    #[must_use]
    pub fn limit(&self) -> usize {
        self.core.ledger.borrow().limit
    }

    /// How many permits could be taken right now; 0 while a shrink has not settled.
    #[must_use]
    pub fn available(&self) -> usize {
        let ledger = self.core.ledger.borrow();
        ledger.limit.saturating_sub(ledger.in_use)
    }

    /// How many permits are granted. For a while after a shrink this is more than the limit.
    #[must_use]
    pub fn in_use(&self) -> usize {
        self.core.ledger.borrow().in_use
    }

    /// How many stand in line.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.core.ledger.borrow().line.len()
    }
}

impl fmt::Debug for Semaphore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ledger = self.core.ledger.borrow();
        f.debug_struct("Semaphore")
            .field("limit", &ledger.limit)
            .field("in_use", &ledger.in_use)
            .field("waiting", &ledger.line.len())
            .field("closed", &ledger.closed)
            .finish()
    }
}

impl Ledger {
    /// Counts one more permit as in use, if that keeps promises 1 and 2.
    fn take_free(&mut self) -> bool {
        let free = self.in_use < self.limit && self.line.len() == 0;
        self.in_use += usize::from(free);
        free
    }

    /// Grants what is free to those who wait, oldest first. Returns the wakers of those who have been polled.
    fn fill(&mut self) -> Vec<Waker> {
        let mut wakers = Vec::new();
        while self.in_use < self.limit
            && let Some(waker) = self.line.grant_oldest()
        {
            self.in_use += 1;
            wakers.extend(waker);
        }
        wakers
    }
}

impl Core {
    /// Takes a permit back, and hands it on if the limit allows and someone waits.
    fn give_back(&self) {
        let granted = {
            let mut ledger = self.ledger.borrow_mut();
            let next = if ledger.in_use <= ledger.limit { ledger.line.grant_oldest() } else { None };
            match next {
                Some(waker) => waker,
                None => {
                    ledger.in_use -= 1;
                    None
                }
            }
        };
        if let Some(waker) = granted {
            self.wake(waker);
        }
    }

    fn wake_all(&self, wakers: Vec<Waker>) {
        self.due.borrow_mut().extend(wakers);
        if !self.waking.get() {
            self.deliver();
        }
    }

    fn wake(&self, waker: Waker) {
        if self.waking.get() {
            self.due.borrow_mut().push_back(waker);
            return;
        }
        let _delivering = Delivering::begin(&self.waking);
        waker.wake();
        self.deliver_due();
    }

    fn deliver(&self) {
        let _delivering = Delivering::begin(&self.waking);
        self.deliver_due();
    }

    fn deliver_due(&self) {
        loop {
            // Bound first, so that the borrow ends before the waker runs.
            let next = self.due.borrow_mut().pop_front();
            let Some(waker) = next else { return };
            waker.wake();
        }
    }
}

/// Marks that a wake-up is being delivered, even if the waker panics.
struct Delivering<'a>(&'a Cell<bool>);

impl<'a> Delivering<'a> {
    fn begin(waking: &'a Cell<bool>) -> Self {
        waking.set(true);
        Self(waking)
    }
}

impl Drop for Delivering<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

/// A request for a permit: a place in line, then a grant.
pub struct Acquire {
    core: Rc<Core>,
    stage: Stage,
}

enum Stage {
    /// A permit is counted as in use for this future.
    Granted,
    InLine(Place),
    Refused,
    Done,
}

impl Acquire {
    fn resolve(&mut self, granted: bool) -> Poll<Result<Permit, Closed>> {
        self.stage = Stage::Done;
        Poll::Ready(if granted { Ok(Permit { core: Rc::clone(&self.core) }) } else { Err(Closed) })
    }
}

impl Future for Acquire {
    type Output = Result<Permit, Closed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let place = match self.stage {
            Stage::Granted => return self.resolve(true),
            Stage::Refused => return self.resolve(false),
            Stage::Done => return Poll::Pending,
            Stage::InLine(place) => place,
        };
        // To clone and to drop a waker is foreign code, which may use this semaphore, and may even grant this very
        // place. So the waker is cloned before the look that counts, and the old one is dropped after the borrow.
        let is_known = self.core.ledger.borrow().line.waker(place).is_some_and(|known| known.will_wake(cx.waker()));
        let mut waker = (!is_known).then(|| cx.waker().clone());

        let mut ledger = self.core.ledger.borrow_mut();
        let standing = match ledger.line.standing(place) {
            Standing::Waiting => {
                if waker.is_some() {
                    std::mem::swap(ledger.line.waker_mut(place), &mut waker);
                }
                drop(ledger);
                return Poll::Pending;
            }
            settled => settled,
        };
        ledger.line.free(place);
        drop(ledger);
        self.resolve(standing == Standing::Granted)
    }
}

impl FusedFuture for Acquire {
    fn is_terminated(&self) -> bool {
        matches!(self.stage, Stage::Done)
    }
}

impl Drop for Acquire {
    fn drop(&mut self) {
        match self.stage {
            Stage::Done | Stage::Refused => {}
            Stage::Granted => self.core.give_back(),
            Stage::InLine(place) => {
                let (standing, waker) = self.core.ledger.borrow_mut().line.leave(place);
                drop(waker);
                if standing == Standing::Granted {
                    self.core.give_back();
                }
            }
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
        {
            let mut ledger = self.core.ledger.borrow_mut();
            ledger.limit = ledger.limit.saturating_sub(1);
        }
        // The drop that follows finds the limit already lower, so the permit goes to nobody.
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.core.give_back();
    }
}

impl fmt::Debug for Permit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Permit").finish_non_exhaustive()
    }
}
