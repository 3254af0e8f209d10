//! Sleeps in unusual places: handed on, polled with foreign wakers, cleared by the thousand, without end.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use crawl_playground::engine::moment::Moment;
use crawl_playground::sim::{Sim, Sleep};
use futures::FutureExt;
use futures::future::{Either, select};

use super::ms;

/// A task that polls a sleep once and then lets go of it.
fn starter(sim: &Sim, place: &Rc<RefCell<Option<Sleep>>>) -> impl Future<Output = ()> + 'static {
    let (place, mut sleep) = (Rc::clone(place), Some(sim.sleep(ms(10))));
    poll_fn(move |cx| {
        let mut sleep = sleep.take().unwrap();
        assert!(sleep.poll_unpin(cx).is_pending());
        place.replace(Some(sleep));
        Poll::Ready(())
    })
}

#[test]
fn a_sleep_that_is_handed_on_wakes_its_new_owner() {
    let (sim, place) = (Sim::new(), Rc::new(RefCell::new(None)));
    let first = sim.spawn(starter(&sim, &place));
    let second = sim.spawn({
        let (sim, place) = (sim.clone(), Rc::clone(&place));
        async move {
            let sleep = place.take().unwrap();
            sleep.await;
            sim.now()
        }
    });
    let ends = sim.block_on(async { (first.await, second.await) });
    assert_eq!(ends, Ok(((), Moment::from_us(10_000))));
}

#[test]
fn a_sleep_goes_from_a_foreign_waker_to_a_task_and_back() {
    let sim = Sim::new();
    let mut foreign = Context::from_waker(Waker::noop());
    for starts_foreign in [true, false] {
        let mut sleep = sim.sleep(ms(10));
        if starts_foreign {
            assert!(sleep.poll_unpin(&mut foreign).is_pending());
        } else {
            let place = Rc::new(RefCell::new(None));
            sim.block_on(sim.spawn(starter(&sim, &place))).unwrap();
            sleep = place.take().unwrap();
            assert!(sleep.poll_unpin(&mut foreign).is_pending());
        }
        let start = sim.now();
        sim.block_on(sim.spawn(sleep)).unwrap();
        assert_eq!(sim.now() - start, ms(10));
    }
}

#[test]
fn sleeps_without_end_end_at_the_end_of_time() {
    let sim = Sim::new();
    sim.block_on(sim.sleep(Duration::MAX)).unwrap();
    assert_eq!(sim.now(), Moment::from_us(u64::MAX));
    sim.block_on(sim.sleep(Duration::MAX)).unwrap();
}

#[test]
fn time_outs_that_never_come_up_do_not_move_the_clock() {
    let sim = Sim::new();
    let requests = async {
        for _ in 0..10_000 {
            let (time_out, answer) = (sim.sleep(ms(30_000)), sim.sleep(ms(1)));
            assert!(matches!(select(time_out, answer).await, Either::Right(_)));
        }
    };
    sim.block_on(requests).unwrap();
    assert_eq!(sim.now().as_ms(), 10_000.0);
    assert!(sim.block_on(std::future::pending::<()>()).is_err());
    assert_eq!(sim.now().as_ms(), 10_000.0);
}
