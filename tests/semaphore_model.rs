//! Random uses of a semaphore, each step checked against a model that is obviously right.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

#[path = "semaphore_model/model.rs"]
mod model;
#[allow(dead_code, reason = "each test crate uses its part")]
#[path = "support/wakers.rs"]
mod wakers;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::task::Poll;

use crawl_playground::engine::semaphore::{Acquire, Closed, Permit, Semaphore};
use model::{Id, Model, Verdict};
use proptest::prelude::*;
use proptest::sample::Index;
use wakers::{on_wake, poll};

#[derive(Clone, Debug)]
enum Step {
    Acquire,
    TryAcquire,
    Poll(Index),
    DropWaiter(Index),
    Release(Index),
    Forget(Index),
    SetLimit(usize),
    Close,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => Just(Step::Acquire),
        4 => Just(Step::TryAcquire),
        14 => any::<Index>().prop_map(Step::Poll),
        6 => any::<Index>().prop_map(Step::DropWaiter),
        8 => any::<Index>().prop_map(Step::Release),
        1 => any::<Index>().prop_map(Step::Forget),
        3 => prop_oneof![9 => 0..6_usize, 1 => Just(usize::MAX)].prop_map(Step::SetLimit),
        1 => Just(Step::Close),
    ]
}

/// The semaphore, its model, and everything that was handed out.
struct Pair {
    semaphore: Semaphore,
    model: Model,
    waiters: BTreeMap<Id, Acquire>,
    permits: Vec<Permit>,
    next_id: Id,
    next_waker: usize,
    woken: Rc<RefCell<Vec<usize>>>,
}

impl Pair {
    fn new(limit: usize) -> Self {
        Self {
            semaphore: Semaphore::new(limit),
            model: Model::new(limit),
            waiters: BTreeMap::new(),
            permits: Vec::new(),
            next_id: 0,
            next_waker: 0,
            woken: Rc::default(),
        }
    }

    fn pick(&self, index: &Index) -> Option<Id> {
        (!self.waiters.is_empty()).then(|| {
            *self
                .waiters
                .keys()
                .nth(index.index(self.waiters.len()))
                .unwrap()
        })
    }

    fn pick_permit(&mut self, index: &Index) -> Option<Permit> {
        let count = self.permits.len();
        (count > 0).then(|| self.permits.swap_remove(index.index(count)))
    }

    fn take(&mut self, step: &Step) -> Result<(), TestCaseError> {
        match step {
            Step::Acquire => {
                self.model.acquire(self.next_id);
                self.waiters.insert(self.next_id, self.semaphore.acquire());
                self.next_id += 1;
            }
            Step::TryAcquire => {
                let permit = self.semaphore.try_acquire();
                prop_assert_eq!(permit.is_some(), self.model.take());
                self.permits.extend(permit);
            }
            Step::Poll(index) => {
                if let Some(id) = self.pick(index) {
                    self.poll(id)?;
                }
            }
            Step::DropWaiter(index) => {
                if let Some(id) = self.pick(index) {
                    self.waiters.remove(&id);
                    self.model.drop_waiter(id);
                }
            }
            Step::Release(index) => {
                if let Some(permit) = self.pick_permit(index) {
                    drop(permit);
                    self.model.give_back();
                }
            }
            Step::Forget(index) => {
                if let Some(permit) = self.pick_permit(index) {
                    permit.forget();
                    self.model.forget();
                }
            }
            Step::SetLimit(limit) => {
                self.semaphore.set_limit(*limit);
                self.model.set_limit(*limit);
            }
            Step::Close => {
                self.semaphore.close();
                self.model.close();
            }
        }
        Ok(())
    }

    /// Each poll has a waker of its own, so that a wake-up tells which poll it answers.
    fn poll(&mut self, id: Id) -> Result<(), TestCaseError> {
        let number = self.next_waker;
        self.next_waker += 1;
        let woken = Rc::clone(&self.woken);
        let waker = on_wake(move || woken.borrow_mut().push(number));
        let verdict = match poll(self.waiters.get_mut(&id).unwrap(), &waker) {
            Poll::Pending => Verdict::Wait,
            Poll::Ready(Ok(permit)) => {
                self.permits.push(permit);
                Verdict::Granted
            }
            Poll::Ready(Err(Closed)) => Verdict::Refused,
        };
        prop_assert_eq!(verdict, self.model.poll(id, number));
        if verdict != Verdict::Wait {
            self.waiters.remove(&id);
        }
        Ok(())
    }

    fn check(&mut self, in_use_before: usize) -> Result<(), TestCaseError> {
        let (semaphore, model) = (&self.semaphore, &mut self.model);
        prop_assert_eq!(semaphore.limit(), model.limit);
        prop_assert_eq!(semaphore.in_use(), model.in_use);
        prop_assert_eq!(semaphore.waiting(), model.line.len());
        prop_assert_eq!(semaphore.is_closed(), model.closed);
        prop_assert_eq!(
            semaphore.available(),
            model.limit.saturating_sub(model.in_use)
        );
        // Who was granted or refused, and had been polled, was woken: these, in this order, and nobody else.
        prop_assert_eq!(self.woken.take(), std::mem::take(&mut model.woken));
        // Promises that hold whatever the model says.
        prop_assert!(
            semaphore.in_use() <= semaphore.limit() || semaphore.in_use() <= in_use_before
        );
        prop_assert!(
            semaphore.available() == 0 || semaphore.waiting() == 0,
            "a permit idles while someone waits"
        );
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn it_does_what_the_model_does(limit in 0..5_usize, steps in prop::collection::vec(step(), 1..120)) {
        let mut pair = Pair::new(limit);
        for step in &steps {
            let in_use_before = pair.semaphore.in_use();
            pair.take(step)?;
            pair.check(in_use_before)?;
        }
        pair.waiters.clear();
        pair.permits.clear();
        prop_assert_eq!((pair.semaphore.in_use(), pair.semaphore.waiting()), (0, 0));
    }

    #[test]
    fn grants_go_in_the_order_of_asking(
        limit in 1..4_usize,
        leave in prop::collection::vec(any::<bool>(), 1..60),
        poll_backwards in any::<bool>(),
    ) {
        let semaphore = Semaphore::new(limit);
        let mut held: Vec<_> = (0..limit).map(|_| semaphore.try_acquire().unwrap()).collect();
        let mut line: Vec<_> = leave.iter().map(|_| Some(semaphore.acquire())).collect();
        let order = Rc::new(RefCell::new(Vec::new()));
        let mut polled: Vec<_> = line.iter_mut().flatten().enumerate().collect();
        if poll_backwards {
            polled.reverse();
        }
        for (id, waiter) in polled {
            let order = Rc::clone(&order);
            prop_assert!(poll(waiter, &on_wake(move || order.borrow_mut().push(id))).is_pending());
        }
        for (waiter, leaves) in line.iter_mut().zip(&leave) {
            if *leaves {
                *waiter = None;
            }
        }
        let stay: Vec<Id> = leave.iter().enumerate().filter(|(_, leaves)| !**leaves).map(|(id, _)| id).collect();
        for served in 0..stay.len() {
            drop(held.remove(0));
            prop_assert_eq!(order.borrow().last().copied(), Some(stay[served]));
            let mut granted = line[stay[served]].take().unwrap();
            let Poll::Ready(Ok(permit)) = poll(&mut granted, &on_wake(|| ())) else { panic!("it was granted") };
            held.push(permit);
            prop_assert_eq!(semaphore.in_use(), limit);
        }
        prop_assert_eq!(&*order.borrow(), &stay);
    }
}
