//! The line in front of a semaphore: first in, first out, with O(1) leaving from anywhere.
//!
//! A doubly linked list in one vector. Links are indices, so there is no `unsafe`, no allocation for each waiter, and
//! places that are reused lie close together. A place outlives its turn: it keeps the verdict (granted or refused)
//! until its owner takes notice.

use std::task::Waker;

/// A place in the line: an index that stays good until it is freed by its owner.
#[derive(Clone, Copy)]
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

const NONE: u32 = u32::MAX;

struct Node {
    /// Means nothing for the head of the line, so that the head leaves without a look at the one behind it.
    towards_head: u32,
    /// For the tail: `NONE`. For a free node: the next free one.
    towards_tail: u32,
    standing: Standing,
    waker: Option<Waker>,
}

pub(super) struct Line {
    nodes: Vec<Node>,
    free: u32,
    /// `NONE` when nobody waits.
    head: u32,
    /// Means nothing when nobody waits.
    tail: u32,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            nodes: Vec::new(),
            free: NONE,
            head: NONE,
            tail: NONE,
        }
    }
}

impl Line {
    /// Takes the place at the tail.
    pub(super) fn join(&mut self) -> Place {
        let node = Node {
            towards_head: self.tail,
            towards_tail: NONE,
            standing: Standing::Waiting,
            waker: None,
        };
        let index = if self.free == NONE {
            self.nodes.push(node);
            u32::try_from(self.nodes.len() - 1).unwrap_or(NONE)
        } else {
            let index = self.free;
            self.free = self.nodes[index as usize].towards_tail;
            self.nodes[index as usize] = node;
            index
        };
        match self.head {
            NONE => self.head = index,
            _ => self.nodes[self.tail as usize].towards_tail = index,
        }
        self.tail = index;
        Place(index)
    }

    /// Grants to the head of the line, if there is one, and hands out its waker if it was ever polled.
    pub(super) fn grant_oldest(&mut self) -> Option<Waker> {
        self.settle_oldest(Standing::Granted)
    }

    /// Refuses all who wait, and hands out the wakers, oldest first.
    pub(super) fn refuse_all(&mut self) -> Vec<Waker> {
        let mut wakers = Vec::new();
        while self.head != NONE {
            wakers.extend(self.settle_oldest(Standing::Refused));
        }
        wakers
    }

    fn settle_oldest(&mut self, standing: Standing) -> Option<Waker> {
        // There is no node `NONE`.
        let node = self.nodes.get_mut(self.head as usize)?;
        node.standing = standing;
        self.head = node.towards_tail;
        node.waker.take()
    }

    pub(super) fn standing(&self, place: Place) -> Standing {
        self.nodes[place.0 as usize].standing
    }

    pub(super) fn waker(&self, place: Place) -> Option<&Waker> {
        self.nodes[place.0 as usize].waker.as_ref()
    }

    pub(super) fn waker_mut(&mut self, place: Place) -> &mut Option<Waker> {
        &mut self.node_mut(place).waker
    }

    /// Leaves the line, wherever the place stands, and frees it. The waker is the caller's to drop.
    pub(super) fn leave(&mut self, place: Place) -> (Standing, Option<Waker>) {
        let standing = self.standing(place);
        if standing == Standing::Waiting {
            self.unlink(place);
        }
        let waker = self.node_mut(place).waker.take();
        self.free(place);
        (standing, waker)
    }

    /// Frees a place that is no longer in line.
    pub(super) fn free(&mut self, place: Place) {
        let free = self.free;
        self.node_mut(place).towards_tail = free;
        self.free = place.0;
    }

    fn unlink(&mut self, place: Place) {
        let Node {
            towards_head,
            towards_tail,
            ..
        } = *self.node_mut(place);
        if self.head == place.0 {
            self.head = towards_tail;
        } else {
            self.nodes[towards_head as usize].towards_tail = towards_tail;
        }
        if self.tail == place.0 {
            self.tail = towards_head;
        } else {
            self.nodes[towards_tail as usize].towards_head = towards_head;
        }
    }

    fn node_mut(&mut self, place: Place) -> &mut Node {
        &mut self.nodes[place.0 as usize]
    }
}
