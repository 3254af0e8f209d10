//! What moves on the picture of the permits: nobody is lost on the way, and what nobody could follow does not move.

use crawl_playground::engine::trace::TaskId;
use crawl_playground::report::lending::moves::{Move, Picture, Spot, Unrest};
use proptest::prelude::*;

fn picture(slots: &[u32], line: &[u32]) -> Picture {
    Picture {
        // 0 is a free slot.
        slots: slots
            .iter()
            .map(|task| task.checked_sub(1).map(TaskId))
            .collect(),
        line: line.iter().map(|task| TaskId(task - 1)).collect(),
    }
}

fn moved(before: &Picture, after: &Picture) -> Vec<(u32, Option<Spot>, Option<Spot>)> {
    let moves = before.moves_to(after).into_iter();
    moves
        .map(|Move { task, from, to }| (task.0 + 1, from, to))
        .collect()
}

#[test]
fn a_permit_that_comes_back_goes_to_the_first_in_line_and_the_line_moves_up() {
    use Spot::{Line, Slot};
    let before = picture(&[1, 2], &[3, 4, 5]);
    let after = picture(&[1, 3], &[4, 5]);
    let forth = [
        (2, Some(Slot(1)), None),
        (3, Some(Line(0)), Some(Slot(1))),
        (4, Some(Line(1)), Some(Line(0))),
        (5, Some(Line(2)), Some(Line(1))),
    ];
    assert_eq!(moved(&before, &after), forth);
    // And back again.
    let back = [
        (2, None, Some(Slot(1))),
        (3, Some(Slot(1)), Some(Line(0))),
        (4, Some(Line(0)), Some(Line(1))),
        (5, Some(Line(1)), Some(Line(2))),
    ];
    assert_eq!(moved(&after, &before), back);
    assert_eq!(moved(&after, &after), []);
}

#[test]
fn a_few_moves_can_be_followed_and_many_can_not() {
    let one = picture(&[1, 2], &[3, 4, 5]).moves_to(&picture(&[1, 3], &[4, 5]));
    let mut unrest = Unrest::default();
    // Two tasks go on in each half of a second, however long that goes on.
    assert!((0..100).all(|turn| unrest.can_follow(&one, 8, f64::from(turn) * 500.0)));
    // A line of any length may move up.
    let long: Vec<u32> = (2..60).collect();
    let up = picture(&[1], &long).moves_to(&picture(&[2], &long[1..]));
    assert!(Unrest::default().can_follow(&up, 2, 0.0));
    // Ten of them at once can't be followed, nor one in each frame.
    let new: Vec<u32> = (11..21).collect();
    let ten = picture(&new, &[]);
    assert!(!Unrest::default().can_follow(&picture(&[0; 10], &[]).moves_to(&ten), 10, 0.0));
    let mut unrest = Unrest::default();
    let followed = (0..60).filter(|frame| unrest.can_follow(&one, 4, f64::from(*frame) * 16.0));
    assert!(followed.count() < 12);
    // When that is over, it is soon forgotten.
    assert!(!unrest.can_follow(&one, 4, 1_000.0));
    assert!(unrest.can_follow(&one, 4, 2_000.0));
    // A moment that is far away is another one, however little is different.
    assert!(!Unrest::default().can_follow(&one, 500, 0.0));
}

proptest! {
    /// Who is on the picture before or after, and stands elsewhere, moves once; nobody else does.
    #[test]
    fn everybody_moves_once_from_where_it_was_to_where_it_is(
        order in Just((1..=20_u32).collect::<Vec<_>>()).prop_shuffle(),
        other in Just((1..=20_u32).collect::<Vec<_>>()).prop_shuffle(),
        sizes in (0_usize..8, 0_usize..8, 0_usize..8, 0_usize..8),
    ) {
        let before = picture(&order[..sizes.0], &order[8..8 + sizes.1]);
        let after = picture(&other[..sizes.2], &other[8..8 + sizes.3]);
        let spot = |picture: &Picture, task: u32| {
            let task = TaskId(task - 1);
            let slot = picture.slots.iter().position(|it| *it == Some(task)).map(Spot::Slot);
            slot.or_else(|| picture.line.iter().position(|it| *it == task).map(Spot::Line))
        };
        let mut told = moved(&before, &after);
        told.sort_by_key(|(task, ..)| *task);
        let truth: Vec<_> = (1..=20)
            .map(|task| (task, spot(&before, task), spot(&after, task)))
            .filter(|(_, from, to)| from != to)
            .collect();
        prop_assert_eq!(told, truth);
    }
}
