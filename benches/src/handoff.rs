//! `semaphore/handoff`: how long a permit takes from one waiter to the next, in a long line.
//!
//! At limit 1 a hundred thousand futures are made and polled once, so that all stand in line. Then the permit goes
//! through all of them: it is dropped, which wakes the next, which is polled and gets it, and is dropped. What is timed
//! is that second part, with the futures' own drops. The waker does nothing, and futures lie in places that were
//! allocated before, so that it is the semaphores that are compared. The procedure is the same code for all.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use crate::figure::{Figure, Goal};
use crate::peers::{contenders, figures as beside_peers};

pub(crate) const NAME: &str = "semaphore/handoff";
const WAITERS: usize = 100_000;

pub(crate) fn figures() -> Vec<Figure> {
    let goal = |peer: &str| match peer {
        "tokio" => Goal {
            bound: 0.65,
            words: "at most 0.65 times tokio's",
        },
        _ => Goal {
            bound: 1.0,
            words: "the fastest",
        },
    };
    beside_peers(NAME, contenders!(hand_off_ns, 1), goal)
}

/// Nanoseconds for each hand-off.
fn hand_off_ns<F: Future>(acquire: impl Fn() -> F) -> f64 {
    let mut places: Vec<Pin<Box<Option<F>>>> = (0..WAITERS).map(|_| Box::pin(None)).collect();
    let mut context = Context::from_waker(Waker::noop());

    let mut first = std::pin::pin!(acquire());
    let Poll::Ready(first) = first.as_mut().poll(&mut context) else {
        panic!("the first permit is free")
    };
    for place in &mut places {
        place.set(Some(acquire()));
        assert!(
            poll(place, &mut context).is_pending(),
            "there is one permit, and it is out"
        );
    }

    let start = Instant::now();
    let mut held = first;
    for place in &mut places {
        drop(held);
        let Poll::Ready(permit) = poll(place, &mut context) else {
            panic!("the permit was handed on")
        };
        place.set(None);
        held = permit;
    }
    let elapsed = start.elapsed();
    drop(held);
    elapsed.as_nanos() as f64 / WAITERS as f64
}

fn poll<F: Future>(place: &mut Pin<Box<Option<F>>>, context: &mut Context<'_>) -> Poll<F::Output> {
    place
        .as_mut()
        .as_pin_mut()
        .map_or(Poll::Pending, |future| future.poll(context))
}
