//! The line in front of a semaphore: first in, first out, with O(1) leaving from anywhere.
//!
//! Whoever joins gets a turn, counted up by one, and a place in a [ring](Ring) where its waker is kept. The line knows the
//! first turn that has not been let go. So an owner finds its place by a mask, learns by one comparison that its turn has
//! come, and nothing is linked, searched, or allocated for each waiter.
//!
//! Who leaves from the middle leaves an empty place behind, which is skipped when its turn comes: O(1) for each that ever
//! joined. Empty places at either end are given up at once, so that those who leave in the order in which they came, or
//! in the opposite one, take no room. One that lies between others takes that of a waker until those before it have gone.
//!
//! The ring is borrowed to put a waker into a place or to take it out, and never while somebody's waker is cloned, woken or
//! dropped. So one that comes back in the middle of a call finds no borrow to break.

use std::cell::{Cell, RefCell};
use std::task::Waker;

use super::ring::Ring;

/// The order of joining, from 1. At a billion a second it lasts for five hundred years. The turn of one who left as the last
/// in line is given to the next who joins: nobody can ask with it any more.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Turn(pub(super) u64);

impl Turn {
    /// Before all others: it has come already.
    pub(super) const COME: Self = Self(0);
    /// After all others: it never comes.
    pub(super) const NEVER: Self = Self(u64::MAX);
    const FIRST: Self = Self(1);

    pub(super) fn later(self, by: usize) -> Self {
        Self(self.0 + by as u64)
    }

    fn since(self, earlier: Self) -> usize {
        (self.0 - earlier.0) as usize
    }
}

/// How a turn stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Standing {
    /// In line.
    Waiting,
    /// Left the line with a permit.
    Granted,
    /// Left the line without one.
    Refused,
}

/// Keeps the place of one who has not been polled. It does nothing.
const UNPOLLED: &Waker = Waker::noop();

pub(super) struct Line {
    ring: RefCell<Ring>,
    /// Whoever asks with a turn before it was let go with a permit.
    first: Cell<Turn>,
    /// The turn of the next who joins.
    next: Cell<Turn>,
    /// How many of the turns between have not left.
    len: Cell<usize>,
    is_closed: Cell<bool>,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            ring: RefCell::default(),
            first: Cell::new(Turn::FIRST),
            next: Cell::new(Turn::FIRST),
            len: Cell::new(0),
            is_closed: Cell::new(false),
        }
    }
}

impl Line {
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.len.get()
    }

    /// Takes the place at the tail.
    pub(super) fn join(&self) -> Turn {
        let mut ring = self.ring.borrow_mut();
        let (first, turn) = (self.first.get(), self.next.get());
        if turn.since(first) == ring.len() {
            ring.grow(first);
        }
        *ring.place(turn) = Some(UNPOLLED.clone());
        self.next.set(turn.later(1));
        self.len.set(self.len.get() + 1);
        turn
    }

    /// Lets the oldest in line go, and hands out its waker. `None` if nobody waits.
    #[inline]
    pub(super) fn settle_oldest(&self) -> Option<Waker> {
        if self.len.get() == 0 {
            return None;
        }
        let mut ring = self.ring.borrow_mut();
        loop {
            let turn = self.first.get();
            self.first.set(turn.later(1));
            let waker = ring.place(turn).take();
            if waker.is_some() {
                self.len.set(self.len.get() - 1);
                return waker;
            }
        }
    }

    /// Nobody joins any more, and all who stand in line have left it with nothing. Hands out their wakers, oldest first.
    pub(super) fn close(&self) -> Vec<Waker> {
        let refused_from = self.first.get();
        let settle = |_| self.settle_oldest();
        let wakers = (0..self.len()).filter_map(settle).collect();
        self.first.set(refused_from);
        self.is_closed.set(true);
        wakers
    }

    /// Whether [`Line::close`] was called.
    #[inline]
    pub(super) fn is_closed(&self) -> bool {
        self.is_closed.get()
    }

    /// How a turn stands. If its owner is still in line, this waker is kept for it.
    #[inline]
    pub(super) fn look(&self, turn: Turn, waker: &Waker) -> Standing {
        match self.standing(turn) {
            Standing::Waiting => self.keep(turn, waker),
            standing => standing,
        }
    }

    #[inline]
    fn standing(&self, turn: Turn) -> Standing {
        if turn < self.first.get() {
            Standing::Granted
        } else if self.is_closed.get() {
            Standing::Refused
        } else {
            Standing::Waiting
        }
    }

    /// Keeps this waker for one in line. To clone and to drop a waker is foreign code, which may use the semaphore, and may
    /// even settle this very turn, so how it stands is asked again.
    #[inline(never)]
    fn keep(&self, turn: Turn, waker: &Waker) -> Standing {
        let is_kept = |known: &Waker| known.will_wake(waker);
        let mut ring = self.ring.borrow_mut();
        let place = ring.place(turn);
        if place.as_ref().is_some_and(is_kept) {
            return Standing::Waiting;
        }
        let known = place.replace(UNPOLLED.clone());
        drop(ring);
        drop(known);
        let waker = waker.clone();
        let standing = self.standing(turn);
        if standing == Standing::Waiting {
            *self.ring.borrow_mut().place(turn) = Some(waker);
        }
        standing
    }

    /// Leaves the line, however the turn stands. The waker is the caller's to drop.
    pub(super) fn leave(&self, turn: Turn) -> (Standing, Option<Waker>) {
        let standing = self.standing(turn);
        let waker = (standing == Standing::Waiting).then(|| self.vacate(turn));
        (standing, waker.flatten())
    }

    fn vacate(&self, turn: Turn) -> Option<Waker> {
        let mut ring = self.ring.borrow_mut();
        let waker = ring.place(turn).take();
        self.len.set(self.len.get() - 1);
        let (mut first, mut next) = (self.first.get(), self.next.get());
        while first < next && ring.place(first).is_none() {
            first = first.later(1);
        }
        while first < next && ring.place(Turn(next.0 - 1)).is_none() {
            next = Turn(next.0 - 1);
        }
        self.first.set(first);
        self.next.set(next);
        waker
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many places are taken, or have to be skipped.
    fn room(line: &Line) -> usize {
        line.next.get().since(line.first.get())
    }

    #[test]
    fn who_leaves_at_either_end_takes_no_room() {
        let line = Line::default();
        let stays = line.join();
        for _ in 0..100 {
            let [one, other] = [line.join(), line.join()];
            line.leave(other);
            line.leave(one);
        }
        assert_eq!((line.len(), room(&line)), (1, 1));
        let turns: Vec<Turn> = (0..100).map(|_| line.join()).collect();
        line.leave(stays);
        turns[..99].iter().for_each(|turn| drop(line.leave(*turn)));
        assert_eq!((line.len(), room(&line)), (1, 1));
        assert_eq!(line.standing(turns[99]), Standing::Waiting);
    }

    #[test]
    fn who_leaves_from_the_middle_takes_room_until_an_end_has_come_to_it() {
        let line = Line::default();
        let turns: Vec<Turn> = (0..5).map(|_| line.join()).collect();
        turns[1..4].iter().for_each(|turn| drop(line.leave(*turn)));
        assert_eq!((line.len(), room(&line)), (2, 5));
        line.settle_oldest();
        assert_eq!(line.standing(turns[0]), Standing::Granted);
        assert_eq!(line.standing(turns[4]), Standing::Waiting);
        line.leave(turns[4]);
        assert_eq!((line.len(), room(&line)), (0, 0));
    }

    #[test]
    fn a_turn_that_was_given_back_is_another_waiters() {
        let line = Line::default();
        let first = line.join();
        let gone = line.join();
        line.leave(gone);
        let next = line.join();
        assert!(gone == next && first < next);
        assert!(line.settle_oldest().is_some());
        assert_eq!(line.standing(next), Standing::Waiting);
    }
}
