//! `semaphore/uncontended`: how long it takes to get a permit that is free, and to give it back.

use std::future::Future;
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use crate::figure::{Figure, Goal};
use crate::peers::{contenders, figures as beside_peers};

pub(crate) const NAME: &str = "semaphore/uncontended";
const ROUNDS: usize = 500_000;

pub(crate) fn figures() -> Vec<Figure> {
    // No request is so short that this would matter: we only mean not to be slower than what everyone uses.
    let goal = |_: &str| Goal {
        bound: 1.0,
        words: "no slower",
    };
    beside_peers(NAME, contenders!(round_ns, 3), goal)
}

/// Nanoseconds for each acquire and release.
fn round_ns<F: Future>(acquire: impl Fn() -> F) -> f64 {
    let mut context = Context::from_waker(Waker::noop());
    let start = Instant::now();
    for _ in 0..ROUNDS {
        let mut future = pin!(acquire());
        let Poll::Ready(permit) = future.as_mut().poll(&mut context) else {
            panic!("there are free permits")
        };
        drop(black_box(permit));
    }
    start.elapsed().as_nanos() as f64 / ROUNDS as f64
}
