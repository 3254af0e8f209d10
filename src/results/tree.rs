//! The link graph: where each page stands in the picture, and which page led to it.
//!
//! A column for each depth, from left to right; in a column the pages fill line after line in the order in which they
//! were begun. A place follows from the pages before it alone, so what is drawn never moves while a crawl grows.

use super::Results;
use crate::timeline::rows::Rows;

/// At most so many pages are drawn: more are no longer told apart.
pub const MAX_DRAWN: usize = 500;
/// At most so many columns are: what is deeper is counted with the last.
pub const MAX_COLUMNS: usize = 200;

/// A page in the picture. Its place among the nodes is its place in [`Results::pages`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Node {
    /// The column: how far it is from the seed.
    pub column: u32,
    /// Its place in the column, from 0.
    pub slot: u32,
    /// The node that led here; none for a seed, or if that is not drawn.
    pub parent: Option<u32>,
}

/// Pages of a column that are not drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct More {
    /// Of these came, so many.
    pub ok: u32,
    /// So many failed.
    pub failed: u32,
    /// So many are on their way.
    pub going: u32,
}

impl More {
    /// How many there are.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.ok + self.failed + self.going
    }

    /// They in words: `+132 more (120 ok, 12 failed)`; nothing if there are none.
    ///
    /// ```
    /// use crawl_playground::results::tree::More;
    /// let more = More { ok: 120, failed: 12, going: 0 };
    /// assert_eq!(more.words(), "+132 more (120 ok, 12 failed)");
    /// assert_eq!(More { going: 1, ..more }.words(), "+133 more (120 ok, 12 failed, 1 going)");
    /// ```
    #[must_use]
    pub fn words(&self) -> String {
        if self.count() == 0 {
            return String::new();
        }
        let mut words = format!(
            "+{} more ({} ok, {} failed",
            self.count(),
            self.ok,
            self.failed
        );
        if self.going > 0 {
            words += &format!(", {} going", self.going);
        }
        words + ")"
    }
}

/// A way to go from page to page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// To the page that led here.
    Parent,
    /// To the first page to which it led.
    Child,
    /// To the page before in the same column.
    Before,
    /// To the page behind in the same column.
    Behind,
}

/// The link graph up to a cursor.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tree {
    nodes: Vec<Node>,
    /// How many nodes each column has.
    columns: Vec<u32>,
}

impl Tree {
    /// Takes in the pages that are new. O(new pages).
    pub fn advance(&mut self, results: &Results) {
        let new = results.pages().iter().take(MAX_DRAWN);
        for page in new.skip(self.nodes.len()) {
            let column = column(page.visit.depth);
            if self.columns.len() <= column {
                self.columns.resize(column + 1, 0);
            }
            let parent = page.visit.from.and_then(|from| results.of_url(from));
            let slot = self.columns[column];
            self.columns[column] += 1;
            self.nodes.push(Node {
                column: column as u32,
                slot,
                parent: parent
                    .filter(|parent| *parent < self.nodes.len())
                    .map(|parent| parent as u32),
            });
        }
    }

    /// The pages that are drawn.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// How many pages each column draws.
    #[must_use]
    pub fn columns(&self) -> &[u32] {
        &self.columns
    }

    /// What the columns do not draw, by column. O(pages).
    #[must_use]
    pub fn more(results: &Results, rows: &Rows) -> Vec<More> {
        let mut more: Vec<More> = Vec::new();
        for page in results.pages().iter().skip(MAX_DRAWN) {
            let column = column(page.visit.depth);
            if more.len() <= column {
                more.resize(column + 1, More::default());
            }
            let row = rows.rows().get(page.task.index());
            let of = &mut more[column];
            match row.and_then(|row| row.outcome) {
                None => of.going += 1,
                Some(outcome) if outcome.is_ok() => of.ok += 1,
                Some(_) => of.failed += 1,
            }
        }
        more
    }

    /// The node to which a step leads. O(nodes).
    #[must_use]
    pub fn step(&self, from: usize, step: Step) -> Option<usize> {
        let node = *self.nodes.get(from)?;
        let in_column = |slot: u32| {
            let is_it = |other: &Node| other.column == node.column && other.slot == slot;
            self.nodes.iter().position(is_it)
        };
        match step {
            Step::Parent => node.parent.map(|parent| parent as usize),
            Step::Child => {
                let is_child = |other: &Node| other.parent == Some(from as u32);
                self.nodes.iter().position(is_child)
            }
            Step::Before => node.slot.checked_sub(1).and_then(in_column),
            Step::Behind => in_column(node.slot + 1),
        }
    }
}

fn column(depth: u32) -> usize {
    (depth as usize).min(MAX_COLUMNS - 1)
}

/// The picture's measures, in pixels. They follow from the settings of a crawl and the room that there is, and not from
/// what it finds.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Grid {
    /// Pages side by side in a column.
    pub across: u32,
    /// The distance between a column's left edge and the next one's.
    pub column_px: f64,
}

/// The distance between two pages.
pub const PITCH_PX: f64 = 16.0;
/// Kept above the pages for the columns' headings.
pub const HEADING_PX: f64 = 40.0;
/// Left of the first column.
pub const LEFT_PX: f64 = 12.0;
/// Kept between two columns, for the lines to be seen.
const GAP_PX: f64 = 30.0;

impl Grid {
    /// The grid for a crawl of at most this depth in this width. Columns are at least two pages wide, and a picture that
    /// has no room for that is wider than its frame.
    ///
    /// ```
    /// use crawl_playground::results::tree::{Grid, Node};
    ///
    /// let grid = Grid::new(800.0, 3);
    /// assert_eq!(grid.across, 10);
    /// let node = Node { column: 1, slot: 12, parent: None };
    /// let (x, y) = grid.place_px(node);
    /// assert_eq!(grid.at(x, y), Some((1, 12)));
    /// ```
    #[must_use]
    pub fn new(width_px: f64, max_depth: u32) -> Self {
        // A crawl that may go very deep seldom does, and the picture can be scrolled.
        let columns = f64::from(max_depth.min(11) + 1);
        let room_px = (width_px - LEFT_PX) / columns - GAP_PX;
        let across = (room_px / PITCH_PX).floor().clamp(2.0, 24.0) as u32;
        Self {
            across,
            column_px: f64::from(across) * PITCH_PX + GAP_PX,
        }
    }

    /// Where a page's middle is.
    #[must_use]
    pub fn place_px(&self, node: Node) -> (f64, f64) {
        let (line, place) = (node.slot / self.across, node.slot % self.across);
        (
            self.left_px(node.column) + (f64::from(place) + 0.5) * PITCH_PX,
            HEADING_PX + (f64::from(line) + 0.5) * PITCH_PX,
        )
    }

    /// Where a column begins.
    #[must_use]
    pub fn left_px(&self, column: u32) -> f64 {
        LEFT_PX + f64::from(column) * self.column_px
    }

    /// The column and the place in it at this point.
    #[must_use]
    pub fn at(&self, x_px: f64, y_px: f64) -> Option<(u32, u32)> {
        let (x_px, y_px) = (x_px - LEFT_PX, y_px - HEADING_PX);
        if x_px < 0.0 || y_px < 0.0 {
            return None;
        }
        let column = (x_px / self.column_px).floor();
        let place = ((x_px - column * self.column_px) / PITCH_PX).floor() as u32;
        let line = (y_px / PITCH_PX).floor() as u32;
        (place < self.across).then_some((column as u32, line * self.across + place))
    }

    /// The width and the height of the picture of a tree.
    #[must_use]
    pub fn size_px(&self, tree: &Tree) -> (f64, f64) {
        let most = tree.columns.iter().copied().max().unwrap_or(0);
        let lines = most.div_ceil(self.across).max(1);
        (
            self.left_px(tree.columns.len() as u32) - GAP_PX + LEFT_PX,
            HEADING_PX + f64::from(lines) * PITCH_PX + LEFT_PX,
        )
    }
}

impl Tree {
    /// The node at a point of the picture. O(nodes).
    #[must_use]
    pub fn at(&self, grid: &Grid, x_px: f64, y_px: f64) -> Option<usize> {
        let (column, slot) = grid.at(x_px, y_px)?;
        let is_it = |node: &Node| node.column == column && node.slot == slot;
        self.nodes.iter().position(is_it)
    }
}
