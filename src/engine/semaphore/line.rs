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
    towards_head: u32,
    /// For a free node: the next free one.
    towards_tail: u32,
    standing: Standing,
    waker: Option<Waker>,
}

pub(super) struct Line {
    nodes: Vec<Node>,
    free: u32,
    head: u32,
    tail: u32,
    len: usize,
}

impl Default for Line {
    fn default() -> Self {
        Self { nodes: Vec::new(), free: NONE, head: NONE, tail: NONE, len: 0 }
    }
}

impl Line {
    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// Takes the place at the tail.
    pub(super) fn join(&mut self) -> Place {
        let node = Node { towards_head: self.tail, towards_tail: NONE, standing: Standing::Waiting, waker: None };
        let index = if self.free == NONE {
            self.nodes.push(node);
            u32::try_from(self.nodes.len() - 1).unwrap_or(NONE)
        } else {
            let index = self.free;
            self.free = self.nodes[index as usize].towards_tail;
            self.nodes[index as usize] = node;
            index
        };
        match self.tail {
            NONE => self.head = index,
            tail => self.nodes[tail as usize].towards_tail = index,
        }
        self.tail = index;
        self.len += 1;
        Place(index)
    }

    /// Grants to the head of the line, and hands out its waker if it was ever polled. `None` when nobody waits.
    pub(super) fn grant_oldest(&mut self) -> Option<Option<Waker>> {
        if self.head == NONE {
            return None;
        }
        let head = Place(self.head);
        self.unlink(head);
        let node = self.node_mut(head);
        node.standing = Standing::Granted;
        Some(node.waker.take())
    }

    /// Refuses all who wait, and hands out the wakers, oldest first.
    pub(super) fn refuse_all(&mut self) -> Vec<Waker> {
        let mut wakers = Vec::with_capacity(self.len);
        while self.head != NONE {
            let head = Place(self.head);
            self.unlink(head);
            let node = self.node_mut(head);
            node.standing = Standing::Refused;
            wakers.extend(node.waker.take());
        }
        wakers
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
        let Node { towards_head, towards_tail, .. } = *self.node_mut(place);
        match towards_head {
            NONE => self.head = towards_tail,
            before => self.nodes[before as usize].towards_tail = towards_tail,
        }
        match towards_tail {
            NONE => self.tail = towards_head,
            behind => self.nodes[behind as usize].towards_head = towards_head,
        }
        self.len -= 1;
    }

    fn node_mut(&mut self, place: Place) -> &mut Node {
        &mut self.nodes[place.0 as usize]
    }
}
