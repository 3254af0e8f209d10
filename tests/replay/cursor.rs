//! The cursor goes through the events of several runs in one order, both ways.

use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::trace::{Event, What};
use crawl_playground::replay::cursor::Cursor;
use proptest::prelude::*;

fn events(gaps: Vec<u64>) -> Vec<Event> {
    let mut us = 0;
    let event = |gap| {
        us += gap;
        Event {
            at: Moment::from_us(us),
            what: What::Limit(1),
        }
    };
    gaps.into_iter().map(event).collect()
}

/// Up to three runs; many of their events are at the same moment.
fn runs() -> impl Strategy<Value = Vec<Vec<Event>>> {
    prop::collection::vec(
        prop::collection::vec(0..4_u64, 0..30).prop_map(events),
        0..4,
    )
}

/// All events in the one order: by moment, then by run, then by place.
fn merged(runs: &[&[Event]]) -> Vec<(Moment, usize, usize)> {
    let of_run = |(run, events): (usize, &&[Event])| {
        let place = |(place, event): (usize, &Event)| (event.at, run, place);
        events.iter().enumerate().map(place).collect::<Vec<_>>()
    };
    let mut all: Vec<_> = runs.iter().enumerate().flat_map(of_run).collect();
    all.sort_unstable();
    all
}

proptest! {
    #[test]
    fn steps_go_through_all_events_in_order_and_back(runs in runs()) {
        let runs: Vec<&[Event]> = runs.iter().map(Vec::as_slice).collect();
        let order = merged(&runs);
        let mut cursor = Cursor::start(runs.len());
        let mut seen = vec![cursor.clone()];
        for (at, run, place) in &order {
            prop_assert!(!cursor.is_at_end(&runs));
            prop_assert_eq!(cursor.forward(&runs), Some((*run, *place)));
            prop_assert_eq!(cursor.latest(&runs), Some((*run, *place)));
            prop_assert_eq!(cursor.at(), *at);
            seen.push(cursor.clone());
        }
        prop_assert!(cursor.is_at_end(&runs));
        prop_assert_eq!(cursor.forward(&runs), None);
        prop_assert_eq!(&cursor, &Cursor::end(&runs));
        for (_, run, place) in order.iter().rev() {
            seen.pop();
            prop_assert_eq!(cursor.back(&runs), Some((*run, *place)));
            prop_assert_eq!(Some(&cursor), seen.last());
        }
        prop_assert_eq!(cursor.back(&runs), None);
    }

    #[test]
    fn what_is_at_a_moment_is_all_that_happened_until_then(runs in runs(), us in 0..130_u64) {
        let runs: Vec<&[Event]> = runs.iter().map(Vec::as_slice).collect();
        let at = Moment::from_us(us);
        let mut cursor = Cursor::end(&runs);
        cursor.go_to(at, &runs);
        prop_assert_eq!(cursor.at(), at);
        for (run, events) in runs.iter().enumerate() {
            let happened = events.iter().filter(|event| event.at <= at).count();
            prop_assert_eq!(cursor.place(run), happened);
        }
        // From there, steps go on in the same order.
        let order = merged(&runs);
        let next = order.iter().find(|(then, ..)| *then > at);
        prop_assert_eq!(cursor.forward(&runs), next.map(|(_, run, place)| (*run, *place)));
    }
}

#[test]
fn a_stage_without_runs_is_at_its_end() {
    let mut cursor = Cursor::start(0);
    assert!(cursor.is_at_end(&[]));
    assert_eq!((cursor.forward(&[]), cursor.back(&[])), (None, None));
    cursor.go_to(Moment::from_us(9), &[]);
    assert_eq!(cursor.place(3), 0);
}
