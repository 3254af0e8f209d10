//! Who is woken by which timer.
//!
//! A task of the world's own is named by its slot: that takes no waker, and there is nothing to look up when its time
//! comes. Whoever polls a sleep with another waker (a combinator, another executor) has that waker kept.

use std::cell::RefCell;
use std::task::Waker;

use slab::Slab;

use super::agenda::{Agenda, Key, Tail};
use crate::engine::moment::Moment;

#[derive(Default)]
pub(super) struct Alarms {
    /// Its targets are slots of tasks times two, and places of wakers times two, plus one.
    agenda: RefCell<Agenda>,
    wakers: RefCell<Slab<Waker>>,
}

/// Who is woken.
pub(super) enum Whom {
    /// The task in this slot.
    Task(u32),
    /// It is foreign code that this leads to, so nothing may be borrowed when it is called or dropped.
    Other(Waker),
}

impl Alarms {
    /// Sets a timer for this task, or if it is none, for whomever this waker leads to.
    pub(super) fn set(&self, due: Moment, task: Option<u32>, waker: &Waker) -> Tail {
        let target = match task {
            Some(slot) => slot as usize * 2,
            None => {
                // Before anything is borrowed: to clone a waker is foreign code.
                let waker = waker.clone();
                self.wakers.borrow_mut().insert(waker) * 2 + 1
            }
        };
        self.agenda.borrow_mut().set(due, target).tail
    }

    /// Makes a timer that is set wake this task, or whomever this waker leads to.
    pub(super) fn set_anew(&self, key: Key, task: Option<u32>, waker: &Waker) -> Tail {
        if task.is_some() && task == slot_of_task(key.target()) {
            return key.tail;
        }
        let (None, Some(place)) = (task, place_of_waker(key.target())) else {
            self.clear(key);
            return self.set(key.due, task, waker);
        };
        let is_known = {
            let wakers = self.wakers.borrow();
            wakers
                .get(place)
                .is_some_and(|known| known.will_wake(waker))
        };
        if !is_known {
            let mut waker = waker.clone();
            if let Some(known) = self.wakers.borrow_mut().get_mut(place) {
                std::mem::swap(known, &mut waker);
            }
            drop(waker);
        }
        key.tail
    }

    /// Clears a timer; nothing happens if it has fired.
    pub(super) fn clear(&self, key: Key) {
        let was_set = self.agenda.borrow_mut().clear(key);
        if let Some(place) = place_of_waker(key.target())
            && was_set
        {
            let waker = self.wakers.borrow_mut().try_remove(place);
            drop(waker);
        }
    }

    /// Takes the next timer out if it is due by `end`: when it was due, and who is to be woken.
    /// Now and then `look_at` is told the slots of tasks that come soon.
    pub(super) fn next(&self, end: Moment, look_at: impl FnMut(u32)) -> Option<(Moment, Whom)> {
        let mut agenda = self.agenda.borrow_mut();
        let ahead = agenda.look_ahead();
        ahead.filter_map(slot_of_task).for_each(look_at);
        let (due, target) = agenda.fire_next(end)?;
        let whom = match place_of_waker(target) {
            None => Whom::Task((target / 2) as u32),
            Some(place) => Whom::Other(self.wakers.borrow_mut().remove(place)),
        };
        Some((due, whom))
    }

    /// Gives memory back if no timer is set.
    pub(super) fn shrink(&self) {
        self.agenda.borrow_mut().shrink();
        let mut wakers = self.wakers.borrow_mut();
        if wakers.is_empty() {
            *wakers = Slab::new();
        }
    }
}

fn slot_of_task(target: usize) -> Option<u32> {
    target.is_multiple_of(2).then_some((target / 2) as u32)
}

fn place_of_waker(target: usize) -> Option<usize> {
    (!target.is_multiple_of(2)).then_some(target / 2)
}
