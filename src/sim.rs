//! Virtual time: a clock that jumps from timer to timer, and an executor that polls in a fixed order.
//!
//! A run in virtual time takes no time, needs no network, and is the same to the bit each time: the engine asserts
//! whole schedules with it, and the page shows a finished picture before anything was sent.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use crate::engine::moment::Moment;
use crate::engine::ports::{Fetch, Ports};
use crate::lab::network::LabNetwork;
use timers::Timers;

mod clock;
mod timers;

/// A world in virtual time. Cloning gives another handle to the same one.
///
/// ```
/// use crawl_playground::sim::Sim;
/// use std::time::Duration;
///
/// let sim = Sim::new();
/// sim.block_on(sim.sleep(Duration::from_secs(3_600))).unwrap(); // takes no time
/// assert_eq!(sim.now().as_ms(), 3_600_000.0);
/// ```
#[derive(Clone, Default)]
pub struct Sim(Rc<World>);

#[derive(Default)]
struct World {
    now: Cell<Moment>,
    timers: RefCell<Timers>,
}

/// Nothing can happen any more: no timer is set, and the future still waits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Deadlock;

impl Sim {
    const NEVER: Moment = Moment::from_us(u64::MAX);

    /// A world whose clock stands at zero.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The virtual time.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.0.now.get()
    }

    /// Ports of this world with the Lab as the network.
    #[must_use]
    pub fn lab(&self) -> Ports {
        let lab = LabNetwork::new(Rc::new(self.clone()), Rc::new(self.clone()));
        self.ports(Rc::new(lab))
    }

    /// Ports of this world with another network.
    #[must_use]
    pub fn ports(&self, fetch: Rc<dyn Fetch>) -> Ports {
        Ports {
            fetch,
            clock: Rc::new(self.clone()),
            sleep: Rc::new(self.clone()),
        }
    }

    /// Runs `future` to its end, jumping from timer to timer.
    ///
    /// # Errors
    /// [`Deadlock`] when it waits for what will never come.
    pub fn block_on<F: Future>(&self, future: F) -> Result<F::Output, Deadlock> {
        self.drive(future, Self::NEVER)
            .and_then(|output| output.ok_or(Deadlock))
    }

    /// Runs `future` until the clock stands at `end`, then drops it: `None` if it had not ended by then. What is
    /// due at `end` itself still happens.
    pub fn run_until<F: Future>(&self, end: Moment, future: F) -> Option<F::Output> {
        self.drive(future, end).ok().flatten()
    }

    fn drive<F: Future>(&self, future: F, end: Moment) -> Result<Option<F::Output>, Deadlock> {
        let mut future = pin!(future);
        let flag = Arc::new(Flag(AtomicBool::new(true)));
        let waker = Waker::from(Arc::clone(&flag));
        loop {
            while flag.0.swap(false, Ordering::Relaxed) {
                if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker))
                {
                    return Ok(Some(output));
                }
            }
            let due = self.0.timers.borrow_mut().next_due();
            let Some(due) = due.filter(|due| *due <= end) else {
                if end == Self::NEVER {
                    return Err(Deadlock);
                }
                // Set before the future is dropped, so that what its drop records has the right time.
                self.0.now.set(self.now().max(end));
                return Ok(None);
            };
            self.0.now.set(self.now().max(due));
            // Bound first: the waker runs with no borrow held.
            let woken = self.0.timers.borrow_mut().fire_next();
            woken.into_iter().for_each(Waker::wake);
        }
    }
}

/// Whether the future asked to be polled again.
struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}
