//! Which two of the runs on show are compared.

/// A run that was chosen: by the letter that it goes by while it is pinned, or else by its place from the end. So a pinned run
/// stays chosen when others come, and who chose the last one is shown the next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Which {
    Pinned(char),
    FromEnd(usize),
}

/// Which two runs are compared: the first and the last, until somebody chooses.
///
/// Runs are given by their letters, those that are not pinned by `None`.
///
/// ```
/// use crawl_playground::report::compared::choice::{Choice, Side};
///
/// let letters = [Some('A'), Some('B'), None];
/// let chosen = Choice::default();
/// assert_eq!(chosen.places(&letters), (0, 2));
/// let chosen = chosen.choose(Side::Before, 1, &letters);
/// assert_eq!(chosen.places(&letters), (1, 2));
/// // B goes by its letter wherever it stands.
/// assert_eq!(chosen.places(&[Some('B'), None, None]), (0, 2));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Choice {
    before: Option<Which>,
    now: Option<Which>,
}

/// One of the two.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// The baseline.
    Before,
    /// The run that is held against it.
    Now,
}

impl Choice {
    /// The places of both: the baseline, and the run that is held against it. They differ wherever there are two.
    #[must_use]
    pub fn places(self, letters: &[Option<char>]) -> (usize, usize) {
        let last = letters.len().saturating_sub(1);
        let before = self.before.and_then(|which| which.place(letters));
        let now = self.now.and_then(|which| which.place(letters));
        match (before, now) {
            (Some(before), Some(now)) if before != now => (before, now),
            (Some(before), _) if before == last => (before, 0),
            (Some(before), _) => (before, last),
            (None, Some(0)) => (last, 0),
            (None, Some(now)) => (0, now),
            (None, None) => (0, last),
        }
    }

    /// The same with the run at `place` on one side. If it was chosen on the other, both change places; what nobody chose there
    /// gives way by itself.
    #[must_use]
    pub fn choose(self, side: Side, place: usize, letters: &[Option<char>]) -> Self {
        let (before, now) = self.places(letters);
        let chosen = Some(Which::at(place, letters));
        let other = |other: Option<Which>, at: usize, left: usize| match other {
            Some(_) if at == place => Some(Which::at(left, letters)),
            other => other,
        };
        match side {
            Side::Before => Self {
                before: chosen,
                now: other(self.now, now, before),
            },
            Side::Now => Self {
                before: other(self.before, before, now),
                now: chosen,
            },
        }
    }

    /// The same without what is not there any more, so that the next run of that letter is not taken for it.
    #[must_use]
    pub fn kept(self, letters: &[Option<char>]) -> Self {
        let keep = |which: &Which| which.place(letters).is_some();
        Self {
            before: self.before.filter(keep),
            now: self.now.filter(keep),
        }
    }
}

impl Which {
    fn at(place: usize, letters: &[Option<char>]) -> Self {
        match letters.get(place).copied().flatten() {
            Some(letter) => Self::Pinned(letter),
            None => Self::FromEnd(letters.len().saturating_sub(place + 1)),
        }
    }

    fn place(self, letters: &[Option<char>]) -> Option<usize> {
        match self {
            Self::Pinned(letter) => letters.iter().position(|it| *it == Some(letter)),
            Self::FromEnd(back) => letters.len().checked_sub(back + 1),
        }
    }
}
