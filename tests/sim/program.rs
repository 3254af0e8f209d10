//! What random tasks do, and how a virtual world does it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use crawl_playground::engine::moment::Moment;
use crawl_playground::sim::{Sim, Spawned};
use futures::future::{LocalBoxFuture, select};
use futures::stream::FuturesUnordered;
use futures::{FutureExt, StreamExt};
use proptest::prelude::*;
use proptest::sample::Index;

/// One step of a task. Spans are in µs.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Sleep(u64),
    /// Two sleeps: whichever ends first clears the other.
    Race(u64, u64),
    /// Sleeps in a combinator that has wakers of its own.
    All(Vec<u64>),
    Spawn(Rc<[Step]>),
    /// Waits for the end of a task that this one has spawned.
    Join(Index),
    /// Drops such a task.
    Cancel(Index),
}

/// When a task was through with a step: (µs, task, step). Tasks are numbered in the order of being spawned.
pub(crate) type Log = Vec<(u64, usize, usize)>;

pub(crate) fn program() -> impl Strategy<Value = Rc<[Step]>> {
    // Few different spans, so that many timers are due together.
    let us = || prop_oneof![6 => 0..6_u64, 1 => 0..50_u64];
    let leaf = prop_oneof![
        6 => us().prop_map(Step::Sleep),
        2 => (us(), us()).prop_map(|(a, b)| Step::Race(a, b)),
        1 => prop::collection::vec(us(), 0..5).prop_map(Step::All),
    ];
    let steps = prop::collection::vec(leaf, 0..6).prop_map(Rc::from);
    steps.prop_recursive(4, 200, 10, move |inner| {
        let step = prop_oneof![
            3 => us().prop_map(Step::Sleep),
            1 => (us(), us()).prop_map(|(a, b)| Step::Race(a, b)),
            6 => inner.prop_map(Step::Spawn),
            2 => any::<Index>().prop_map(Step::Join),
            1 => any::<Index>().prop_map(Step::Cancel),
        ];
        prop::collection::vec(step, 0..10).prop_map(Rc::from)
    })
}

struct Shared {
    sim: Sim,
    log: RefCell<Log>,
    tasks: Cell<usize>,
}

/// Runs a program in a world of its own, until `stop` if there is one. Returns what it logged, the clock's time then,
/// and how many tasks were left over.
pub(crate) fn simulate(program: &Rc<[Step]>, stop: Option<u64>) -> (Log, u64, usize) {
    let shared = Rc::new(Shared {
        sim: Sim::new(),
        log: RefCell::default(),
        tasks: Cell::new(0),
    });
    let root = run(Rc::clone(&shared), Rc::clone(program));
    match stop {
        None => assert_eq!(shared.sim.block_on(root), Ok(0)),
        Some(us) => drop(shared.sim.run_until(Moment::from_us(us), root)),
    }
    let left_over = Rc::strong_count(&shared) - 1;
    (shared.log.take(), shared.sim.now().as_us(), left_over)
}

/// Returns the task's number.
fn run(shared: Rc<Shared>, steps: Rc<[Step]>) -> LocalBoxFuture<'static, usize> {
    let number = shared.tasks.replace(shared.tasks.get() + 1);
    async move {
        let sim = shared.sim.clone();
        let sleep = |us: u64| sim.sleep(Duration::from_micros(us));
        let mut children: Vec<Option<(usize, Spawned<usize>)>> = Vec::new();
        for (step, what) in steps.iter().enumerate() {
            let len = children.len();
            match what {
                Step::Sleep(us) => sleep(*us).await,
                Step::Race(a, b) => drop(select(sleep(*a), sleep(*b)).await),
                Step::All(spans) => {
                    let mut all: FuturesUnordered<_> = spans.iter().map(|us| sleep(*us)).collect();
                    while all.next().await.is_some() {}
                }
                Step::Spawn(steps) => {
                    let child = shared.tasks.get();
                    let task = sim.spawn(run(Rc::clone(&shared), Rc::clone(steps)));
                    children.push(Some((child, task)));
                }
                Step::Join(index) if len > 0 => {
                    if let Some((child, task)) = children[index.index(len)].take() {
                        assert_eq!(task.await, child);
                    }
                }
                Step::Cancel(index) if len > 0 => {
                    drop(children[index.index(len)].take());
                }
                Step::Join(_) | Step::Cancel(_) => {}
            }
            let now_us = sim.now().as_us();
            shared.log.borrow_mut().push((now_us, number, step));
        }
        number
    }
    .boxed_local()
}
