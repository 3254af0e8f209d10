//! How many addresses are in which state.

use super::super::skip::Reason;

/// How many addresses are in which state.
///
/// At any time `known == waiting + in_flight + done + aliases + known_skipped()`. It may grow until nothing is in flight.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Addresses that are known.
    pub known: usize,
    /// Of these, what is to be fetched, within the limits or not.
    pub waiting: usize,
    /// Of these, what is being fetched.
    pub in_flight: usize,
    /// Of these, what was fetched, or failed.
    pub done: usize,
    /// Of these, what is only another address of a page, as a redirect told.
    pub aliases: usize,
    /// Pages that count towards the limit: what was requested.
    pub started: usize,
    /// How often a known address was found again.
    pub duplicates: usize,
    /// Addresses that were turned away and not remembered, since too many are known.
    pub unremembered: usize,
    skipped: [usize; Reason::ALL.len()],
}

impl Counts {
    /// How often something was skipped for this reason. A duplicate is one each time that it is found.
    #[must_use]
    pub fn skipped(&self, reason: Reason) -> usize {
        let known = self.skipped.get(reason.index()).copied().unwrap_or(0);
        match reason {
            Reason::Duplicate => known + self.duplicates,
            Reason::Limit => known + self.unremembered,
            _ => known,
        }
    }

    /// All reasons for which something was skipped, and how often.
    pub fn reasons(&self) -> impl Iterator<Item = (Reason, usize)> {
        let counted = Reason::ALL.map(|reason| (reason, self.skipped(reason)));
        counted.into_iter().filter(|(_, count)| *count > 0)
    }

    /// Known addresses that are skipped.
    #[must_use]
    pub fn known_skipped(&self) -> usize {
        self.skipped.iter().sum()
    }

    pub(super) fn add_skipped(&mut self, reason: Reason) {
        if let Some(count) = self.skipped.get_mut(reason.index()) {
            *count += 1;
        }
    }

    pub(super) fn remove_skipped(&mut self, reason: Reason) {
        if let Some(count) = self.skipped.get_mut(reason.index()) {
            *count -= 1;
        }
    }
}
