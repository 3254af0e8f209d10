//! A bounded queue between tasks, made of two semaphores: one counts the room, the other what lies in it.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use super::run::Run;
use super::semaphore::{Permit, Semaphore};
use super::trace::{QueueId, What};

/// A first-in-first-out queue for one thread. Who pushes into a full one waits: that is back-pressure. Its depth is in
/// the run's trace. Cloning gives another handle to the same queue.
///
/// ```
/// use crawl_playground::engine::{limits::Limits, queue::Queue, run::Run};
/// use crawl_playground::sim::Sim;
/// use futures::{FutureExt, executor::block_on};
///
/// let run = Run::new(Sim::new().lab(), Limits::default());
/// let queue = Queue::new(&run, 1);
/// block_on(queue.push("first"));
/// assert!(queue.push("second").now_or_never().is_none()); // full, so it waits
/// queue.close();
/// assert_eq!(block_on(queue.pop()), Some("first"));
/// assert_eq!(block_on(queue.pop()), None); // closed and empty
/// ```
pub struct Queue<T>(Rc<Inner<T>>);

struct Inner<T> {
    run: Run,
    id: QueueId,
    room: Semaphore,
    /// Its limit is how many items lie in the queue.
    items: Semaphore,
    /// Each with the room that it takes.
    list: RefCell<VecDeque<(T, Permit)>>,
}

impl<T> Clone for Queue<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> Queue<T> {
    /// An empty queue of `run` with room for `capacity` items, at least one.
    #[must_use]
    pub fn new(run: &Run, capacity: usize) -> Self {
        Self(Rc::new(Inner {
            run: run.clone(),
            id: run.next_queue(),
            room: Semaphore::new(capacity.max(1)),
            items: Semaphore::new(0),
            list: RefCell::default(),
        }))
    }

    /// Puts an item at the end, as soon as there is room. In a closed queue it is dropped.
    pub async fn push(&self, item: T) {
        let Ok(room) = self.0.room.acquire().await else {
            return;
        };
        self.0.list.borrow_mut().push_back((item, room));
        self.record_depth();
        self.0.items.set_limit(self.0.items.limit() + 1);
    }

    /// Takes the first item, as soon as there is one. `None` when the queue is closed and empty.
    pub async fn pop(&self) -> Option<T> {
        // The right to one item. In a closed queue nobody waits: what is left is there for whoever comes.
        if let Ok(right) = self.0.items.acquire().await {
            right.forget();
        }
        // Bound first: to drop the room wakes who waits for it.
        let first = self.0.list.borrow_mut().pop_front();
        let (item, room) = first?;
        self.record_depth();
        drop(room);
        Some(item)
    }

    /// Takes no more items. What is in the queue can still be popped, and then each `pop` says that it is over.
    pub fn close(&self) {
        self.0.room.close();
        self.0.items.close();
    }

    /// How many items lie in it.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.0.list.borrow().len()
    }

    fn record_depth(&self) {
        let depth = u32::try_from(self.depth()).unwrap_or(u32::MAX);
        self.0.run.record(What::Depth(self.0.id, depth));
    }
}
