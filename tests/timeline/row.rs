//! A row is small, and yet tells what nobody expects of a task: hours of waiting, bodies of gigabytes, hundreds of tries.

use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::trace::{OriginId, TaskId, Trace, What};
use crawl_playground::timeline::rows::{Row, Rows};
use proptest::prelude::*;

const TASK: TaskId = TaskId(0);
const HOUR_US: u64 = 3_600_000_000;

/// The rows of a task that joined at `joined_us`, and of what happened to it then.
fn row(joined_us: u64, events: impl IntoIterator<Item = (u64, What)>) -> Row {
    let mut trace = Trace::default();
    let name = trace.text("lab/delay/100");
    let joined = What::Joined(TASK, name, OriginId(0));
    trace.push(Moment::from_us(joined_us), joined);
    for (us, what) in events {
        trace.push(Moment::from_us(us), what);
    }
    let mut rows = Rows::default();
    rows.advance(&trace);
    rows.rows()[0].clone()
}

fn again() -> What {
    let task = TASK;
    What::Again {
        task,
        wait_us: 1,
        is_told: false,
    }
}

/// Times of all orders of magnitude, up to a year.
fn span_us() -> impl Strategy<Value = u64> {
    (0_u32..45).prop_flat_map(|bits| 0..1_u64 << bits)
}

#[test]
fn permits_that_are_waited_for_or_held_for_hours_are_told_to_the_microsecond() {
    for joined_us in [0, 7, 40 * HOUR_US] {
        for wait_us in [0, 1, HOUR_US, 19 * HOUR_US, 20 * HOUR_US, 9_000 * HOUR_US] {
            for held_us in [0, 1, 268_000_000, 269_000_000, HOUR_US, 9_000 * HOUR_US] {
                let lent_us = joined_us + wait_us;
                let (lent, returned) = (lent_us, lent_us + held_us);
                let open = row(joined_us, [(lent, What::Lent(TASK))]);
                assert_eq!(open.permit(), Some((Moment::from_us(lent), None)));
                let events = [(lent, What::Lent(TASK)), (returned, What::Returned(TASK))];
                let told = (Moment::from_us(lent), Some(Moment::from_us(returned)));
                assert_eq!(row(joined_us, events).permit(), Some(told));
            }
        }
    }
}

#[test]
fn of_several_permits_the_last_is_told_however_long_the_first_was_held() {
    let events = [
        (1, What::Lent(TASK)),
        (30 * HOUR_US, What::Returned(TASK)),
        (30 * HOUR_US + 2, What::Lent(TASK)),
        (30 * HOUR_US + 5, What::Returned(TASK)),
    ];
    let end = Moment::from_us(30 * HOUR_US + 5);
    let last = Some((Moment::from_us(30 * HOUR_US + 2), Some(end)));
    assert_eq!(row(0, events).permit(), last);
    assert_eq!(row(HOUR_US, []).permit(), None);
    assert_eq!(row(0, [(9, What::Returned(TASK))]).permit(), None);
}

#[test]
fn bodies_of_gigabytes_and_hundreds_of_tries_are_counted_to_the_end() {
    let sizes = [
        vec![],
        vec![u32::MAX - 1],
        vec![u32::MAX],
        vec![u32::MAX - 1, 1, 1],
        vec![u32::MAX; 5],
    ];
    for sizes in sizes {
        let sum: u64 = sizes.iter().copied().map(u64::from).sum();
        let events = sizes.into_iter().map(|more| (1, What::Bytes(TASK, more)));
        assert_eq!(row(0, events).bytes(), sum);
    }
    for tries in [0, 1, 253, 254, 255, 256, 300, 70_000] {
        let events = (0..tries).map(|at| (u64::from(at), again()));
        assert_eq!(row(0, events).attempts(), tries + 1);
    }
}

proptest! {
    #[test]
    fn whatever_the_times_a_row_tells_them_as_they_were(
        joined_us in span_us(),
        spans_us in prop::collection::vec((span_us(), prop::option::of(span_us())), 1..6),
    ) {
        let (mut at_us, mut events, mut told) = (joined_us, Vec::new(), None);
        for (wait_us, held_us) in spans_us {
            at_us += wait_us;
            let lent = Moment::from_us(at_us);
            events.push((at_us, What::Lent(TASK)));
            let mut returned = None;
            if let Some(held_us) = held_us {
                at_us += held_us;
                events.push((at_us, What::Returned(TASK)));
                returned = Some(Moment::from_us(at_us));
            }
            told = Some((lent, returned));
        }
        prop_assert_eq!(row(joined_us, events).permit(), told);
    }
}
