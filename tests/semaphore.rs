//! Each promise in the header of `engine::semaphore`, by example. Random sequences are in `semaphore_model.rs`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

#[allow(dead_code, reason = "each test crate uses its part")]
#[path = "support/wakers.rs"]
mod wakers;

use std::task::Poll;

use crawl_playground::engine::semaphore::{Closed, Semaphore};
use futures::FutureExt;
use futures::future::FusedFuture;
use wakers::{Bell, poll};

// 1. Never more than `limit`.

#[test]
fn a_grant_counts_as_in_use_before_it_is_polled() {
    let semaphore = Semaphore::new(2);
    let granted = semaphore.acquire();
    assert_eq!((semaphore.in_use(), semaphore.available()), (1, 1));
    let permit = granted.now_or_never().unwrap().unwrap();
    assert_eq!((semaphore.in_use(), semaphore.available()), (1, 1));
    drop(permit);
    assert_eq!((semaphore.in_use(), semaphore.available()), (0, 2));
}

#[test]
fn after_a_shrink_nobody_gets_in_before_enough_permits_came_back() {
    let semaphore = Semaphore::new(3);
    let mut held: Vec<_> = (0..3).map(|_| semaphore.try_acquire().unwrap()).collect();
    let mut next = semaphore.acquire();
    semaphore.set_limit(1);
    assert_eq!((semaphore.in_use(), semaphore.available()), (3, 0));
    let (bell, waker) = Bell::new();
    for in_use in [2, 1] {
        drop(held.pop());
        assert_eq!((semaphore.in_use(), semaphore.waiting()), (in_use, 1));
        assert!(poll(&mut next, &waker).is_pending());
    }
    drop(held.pop());
    assert_eq!(
        (semaphore.in_use(), semaphore.waiting(), bell.rings()),
        (1, 0, 1)
    );
    assert!(poll(&mut next, &waker).is_ready());
}

#[test]
fn growth_within_a_shrink_that_has_not_settled_lets_nobody_in() {
    let semaphore = Semaphore::new(5);
    let held: Vec<_> = (0..5).map(|_| semaphore.try_acquire().unwrap()).collect();
    let next = semaphore.acquire();
    semaphore.set_limit(1);
    semaphore.set_limit(5);
    assert_eq!((semaphore.in_use(), semaphore.waiting()), (5, 1));
    drop(held);
    assert!(next.now_or_never().unwrap().is_ok());
}

#[test]
fn a_limit_of_zero_holds_everyone_until_it_grows() {
    let semaphore = Semaphore::new(0);
    let (bell, waker) = Bell::new();
    let mut waiting: Vec<_> = (0..3).map(|_| semaphore.acquire()).collect();
    assert!(
        waiting
            .iter_mut()
            .all(|waiter| poll(waiter, &waker).is_pending())
    );
    assert!(semaphore.try_acquire().is_none());
    assert_eq!(
        (
            semaphore.in_use(),
            semaphore.available(),
            semaphore.waiting()
        ),
        (0, 0, 3)
    );
    semaphore.set_limit(2);
    assert_eq!(
        (semaphore.in_use(), semaphore.waiting(), bell.rings()),
        (2, 1, 2)
    );
}

#[test]
fn the_greatest_limit_overflows_nothing() {
    let semaphore = Semaphore::new(0);
    let waiting: Vec<_> = (0..100).map(|_| semaphore.acquire()).collect();
    semaphore.set_limit(usize::MAX);
    assert_eq!(
        (semaphore.in_use(), semaphore.available()),
        (100, usize::MAX - 100)
    );
    let permits: Vec<_> = waiting
        .into_iter()
        .map(|waiter| waiter.now_or_never().unwrap().unwrap())
        .collect();
    drop(permits);
    assert_eq!(semaphore.available(), usize::MAX);
    assert_eq!(Semaphore::new(usize::MAX).limit(), usize::MAX);
}

// 2. First come, first served.

#[test]
fn a_newcomer_never_overtakes() {
    let semaphore = Semaphore::new(1);
    let first = semaphore.try_acquire().unwrap();
    let parked = semaphore.acquire();
    drop(first);
    let newcomer = semaphore.acquire();
    assert!(semaphore.try_acquire().is_none());
    assert_eq!(semaphore.waiting(), 1);
    let permit = parked.now_or_never().unwrap().unwrap();
    drop(permit);
    assert!(newcomer.now_or_never().unwrap().is_ok());
}

#[test]
fn the_order_stands_while_a_long_line_grows_shrinks_and_empties() {
    let semaphore = Semaphore::new(1);
    let mut held = semaphore.try_acquire();
    let mut line = std::collections::VecDeque::new();
    let (mut joined, mut served) = (0, 0);
    // Grows by 40, sinks by 30, so that the line gets longer and its first place goes round; then it is served out.
    for wave in 0..70 {
        let joins = if wave < 50 { 40 } else { 0 };
        line.extend((0..joins).map(|_| {
            let (bell, waker) = Bell::new();
            let mut waiter = semaphore.acquire();
            assert!(poll(&mut waiter, &waker).is_pending());
            (waiter, bell)
        }));
        joined += joins;
        // One in the middle goes.
        if line.len() > 20 {
            drop(line.remove(10));
            joined -= 1;
        }
        for _ in 0..30.min(line.len()) {
            let (waiter, bell) = line.pop_front().unwrap();
            assert_eq!(bell.rings(), 0);
            drop(held.take());
            assert_eq!(bell.rings(), 1, "its turn is next");
            let next = line.front().map_or(0, |(_, bell)| bell.rings());
            assert_eq!(next, 0);
            held = waiter.now_or_never().unwrap().ok();
            served += 1;
        }
        assert_eq!((semaphore.in_use(), semaphore.waiting()), (1, line.len()));
    }
    assert_eq!(served, joined);
}

#[test]
fn growth_lets_waiters_in_oldest_first() {
    let semaphore = Semaphore::new(0);
    let mut line: Vec<_> = (0..4).map(|_| semaphore.acquire()).collect();
    semaphore.set_limit(2);
    let (_, waker) = Bell::new();
    let got: Vec<_> = line.iter_mut().map(|waiter| poll(waiter, &waker)).collect();
    assert_eq!(
        got.iter().map(Poll::is_ready).collect::<Vec<_>>(),
        [true, true, false, false]
    );
}

// 3. Nothing leaks.

#[test]
fn a_waiter_that_leaves_the_line_wakes_nobody() {
    let semaphore = Semaphore::new(1);
    let held = semaphore.try_acquire().unwrap();
    let mut line: Vec<_> = (0..3).map(|_| (semaphore.acquire(), Bell::new())).collect();
    for (waiter, (_, waker)) in &mut line {
        assert!(poll(waiter, waker).is_pending());
    }
    drop(line.remove(1));
    drop(line.remove(0));
    assert_eq!(semaphore.waiting(), 1);
    assert_eq!(line[0].1.0.rings(), 0);
    drop(held);
    assert_eq!(line[0].1.0.rings(), 1);
}

#[test]
fn a_place_that_is_used_again_forgets_its_former_owner() {
    // The last in line goes, so that the next who comes has its place.
    let semaphore = Semaphore::new(0);
    let head = semaphore.acquire();
    let (former, waker) = Bell::new();
    let mut gone = semaphore.acquire();
    assert!(poll(&mut gone, &waker).is_pending());
    drop(gone);
    let mut new = semaphore.acquire();
    semaphore.set_limit(2);
    assert_eq!(former.rings(), 0);
    assert!(poll(&mut new, &waker).is_ready());
    drop(head);
}

#[test]
fn only_the_newest_waker_is_woken() {
    let semaphore = Semaphore::new(0);
    let [(old, old_waker), (new, new_waker)] = [Bell::new(), Bell::new()];
    let mut waiter = semaphore.acquire();
    assert!(poll(&mut waiter, &old_waker).is_pending());
    assert!(poll(&mut waiter, &new_waker).is_pending());
    semaphore.set_limit(1);
    assert_eq!((old.rings(), new.rings()), (0, 1));
}

#[test]
fn a_permit_lives_on_without_its_semaphore() {
    let permit = Semaphore::new(1).try_acquire().unwrap();
    let stays: Box<dyn std::any::Any> = Box::new(permit);
    drop(stays);
}

#[test]
fn a_clone_is_the_same_semaphore() {
    let semaphore = Semaphore::new(1);
    let same = semaphore.clone();
    let permit = same.try_acquire();
    assert_eq!(semaphore.available(), 0);
    drop((same, permit));
    assert_eq!(semaphore.available(), 1);
}

#[test]
fn a_future_that_has_resolved_stays_pending_and_says_so() {
    for semaphore in [Semaphore::new(1), Semaphore::new(0)] {
        let (_, waker) = Bell::new();
        let mut waiter = semaphore.acquire();
        semaphore.close();
        assert!(!waiter.is_terminated());
        let Poll::Ready(result) = poll(&mut waiter, &waker) else {
            panic!("it was decided")
        };
        assert!(waiter.is_terminated());
        assert!(poll(&mut waiter, &waker).is_pending());
        drop(waiter);
        assert_eq!(semaphore.in_use(), usize::from(result.is_ok()));
    }
}

#[test]
fn it_prints_its_numbers_but_not_its_insides() {
    let semaphore = Semaphore::new(2);
    let permit = semaphore.try_acquire().unwrap();
    let numbers = "Semaphore { limit: 2, in_use: 1, waiting: 0, closed: false }";
    assert_eq!(
        format!("{semaphore:?}, {permit:?}"),
        format!("{numbers}, Permit {{ .. }}")
    );
    assert_eq!(format!("{:?}", semaphore.acquire()), "Acquire { .. }");
    assert_eq!(
        Closed.to_string(),
        "the semaphore was closed, so it lends no more permits"
    );
}
