//! Wakers to test with: one that counts, and one that does what it is told, on the spot.

use std::cell::RefCell;
use std::collections::HashMap;
use std::future::Future;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use futures::FutureExt;

/// Counts how often it was woken.
#[derive(Default)]
pub(crate) struct Bell(AtomicUsize);

impl Bell {
    /// A bell that was never rung, and a waker that rings it.
    pub(crate) fn new() -> (Arc<Self>, Waker) {
        let bell = Arc::new(Self::default());
        let waker = Waker::from(Arc::clone(&bell));
        (bell, waker)
    }

    /// How often it was woken.
    pub(crate) fn rings(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Polls once with this waker.
pub(crate) fn poll<F: Future + Unpin>(future: &mut F, waker: &Waker) -> Poll<F::Output> {
    future.poll_unpin(&mut Context::from_waker(waker))
}

type Deed = Rc<dyn Fn()>;

thread_local! {
    // Wakers must be `Send` and semaphores are not, so the deeds lie here and wakers hold their numbers.
    static DEEDS: RefCell<HashMap<usize, Deed>> = RefCell::default();
}

/// A waker that runs `on_wake` when it is woken, and `on_drop` when the last copy of it is dropped.
pub(crate) fn doing(on_wake: impl Fn() + 'static, on_drop: impl Fn() + 'static) -> Waker {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let number = NEXT.fetch_add(2, Ordering::Relaxed);
    DEEDS.with_borrow_mut(|deeds| {
        deeds.insert(number, Rc::new(on_wake));
        deeds.insert(number + 1, Rc::new(on_drop));
    });
    Waker::from(Arc::new(Doing(number)))
}

/// A waker that runs `on_wake` when it is woken.
pub(crate) fn on_wake(on_wake: impl Fn() + 'static) -> Waker {
    doing(on_wake, || ())
}

struct Doing(usize);

impl Doing {
    fn run(number: usize) {
        let deed = DEEDS.with_borrow(|deeds| deeds.get(&number).cloned());
        if let Some(deed) = deed {
            deed();
        }
    }
}

impl Wake for Doing {
    fn wake(self: Arc<Self>) {
        Self::run(self.0);
    }
}

impl Drop for Doing {
    fn drop(&mut self) {
        Self::run(self.0 + 1);
        let own = (self.0, self.0 + 1);
        // Taken out first: a deed's own drop may come back here.
        let deeds = DEEDS.with_borrow_mut(|deeds| (deeds.remove(&own.0), deeds.remove(&own.1)));
        drop(deeds);
    }
}
