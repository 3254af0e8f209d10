//! What a task has in hand is let go in the very call that cancels it, before anybody is polled.

use std::cell::Cell;
use std::rc::Rc;
use std::task::Waker;

use crawl_playground::engine::outcome::Outcome;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::{TaskId, What};

use super::lab::{limits, list};
use super::wakers::{on_wake, poll};
use super::world::World;

fn count(run: &Run, what: What) -> usize {
    let trace = run.trace();
    let events = trace.events().iter();
    events.filter(|event| event.what == what).count()
}

fn ends(run: &Run) -> usize {
    count(run, What::Ended(TaskId(0), Outcome::Cancelled))
}

#[test]
fn its_permit_goes_to_the_next_in_line() {
    let world = World::new(limits(1));
    let net = world.net.clone();
    let cancel = |run: &Run| {
        let permits = run.permits();
        assert_eq!((permits.in_use(), permits.waiting(), net.open()), (1, 1, 1));
        run.cancel(TaskId(0));
        assert_eq!((permits.waiting(), net.open()), (0, 0));
        assert_eq!((count(run, What::Returned(TaskId(0))), ends(run)), (1, 1));
        // The second cancel finds nothing to do.
        run.cancel(TaskId(0));
        assert_eq!((count(run, What::Returned(TaskId(0))), ends(run)), (1, 1));
    };
    let tasks = list(["hang", "delay/10"]);
    world.go(Strategy::Semaphore, tasks, &[(40, &cancel)]);
    assert_eq!(world.net.open(), 0);
}

#[test]
fn who_is_woken_by_that_and_cancels_it_again_does_not_end_it_twice() {
    let world = World::new(limits(1));
    let run = world.run.clone();
    let mut go = Box::pin(run.go(Strategy::Semaphore, list(["hang", "delay/10"])));
    while run.permits().waiting() == 0 {
        assert!(poll(&mut go, Waker::noop()).is_pending());
    }
    let (again, woken) = (run.clone(), Rc::new(Cell::new(0)));
    let times = Rc::clone(&woken);
    let waker = on_wake(move || {
        times.set(times.get() + 1);
        again.cancel(TaskId(0));
    });
    assert!(poll(&mut go, &waker).is_pending());
    assert_eq!((ends(&run), woken.get()), (0, 0));
    run.cancel(TaskId(0));
    assert!(woken.get() > 0);
    assert_eq!(ends(&run), 1);
}
