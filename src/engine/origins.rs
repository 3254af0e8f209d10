//! The origins that a run's targets belong to, and which of them have answered.

use std::collections::HashMap;

use url::{Origin, Position, Url};

use super::trace::OriginId;

/// The origins of a run, numbered in the order in which they turn up.
#[derive(Default)]
pub(super) struct Origins {
    numbers: HashMap<Origin, OriginId>,
    /// How the address began that was asked about last, and its number: mostly the next one begins so, too.
    last: Option<(Box<str>, OriginId)>,
    has_answered: Vec<bool>,
    has_failed: Vec<bool>,
}

impl Origins {
    /// The number of the origin of `url`. O(1).
    pub(super) fn number(&mut self, url: &Url) -> OriginId {
        let beginning = &url[..Position::BeforePath];
        if let Some((last, number)) = &self.last
            && **last == *beginning
        {
            return *number;
        }
        let next = OriginId(u32::try_from(self.has_answered.len()).unwrap_or(u32::MAX));
        let number = *self.numbers.entry(url.origin()).or_insert(next);
        if number == next {
            self.has_answered.push(false);
            self.has_failed.push(false);
        }
        // Of what has no host, each is an origin of its own.
        self.last = url.has_host().then(|| (beginning.into(), number));
        number
    }

    /// How many have turned up.
    pub(super) const fn len(&self) -> usize {
        self.has_answered.len()
    }

    /// A response of this origin was readable.
    pub(super) fn saw_answer(&mut self, origin: OriginId) {
        if let Some(has_answered) = self.has_answered.get_mut(origin.index()) {
            *has_answered = true;
        }
    }

    /// A request to this origin got no answer. Returns whether it is the first one.
    pub(super) fn saw_failure(&mut self, origin: OriginId) -> bool {
        let has_failed = self.has_failed.get_mut(origin.index());
        has_failed.is_some_and(|has_failed| !std::mem::replace(has_failed, true))
    }

    pub(super) fn has_answered(&self, origin: OriginId) -> bool {
        self.has_answered
            .get(origin.index())
            .copied()
            .unwrap_or(false)
    }
}
