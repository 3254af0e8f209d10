//! B15 and B16: time-outs in every state leak nothing, and a limit that shrinks and grows while tasks run is kept.

use std::cell::Cell;
use std::task::Poll;
use std::time::Duration;

use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::semaphore::Semaphore;
use crawl_playground::sim::Sim;
use futures::future::{Either, join, join_all, select};

use super::wakers::{Bell, poll};

const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// Waits for a permit for at most `patience`, then holds it for `hold`. Tells whether it got one.
async fn try_for(sim: &Sim, semaphore: &Semaphore, patience: Duration, hold: Duration) -> bool {
    match select(semaphore.acquire(), sim.sleep(patience)).await {
        Either::Left((permit, _)) => {
            let permit = permit.unwrap();
            sim.sleep(hold).await;
            drop(permit);
            true
        }
        Either::Right(_) => false,
    }
}

#[test]
fn b15_a_time_out_while_queued_leaves_the_line() {
    let (sim, semaphore) = (Sim::new(), Semaphore::new(1));
    let all = [(9, 100), (50, 1), (200, 30)]
        .map(|(patience, hold)| try_for(&sim, &semaphore, ms(patience), ms(hold)));
    assert_eq!(sim.block_on(join_all(all)).unwrap(), [true, false, true]);
    assert_eq!(sim.now(), Moment::from_us(130_000));
    assert_eq!((semaphore.waiting(), semaphore.available()), (0, 1));
}

#[test]
fn b15_a_time_out_in_the_very_moment_of_the_grant_loses_no_permit() {
    // The first gives back at 50 ms, when the second's patience ends too, whichever of the two timers fires first.
    for is_timer_first in [false, true] {
        let (sim, semaphore) = (Sim::new(), Semaphore::new(1));
        let held = semaphore.try_acquire().unwrap();
        let giver = async {
            sim.sleep(ms(50)).await;
            drop(held);
        };
        let waiter = try_for(&sim, &semaphore, ms(50), ms(10));
        if is_timer_first {
            sim.block_on(join(waiter, giver)).unwrap();
        } else {
            sim.block_on(join(giver, waiter)).unwrap();
        }
        assert_eq!((semaphore.waiting(), semaphore.available()), (0, 1));
    }
}

#[test]
fn b15_a_time_out_while_holding_gives_the_permit_to_the_next() {
    let (sim, semaphore) = (Sim::new(), Semaphore::new(1));
    let holder = Box::pin(try_for(&sim, &semaphore, ms(1), ms(5_000)));
    let cut_off = select(holder, sim.sleep(ms(100)));
    let next = async {
        let permit = semaphore.acquire().await.unwrap();
        drop(permit);
        sim.now()
    };
    let (_, got_at) = sim
        .block_on(join(async { drop(cut_off.await) }, next))
        .unwrap();
    assert_eq!(got_at, Moment::from_us(100_000));
    assert_eq!(semaphore.available(), 1);
}

#[test]
fn b15_a_time_out_before_the_first_poll_leaves_the_line() {
    let (sim, semaphore) = (Sim::new(), Semaphore::new(0));
    let asked = semaphore.acquire();
    assert!(sim.run_until(Moment::ZERO, async { drop(asked) }).is_some());
    assert_eq!(semaphore.waiting(), 0);
}

#[test]
fn b16_shrunk_to_two_of_eight_and_grown_again_it_never_starts_one_too_many() {
    let semaphore = Semaphore::new(8);
    let mut held: Vec<_> = (0..8).map(|_| semaphore.try_acquire().unwrap()).collect();
    let mut line: Vec<_> = (0..20).map(|_| semaphore.acquire()).collect();
    let (_, waker) = Bell::new();
    semaphore.set_limit(2);
    for left in (2..8).rev() {
        held.pop();
        assert_eq!(
            (held.len(), semaphore.in_use(), semaphore.waiting()),
            (left, left, 20)
        );
    }
    held.pop();
    assert_eq!((semaphore.in_use(), semaphore.waiting()), (2, 19));
    semaphore.set_limit(8);
    assert_eq!((semaphore.in_use(), semaphore.waiting()), (8, 13));
    let started = line
        .iter_mut()
        .filter_map(|waiter| match poll(waiter, &waker) {
            Poll::Ready(permit) => permit.ok(),
            Poll::Pending => None,
        });
    let started: Vec<_> = started.collect();
    assert_eq!((held.len(), started.len()), (1, 7));
}

#[test]
fn b16_eight_two_eight_while_tasks_run_never_starts_one_above_the_limit() {
    let (sim, semaphore) = (Sim::new(), Semaphore::new(8));
    let running = Cell::new(0);
    let starts_above = Cell::new(0);
    let tasks = join_all((0..100_u64).map(|number| {
        let (sim, semaphore, running, starts_above) = (&sim, &semaphore, &running, &starts_above);
        async move {
            let permit = semaphore.acquire().await.unwrap();
            running.set(running.get() + 1);
            if running.get() > semaphore.limit() {
                starts_above.set(starts_above.get() + 1);
            }
            sim.sleep(ms(7 + number * 13 % 29)).await;
            running.set(running.get() - 1);
            drop(permit);
        }
    }));
    let changes = async {
        for limit in [2, 8, 2, 0, 8] {
            sim.sleep(ms(40)).await;
            semaphore.set_limit(limit);
        }
    };
    sim.block_on(join(tasks, changes)).unwrap();
    assert_eq!(
        (starts_above.get(), running.get(), semaphore.available()),
        (0, 0, 8)
    );
}
