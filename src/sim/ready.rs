//! Who asked to be polled, in the order of asking, and the wakers by which they ask.
//!
//! A waker may be called from anywhere, so what it leads to is shared by `Arc`, and guarded by a lock for which nobody
//! ever contends. A task asks once, however often it is woken before its turn.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::mem;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Wake, Waker};

/// A task: where it is kept, and which of those that were kept there it is. The numbers begin anew after 2^32 tasks: what
/// is left of one of the old may then have a new one polled once in vain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct TaskKey {
    pub(super) slot: u32,
    pub(super) id: u32,
}

/// What a task's wakers lead to.
pub(super) struct Mark {
    /// The task's key. It changes only while there is no waker that could ask.
    slot: AtomicU32,
    id: AtomicU32,
    /// Whether the task has asked, and its turn has not come.
    has_asked: AtomicBool,
    asked: Arc<Asked>,
}

impl Mark {
    /// From here on the task may ask again.
    pub(super) fn take_turn(&self) {
        self.has_asked.swap(false, Ordering::AcqRel);
    }
}

impl Wake for Mark {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.has_asked.swap(true, Ordering::AcqRel) {
            self.asked.push(TaskKey {
                slot: self.slot.load(Ordering::Relaxed),
                id: self.id.load(Ordering::Relaxed),
            });
        }
    }
}

/// A mark, and the waker that a task is polled with.
///
/// Few tasks keep a waker: one that only sleeps has none, as [`super::alarms`] knows tasks by their keys. So a mark goes
/// from task to task until one keeps a waker to it, and then stays with that one. That saves an allocation for each
/// task, and a look at a place in memory that nothing else is near.
pub(super) struct Marked {
    pub(super) mark: Arc<Mark>,
    pub(super) waker: Waker,
}

impl Marked {
    fn new(mark: Arc<Mark>) -> Self {
        let waker = Waker::from(Arc::clone(&mark));
        Self { mark, waker }
    }

    /// For the task that the mark stays with. From here on it may ask again.
    pub(super) fn take_turn(mark: Arc<Mark>) -> Self {
        mark.take_turn();
        Self::new(mark)
    }

    /// Whether there are wakers besides this one.
    pub(super) fn is_kept(&self) -> bool {
        Arc::strong_count(&self.mark) > 2
    }

    /// Makes this another task's. There must be no waker besides this one.
    pub(super) fn name(&self, key: TaskKey) {
        self.mark.slot.store(key.slot, Ordering::Relaxed);
        self.mark.id.store(key.id, Ordering::Relaxed);
        self.mark.has_asked.store(false, Ordering::Relaxed);
    }
}

/// Those who asked since the executor looked last.
#[derive(Default)]
struct Asked {
    keys: Mutex<VecDeque<TaskKey>>,
    /// Whether there are any: most looks find none.
    any: AtomicBool,
}

impl Asked {
    fn push(&self, key: TaskKey) {
        let mut keys = self.lock();
        keys.push_back(key);
        self.any.store(true, Ordering::Release);
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<TaskKey>> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The executor's end of the queue.
#[derive(Default)]
pub(super) struct Ready {
    asked: Arc<Asked>,
    /// Those whose turn is next. When they are through, all who asked meanwhile take their place.
    turn: RefCell<VecDeque<TaskKey>>,
}

impl Ready {
    pub(super) fn mark(&self) -> Marked {
        Marked::new(Arc::new(Mark {
            slot: AtomicU32::new(0),
            id: AtomicU32::new(0),
            has_asked: AtomicBool::new(false),
            asked: Arc::clone(&self.asked),
        }))
    }

    /// Puts a task last.
    pub(super) fn push(&self, key: TaskKey) {
        self.asked.push(key);
    }

    /// Whose turn it is.
    pub(super) fn next(&self) -> Option<TaskKey> {
        let mut turn = self.turn.borrow_mut();
        if turn.is_empty() && self.asked.any.load(Ordering::Acquire) {
            let mut asked = self.asked.lock();
            self.asked.any.store(false, Ordering::Release);
            mem::swap(&mut *turn, &mut *asked);
        }
        turn.pop_front()
    }

    /// Gives memory back if nobody asks.
    pub(super) fn shrink(&self) {
        let mut turn = self.turn.borrow_mut();
        let mut asked = self.asked.lock();
        if turn.is_empty() && asked.is_empty() {
            *turn = VecDeque::new();
            *asked = VecDeque::new();
        }
    }
}
