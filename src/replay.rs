//! A finished run once more: where in it the page stands, and how time goes on there.
//!
//! Nothing is recorded for this. Every view is a fold over a trace up to a [`cursor`]; to look at an earlier moment is to
//! fold less of it.

pub mod checkpoints;
pub mod cursor;
pub mod pace;
