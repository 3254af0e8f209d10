//! Random uses of timers, each step checked against a model that is obviously right.
#![cfg(not(target_arch = "wasm32"))]

use std::sync::Arc;
use std::task::{Wake, Waker};

use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::timers::{Key, Timers};
use proptest::prelude::*;
use proptest::sample::Index;

#[derive(Clone, Debug)]
enum Step {
    /// Few moments, so that many are due together.
    Set(u64),
    Clear(Index),
    SetWaker(Index),
    Fire(u64),
    NextDue,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        10 => (0..40_u64).prop_map(Step::Set),
        7 => any::<Index>().prop_map(Step::Clear),
        2 => any::<Index>().prop_map(Step::SetWaker),
        3 => (0..40_u64).prop_map(Step::Fire),
        1 => Just(Step::NextDue),
    ]
}

/// A waker that is known by its address.
struct Known;

impl Wake for Known {
    fn wake(self: Arc<Self>) {}
}

/// The timers that are set, in the order of setting: when each is due, and its waker.
type Model = Vec<(Key, u64, Waker)>;

fn model_next(model: &Model) -> Option<usize> {
    (0..model.len()).min_by_key(|&place| (model[place].1, place))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn timers_do_what_a_plain_list_does(steps in prop::collection::vec(step(), 1..600)) {
        let mut timers = Timers::default();
        let mut model = Model::new();
        let mut keys: Vec<Key> = Vec::new();
        for step in steps {
            match step {
                Step::Set(due) => {
                    let waker = Waker::from(Arc::new(Known));
                    let key = timers.set(Moment::from_us(due), waker.clone());
                    keys.push(key);
                    model.push((key, due, waker));
                }
                // Of all that were ever set: most have fired or were cleared before.
                Step::Clear(index) if !keys.is_empty() => {
                    let key = *index.get(&keys);
                    let place = model.iter().position(|(known, ..)| *known == key);
                    let expected = place.map(|place| model.remove(place).2);
                    let cleared = timers.clear(key);
                    prop_assert_eq!(cleared.is_some(), expected.is_some());
                    prop_assert!(cleared.zip(expected).is_none_or(|(one, other)| one.will_wake(&other)));
                }
                Step::SetWaker(index) if !keys.is_empty() => {
                    let key = *index.get(&keys);
                    let waker = Waker::from(Arc::new(Known));
                    let unwanted = timers.set_waker(key, waker.clone());
                    let known = model.iter_mut().find(|(known, ..)| *known == key);
                    let expected = known.map_or(waker.clone(), |timer| std::mem::replace(&mut timer.2, waker));
                    prop_assert!(unwanted.will_wake(&expected));
                }
                Step::Clear(_) | Step::SetWaker(_) => {}
                Step::Fire(now) => loop {
                    let place = model_next(&model).filter(|&place| model[place].1 <= now);
                    let expected = place.map(|place| model.remove(place).2);
                    let fired = timers.fire_due(Moment::from_us(now));
                    prop_assert_eq!(fired.is_some(), expected.is_some());
                    let Some((fired, expected)) = fired.zip(expected) else { break };
                    prop_assert!(fired.will_wake(&expected));
                },
                Step::NextDue => {
                    let expected = model_next(&model).map(|place| Moment::from_us(model[place].1));
                    prop_assert_eq!(timers.next_due(), expected);
                }
            }
            prop_assert_eq!(timers.len(), model.len());
            prop_assert_eq!(timers.is_empty(), model.is_empty());
        }
        for (key, _, waker) in &model {
            prop_assert!(timers.waker(*key).is_some_and(|known| known.will_wake(waker)));
        }
    }
}
