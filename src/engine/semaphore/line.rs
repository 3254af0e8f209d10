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
    /// There is no chunk of this number.
    const NONE: Self = Self(u32::MAX);
    /// The upper bits of a place tell the chunk, the others where in it.
    const OFFSET_BITS: u32 = 27;
    const OFFSET: u32 = (1 << Self::OFFSET_BITS) - 1;

    const fn chunk(self) -> usize {
        (self.0 >> Self::OFFSET_BITS) as usize
    }

    const fn offset(self) -> usize {
        (self.0 & Self::OFFSET) as usize
    }

    /// The place that is made after this one.
    const fn next(self) -> Self {
        if self.offset() + 1 < chunk_len(self.chunk()) {
            Self(self.0 + 1)
        } else {
            Self((self.0 | Self::OFFSET) + 1)
        }
    }
}

/// Together they have room for 2^28 waiters; their nodes would fill 8 GiB.
const CHUNKS: usize = 24;

const fn chunk_len(chunk: usize) -> usize {
    16 << chunk
}

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
    /// The first place that was never used.
    made: Cell<Place>,
    /// The free node that was used last.
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
            made: Cell::new(Place(0)),
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
        let place = self.take_free();
        let node = self.node(place);
        node.towards_tail.set(Place::NONE);
        node.standing.set(Standing::Waiting);
        if self.is_empty() {
            self.head.set(place);
        } else {
            let tail = self.tail.get();
            node.towards_head.set(tail);
            self.node(tail).towards_tail.set(place);
        }
        self.tail.set(place);
        self.len.set(self.len.get() + 1);
        place
    }

    /// Lets the head of the line go with this verdict, and hands out its waker if it was ever polled. There must be one.
    pub(super) fn settle_oldest(&self, verdict: Standing) -> Option<Waker> {
        let node = self.node(self.head.get());
        node.standing.set(verdict);
        self.head.set(node.towards_tail.get());
        self.len.set(self.len.get() - 1);
        node.waker.take()
    }

    pub(super) fn standing(&self, place: Place) -> Standing {
        self.node(place).standing.get()
    }

    /// Whether this waker would wake the same as the one that was left at the place.
    pub(super) fn knows(&self, place: Place, waker: &Waker) -> bool {
        let cell = &self.node(place).waker;
        let known = cell.take();
        let is_same = known.as_ref().is_some_and(|known| known.will_wake(waker));
        cell.set(known);
        is_same
    }

    /// Leaves a waker at the place, and hands out the one before, which is the caller's to drop.
    pub(super) fn leave_waker(&self, place: Place, waker: Waker) -> Option<Waker> {
        self.node(place).waker.replace(Some(waker))
    }

    /// Leaves the line, wherever the place stands, and frees it. The waker is the caller's to drop.
    pub(super) fn leave(&self, place: Place) -> (Standing, Option<Waker>) {
        let standing = self.standing(place);
        if standing == Standing::Waiting {
            self.unlink(place);
        }
        let waker = self.node(place).waker.take();
        self.free(place);
        (standing, waker)
    }

    /// Frees a place that is no longer in line.
    pub(super) fn free(&self, place: Place) {
        self.node(place).towards_tail.set(self.free.get());
        self.free.set(place);
    }

    fn unlink(&self, place: Place) {
        let node = self.node(place);
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

    /// A free place: one that was used before, else a new one.
    fn take_free(&self) -> Place {
        let free = self.free.get();
        if free != Place::NONE {
            self.free.set(self.node(free).towards_tail.get());
            return free;
        }
        let made = self.made.get();
        self.made.set(made.next());
        made
    }

    #[inline]
    fn node(&self, place: Place) -> &Node {
        let chunk = self.chunks[place.chunk()].get_or_init(|| new_chunk(place.chunk()));
        &chunk[place.offset()]
    }
}

#[cold]
fn new_chunk(chunk: usize) -> Box<[Node]> {
    let node = || Node {
        waker: Cell::new(None),
        towards_head: Cell::new(Place::NONE),
        towards_tail: Cell::new(Place::NONE),
        standing: Cell::new(Standing::Refused),
    };
    std::iter::repeat_with(node)
        .take(chunk_len(chunk))
        .collect()
}
