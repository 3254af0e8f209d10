//! B12: wakers that use the semaphore themselves, when they are woken and when they are dropped.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::task::Waker;

use crawl_playground::engine::semaphore::{Acquire, Permit, Semaphore};

use super::wakers::{Bell, doing, on_wake, poll};
use super::{lent_out, parked};

/// Everything that can be done to a semaphore.
fn all_calls(semaphore: &Semaphore) {
    let asked = semaphore.acquire();
    let tried = semaphore.try_acquire();
    let limit = semaphore.limit();
    semaphore.set_limit(limit + 1);
    semaphore.set_limit(limit);
    let _ = (
        semaphore.available(),
        semaphore.in_use(),
        semaphore.waiting(),
        semaphore.is_closed(),
    );
    let _ = format!("{semaphore:?}");
    drop((asked, tried));
}

/// A waker that does all of it at each chance, and a count of the chances it had.
fn meddling(semaphore: &Semaphore) -> (Waker, Rc<Cell<u32>>) {
    let chances = Rc::new(Cell::new(0));
    let deed = || {
        let (semaphore, chances) = (semaphore.clone(), Rc::clone(&chances));
        move || {
            chances.set(chances.get() + 1);
            all_calls(&semaphore);
        }
    };
    let waker = doing(deed(), deed());
    (waker, chances)
}

fn meddler(semaphore: &Semaphore) -> (Acquire, Rc<Cell<u32>>) {
    let (waker, chances) = meddling(semaphore);
    let mut waiter = semaphore.acquire();
    assert!(poll(&mut waiter, &waker).is_pending());
    (waiter, chances)
}

#[test]
fn b12_a_waker_may_meddle_when_a_permit_comes_back() {
    let (semaphore, held) = lent_out();
    let (waiter, chances) = meddler(&semaphore);
    drop(held);
    assert_eq!(chances.get(), 2, "woken, then dropped");
    drop(waiter);
    assert_eq!(
        (semaphore.in_use(), semaphore.waiting(), semaphore.limit()),
        (0, 0, 1)
    );
}

#[test]
fn b12_a_waker_may_meddle_when_the_limit_grows_and_on_close() {
    let change: [fn(&Semaphore); 2] = [|semaphore| semaphore.set_limit(3), Semaphore::close];
    for change in change {
        let (semaphore, held) = lent_out();
        let (waiters, chances): (Vec<_>, Vec<_>) = (0..5).map(|_| meddler(&semaphore)).unzip();
        change(&semaphore);
        drop((waiters, held));
        assert!(chances.iter().all(|chances| chances.get() > 0));
        assert_eq!((semaphore.in_use(), semaphore.waiting()), (0, 0));
    }
}

#[test]
fn b12_a_waker_may_meddle_when_its_waiter_leaves_the_line() {
    let (semaphore, held) = lent_out();
    let (waiter, chances) = meddler(&semaphore);
    drop(waiter);
    assert_eq!((chances.get(), semaphore.waiting()), (1, 0));
    drop(held);
    assert_eq!(semaphore.in_use(), 0);
}

#[test]
fn b12_a_waker_may_meddle_when_another_takes_its_place() {
    let (semaphore, held) = lent_out();
    let (mut waiter, chances) = meddler(&semaphore);
    let (bell, waker) = Bell::new();
    let polled = poll(&mut waiter, &waker);
    assert_eq!(chances.get(), 1);
    // The meddling let the waiter in, for a moment: it is told by this poll or by its new waker.
    assert!(polled.is_ready() || bell.rings() == 1);
    drop((polled, waiter, held));
    assert_eq!((semaphore.in_use(), semaphore.waiting()), (0, 0));
}

#[test]
fn b12_a_waker_whose_drop_grants_its_own_waiter_loses_no_permit() {
    // The old waker's drop gives the permit back, to the very waiter that is being polled.
    let (semaphore, held) = lent_out();
    let held = Rc::new(RefCell::new(Some(held)));
    let mut waiter = semaphore.acquire();
    let release = {
        let held = Rc::clone(&held);
        doing(|| (), move || drop(held.take()))
    };
    assert!(poll(&mut waiter, &release).is_pending());
    drop(release);
    let (bell, waker) = Bell::new();
    let polled = poll(&mut waiter, &waker);
    assert_eq!((semaphore.in_use(), semaphore.waiting()), (1, 0));
    assert!(polled.is_ready() || bell.rings() == 1);
    drop((polled, waiter));
    assert_eq!(semaphore.available(), 1);
}

/// How many places a line has at first.
const RING: usize = 16;

#[test]
fn b12_who_takes_the_place_of_a_waiter_that_is_being_polled_keeps_its_own_waker() {
    // The old waker's drop grants the waiter that is being polled, and lets others join until the ring has gone round, so that
    // the last of them has the place that was the polled one's.
    let (semaphore, held) = lent_out();
    let held = Rc::new(RefCell::new(Some(held)));
    let newcomer = Rc::new(RefCell::new(None));
    let mut waiter = semaphore.acquire();
    let release = {
        let (semaphore, held, newcomer) =
            (semaphore.clone(), Rc::clone(&held), Rc::clone(&newcomer));
        doing(
            || (),
            move || {
                if held.take().is_some() {
                    let mut others: Vec<_> = (0..RING).map(|_| parked(&semaphore)).collect();
                    *newcomer.borrow_mut() = others.pop();
                    others.into_iter().rev().for_each(drop);
                }
            },
        )
    };
    assert!(poll(&mut waiter, &release).is_pending());
    drop(release);
    let (bell, waker) = Bell::new();
    let polled = poll(&mut waiter, &waker);
    let rings = || newcomer.borrow().as_ref().map(|(_, bell)| bell.rings());
    assert!(polled.is_ready());
    assert_eq!(
        (semaphore.in_use(), semaphore.waiting(), rings()),
        (1, 1, Some(0))
    );
    drop(polled);
    assert_eq!((bell.rings(), rings()), (0, Some(1)));
    assert_eq!((semaphore.in_use(), semaphore.waiting()), (1, 0));
}

#[test]
fn b12_a_waker_that_drops_other_waiters_leaves_the_rest_in_order() {
    let (semaphore, held) = lent_out();
    let others = Rc::new(RefCell::new(Vec::new()));
    let mut waiter = semaphore.acquire();
    let waker = {
        let others = Rc::clone(&others);
        on_wake(move || drop(others.take()))
    };
    assert!(poll(&mut waiter, &waker).is_pending());
    *others.borrow_mut() = (0..3).map(|_| parked(&semaphore)).collect();
    let (last, bell) = parked(&semaphore);
    drop(held);
    assert_eq!((semaphore.in_use(), semaphore.waiting()), (1, 1));
    drop(waiter);
    assert_eq!(bell.rings(), 1);
    drop(last);
}

#[test]
fn b12_wake_ups_inside_a_wake_up_come_after_it_in_order() {
    let (semaphore, held) = lent_out();
    let log = Rc::new(RefCell::new(Vec::new()));
    let line: Rc<RefCell<Vec<Option<Acquire>>>> = Rc::default();
    for number in 0..4 {
        let mut waiter = semaphore.acquire();
        let (log, line_again) = (Rc::clone(&log), Rc::clone(&line));
        let waker = on_wake(move || {
            log.borrow_mut().push((number, "begins"));
            // The grant is dropped unpolled, so the next in line is woken from within.
            let granted = line_again.borrow_mut()[number].take();
            drop(granted);
            log.borrow_mut().push((number, "ends"));
        });
        assert!(poll(&mut waiter, &waker).is_pending());
        line.borrow_mut().push(Some(waiter));
    }
    drop(held);
    let whole: Vec<_> = (0..4)
        .flat_map(|number| [(number, "begins"), (number, "ends")])
        .collect();
    assert_eq!(*log.borrow(), whole);
    assert_eq!(semaphore.available(), 1);
}

#[test]
fn b12_a_waker_that_panics_holds_up_nobody_for_good() {
    // What was due then is delivered with the next wake-up at the latest, whether a limit or a permit brings that.
    for by_limit in [true, false] {
        let semaphore = Semaphore::new(0);
        let mut panicking = semaphore.acquire();
        let waker = on_wake(|| std::panic::resume_unwind(Box::new("a waker of the test's")));
        assert!(poll(&mut panicking, &waker).is_pending());
        let waiters = [(); 2].map(|()| parked(&semaphore));
        assert!(catch_unwind(AssertUnwindSafe(|| semaphore.set_limit(2))).is_err());
        assert_eq!((semaphore.in_use(), semaphore.waiting()), (2, 1));
        match by_limit {
            true => semaphore.set_limit(3),
            false => drop(panicking),
        }
        assert_eq!(waiters.each_ref().map(|(_, bell)| bell.rings()), [1, 1]);
    }
}

#[test]
fn b12_a_waker_may_take_and_keep_what_is_free() {
    let semaphore = Semaphore::new(0);
    let taken: Rc<RefCell<Vec<Permit>>> = Rc::default();
    let mut waiter = semaphore.acquire();
    let waker = {
        let (semaphore, taken) = (semaphore.clone(), Rc::clone(&taken));
        on_wake(move || taken.borrow_mut().extend(semaphore.try_acquire()))
    };
    assert!(poll(&mut waiter, &waker).is_pending());
    semaphore.set_limit(2);
    assert_eq!(
        (
            taken.borrow().len(),
            semaphore.in_use(),
            semaphore.available()
        ),
        (1, 2, 0)
    );
}
