//! B4, B13, B14: what only shows in great numbers. That these tests end soon is part of what they assert: with a search
//! for each waiter, or a call inside a call for each hand-off, they would take hours or overflow the stack.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crawl_playground::engine::semaphore::{Acquire, Permit, Semaphore};
use futures::StreamExt;
use futures::executor::{LocalPool, block_on};
use futures::future::join_all;
use futures::stream::FuturesUnordered;
use futures::task::LocalSpawnExt;

use super::lent_out;
use super::wakers::{Bell, on_wake, poll};

const MILLION: usize = 1_000_000;

#[test]
fn b04_a_hundred_thousand_random_cancels_leave_held_and_free_at_the_limit() {
    const LIMIT: usize = 7;
    let semaphore = Semaphore::new(LIMIT);
    let (_, waker) = Bell::new();
    let (mut line, mut held): (Vec<Acquire>, Vec<Permit>) = Default::default();
    // A xorshift generator is random enough to pick by.
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    let mut below = |n: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random as usize % n
    };
    let mut cancels = 0;
    while cancels < 100_000 {
        match below(4) {
            0 if line.len() < 40 => line.push(semaphore.acquire()),
            1 if !held.is_empty() => drop(held.swap_remove(below(held.len()))),
            2 if !line.is_empty() => {
                let place = below(line.len());
                if let std::task::Poll::Ready(permit) = poll(&mut line[place], &waker) {
                    held.push(permit.unwrap());
                    drop(line.swap_remove(place));
                }
            }
            3 if !line.is_empty() => {
                drop(line.swap_remove(below(line.len())));
                cancels += 1;
            }
            _ => continue,
        }
        assert_eq!(semaphore.in_use() + semaphore.available(), LIMIT);
        assert_eq!(
            held.len() + line.len(),
            semaphore.in_use() + semaphore.waiting()
        );
    }
    drop((line, held));
    assert_eq!(
        (
            semaphore.in_use(),
            semaphore.waiting(),
            semaphore.available()
        ),
        (0, 0, LIMIT)
    );
}

/// Takes a permit and gives it back, counting how many hold one at that time.
async fn pass_through(turn: Acquire, passed: &Cell<usize>) {
    let permit = turn.await.unwrap();
    passed.set(passed.get() + 1);
    drop(permit);
}

#[test]
fn b13_a_million_hand_offs_in_join_all() {
    let (semaphore, held) = lent_out();
    let passed = Cell::new(0);
    let all = join_all((0..MILLION).map(|_| pass_through(semaphore.acquire(), &passed)));
    block_on(async { futures::join!(all, async { drop(held) }) });
    assert_eq!((passed.get(), semaphore.available()), (MILLION, 1));
}

#[test]
fn b13_a_million_hand_offs_in_futures_unordered() {
    let (semaphore, held) = lent_out();
    let passed = Cell::new(0);
    let mut all: FuturesUnordered<_> = (0..MILLION)
        .map(|_| pass_through(semaphore.acquire(), &passed))
        .collect();
    block_on(async {
        futures::join!(async { while all.next().await.is_some() {} }, async {
            drop(held)
        })
    });
    assert_eq!((passed.get(), semaphore.available()), (MILLION, 1));
}

#[test]
fn b13_a_hundred_thousand_tasks_of_an_executor() {
    let (semaphore, held) = lent_out();
    let passed = Rc::new(Cell::new(0));
    let mut pool = LocalPool::new();
    for _ in 0..MILLION / 10 {
        let (turn, passed) = (semaphore.acquire(), Rc::clone(&passed));
        pool.spawner()
            .spawn_local(async move { pass_through(turn, &passed).await })
            .unwrap();
    }
    pool.run_until_stalled();
    assert_eq!((passed.get(), semaphore.waiting()), (0, MILLION / 10));
    drop(held);
    pool.run();
    assert_eq!((passed.get(), semaphore.available()), (MILLION / 10, 1));
}

#[test]
fn b13_a_million_hand_offs_with_wakers_that_poll_on_the_spot() {
    let (semaphore, held) = lent_out();
    let line: Rc<RefCell<Vec<Option<Acquire>>>> = Rc::default();
    let passed = Rc::new(Cell::new(0));
    let (_, idle) = Bell::new();
    for number in 0..MILLION {
        let (line_again, passed, idle) = (Rc::clone(&line), Rc::clone(&passed), idle.clone());
        let waker = on_wake(move || {
            let mut granted = line_again.borrow_mut()[number].take().unwrap();
            let polled = poll(&mut granted, &idle);
            assert!(polled.is_ready());
            passed.set(passed.get() + 1);
            drop(polled); // the next hand-off, from within this one's waker
        });
        let mut waiter = semaphore.acquire();
        assert!(poll(&mut waiter, &waker).is_pending());
        line.borrow_mut().push(Some(waiter));
    }
    drop(held);
    assert_eq!((passed.get(), semaphore.available()), (MILLION, 1));
}

#[test]
fn b14_cancelling_a_million_from_the_middle_outwards_is_linear() {
    let (semaphore, held) = lent_out();
    let (bell, waker) = Bell::new();
    let mut line: Vec<_> = (0..MILLION).map(|_| Some(semaphore.acquire())).collect();
    for waiter in line.iter_mut().flatten() {
        assert!(poll(waiter, &waker).is_pending());
    }
    for step in 0..MILLION / 2 - 1 {
        line[MILLION / 2 + step] = None;
        line[MILLION / 2 - 1 - step] = None;
    }
    assert_eq!((semaphore.waiting(), bell.rings()), (2, 0));
    drop(held);
    assert_eq!(bell.rings(), 1);
    line[0] = None;
    assert_eq!(bell.rings(), 2);
    assert!(poll(line[MILLION - 1].as_mut().unwrap(), &waker).is_ready());
}

#[test]
fn b14_a_million_are_let_in_by_growth_and_refused_by_close_in_one_go() {
    for close in [false, true] {
        let semaphore = Semaphore::new(0);
        let line: Vec<_> = (0..MILLION).map(|_| semaphore.acquire()).collect();
        if close {
            semaphore.close();
        } else {
            semaphore.set_limit(usize::MAX);
        }
        assert_eq!(semaphore.waiting(), 0);
        drop(line);
        assert_eq!(semaphore.in_use(), 0);
    }
}
