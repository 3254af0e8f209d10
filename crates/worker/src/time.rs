//! The worker's clock, timers and promises.

use std::pin::Pin;

use crawl_playground::engine::moment::Moment;
use gloo_timers::future::TimeoutFuture;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::future_to_promise;
use web_sys::WorkerGlobalScope;

/// Longest timer that browsers keep: above it they fire at once.
const MAX_TIMER_MS: u64 = i32::MAX as u64;

/// The present moment, counted from the worker's start.
pub(super) fn now() -> Moment {
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    Moment::from_ms(
        scope
            .performance()
            .map_or(0.0, |performance| performance.now()),
    )
}

/// Resolves at `due`, or at once if that has passed. Dropping it clears the timer.
pub(super) async fn wait_until(due: Moment) {
    let rest_us = due.as_us().saturating_sub(now().as_us());
    // Timers count whole milliseconds, and nothing is to come too soon.
    let mut rest_ms = rest_us.div_ceil(1_000);
    while rest_ms > 0 {
        let span_ms = rest_ms.min(MAX_TIMER_MS);
        TimeoutFuture::new(span_ms as u32).await;
        rest_ms -= span_ms;
    }
}

/// The promise of what `future` comes to. Boxed: what drives a promise is compiled anew for each type of future.
pub(super) fn promise(future: impl Future<Output = Result<JsValue, JsValue>> + 'static) -> Promise {
    let boxed: Pin<Box<dyn Future<Output = _>>> = Box::pin(future);
    future_to_promise(boxed)
}
