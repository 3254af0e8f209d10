//! Which two of several runs are compared: what was chosen stays chosen, and never is a run held against itself.

use crawl_playground::report::compared::choice::{Choice, Side};
use proptest::prelude::*;

const A: Option<char> = Some('A');
const B: Option<char> = Some('B');

#[test]
fn a_pinned_run_stays_chosen_when_the_next_one_comes_and_the_last_is_the_last_then() {
    let chosen = Choice::default().choose(Side::Before, 1, &[A, B, None]);
    assert_eq!(chosen.places(&[A, B, None]), (1, 2));
    assert_eq!(chosen.places(&[A, B, None, None]), (1, 3));
    // Pinned, the last one is the last still.
    assert_eq!(chosen.places(&[A, B, Some('C')]), (1, 2));
}

#[test]
fn who_loses_its_pin_is_forgotten_and_the_next_of_its_letter_is_another() {
    let chosen = Choice::default().choose(Side::Before, 1, &[A, B, None]);
    let without = chosen.kept(&[A, None]);
    assert_eq!(without.places(&[A, None]), (0, 1));
    assert_eq!(without.places(&[A, B, None]), (0, 2));
}

#[test]
fn to_choose_what_is_on_the_other_side_turns_them_round() {
    let letters = [A, B, None];
    let turned = Choice::default().choose(Side::Now, 0, &letters);
    assert_eq!(turned.places(&letters), (2, 0));
    let chosen = Choice::default().choose(Side::Before, 1, &letters);
    let turned = chosen.choose(Side::Now, 1, &letters);
    assert_eq!(turned.places(&letters), (2, 1));
    assert_eq!(
        turned.choose(Side::Before, 1, &letters).places(&letters),
        (1, 2)
    );
}

proptest! {
    /// Whatever was chosen, and whichever runs come and go.
    #[test]
    fn what_is_chosen_is_shown_and_never_beside_itself(
        steps in prop::collection::vec((any::<bool>(), 0_usize..4, 2_usize..5, 0_usize..4), 1..12),
    ) {
        let mut chosen = Choice::default();
        for (is_before, place, count, pins) in steps {
            let letters: Vec<_> = (0..count)
                .map(|place| (place < pins).then_some((b'A' + place as u8) as char))
                .collect();
            chosen = chosen.kept(&letters);
            let (before, now) = chosen.places(&letters);
            prop_assert!(before != now && before < count && now < count);
            let place = place % count;
            let side = if is_before { Side::Before } else { Side::Now };
            chosen = chosen.choose(side, place, &letters);
            let (before, now) = chosen.places(&letters);
            prop_assert!(before != now && before < count && now < count);
            prop_assert_eq!(if is_before { before } else { now }, place);
        }
    }
}
