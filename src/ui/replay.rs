//! A run that is over, once more: play, pause, speed, one event at a time, and any moment of it. The views draw what they
//! always do, from what is folded up to the cursor; here is what moves that. All but the player's state is part of the chunk
//! that comes after the first paint ([`super::running`]).

pub(super) use controls::{ReplayControls, act};
pub(super) use headline::told;
pub(super) use player::Player;

mod controls;
mod dress;
mod headline;
mod player;
mod stage;
