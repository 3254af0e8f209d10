//! The browser's clock (`performance.now()`) and timers.

use std::cell::OnceCell;
use std::time::Duration;

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use gloo_timers::future::TimeoutFuture;
use web_sys::Performance;

use crate::engine::moment::Moment;
use crate::engine::ports::{Clock, Sleep};

/// Longest timer that browsers keep: above it they fire at once.
const MAX_TIMER_MS: u128 = i32::MAX as u128;

thread_local! {
    static PERFORMANCE: OnceCell<Option<Performance>> = const { OnceCell::new() };
}

/// Milliseconds since the page began to load. Monotonic; ticks at 100 µs, or 5 µs where the page is isolated.
#[must_use]
pub fn now_ms() -> f64 {
    PERFORMANCE.with(|cell| {
        let performance =
            cell.get_or_init(|| web_sys::window().and_then(|window| window.performance()));
        performance
            .as_ref()
            .map_or_else(js_sys::Date::now, Performance::now)
    })
}

/// The clock and the timers of the browser.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserClock;

impl Clock for BrowserClock {
    fn now(&self) -> Moment {
        Moment::from_ms(now_ms())
    }
}

impl Sleep for BrowserClock {
    fn sleep(&self, span: Duration) -> LocalBoxFuture<'static, ()> {
        // Timers know whole milliseconds; rounded up, so that nobody wakes early.
        let ms = span.as_micros().div_ceil(1_000).min(MAX_TIMER_MS);
        TimeoutFuture::new(u32::try_from(ms).unwrap_or(u32::MAX)).boxed_local()
    }
}
