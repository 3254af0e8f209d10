//! Where a row's segments end, edge to edge.

use crate::engine::moment::Moment;
use crate::engine::wait::Wait;

/// Where a segment ends, and what it was: microseconds in the upper 56 bits, which last for two thousand years.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Edge(u64);

impl Edge {
    const LAST_US: u64 = u64::MAX >> 8;

    pub(super) fn new(wait: Wait, end: Moment) -> Self {
        Self(end.as_us().min(Self::LAST_US) << 8 | wait.index() as u64)
    }

    pub(super) const fn wait(self) -> Wait {
        Wait::ALL[(self.0 & 0xFF) as usize]
    }

    pub(super) const fn end(self) -> Moment {
        Moment::from_us(self.0 >> 8)
    }
}

/// The edges of a row. Most tasks wait for one thing and then ask, so two lie here: a million rows are folded, copied and
/// dropped without a look elsewhere.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) enum Edges {
    #[default]
    None,
    One(Edge),
    Two([Edge; 2]),
    Many(Vec<Edge>),
}

impl Edges {
    /// All of them, the earliest first.
    pub(super) fn as_slice(&self) -> &[Edge] {
        match self {
            Self::None => &[],
            Self::One(edge) => std::slice::from_ref(edge),
            Self::Two(edges) => edges,
            Self::Many(edges) => edges,
        }
    }

    /// Appends one.
    pub(super) fn push(&mut self, next: Edge) {
        match self {
            Self::None => *self = Self::One(next),
            Self::One(edge) => *self = Self::Two([*edge, next]),
            Self::Two([first, second]) => *self = Self::Many(vec![*first, *second, next]),
            Self::Many(edges) => edges.push(next),
        }
    }
}
