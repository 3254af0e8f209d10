//! The patterns of waiting: solid is work, hatched is waiting, and each wait is hatched in its own way, so that nobody needs
//! to tell colours apart. Canvas and SVG draw the same tiles.

use crate::engine::wait::Wait;

/// Side of a pattern's tile, in pixels of the drawing.
pub const TILE_PX: f64 = 6.0;

/// The same in pixels of a screen that has so many of them in one of the drawing: whole ones, or the pattern would blur.
#[must_use]
pub fn tile_at(ratio: f64) -> f64 {
    (TILE_PX * ratio).round().max(4.0)
}

/// How much of the colour lies under the whole tile.
pub const WASH: f64 = 0.16;

/// A tile. All lengths are shares of its side; what stands out over an edge is cut there.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Hatch {
    /// Lines: from x, from y, to x, to y.
    pub lines: &'static [[f64; 4]],
    /// How thick they are.
    pub line: f64,
    /// Side of a square in the middle, or 0.
    pub dot: f64,
}

/// How a wait is hatched; work is not.
///
/// ```
/// use crawl_playground::{engine::wait::Wait, timeline::hatch::hatch};
///
/// assert!(hatch(Wait::Request).is_none());
/// assert_ne!(hatch(Wait::Permit), hatch(Wait::Backoff));
/// ```
#[must_use]
pub const fn hatch(wait: Wait) -> Option<Hatch> {
    let lines: &'static [[f64; 4]] = match wait {
        Wait::Request | Wait::Download | Wait::Parse | Wait::Store => return None,
        Wait::Queue => &[],
        Wait::Permit => &[
            [-0.5, 0.5, 0.5, -0.5],
            [0.0, 1.0, 1.0, 0.0],
            [0.5, 1.5, 1.5, 0.5],
        ],
        Wait::Backoff => &[
            [-0.5, 0.5, 0.5, 1.5],
            [0.0, 0.0, 1.0, 1.0],
            [0.5, -0.5, 1.5, 0.5],
        ],
        Wait::HostPermit => &[[0.0, 1.0, 1.0, 0.0], [0.0, 0.0, 1.0, 1.0]],
        Wait::Host => &[[0.5, 0.0, 0.5, 1.0], [0.0, 0.5, 1.0, 0.5]],
        Wait::Token => &[[0.5, 0.0, 0.5, 1.0]],
        Wait::Pause => &[[0.0, 0.5, 1.0, 0.5]],
        Wait::Handover => &[[0.0, 0.25, 0.5, 0.75], [0.5, 0.75, 1.0, 0.25]],
    };
    Some(Hatch {
        lines,
        line: 1.0 / 3.6,
        dot: if lines.is_empty() { 1.0 / 3.0 } else { 0.0 },
    })
}
