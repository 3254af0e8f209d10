//! The two ways to lend less for good: closing the semaphore, and forgetting a permit.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

#[allow(dead_code, reason = "each test crate uses its part")]
#[path = "support/wakers.rs"]
mod wakers;

use crawl_playground::engine::semaphore::{Closed, Semaphore};
use futures::FutureExt;
use wakers::{Bell, poll};

#[test]
fn close_refuses_all_who_wait_and_all_who_ask_later() {
    let semaphore = Semaphore::new(0);
    let (bell, waker) = Bell::new();
    let mut polled = semaphore.acquire();
    assert!(poll(&mut polled, &waker).is_pending());
    let unpolled = semaphore.acquire();
    semaphore.close();
    assert!(semaphore.is_closed());
    assert_eq!((semaphore.waiting(), bell.rings()), (0, 1));
    for waiter in [polled, unpolled, semaphore.acquire()] {
        assert_eq!(waiter.now_or_never().unwrap().err(), Some(Closed));
    }
    assert!(semaphore.try_acquire().is_none());
}

#[test]
fn close_wakes_oldest_first() {
    let semaphore = Semaphore::new(0);
    let order = std::rc::Rc::new(std::cell::RefCell::new(Vec::new()));
    let mut line: Vec<_> = (0..5).map(|_| semaphore.acquire()).collect();
    for (number, waiter) in line.iter_mut().enumerate() {
        let order = order.clone();
        assert!(
            poll(
                waiter,
                &wakers::on_wake(move || order.borrow_mut().push(number))
            )
            .is_pending()
        );
    }
    semaphore.close();
    assert_eq!(*order.borrow(), [0, 1, 2, 3, 4]);
}

#[test]
fn permits_and_grants_from_before_the_close_stay_good() {
    let semaphore = Semaphore::new(2);
    let held = semaphore.try_acquire().unwrap();
    let granted = semaphore.acquire();
    semaphore.close();
    assert_eq!(semaphore.in_use(), 2);
    let late = granted.now_or_never().unwrap().unwrap();
    drop((held, late));
    assert_eq!(semaphore.in_use(), 0);
    assert!(semaphore.try_acquire().is_none());
}

#[test]
fn a_grant_that_is_dropped_unpolled_after_the_close_comes_back() {
    let semaphore = Semaphore::new(1);
    let held = semaphore.try_acquire().unwrap();
    let mut next = semaphore.acquire();
    let (bell, waker) = Bell::new();
    assert!(poll(&mut next, &waker).is_pending());
    drop(held);
    semaphore.close();
    drop(next);
    assert_eq!((semaphore.in_use(), bell.rings()), (0, 1));
}

#[test]
fn a_refused_waiter_that_is_dropped_unpolled_changes_nothing() {
    let semaphore = Semaphore::new(1);
    let held = semaphore.try_acquire().unwrap();
    let waiter = semaphore.acquire();
    semaphore.close();
    drop(waiter);
    assert_eq!((semaphore.in_use(), semaphore.waiting()), (1, 0));
    drop(held);
    assert_eq!(semaphore.in_use(), 0);
}

#[test]
fn closing_twice_or_growing_afterwards_lends_nothing() {
    let semaphore = Semaphore::new(0);
    semaphore.close();
    semaphore.close();
    semaphore.set_limit(5);
    assert!(semaphore.try_acquire().is_none());
    assert_eq!(
        semaphore.acquire().now_or_never().unwrap().err(),
        Some(Closed)
    );
    assert_eq!(semaphore.in_use(), 0);
}

#[test]
fn forgetting_a_permit_lowers_the_limit_and_lets_nobody_in() {
    let semaphore = Semaphore::new(2);
    let [first, second] = [(); 2].map(|()| semaphore.try_acquire().unwrap());
    let waiter = semaphore.acquire();
    first.forget();
    assert_eq!(
        (semaphore.limit(), semaphore.in_use(), semaphore.waiting()),
        (1, 1, 1)
    );
    drop(second);
    assert_eq!((semaphore.in_use(), semaphore.waiting()), (1, 0));
    drop(waiter);
    assert_eq!(semaphore.available(), 1);
}

#[test]
fn the_last_permit_forgotten_holds_everyone_until_the_limit_grows() {
    let semaphore = Semaphore::new(1);
    semaphore.try_acquire().unwrap().forget();
    let waiter = semaphore.acquire();
    assert_eq!(
        (semaphore.limit(), semaphore.in_use(), semaphore.waiting()),
        (0, 0, 1)
    );
    semaphore.set_limit(1);
    assert!(waiter.now_or_never().unwrap().is_ok());
}

#[test]
fn forgetting_within_a_shrink_never_goes_below_zero() {
    let semaphore = Semaphore::new(3);
    let held: Vec<_> = (0..3).map(|_| semaphore.try_acquire().unwrap()).collect();
    let waiter = semaphore.acquire();
    semaphore.set_limit(1);
    held.into_iter().for_each(|permit| permit.forget());
    assert_eq!(
        (semaphore.limit(), semaphore.in_use(), semaphore.waiting()),
        (0, 0, 1)
    );
    semaphore.set_limit(1);
    assert!(waiter.now_or_never().unwrap().is_ok());
}
