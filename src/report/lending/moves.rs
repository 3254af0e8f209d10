//! What moves on the picture of the permits from one moment to another, and whether an eye could follow it.

use crate::engine::trace::TaskId;

/// Where a task stands on the picture.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spot {
    /// In the slot at this place.
    Slot(usize),
    /// In the line at this place.
    Line(usize),
}

/// The tasks on the picture, as far as they are shown.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Picture {
    /// Who is in each slot.
    pub slots: Vec<Option<TaskId>>,
    /// Who stands in line, the first first.
    pub line: Vec<TaskId>,
}

/// A task that stands elsewhere than before; `None` is nowhere on the picture.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Move {
    /// The task.
    pub task: TaskId,
    /// Where it stood.
    pub from: Option<Spot>,
    /// Where it stands.
    pub to: Option<Spot>,
}

impl Picture {
    fn spots(&self) -> Vec<(TaskId, Spot)> {
        let mut spots = Vec::new();
        for (place, task) in self.slots.iter().enumerate() {
            if let Some(task) = task {
                spots.push((*task, Spot::Slot(place)));
            }
        }
        for (place, task) in self.line.iter().enumerate() {
            spots.push((*task, Spot::Line(place)));
        }
        spots
    }

    /// What moves until the picture is `next`: first who is gone, then who stands elsewhere or has come. O(n²) in what is
    /// shown, which is bounded.
    ///
    /// ```
    /// use crawl_playground::engine::trace::TaskId;
    /// use crawl_playground::report::lending::moves::{Move, Picture, Spot};
    ///
    /// let before = Picture { slots: vec![Some(TaskId(0))], line: vec![TaskId(1)] };
    /// let after = Picture { slots: vec![Some(TaskId(1))], line: Vec::new() };
    /// assert_eq!(
    ///     before.moves_to(&after),
    ///     [
    ///         Move { task: TaskId(0), from: Some(Spot::Slot(0)), to: None },
    ///         Move { task: TaskId(1), from: Some(Spot::Line(0)), to: Some(Spot::Slot(0)) },
    ///     ]
    /// );
    /// ```
    #[must_use]
    pub fn moves_to(&self, next: &Self) -> Vec<Move> {
        let (old, new) = (self.spots(), next.spots());
        let mut moves = Vec::new();
        for (task, spot) in &old {
            if find(&new, *task).is_none() {
                let (task, from) = (*task, Some(*spot));
                moves.push(Move {
                    task,
                    from,
                    to: None,
                });
            }
        }
        for (task, spot) in &new {
            let (task, from, to) = (*task, find(&old, *task), Some(*spot));
            if from != to {
                moves.push(Move { task, from, to });
            }
        }
        moves
    }
}

fn find(spots: &[(TaskId, Spot)], task: TaskId) -> Option<Spot> {
    let found = spots.iter().find(|(other, _)| *other == task);
    found.map(|(_, spot)| *spot)
}

impl Move {
    /// Whether it only moves up where it is, because somebody before it has gone on.
    const fn is_shift(&self) -> bool {
        matches!(
            (self.from, self.to),
            (Some(Spot::Slot(_)), Some(Spot::Slot(_))) | (Some(Spot::Line(_)), Some(Spot::Line(_)))
        )
    }
}

/// So many moves can be followed at once.
const MOST_MOVES: f64 = 9.0;
/// And so many a second, one after another.
const MOVES_A_MS: f64 = 18.0 / 1e3;
/// With more events than this in between, what is shown is another moment and not the next one.
const MOST_EVENTS: usize = 24;

/// How much has moved lately. Motion that nobody can follow means nothing: where too much moves, the picture jumps, until
/// there is less of it.
#[derive(Clone, Copy, Default, Debug)]
pub struct Unrest {
    moves: f64,
    at_ms: f64,
}

impl Unrest {
    /// Whether `moves`, which are what came of so many events, can be followed at `now_ms`.
    pub fn can_follow(&mut self, moves: &[Move], events: usize, now_ms: f64) -> bool {
        let passed_ms = (now_ms - self.at_ms).max(0.0);
        self.at_ms = now_ms;
        let new = moves.iter().filter(|it| !it.is_shift()).count() as f64;
        let level = (self.moves - passed_ms * MOVES_A_MS).max(0.0) + new;
        // What can't be followed is no more than twice what can: when it is over, that is soon forgotten.
        self.moves = level.min(2.0 * MOST_MOVES);
        level <= MOST_MOVES && events <= MOST_EVENTS
    }
}
