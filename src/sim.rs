//! Virtual time: a clock that jumps from timer to timer, and an executor that polls in a fixed order.
//!
//! A run in virtual time takes no time, needs no network, and is the same to the bit each time: the engine asserts
//! whole schedules with it, and the page shows a finished picture before anything was sent.
//!
//! A world has one driver ([`Sim::block_on`]), whose future may combine others as it likes, and any number of tasks of its
//! own ([`Sim::spawn`]), which cost less. A task is kept in few places, as it is memory that simulations wait for: its
//! future in one allocation, 40 bytes beside its neighbours', and 16 for each timer. Whoever is woken is polled in turn;
//! when nobody is left the clock jumps to the next timer.

use std::cell::Cell;
use std::future::Future;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

use crate::engine::moment::Moment;
use crate::engine::ports::{Fetch, NoReader, Ports};
use crate::lab::network::LabNetwork;
use crate::lab::reader::OutlineReader;
use alarms::{Alarms, Whom};
pub use clock::Sleep;
use compute::VirtualProcessor;
use executor::Executor;
use root::Root;
pub use spawned::Spawned;

mod agenda;
mod alarms;
mod clock;
pub mod compute;
pub mod drawn;
mod executor;
mod job;
pub mod latency;
pub mod lifted;
pub mod network;
pub mod prediction;
mod radix_heap;
mod ready;
pub mod replay;
mod root;
mod schedule;
mod spawned;
pub mod sweep;
pub mod world;

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
    alarms: Alarms,
    executor: Executor,
}

impl World {
    fn wake(&self, whom: Whom) {
        match whom {
            Whom::Task(slot) => self.executor.ask(slot),
            Whom::Other(waker) => waker.wake(),
        }
    }
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

    /// The same for crawls of the Lab's sites, with pages read by their outlines: HTML that nobody takes apart is not
    /// written. What happens, and when, is the same.
    #[must_use]
    pub fn outlined_lab(&self) -> Ports {
        let lab = LabNetwork::unread(Rc::new(self.clone()), Rc::new(self.clone()));
        self.ports(Rc::new(lab)).reading(Rc::new(OutlineReader))
    }

    /// Ports of this world with another network.
    #[must_use]
    pub fn ports(&self, fetch: Rc<dyn Fetch>) -> Ports {
        Ports {
            fetch,
            clock: Rc::new(self.clone()),
            sleep: Rc::new(self.clone()),
            compute: VirtualProcessor::new(self),
            read: Rc::new(NoReader),
        }
    }

    /// Lets the clock go on while nothing else can happen, as a computation does that does not yield.
    pub(crate) fn block(&self, span: Duration) {
        self.0.now.set(self.now() + span);
    }

    /// Runs `future` to its end, jumping from timer to timer.
    ///
    /// # Errors
    /// [`Deadlock`] when it waits for what will never come.
    pub fn block_on<F: Future>(&self, future: F) -> Result<F::Output, Deadlock> {
        let ended = self.drive(future, Self::NEVER);
        self.0.alarms.shrink();
        ended.and_then(|output| output.ok_or(Deadlock))
    }

    /// The same as [`Sim::block_on`], but with rests: `rest` is asked between the steps, each of which polls one task
    /// or fires one timer, and whatever future it gives is awaited before the next. Rests take no virtual time, so
    /// what happens is the same, however many there are. Dropped, it ends where it stands.
    ///
    /// ```
    /// use crawl_playground::sim::Sim;
    /// use futures::{FutureExt, future::ready};
    /// use std::time::Duration;
    ///
    /// let sim = Sim::new();
    /// let mut steps = 0;
    /// let rest = || {
    ///     steps += 1;
    ///     Some(ready(())) // a page would give its event loop a turn
    /// };
    /// let slept = sim.run_with_rests(sim.sleep(Duration::from_secs(5)), rest).now_or_never();
    /// assert_eq!(slept, Some(Ok(())));
    /// assert_eq!((sim.now().as_ms(), steps), (5_000.0, 3)); // polled, woken, polled
    /// ```
    ///
    /// # Errors
    /// [`Deadlock`] when it waits for what will never come.
    pub async fn run_with_rests<F: Future, R: Future<Output = ()>>(
        &self,
        future: F,
        mut rest: impl FnMut() -> Option<R>,
    ) -> Result<F::Output, Deadlock> {
        let mut future = pin!(future);
        let mut root = Root::new(&self.0.executor);
        loop {
            if let Some(rest) = rest() {
                rest.await;
            }
            if let Some(ended) = self.step(&mut root, future.as_mut(), Self::NEVER) {
                return ended.and_then(|output| output.ok_or(Deadlock));
            }
        }
    }

    /// Runs `future` until the clock stands at `end`, then drops it: `None` if it had not ended by then. What is
    /// due at `end` itself still happens.
    pub fn run_until<F: Future>(&self, end: Moment, future: F) -> Option<F::Output> {
        let ended = self.drive(future, end);
        self.0.alarms.shrink();
        ended.ok().flatten()
    }

    fn drive<F: Future>(&self, future: F, end: Moment) -> Result<Option<F::Output>, Deadlock> {
        let mut future = pin!(future);
        let mut root = Root::new(&self.0.executor);
        loop {
            if let Some(ended) = self.step(&mut root, future.as_mut(), end) {
                return ended;
            }
        }
    }

    /// Polls who asks first; if nobody does, goes on to the next timer. `Some` if that was the end of it.
    fn step<F: Future>(
        &self,
        root: &mut Root<'_>,
        future: Pin<&mut F>,
        end: Moment,
    ) -> Option<Result<Option<F::Output>, Deadlock>> {
        match root.poll_next(future) {
            Some(Poll::Ready(output)) => return Some(Ok(Some(output))),
            Some(Poll::Pending) => return None,
            None => {}
        }
        let look_at = |slot| self.0.executor.look_at(slot);
        let Some((due, whom)) = self.0.alarms.next(end, look_at) else {
            if end == Self::NEVER {
                return Some(Err(Deadlock));
            }
            // Set before the future is dropped, so that what its drop records has the right time.
            self.0.now.set(self.now().max(end));
            return Some(Ok(None));
        };
        self.0.now.set(self.now().max(due));
        self.0.wake(whom);
        None
    }
}
