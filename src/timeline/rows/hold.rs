//! When a task was lent its permit, and for how long it held it, in eight bytes.

use crate::engine::moment::Moment;

/// Microseconds from a task's joining to its permit in the upper 36 bits, and those that it held it in the lower 28: room
/// for a wait of 19 hours and a request of four minutes. What is longer is kept apart, and never cut.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Hold(u64);

/// What a [`Hold`] says of a task that joined at a moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Held {
    /// It was lent no permit.
    Never,
    /// From when, and until when if it gave it back.
    Known(Moment, Option<Moment>),
    /// The times are too long for this, and kept apart.
    Apart,
}

impl Hold {
    const HELD_BITS: u32 = 28;
    /// Stands for a permit that was not given back.
    const STILL_US: u64 = (1 << Self::HELD_BITS) - 1;
    /// No wait: the two below take what would be this one's place.
    const NO_WAIT_US: u64 = (1 << (64 - Self::HELD_BITS)) - 1;
    /// No permit was lent.
    pub(super) const NEVER: Self = Self(u64::MAX);
    /// The times are kept apart.
    pub(super) const APART: Self = Self(u64::MAX - 1);

    /// A permit that a task, which joined at `joined`, was lent at `lent`. `None` if that does not fit.
    pub(super) fn new(joined: Moment, lent: Moment, returned: Option<Moment>) -> Option<Self> {
        let wait_us = lent.as_us().checked_sub(joined.as_us())?;
        let held_us = match returned {
            Some(returned) => returned.as_us().checked_sub(lent.as_us())?,
            None => Self::STILL_US,
        };
        let is_held_short = returned.is_none() || held_us < Self::STILL_US;
        (wait_us < Self::NO_WAIT_US && is_held_short)
            .then_some(Self(wait_us << Self::HELD_BITS | held_us))
    }

    /// What it says.
    pub(super) fn read(self, joined: Moment) -> Held {
        match self {
            Self::NEVER => Held::Never,
            Self::APART => Held::Apart,
            Self(both) => {
                let lent_us = joined.as_us().saturating_add(both >> Self::HELD_BITS);
                let held_us = both & Self::STILL_US;
                let returned = Moment::from_us(lent_us.saturating_add(held_us));
                let is_back = held_us != Self::STILL_US;
                Held::Known(Moment::from_us(lent_us), is_back.then_some(returned))
            }
        }
    }
}
