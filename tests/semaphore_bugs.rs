//! The bugs that other semaphores and limiters shipped (B1 to B16 of the project's collected facts): ours has none.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

#[allow(dead_code, reason = "each test crate uses its part")]
#[path = "support/wakers.rs"]
mod wakers;

#[path = "semaphore_bugs/many.rs"]
mod many;
#[path = "semaphore_bugs/reentrant.rs"]
mod reentrant;
#[path = "semaphore_bugs/timed.rs"]
mod timed;

use crawl_playground::engine::semaphore::{Acquire, Permit, Semaphore};
use futures::FutureExt;
use futures::future::{abortable, join_all};
use wakers::{Bell, poll};

/// A semaphore of one whose permit is out.
fn lent_out() -> (Semaphore, Permit) {
    let semaphore = Semaphore::new(1);
    let held = semaphore.try_acquire().unwrap();
    (semaphore, held)
}

/// A waiter that was polled once, and its bell.
fn parked(semaphore: &Semaphore) -> (Acquire, std::sync::Arc<Bell>) {
    let (bell, waker) = Bell::new();
    let mut waiter = semaphore.acquire();
    assert!(poll(&mut waiter, &waker).is_pending());
    (waiter, bell)
}

#[test]
fn b01_dropping_the_head_leaves_nobody_behind_it_asleep() {
    let (semaphore, held) = lent_out();
    let (head, _) = parked(&semaphore);
    let (next, bell) = parked(&semaphore);
    drop(head);
    drop(held);
    assert_eq!(bell.rings(), 1);
    assert!(next.now_or_never().unwrap().is_ok());
}

#[test]
fn b01_dropping_a_granted_head_wakes_the_next_at_once() {
    let (semaphore, held) = lent_out();
    let (head, head_bell) = parked(&semaphore);
    let (next, bell) = parked(&semaphore);
    drop(held);
    assert_eq!((head_bell.rings(), bell.rings()), (1, 0));
    drop(head);
    assert_eq!(bell.rings(), 1);
    assert!(next.now_or_never().unwrap().is_ok());
}

#[test]
fn b02_each_released_permit_wakes_one() {
    let semaphore = Semaphore::new(2);
    let held = [(); 2].map(|()| semaphore.try_acquire().unwrap());
    let waiters = [(); 3].map(|()| parked(&semaphore));
    drop(held);
    assert_eq!(waiters.each_ref().map(|(_, bell)| bell.rings()), [1, 1, 0]);
}

#[test]
fn b03_cancelled_after_the_grant_before_the_poll_passes_it_on() {
    let (semaphore, held) = lent_out();
    let granted = semaphore.acquire();
    let (next, bell) = parked(&semaphore);
    drop(held);
    drop(granted);
    assert_eq!(
        (bell.rings(), semaphore.in_use(), semaphore.available()),
        (1, 1, 0)
    );
    drop(next);
    assert_eq!((semaphore.in_use(), semaphore.available()), (0, 1));
}

#[test]
fn b05_a_newcomer_in_the_tick_of_the_release_does_not_overtake() {
    let (semaphore, held) = lent_out();
    let (waiter, _) = parked(&semaphore);
    drop(held);
    // The same tick: the waiter was woken and has not been polled yet.
    assert!(semaphore.try_acquire().is_none());
    let newcomer = semaphore.acquire();
    assert_eq!((semaphore.in_use(), semaphore.waiting()), (1, 1));
    assert!(waiter.now_or_never().unwrap().is_ok());
    assert!(newcomer.now_or_never().unwrap().is_ok());
}

#[test]
fn b06_a_stream_of_newcomers_starves_nobody() {
    let (semaphore, mut held) = lent_out();
    let waiters = [(); 16].map(|()| parked(&semaphore));
    for (waiter, _) in waiters {
        drop(held);
        let _newcomers = [(); 16].map(|()| semaphore.acquire());
        assert!(semaphore.try_acquire().is_none());
        held = waiter
            .now_or_never()
            .expect("it is this waiter's turn")
            .unwrap();
    }
}

#[test]
fn b06_sixteen_in_line_are_served_in_order() {
    let (semaphore, held) = lent_out();
    let served = std::cell::RefCell::new(Vec::new());
    let line = join_all((0..16).map(|number| {
        let turn = semaphore.acquire();
        let served = &served;
        async move {
            let permit = turn.await.unwrap();
            served.borrow_mut().push(number);
            drop(permit);
        }
    }));
    futures::executor::block_on(async { futures::join!(line, async { drop(held) }) });
    assert!(served.into_inner().into_iter().eq(0..16));
}

#[test]
fn b07_a_grant_that_nobody_polls_is_freed_by_dropping_it() {
    let (semaphore, held) = lent_out();
    let (sleeper, sleeper_bell) = parked(&semaphore);
    let (next, bell) = parked(&semaphore);
    drop(held);
    // Futurelock: the permit belongs to one who was told, and who never looks.
    assert_eq!(
        (sleeper_bell.rings(), bell.rings(), semaphore.in_use()),
        (1, 0, 1)
    );
    drop(sleeper);
    assert!(next.now_or_never().unwrap().is_ok());
}

#[test]
fn b08_the_place_is_taken_by_the_call_not_by_the_poll() {
    let (semaphore, held) = lent_out();
    let mut first = semaphore.acquire();
    let mut second = semaphore.acquire();
    let (_, waker) = Bell::new();
    assert!(poll(&mut second, &waker).is_pending());
    assert!(poll(&mut first, &waker).is_pending());
    drop(held);
    assert!(poll(&mut second, &waker).is_pending());
    assert!(poll(&mut first, &waker).is_ready());
}

#[test]
fn b09_a_permit_comes_back_once() {
    let semaphore = Semaphore::new(2);
    let permit = semaphore.try_acquire().unwrap();
    let waiter = semaphore.acquire();
    drop(waiter);
    drop(permit);
    assert_eq!(
        (semaphore.limit(), semaphore.in_use(), semaphore.available()),
        (2, 0, 2)
    );
    semaphore.try_acquire().unwrap().forget();
    assert_eq!(
        (semaphore.limit(), semaphore.in_use(), semaphore.available()),
        (1, 0, 1)
    );
}

#[test]
fn b10_an_abort_before_while_queued_and_in_the_tick_of_the_grant_settles() {
    let (semaphore, held) = lent_out();
    let (_, waker) = Bell::new();
    let [mut before, mut queued, mut granted] = [(); 3].map(|()| {
        let (waiter, handle) = abortable(semaphore.acquire());
        (Box::pin(waiter), handle)
    });
    before.1.abort();
    assert!(matches!(
        poll(&mut before.0, &waker),
        std::task::Poll::Ready(Err(_))
    ));
    drop(before);
    assert!(poll(&mut queued.0, &waker).is_pending());
    queued.1.abort();
    drop(queued);
    assert!(poll(&mut granted.0, &waker).is_pending());
    drop(held);
    granted.1.abort();
    assert!(matches!(
        poll(&mut granted.0, &waker),
        std::task::Poll::Ready(Err(_))
    ));
    assert_eq!(semaphore.in_use(), 1);
    drop(granted);
    assert_eq!((semaphore.in_use(), semaphore.waiting()), (0, 0));
    assert!(semaphore.acquire().now_or_never().unwrap().is_ok());
}

#[test]
fn b11_cancelled_at_any_poll_count_it_leaves_nothing_behind() {
    // Two permits, and a task that takes both, one after the other, with a step between; cancelled after `polls` polls.
    for polls in 0..6 {
        let semaphore = Semaphore::new(2);
        let mut held: Vec<_> = (0..2).map(|_| semaphore.try_acquire().unwrap()).collect();
        let (_, waker) = Bell::new();
        let mut task = Box::pin(async {
            let first = semaphore.acquire().await.unwrap();
            futures::pending!();
            let second = semaphore.acquire().await.unwrap();
            futures::pending!();
            (first, second)
        });
        for _ in 0..polls {
            if poll(&mut task, &waker).is_ready() {
                break;
            }
            held.pop();
        }
        drop(task);
        drop(held);
        assert_eq!(
            (
                semaphore.in_use(),
                semaphore.waiting(),
                semaphore.available()
            ),
            (0, 0, 2),
            "{polls}"
        );
    }
}
