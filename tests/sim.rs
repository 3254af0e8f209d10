//! Tasks and timers of a virtual world: who is polled when, and what is left when they are dropped.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

#[path = "sim/model.rs"]
mod model;
#[path = "sim/program.rs"]
mod program;
#[path = "sim/random.rs"]
mod random;
#[path = "sim/sleeps.rs"]
mod sleeps;

use std::cell::{Cell, RefCell};
use std::future::{pending, poll_fn};
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::time::Duration;

use crawl_playground::sim::{Deadlock, Sim, Spawned};
use futures::FutureExt;

const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// A task that counts its polls and sleeps once.
fn counted(sim: &Sim, polls: &Rc<Cell<u32>>, span: Duration) -> Spawned<()> {
    let (polls, mut sleep) = (Rc::clone(polls), sim.sleep(span));
    sim.spawn(poll_fn(move |cx| {
        polls.set(polls.get() + 1);
        sleep.poll_unpin(cx)
    }))
}

#[test]
fn a_task_hands_its_result_to_whoever_awaits_it() {
    let sim = Sim::new();
    let early = sim.spawn(async { "early" });
    let late = sim.spawn({
        let sim = sim.clone();
        async move {
            sim.sleep(ms(5)).await;
            String::from("late")
        }
    });
    let results = sim.block_on(async { (late.await, early.await) });
    assert_eq!(results, Ok((String::from("late"), "early")));
}

#[test]
fn awaited_again_it_stays_pending() {
    let sim = Sim::new();
    let mut task = sim.spawn(async { 7 });
    assert_eq!(sim.block_on(&mut task), Ok(7));
    assert!(task.has_ended());
    // Another task in its place is not taken for it.
    let other = sim.spawn(async { 8 });
    assert_eq!(sim.block_on(&mut task), Err(Deadlock));
    drop(task);
    assert_eq!(sim.block_on(other), Ok(8));
}

#[test]
fn a_timer_polls_its_own_task_only() {
    let sim = Sim::new();
    let polls: Vec<_> = (0..100).map(|_| Rc::new(Cell::new(0))).collect();
    let spans = (0..).map(|number| ms(number % 7 + 1));
    let tasks: Vec<_> = polls
        .iter()
        .zip(spans)
        .map(|(polls, span)| counted(&sim, polls, span))
        .collect();
    sim.block_on(sim.sleep(ms(10))).unwrap();
    assert!(tasks.iter().all(Spawned::has_ended));
    assert!(polls.iter().all(|polls| polls.get() == 2));
}

#[test]
fn tasks_take_turns_in_the_order_in_which_they_were_woken() {
    let (sim, order) = (Sim::new(), Rc::new(RefCell::new(Vec::new())));
    let tasks: Vec<_> = (0..4)
        .map(|number| {
            let order = Rc::clone(&order);
            let mut turns = 0;
            sim.spawn(poll_fn(move |cx| {
                order.borrow_mut().push(number);
                turns += 1;
                cx.waker().wake_by_ref();
                // Woken twice before its turn, it is polled once.
                cx.waker().wake_by_ref();
                if turns == 3 {
                    Poll::Ready(())
                } else {
                    Poll::Pending
                }
            }))
        })
        .collect();
    sim.block_on(futures::future::join_all(tasks)).unwrap();
    assert_eq!(*order.borrow(), [0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3]);
}

/// Tells when it is dropped.
struct Guard(Rc<Cell<bool>>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.set(true);
    }
}

#[test]
fn to_drop_the_handle_cancels_the_task_and_its_timer() {
    let (sim, is_gone) = (Sim::new(), Rc::new(Cell::new(false)));
    let guard = Guard(Rc::clone(&is_gone));
    let task = sim.spawn({
        let sim = sim.clone();
        async move {
            let _guard = guard;
            sim.sleep(ms(500)).await;
        }
    });
    sim.block_on(sim.sleep(ms(1))).unwrap();
    assert!(!is_gone.get());
    drop(task);
    assert!(is_gone.get());
    // Nothing is left that the clock could jump to.
    assert_eq!(sim.block_on(pending::<()>()), Err(Deadlock));
    assert_eq!(sim.now().as_ms(), 1.0);
}

#[test]
fn a_root_that_is_dropped_takes_all_its_tasks_with_it() {
    let (sim, is_gone) = (Sim::new(), Rc::new(Cell::new(false)));
    let guard = Guard(Rc::clone(&is_gone));
    let root = {
        let sim = sim.clone();
        async move {
            let inner = sim.clone();
            let outer = sim.spawn(async move {
                let innermost = inner.spawn(async move {
                    let _guard = guard;
                    pending::<()>().await;
                });
                innermost.await;
            });
            outer.await;
        }
    };
    assert_eq!(sim.run_until(sim.now() + ms(30), root), None);
    assert!(is_gone.get());
    assert_eq!(sim.now().as_ms(), 30.0);
}

#[test]
fn tasks_that_wait_for_each_other_are_a_deadlock() {
    let sim = Sim::new();
    let stuck = sim.spawn(pending::<()>());
    let waits = sim.spawn(stuck);
    assert_eq!(sim.block_on(waits), Err(Deadlock));
}

#[test]
fn a_task_may_cancel_itself() {
    let (sim, own) = (Sim::new(), Rc::new(RefCell::new(None)));
    let is_gone = Rc::new(Cell::new(false));
    let guard = Guard(Rc::clone(&is_gone));
    let task = sim.spawn({
        let (own, is_gone) = (Rc::clone(&own), Rc::clone(&is_gone));
        async move {
            let _guard = guard;
            drop(own.take());
            // While it is being polled it is still there.
            assert!(!is_gone.get());
            pending::<()>().await;
        }
    });
    own.replace(Some(task));
    sim.block_on(sim.sleep(ms(1))).unwrap();
    assert!(is_gone.get());
}

#[test]
fn a_task_may_drive_the_world_further_itself() {
    let sim = Sim::new();
    let order = Rc::new(RefCell::new(Vec::new()));
    let sleeper = |name: &'static str, span| {
        let (sim, order) = (sim.clone(), Rc::clone(&order));
        sim.clone().spawn(async move {
            sim.sleep(span).await;
            order.borrow_mut().push((name, sim.now().as_ms()));
        })
    };
    let (early, late) = (sleeper("early", ms(5)), sleeper("late", ms(20)));
    let nested = sim.spawn({
        let (sim, order) = (sim.clone(), Rc::clone(&order));
        let (mut polls, mut sleep) = (0, sim.sleep(ms(7)));
        poll_fn(move |cx| {
            polls += 1;
            if polls == 1 {
                assert!(sleep.poll_unpin(cx).is_pending());
                // Its own timer fires in there, where it can't be polled. It is told afterwards.
                sim.block_on(sim.sleep(ms(10))).unwrap();
                order.borrow_mut().push(("nested", sim.now().as_ms()));
                return Poll::Pending;
            }
            order.borrow_mut().push(("told", sim.now().as_ms()));
            sleep.poll_unpin(cx)
        })
    });
    sim.block_on(futures::future::join3(early, late, nested))
        .unwrap();
    let expected = [
        ("early", 5.0),
        ("nested", 10.0),
        ("told", 10.0),
        ("late", 20.0),
    ];
    assert_eq!(*order.borrow(), expected);
}

#[test]
fn a_waker_that_outlives_its_task_wakes_no_other() {
    let (sim, kept) = (Sim::new(), Rc::new(RefCell::new(None::<Waker>)));
    let keeper = Rc::clone(&kept);
    let first = sim.spawn(poll_fn(move |cx| {
        keeper.replace(Some(cx.waker().clone()));
        Poll::Ready(())
    }));
    sim.block_on(first).unwrap();

    let polls = Rc::new(Cell::new(0));
    let second = counted(&sim, &polls, ms(5));
    sim.block_on(sim.sleep(ms(1))).unwrap();
    assert_eq!(polls.get(), 1);
    kept.take().unwrap().wake();
    sim.block_on(sim.sleep(ms(1))).unwrap();
    assert_eq!(polls.get(), 1);
    sim.block_on(second).unwrap();
    assert_eq!(polls.get(), 2);
}

#[test]
fn a_waker_may_be_called_on_another_thread() {
    let sim = Sim::new();
    let mut polls = 0;
    let task = sim.spawn(poll_fn(move |cx| {
        polls += 1;
        let waker = cx.waker().clone();
        std::thread::scope(|scope| drop(scope.spawn(|| waker.wake())));
        if polls == 2 {
            Poll::Ready(polls)
        } else {
            Poll::Pending
        }
    }));
    assert_eq!(sim.block_on(task), Ok(2));
}
