//! The line in front of a semaphore: first in, first out, with O(1) leaving from anywhere.
//!
//! A doubly linked list whose links are indices, so there is no `unsafe`, and no allocation for each waiter. Whoever joins
//! gets a turn, counted up from 0, and the line knows the turn of its head: all turns before that have been let go. So a
//! place is given back as soon as its turn comes, and an owner who asks later is answered without a look at it.
//!
//! Everything that changes is a `Cell`, and the nodes never move: they lie in chunks, each twice as long as the one
//! before, that are made when they are needed. So nothing is ever borrowed, and a waker that comes back in the middle
//! of a call finds no borrow to break.

use std::cell::{Cell, OnceCell};
use std::task::Waker;

/// A place in the line, and when its turn is.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Stays good until the turn has come, or the line is closed.
    index: Index,
    turn: Turn,
}

/// Counts who joined. At a billion a second it lasts for five hundred years.
type Turn = u64;

/// Nobody's turn: later than all.
const NEVER: Turn = Turn::MAX;

/// How a place stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Standing {
    /// In line.
    Waiting,
    /// Left the line with a permit.
    Granted,
    /// Left the line without one.
    Refused,
}

/// Where a node lies.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Index(u32);

impl Index {
    /// Nowhere: nobody ever has so many.
    const NONE: Self = Self(u32::MAX);
    /// The upper five bits tell the chunk, the others where in it.
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

/// As many as an index can tell.
const CHUNKS: usize = 32;

struct Node {
    waker: Cell<Option<Waker>>,
    /// Means nothing for the head of the line, so that the head leaves without a look at the one behind it.
    towards_head: Cell<Index>,
    /// For the tail: [`Index::NONE`]. For a free node: the next free one.
    towards_tail: Cell<Index>,
    /// The turn of the one behind; [`NEVER`] for the tail.
    next_turn: Cell<Turn>,
}

pub(super) struct Line {
    chunks: [OnceCell<Box<[Node]>>; CHUNKS],
    /// The free node that is used next.
    free: Cell<Index>,
    /// [`Index::NONE`] when nobody waits.
    head: Cell<Index>,
    /// Whoever asks with a turn before it was let go with a permit. [`NEVER`] when nobody waits, unless some were refused.
    head_turn: Cell<Turn>,
    /// Means nothing when nobody waits.
    tail: Cell<Index>,
    len: Cell<usize>,
    /// The turn of the next who joins.
    next_turn: Cell<Turn>,
    is_closed: Cell<bool>,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            chunks: [const { OnceCell::new() }; CHUNKS],
            free: Cell::new(Index::NONE),
            head: Cell::new(Index::NONE),
            head_turn: Cell::new(NEVER),
            tail: Cell::new(Index::NONE),
            len: Cell::new(0),
            next_turn: Cell::new(0),
            is_closed: Cell::new(false),
        }
    }
}

impl Line {
    pub(super) fn len(&self) -> usize {
        self.len.get()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.head.get() == Index::NONE
    }

    /// Takes the place at the tail.
    pub(super) fn join(&self) -> Place {
        if self.free.get() == Index::NONE {
            self.make_room();
        }
        let place = Place {
            index: self.free.get(),
            turn: self.next_turn.get(),
        };
        self.next_turn.set(place.turn + 1);
        let node = self.node(place.index);
        self.free.set(node.towards_tail.get());
        node.towards_tail.set(Index::NONE);
        node.next_turn.set(NEVER);
        if self.is_empty() {
            self.head.set(place.index);
            self.head_turn.set(place.turn);
        } else {
            node.towards_head.set(self.tail.get());
            let tail = self.node(self.tail.get());
            tail.towards_tail.set(place.index);
            tail.next_turn.set(place.turn);
        }
        self.tail.set(place.index);
        self.len.set(self.len.get() + 1);
        place
    }

    /// Lets the head of the line go, and hands out its waker if it was ever polled. There must be one.
    #[inline]
    pub(super) fn settle_oldest(&self) -> Option<Waker> {
        let index = self.head.get();
        let node = self.node(index);
        self.head.set(node.towards_tail.get());
        self.head_turn.set(node.next_turn.get());
        self.len.set(self.len.get() - 1);
        self.free(node, index)
    }

    /// Nobody joins any more, and all who stand in line have left it with nothing. Hands out the wakers of those who were
    /// ever polled.
    pub(super) fn close(&self) -> Vec<Waker> {
        let refused_from = self.head_turn.get();
        let settle = |_| self.settle_oldest();
        let wakers = (0..self.len()).filter_map(settle).collect();
        self.head_turn.set(refused_from);
        self.is_closed.set(true);
        wakers
    }

    /// Whether [`Line::close`] was called.
    pub(super) fn is_closed(&self) -> bool {
        self.is_closed.get()
    }

    /// How a place stands. If it is still in line, this waker is kept for it.
    #[inline]
    pub(super) fn look(&self, place: Place, waker: &Waker) -> Standing {
        match self.standing(place.turn) {
            Standing::Waiting => self.keep(place, waker),
            standing => standing,
        }
    }

    #[inline]
    fn standing(&self, turn: Turn) -> Standing {
        if turn < self.head_turn.get() {
            Standing::Granted
        } else if self.is_closed.get() {
            Standing::Refused
        } else {
            Standing::Waiting
        }
    }

    /// Keeps this waker for a place in line. To clone and to drop a waker is foreign code, which may use the semaphore,
    /// and may even settle this very place, so how it stands is asked again.
    #[inline(never)]
    fn keep(&self, place: Place, waker: &Waker) -> Standing {
        let node = self.node(place.index);
        if let Some(known) = node.waker.take() {
            if known.will_wake(waker) {
                node.waker.set(Some(known));
                return Standing::Waiting;
            }
            drop(known);
        }
        let waker = waker.clone();
        let standing = self.standing(place.turn);
        if standing == Standing::Waiting {
            node.waker.set(Some(waker));
        }
        standing
    }

    /// Leaves the line, wherever the place stands. The waker is the caller's to drop.
    pub(super) fn leave(&self, place: Place) -> (Standing, Option<Waker>) {
        let standing = self.standing(place.turn);
        let waker = (standing == Standing::Waiting).then(|| self.unlink(place.index));
        (standing, waker.flatten())
    }

    fn unlink(&self, index: Index) -> Option<Waker> {
        let node = self.node(index);
        let (towards_head, towards_tail) = (node.towards_head.get(), node.towards_tail.get());
        if self.head.get() == index {
            self.head.set(towards_tail);
            self.head_turn.set(node.next_turn.get());
        } else {
            let before = self.node(towards_head);
            before.towards_tail.set(towards_tail);
            before.next_turn.set(node.next_turn.get());
        }
        if self.tail.get() == index {
            self.tail.set(towards_head);
        } else {
            self.node(towards_tail).towards_head.set(towards_head);
        }
        self.len.set(self.len.get() - 1);
        self.free(node, index)
    }

    /// Makes a node free, and hands out what it kept.
    #[inline]
    fn free(&self, node: &Node, index: Index) -> Option<Waker> {
        node.towards_tail.set(self.free.get());
        self.free.set(index);
        node.waker.take()
    }

    /// Makes the next chunk, all free.
    #[cold]
    fn make_room(&self) {
        let number = self
            .chunks
            .iter()
            .take_while(|chunk| chunk.get().is_some())
            .count();
        let first = Index::new(number, 0);
        let len = (16_usize << number).min(1 << Index::OFFSET_BITS);
        let node = |offset| Node {
            waker: Cell::new(None),
            towards_head: Cell::new(Index::NONE),
            towards_tail: Cell::new(if offset + 1 < len {
                Index::new(number, offset + 1)
            } else {
                Index::NONE
            }),
            next_turn: Cell::new(NEVER),
        };
        self.chunks[number].get_or_init(|| (0..len).map(node).collect());
        self.free.set(first);
    }

    #[inline]
    fn node(&self, index: Index) -> &Node {
        &self.chunks[index.chunk()]
            .get()
            .map_or(&[][..], |chunk| chunk)[index.offset()]
    }
}
