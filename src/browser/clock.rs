//! The browser's clock (`performance.now()`), and sleeps by it.

use std::cell::OnceCell;
use std::time::Duration;

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use web_sys::Performance;

use super::alarm;
use crate::engine::moment::Moment;
use crate::engine::ports::{Clock, Sleep};

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

/// The same as a moment.
pub(super) fn now() -> Moment {
    Moment::from_ms(now_ms())
}

/// The clock of the browser, and sleeps by it: see [`alarm`](super::alarm) for what they promise.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserClock;

impl Clock for BrowserClock {
    fn now(&self) -> Moment {
        now()
    }
}

impl Sleep for BrowserClock {
    fn sleep(&self, span: Duration) -> LocalBoxFuture<'static, ()> {
        alarm::Sleep::new(span).boxed_local()
    }
}
