//! The semaphore on the browser's own executor.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use crawl_playground::browser::clock::BrowserClock;
use crawl_playground::engine::ports::Sleep;
use crawl_playground::engine::semaphore::Semaphore;
use futures::channel::oneshot;
use futures::future::join_all;
use wasm_bindgen_futures::spawn_local;
use wasm_bindgen_test::wasm_bindgen_test;

const MS: Duration = Duration::from_millis(1);

/// Spawns a task of its own, and gives what resolves when it has ended.
fn spawn(task: impl Future<Output = ()> + 'static) -> oneshot::Receiver<()> {
    let (sender, ended) = oneshot::channel();
    spawn_local(async move {
        task.await;
        let _ = sender.send(());
    });
    ended
}

#[wasm_bindgen_test]
async fn spawned_tasks_keep_the_limit_and_the_order() {
    let permits = Semaphore::new(3);
    let order = Rc::new(RefCell::new(Vec::new()));
    let peak = Rc::new(Cell::new(0));
    let tasks = (0..40).map(|task| {
        let (permits, order, peak) = (permits.clone(), Rc::clone(&order), Rc::clone(&peak));
        spawn(async move {
            let _permit = permits.acquire().await.unwrap();
            order.borrow_mut().push(task);
            peak.set(peak.get().max(permits.in_use()));
            BrowserClock.sleep(MS * (task % 4)).await;
        })
    });
    join_all(tasks.collect::<Vec<_>>()).await;
    assert_eq!(peak.get(), 3);
    assert_eq!(*order.borrow(), (0..40).collect::<Vec<_>>());
    assert_eq!((permits.in_use(), permits.waiting()), (0, 0));
}

#[wasm_bindgen_test]
async fn a_limit_that_grows_wakes_those_that_wait() {
    let permits = Semaphore::new(0);
    let started = Rc::new(Cell::new(0));
    let tasks: Vec<_> = (0..6)
        .map(|_| {
            let (permits, started) = (permits.clone(), Rc::clone(&started));
            spawn(async move {
                let _permit = permits.acquire().await.unwrap();
                started.set(started.get() + 1);
                BrowserClock.sleep(20 * MS).await;
            })
        })
        .collect();
    BrowserClock.sleep(5 * MS).await;
    assert_eq!((started.get(), permits.waiting()), (0, 6));
    permits.set_limit(4);
    BrowserClock.sleep(Duration::ZERO).await;
    assert_eq!((started.get(), permits.waiting()), (4, 2));
    join_all(tasks).await;
    assert_eq!(started.get(), 6);
}

#[wasm_bindgen_test]
async fn a_long_chain_of_hand_offs_does_not_recurse() {
    const TASKS: usize = 50_000;
    let permits = Semaphore::new(1);
    let held = permits.acquire().await.unwrap();
    let chain = join_all((0..TASKS).map(|_| {
        let asked = permits.acquire();
        async move { drop(asked.await.unwrap()) }
    }));
    drop(held);
    assert_eq!(chain.await.len(), TASKS);
    assert_eq!(permits.in_use(), 0);
}
