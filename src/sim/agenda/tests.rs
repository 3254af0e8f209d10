//! Random timers beside a sorted list, and orders that run out.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::Index;

use super::{Agenda, FEW, Key, LAST_ORDER, MANY, Moment};

#[derive(Clone, Debug)]
enum Step {
    Set(u64),
    Clear(Index),
    Fire(u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => (1..200_u64).prop_map(Step::Set),
        3 => any::<Index>().prop_map(Step::Clear),
        3 => (0..5_u64).prop_map(Step::Fire),
    ]
}

/// An agenda beside a sorted set of (due, order, target).
#[derive(Default)]
struct Pair {
    agenda: Agenda,
    model: BTreeSet<(u64, usize)>,
    /// By target, which is also the order of setting.
    keys: Vec<Option<Key>>,
    now: u64,
}

impl Pair {
    fn set(&mut self, span: u64) {
        let target = self.keys.len();
        let due = self.now + span;
        self.model.insert((due, target));
        let key = self.agenda.set(Moment::from_us(due), target);
        self.keys.push(Some(key));
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Set(span) => self.set(*span),
            Step::Clear(index) if !self.keys.is_empty() => {
                let target = index.index(self.keys.len());
                let Some(key) = self.keys[target].take() else {
                    return;
                };
                let was_set = self.model.remove(&(key.due.as_us(), target));
                assert_eq!(self.agenda.clear(key), was_set);
            }
            Step::Clear(_) => {}
            Step::Fire(within) => {
                self.agenda.look_ahead().for_each(drop);
                let end = self.now + within;
                let next = self.model.first().copied().filter(|next| next.0 <= end);
                let fired = self.agenda.fire_next(Moment::from_us(end));
                assert_eq!(fired.map(|(due, target)| (due.as_us(), target)), next);
                if let Some(next) = next {
                    self.model.remove(&next);
                    self.now = next.0;
                } else {
                    self.now = end;
                }
            }
        }
        let kept = self.agenda.heap.len();
        let most = self.model.len() + FEW.max(self.model.len());
        assert!(
            kept <= most,
            "{kept} kept of which {} are set",
            self.model.len()
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn timers_fire_as_in_a_sorted_list(
        spans in prop::collection::vec(1..3_000_u64, 0..3 * MANY),
        steps in prop::collection::vec(step(), 0..1_500),
    ) {
        let mut pair = Pair::default();
        spans.into_iter().for_each(|span| pair.set(span));
        steps.iter().for_each(|step| pair.take(step));
        while !pair.model.is_empty() {
            pair.take(&Step::Fire(10_000));
        }
        prop_assert!(pair.agenda.next().is_none());
    }
}

#[test]
fn when_the_orders_are_used_up_timers_still_fire_once_each() {
    let mut agenda = Agenda {
        order: LAST_ORDER - 2,
        ..Agenda::default()
    };
    let due = Moment::from_us(9);
    let keys = [5, 4, 3, 2, 1, 0].map(|target| agenda.set(due, target));
    assert!(agenda.clear(keys[3]));
    let fired = std::iter::from_fn(|| agenda.fire_next(due));
    let targets: Vec<usize> = fired.map(|(_, target)| target).collect();
    assert_eq!(targets, [5, 4, 0, 1, 3]);
}
