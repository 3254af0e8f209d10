//! The clock and the timers.

use std::time::Duration;

use crawl_playground::browser::clock::BrowserClock;
use crawl_playground::engine::ports::{Clock, Sleep};
use futures::future::{Either, join_all, select};
use wasm_bindgen_test::wasm_bindgen_test;

const MS: Duration = Duration::from_millis(1);

#[wasm_bindgen_test]
async fn the_clock_never_goes_back() {
    let mut last = BrowserClock.now();
    for turn in 0..20_000 {
        if turn % 1_000 == 0 {
            BrowserClock.sleep(MS).await;
        }
        let now = BrowserClock.now();
        assert!(now >= last, "{now:?} after {last:?}");
        last = now;
    }
    assert!(last.as_ms() > 0.0);
}

#[wasm_bindgen_test]
async fn a_sleep_lasts_as_long_as_it_should() {
    for ms in [0, 1, 20, 150] {
        let start = BrowserClock.now();
        BrowserClock.sleep(MS * ms).await;
        let slept = BrowserClock.now() - start;
        assert!(slept >= MS * ms, "{ms} ms: {slept:?}");
        assert!(slept < MS * ms + 500 * MS, "{ms} ms: {slept:?}");
    }
}

#[wasm_bindgen_test]
async fn a_part_of_a_millisecond_counts() {
    let start = BrowserClock.now();
    BrowserClock.sleep(Duration::from_micros(20_400)).await;
    assert!(BrowserClock.now() - start >= Duration::from_micros(20_400));
}

#[wasm_bindgen_test]
async fn sleeps_run_side_by_side() {
    let start = BrowserClock.now();
    join_all((0..50).map(|_| BrowserClock.sleep(60 * MS))).await;
    assert!(BrowserClock.now() - start < 600 * MS);
}

#[wasm_bindgen_test]
async fn a_sleep_longer_than_timers_reach_does_not_end_at_once() {
    for long in [Duration::from_secs(1 << 31), Duration::MAX] {
        match select(BrowserClock.sleep(long), BrowserClock.sleep(30 * MS)).await {
            Either::Left(_) => panic!("{long:?} passed in a moment"),
            Either::Right(_) => {}
        }
    }
}
