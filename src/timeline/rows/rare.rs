//! What is known of few tasks: in a box beside the row.

use crate::engine::moment::Moment;
use crate::engine::trace::{GaveUp, TextId};

use super::longest::Longest;

/// What is known of few tasks, and the numbers of a row that are too large for their place in it.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Rare {
    pub(super) final_url: Option<TextId>,
    pub(super) error: Option<TextId>,
    pub(super) cut_bytes: Option<u32>,
    pub(super) gave_up: Option<GaveUp>,
    pub(super) was_offline: bool,
    /// Of a row with many segments.
    pub(super) longest: Longest,
    /// Of a permit that was long waited for, or long held: from when, and until when.
    pub(super) permit: Option<(Moment, Option<Moment>)>,
    /// Of a body that is large.
    pub(super) bytes: u64,
    /// Of a task that was tried often.
    pub(super) attempts: u32,
}
