//! The one alarm behind all sleeps.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use crawl_playground::browser::clock::BrowserClock;
use crawl_playground::engine::ports::{Clock, Sleep};
use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::{LocalBoxFuture, join_all};
use futures::stream::{FuturesUnordered, StreamExt};
use wasm_bindgen_test::wasm_bindgen_test;

use super::spy::Spy;

const MS: Duration = Duration::from_millis(1);
const SECOND: Duration = Duration::from_secs(1);

/// A sleep that has been polled, so that the alarm knows of it.
fn asleep(span: Duration) -> LocalBoxFuture<'static, ()> {
    let mut sleep = BrowserClock.sleep(span);
    assert!(poll(&mut sleep, Waker::noop()).is_pending());
    sleep
}

fn poll(sleep: &mut LocalBoxFuture<'static, ()>, waker: &Waker) -> Poll<()> {
    sleep.poll_unpin(&mut Context::from_waker(waker))
}

#[wasm_bindgen_test]
async fn nobody_wakes_early() {
    let sleeps = (0..300).map(async |turn| {
        let span = Duration::from_micros(turn * 337);
        let start = BrowserClock.now();
        BrowserClock.sleep(span).await;
        let slept = BrowserClock.now() - start;
        assert!(slept >= span, "{slept:?} of {span:?}");
    });
    join_all(sleeps).await;
}

#[wasm_bindgen_test]
async fn they_wake_in_the_order_of_being_due() {
    let spans_ms = [40_u32, 10, 25, 0, 10, 32, 25, 1, 40, 10];
    // All are due by one clock reading or a later one, so equal spans are in the order of the calls.
    let sleeps: FuturesUnordered<_> = spans_ms
        .iter()
        .enumerate()
        .map(async |(place, &ms)| {
            BrowserClock.sleep(MS * ms).await;
            (ms, place)
        })
        .collect();
    let woken: Vec<_> = sleeps.collect().await;
    assert!(woken.is_sorted(), "{woken:?}");
    assert_eq!(woken.len(), spans_ms.len());
}

#[wasm_bindgen_test]
async fn what_is_due_at_once_is_woken_in_order() {
    let slept = Rc::new(Cell::new(0));
    let sleeps = (0..1_000).map(|place| {
        let slept = Rc::clone(&slept);
        let sleep = BrowserClock.sleep(20 * MS);
        async move {
            sleep.await;
            assert_eq!(slept.replace(place + 1), place);
        }
    });
    let timers = Spy::on("setTimeout");
    join_all(sleeps).await;
    assert_eq!(slept.get(), 1_000);
    // One for the first, and a few for those that were set while the clock went on.
    assert!(timers.count() < 100, "{} timers", timers.count());
}

#[wasm_bindgen_test]
async fn sleeps_that_are_dropped_cost_no_timer() {
    let _alarm_is_set_for = asleep(20 * SECOND);
    let set = Spy::on("setTimeout");
    let cleared = Spy::on("clearTimeout");
    for _ in 0..5_000 {
        drop(asleep(30 * SECOND));
    }
    assert_eq!((set.count(), cleared.count()), (0, 0));
}

#[wasm_bindgen_test]
async fn an_alarm_for_a_dropped_sleep_is_set_for_the_next() {
    let dropped = asleep(20 * MS);
    let start = BrowserClock.now();
    let kept = BrowserClock.sleep(60 * MS);
    drop(dropped);
    kept.await;
    let slept = BrowserClock.now() - start;
    assert!(slept >= 60 * MS && slept < 560 * MS, "{slept:?}");
}

#[wasm_bindgen_test]
async fn a_sooner_sleep_is_not_kept_waiting() {
    let _later = asleep(20 * SECOND);
    let set = Spy::on("setTimeout");
    let start = BrowserClock.now();
    BrowserClock.sleep(30 * MS).await;
    let slept = BrowserClock.now() - start;
    assert!(slept >= 30 * MS && slept < 530 * MS, "{slept:?}");
    let ms = set.read("calls[0][1]").as_f64().unwrap();
    assert!((29.0..=30.0).contains(&ms), "{ms} ms");
}

#[wasm_bindgen_test]
async fn short_sleeps_in_a_row_are_not_held_back() {
    const SLEEPS: u32 = 60;
    // Timers that are set by timers would come to 200 ms and more. Of ten tries the best counts: what else the machine
    // does makes sleeps longer, never shorter.
    let mut best = Duration::MAX;
    for _ in 0..10 {
        let start = BrowserClock.now();
        for _ in 0..SLEEPS {
            BrowserClock.sleep(MS).await;
        }
        best = best.min(BrowserClock.now() - start);
    }
    assert!(best >= MS * SLEEPS, "{best:?}");
    assert!(best < 150 * MS, "{best:?}");
}

/// A waker that notes its name.
struct Named(u32);

thread_local! {
    static WOKEN: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
    static CHAIN: RefCell<Option<Chain>> = const { RefCell::new(None) };
}

impl Wake for Named {
    fn wake(self: Arc<Self>) {
        WOKEN.with_borrow_mut(|woken| woken.push(self.0));
    }
}

#[wasm_bindgen_test]
async fn the_last_waker_is_the_one_that_is_woken() {
    let mut sleep = BrowserClock.sleep(10 * MS);
    for name in 0..3 {
        let waker = Waker::from(Arc::new(Named(name)));
        assert!(poll(&mut sleep, &waker).is_pending());
    }
    BrowserClock.sleep(20 * MS).await;
    assert_eq!(WOKEN.take(), [2]);
    assert!(poll(&mut sleep, Waker::noop()).is_ready());
}

/// Sleeps that are polled on the spot when they are woken, and set the next one there.
struct Chain {
    sleep: LocalBoxFuture<'static, ()>,
    /// Due with it, and dropped by its waker.
    beside: Option<LocalBoxFuture<'static, ()>>,
    left: u32,
    ended: Option<oneshot::Sender<()>>,
}

struct OnTheSpot;

impl Wake for OnTheSpot {
    fn wake(self: Arc<Self>) {
        let Some(mut chain) = CHAIN.take() else {
            return;
        };
        chain.beside = None;
        let waker = Waker::from(self);
        assert!(poll(&mut chain.sleep, &waker).is_ready());
        if chain.left == 0 {
            let _ = chain.ended.take().map(|ended| ended.send(()));
            return;
        }
        chain.left -= 1;
        let span = MS * (chain.left % 3);
        chain.sleep = BrowserClock.sleep(span);
        // Nothing is woken in the turn in which it was set.
        assert!(poll(&mut chain.sleep, &waker).is_pending());
        chain.beside = Some(asleep(span));
        CHAIN.set(Some(chain));
    }
}

#[wasm_bindgen_test]
async fn a_waker_may_set_and_drop_sleeps() {
    let (sender, ended) = oneshot::channel();
    let mut sleep = BrowserClock.sleep(MS);
    assert!(poll(&mut sleep, &Waker::from(Arc::new(OnTheSpot))).is_pending());
    CHAIN.set(Some(Chain {
        sleep,
        beside: Some(asleep(MS)),
        left: 30,
        ended: Some(sender),
    }));
    ended.await.unwrap();
}
