//! The tasks of a virtual world, polled one at a time in the order in which they ask.
//!
//! While a task is polled it is taken out of its place, so nothing is borrowed, and it may spawn tasks, cancel others
//! or itself, and even drive the world further.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::hint::black_box;
use std::sync::Arc;
use std::task::{Context, RawWakerVTable, Waker};
use std::{mem, ptr};

use slab::Slab;

use super::job::Work;
use super::ready::{Mark, Marked, Ready, TaskKey};

#[derive(Default)]
pub(super) struct Executor {
    places: RefCell<Slab<Place>>,
    next_id: Cell<u32>,
    pub(super) ready: Ready,
    /// A mark that no task has kept.
    spare: Cell<Option<Marked>>,
    polled: Cell<Option<Polled>>,
}

/// A task's place, which it has from when it is spawned until its handle is gone.
struct Place {
    /// Absent while it is polled; a root's is with its driver.
    work: Option<Work>,
    /// Once the task has kept a waker.
    mark: Option<Arc<Mark>>,
    /// Whoever awaits the end. Boxed, as most wait one after the other: places lie close together.
    waiter: Option<Box<Waker>>,
    id: u32,
    has_ended: bool,
}

/// The task that is being polled, and the parts of its waker.
#[derive(Clone, Copy)]
struct Polled {
    key: TaskKey,
    data: *const (),
    vtable: &'static RawWakerVTable,
}

/// While it lives, a task is being polled. It ends also if the task panics.
pub(super) struct Polling<'a> {
    polled: &'a Cell<Option<Polled>>,
    outer: Option<Polled>,
}

impl Drop for Polling<'_> {
    fn drop(&mut self) {
        self.polled.set(self.outer);
    }
}

impl Executor {
    /// Adds a task, last in the queue. A root has no work.
    pub(super) fn add(&self, work: Option<Work>) -> TaskKey {
        let id = self.next_id.get();
        self.next_id.set(id.wrapping_add(1));
        let place = Place {
            work,
            mark: None,
            waiter: None,
            id,
            has_ended: false,
        };
        // No machine has the memory for more of them.
        let slot = self.places.borrow_mut().insert(place) as u32;
        let key = TaskKey { slot, id };
        self.ready.push(key);
        key
    }

    /// Takes a task out, with all that it holds.
    pub(super) fn remove(&self, key: TaskKey) {
        // Bound first, and dropped with nothing borrowed: that is foreign code.
        let place = {
            let mut places = self.places.borrow_mut();
            let place = places.get(key.slot as usize);
            let is_there = place.is_some_and(|place| place.id == key.id);
            is_there.then(|| places.remove(key.slot as usize))
        };
        drop(place);
    }

    /// Puts the task in this slot last in the queue, whether or not it stands there.
    pub(super) fn ask(&self, slot: u32) {
        let id = self
            .places
            .borrow()
            .get(slot as usize)
            .map(|place| place.id);
        if let Some(id) = id {
            self.ready.push(TaskKey { slot, id });
        }
    }

    /// The slot of the task that is being polled with this waker, if that is so.
    pub(super) fn polled_with(&self, waker: &Waker) -> Option<u32> {
        let polled = self.polled.get()?;
        let is_its = polled.data == waker.data() && ptr::eq(polled.vtable, waker.vtable());
        is_its.then_some(polled.key.slot)
    }

    /// Does nothing, but that the task in this slot is near at hand afterwards.
    pub(super) fn look_at(&self, slot: u32) {
        let places = self.places.borrow();
        let work = places
            .get(slot as usize)
            .and_then(|place| place.work.as_ref());
        black_box(work.is_some_and(|work| work.has_ended()));
    }

    pub(super) fn has_ended(&self, key: TaskKey) -> bool {
        self.with_place(key, |place| place.has_ended)
            .unwrap_or(true)
    }

    /// Hands a task's result out, an `Option` of its type, which ends its stay here; or keeps the waker for when it is
    /// there. Once handed out, it is not there again.
    pub(super) fn wait(&self, key: TaskKey, waker: &Waker, result: &mut dyn Any) {
        if !self.has_ended(key) {
            return self.keep(key, waker);
        }
        let work = self.with_place(key, |place| place.work.take()).flatten();
        if let Some(mut work) = work {
            work.as_mut().hand_out(result);
            self.remove(key);
        }
    }

    /// Keeps the waker of whoever awaits a task. To clone one and to drop one is foreign code, so nothing is borrowed
    /// then.
    fn keep(&self, key: TaskKey, waker: &Waker) {
        let is_known = |place: &mut Place| {
            let known = place.waiter.as_ref();
            known.is_some_and(|known| known.will_wake(waker))
        };
        if self.with_place(key, is_known) != Some(true) {
            let mut waiter = Some(Box::new(waker.clone()));
            self.with_place(key, |place| mem::swap(&mut place.waiter, &mut waiter));
            drop(waiter);
        }
    }

    /// Polls a task, unless it has ended. `false` if that can't be, because it is being polled further out.
    pub(super) fn poll(&self, key: TaskKey) -> bool {
        let taken = self.with_place(key, |place| {
            // Wakers outlive the task that they were for.
            let is_due = !place.has_ended;
            is_due.then(|| (place.work.take(), place.mark.take()))
        });
        let Some((work, own_mark)) = taken.flatten() else {
            return true;
        };
        let Some(mut work) = work else {
            return false;
        };
        let is_own = own_mark.is_some();
        let marked = own_mark.map_or_else(|| self.spare(key), Marked::take_turn);
        let polling = self.polling(key, &marked.waker);
        let has_ended = work
            .as_mut()
            .poll(&mut Context::from_waker(&marked.waker))
            .is_ready();
        drop(polling);
        let mark = if is_own || marked.is_kept() {
            Some(marked.mark)
        } else {
            self.spare.set(Some(marked));
            None
        };
        let mut work = Some(work);
        let waiter = self.with_place(key, |place| {
            // What has ended stays where it is, as the memory of its neighbours is in use.
            place.work = work.take();
            place.mark = mark;
            place.has_ended = has_ended;
            if has_ended { place.waiter.take() } else { None }
        });
        // If it was cancelled meanwhile, it is dropped with nothing borrowed.
        drop(work);
        if let Some(waiter) = waiter.flatten() {
            waiter.wake();
        }
        true
    }

    fn spare(&self, key: TaskKey) -> Marked {
        let marked = self.spare.take().unwrap_or_else(|| self.ready.mark());
        marked.name(key);
        marked
    }

    /// Notes who is being polled, while the guard lives.
    pub(super) fn polling(&self, key: TaskKey, waker: &Waker) -> Polling<'_> {
        let polled = Polled {
            key,
            data: waker.data(),
            vtable: waker.vtable(),
        };
        Polling {
            polled: &self.polled,
            outer: self.polled.replace(Some(polled)),
        }
    }

    fn with_place<T>(&self, key: TaskKey, use_it: impl FnOnce(&mut Place) -> T) -> Option<T> {
        let mut places = self.places.borrow_mut();
        let place = places.get_mut(key.slot as usize);
        place.filter(|place| place.id == key.id).map(use_it)
    }

    /// Gives memory back if there are no tasks.
    pub(super) fn shrink(&self) {
        let mut places = self.places.borrow_mut();
        if places.is_empty() {
            *places = Slab::new();
        }
        drop(places);
        self.ready.shrink();
    }
}
