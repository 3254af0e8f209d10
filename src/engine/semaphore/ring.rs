//! Places for turns that follow one another, in a ring that grows.

use std::task::Waker;

use super::line::Turn;

/// A place for each turn of a line, or more. `None` where nobody is.
#[derive(Default)]
pub(super) struct Ring {
    /// A power of two, so that a turn's place is found by a mask; none at first.
    places: Vec<Option<Waker>>,
}

impl Ring {
    const FIRST_LEN: usize = 16;

    /// How many turns in a row have a place each.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// The place of a turn. The ring must have grown before.
    #[inline]
    pub(super) fn place(&mut self, turn: Turn) -> &mut Option<Waker> {
        let mask = self.places.len().wrapping_sub(1);
        &mut self.places[turn.0 as usize & mask]
    }

    /// Makes room for twice as many turns from `first` on. O(n), for each that joins O(1).
    #[cold]
    pub(super) fn grow(&mut self, first: Turn) {
        let len = (2 * self.len()).max(Self::FIRST_LEN);
        let mut grown = Self::default();
        grown.places.resize_with(len, || None);
        for behind in 0..self.len() {
            let turn = first.later(behind);
            *grown.place(turn) = self.place(turn).take();
        }
        *self = grown;
    }
}
