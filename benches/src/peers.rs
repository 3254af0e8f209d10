//! The semaphores that are compared: ours first, then the published crates that do the same for one thread or more.

use crate::figure::{Better, Figure, Goal};
use crate::measure::{Contender, medians};

/// Tokio's goal is the strictest; the others we only mean to beat.
const PEERS: [&str; 5] = [
    "tokio",
    "async-lock",
    "local-sync",
    "futures-intrusive",
    "async-unsync",
];

/// `$procedure(acquire)` for each contender, ours first, then [`PEERS`] in order, each time with a new semaphore.
///
/// Each is used as a task would use it that owns its permit; those that only lend by reference are, which is in their
/// favour.
macro_rules! contenders {
    ($procedure:expr, $limit:expr) => {{
        let contenders: [$crate::measure::Contender; 6] = [
            || {
                let semaphore = ::crawl_playground::engine::semaphore::Semaphore::new($limit);
                $procedure(|| semaphore.acquire())
            },
            || {
                let semaphore = ::std::sync::Arc::new(::tokio::sync::Semaphore::new($limit));
                $procedure(|| ::std::sync::Arc::clone(&semaphore).acquire_owned())
            },
            || {
                let semaphore = ::std::sync::Arc::new(::async_lock::Semaphore::new($limit));
                $procedure(|| semaphore.acquire_arc())
            },
            || {
                let semaphore = ::std::rc::Rc::new(::local_sync::semaphore::Semaphore::new($limit));
                $procedure(|| ::std::rc::Rc::clone(&semaphore).acquire_owned())
            },
            || {
                let semaphore = ::futures_intrusive::sync::LocalSemaphore::new(true, $limit);
                $procedure(|| semaphore.acquire(1))
            },
            || {
                let semaphore = ::async_unsync::semaphore::Semaphore::new($limit);
                $procedure(|| semaphore.acquire())
            },
        ];
        contenders
    }};
}
pub(crate) use contenders;

/// Measures all contenders in turns, and makes a figure of ours beside each peer's.
pub(crate) fn figures(
    name: &'static str,
    contenders: [Contender; 6],
    goal: fn(&str) -> Goal,
) -> Vec<Figure> {
    let medians = medians(&contenders);
    let beside = |(peer, peer_value): (&'static str, &f64)| Figure {
        name,
        unit: "ns",
        better: Better::Lower,
        value: medians[0],
        peer,
        peer_value: *peer_value,
        goal: Some(goal(peer)),
    };
    PEERS.into_iter().zip(&medians[1..]).map(beside).collect()
}
