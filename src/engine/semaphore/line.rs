//! The line in front of a semaphore: first in, first out, with O(1) leaving from anywhere.
//!
//! A doubly linked list whose links are indices, so there is no `unsafe`, and no allocation for each waiter. A place
//! outlives its turn: it keeps the verdict (granted or refused) until its owner takes notice.
//!
//! Everything that changes is a `Cell`, and the nodes never move: they lie in chunks, each twice as long as the one
//! before, that are made when they are needed. So nothing is ever borrowed, and a waker that comes back in the middle
//! of a call finds no borrow to break.

use std::cell::{Cell, OnceCell};
use std::task::Waker;

/// A place in the line: an index that stays good until it is freed by its owner.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Place(u32);

/// How a place stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Standing {
    /// In line.
    Waiting,
    /// Left the line with a permit, and its owner has not noticed yet.
    Granted,
    /// Left the line without one.
    Refused,
}

impl Place {
    /// No place: nobody ever has so many.
    const NONE: Self = Self(u32::MAX);
    /// The upper five bits of a place tell the chunk, the others where in it.
    const OFFSET_BITS: u32 = 27;
    const OFFSET: u32 = (1 << Self::OFFSET_BITS) - 1;

    const fn new(chunk: usize, offset: usize) -> Self {
        Self(((chunk << Self::OFFSET_BITS) | offset) as u32)
    }

    const fn chunk(self) -> usize {
        (self.0 >> Self::OFFSET_BITS) as usize
    }

    const fn offset(self) -> usize {
        (self.0 & Self::OFFSET) as usize
    }
}

/// As many as a place can tell.
const CHUNKS: usize = 32;

struct Node {
    waker: Cell<Option<Waker>>,
    /// Means nothing for the head of the line, so that the head leaves without a look at the one behind it.
    towards_head: Cell<Place>,
    /// For the tail: [`Place::NONE`]. For a free node: the next free one.
    towards_tail: Cell<Place>,
    standing: Cell<Standing>,
}

pub(super) struct Line {
    chunks: [OnceCell<Box<[Node]>>; CHUNKS],
    /// The free node that is used next.
    free: Cell<Place>,
    /// [`Place::NONE`] when nobody waits.
    head: Cell<Place>,
    /// Means nothing when nobody waits.
    tail: Cell<Place>,
    len: Cell<usize>,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            chunks: [const { OnceCell::new() }; CHUNKS],
            free: Cell::new(Place::NONE),
            head: Cell::new(Place::NONE),
            tail: Cell::new(Place::NONE),
            len: Cell::new(0),
        }
    }
}

impl Line {
    pub(super) fn len(&self) -> usize {
        self.len.get()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.head.get() == Place::NONE
    }

    /// Takes the place at the tail.
    pub(super) fn join(&self) -> Place {
        if self.free.get() == Place::NONE {
            self.make_room();
        }
        let place = self.free.get();
        let node = self.node(place);
        self.free.set(node.towards_tail.get());
        node.towards_tail.set(Place::NONE);
        node.standing.set(Standing::Waiting);
        if self.is_empty() {
            self.head.set(place);
        } else {
            node.towards_head.set(self.tail.get());
            self.node(self.tail.get()).towards_tail.set(place);
        }
        self.tail.set(place);
        self.len.set(self.len.get() + 1);
        place
    }

    /// Lets the head of the line go with this verdict, and hands out its waker if it was ever polled. There must be one.
    #[inline]
    pub(super) fn settle_oldest(&self, verdict: Standing) -> Option<Waker> {
        let node = self.node(self.head.get());
        node.standing.set(verdict);
        self.head.set(node.towards_tail.get());
        self.len.set(self.len.get() - 1);
        node.waker.take()
    }

    /// How a place stands. If it is still in line, this waker is kept for it; else the place is freed.
    #[inline]
    pub(super) fn look(&self, place: Place, waker: &Waker) -> Standing {
        let node = self.node(place);
        let standing = node.standing.get();
        if standing == Standing::Waiting {
            return self.keep(place, waker);
        }
        self.free(node, place);
        standing
    }

    /// Keeps this waker for a place in line. To clone and to drop a waker is foreign code, which may use the semaphore,
    /// and may even settle this very place, so how it stands is asked again.
    #[inline(never)]
    fn keep(&self, place: Place, waker: &Waker) -> Standing {
        let node = self.node(place);
        if let Some(known) = node.waker.take() {
            if known.will_wake(waker) {
                node.waker.set(Some(known));
                return Standing::Waiting;
            }
            drop(known);
        }
        let waker = waker.clone();
        let standing = node.standing.get();
        if standing == Standing::Waiting {
            node.waker.set(Some(waker));
        } else {
            drop(waker);
            self.free(node, place);
        }
        standing
    }

    /// Leaves the line, wherever the place stands, and frees it. The waker is the caller's to drop.
    pub(super) fn leave(&self, place: Place) -> (Standing, Option<Waker>) {
        let node = self.node(place);
        let standing = node.standing.get();
        if standing == Standing::Waiting {
            self.unlink(node, place);
        }
        self.free(node, place);
        (standing, node.waker.take())
    }

    fn free(&self, node: &Node, place: Place) {
        node.towards_tail.set(self.free.get());
        self.free.set(place);
    }

    fn unlink(&self, node: &Node, place: Place) {
        let (towards_head, towards_tail) = (node.towards_head.get(), node.towards_tail.get());
        if self.head.get() == place {
            self.head.set(towards_tail);
        } else {
            self.node(towards_head).towards_tail.set(towards_tail);
        }
        if self.tail.get() == place {
            self.tail.set(towards_head);
        } else {
            self.node(towards_tail).towards_head.set(towards_head);
        }
        self.len.set(self.len.get() - 1);
    }

    /// Makes the next chunk, all free.
    #[cold]
    fn make_room(&self) {
        let number = self
            .chunks
            .iter()
            .take_while(|chunk| chunk.get().is_some())
            .count();
        let first = Place::new(number, 0);
        let len = (16_usize << number).min(1 << Place::OFFSET_BITS);
        let node = |offset| Node {
            waker: Cell::new(None),
            towards_head: Cell::new(Place::NONE),
            towards_tail: Cell::new(if offset + 1 < len {
                Place::new(number, offset + 1)
            } else {
                Place::NONE
            }),
            standing: Cell::new(Standing::Refused),
        };
        self.chunks[number].get_or_init(|| (0..len).map(node).collect());
        self.free.set(first);
    }

    #[inline]
    fn node(&self, place: Place) -> &Node {
        &self.chunks[place.chunk()]
            .get()
            .map_or(&[][..], |chunk| chunk)[place.offset()]
    }
}
