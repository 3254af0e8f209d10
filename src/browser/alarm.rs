//! One alarm for all sleeps of the page.
//!
//! Most sleeps are a request's timeout, and nearly all of those are dropped long before they are due. To set and to
//! clear one of the browser's timers for each costs more than the rest of the bookkeeping of a request. So all sleeps
//! stand in [`Timers`], and the browser is asked for one timer only: for the soonest. A sleep that is dropped leaves that
//! alarm alone; if it rings for nobody, it is set for whoever is next.
//!
//! What the browser's timers do not promise is made up for here:
//!
//! - Nobody wakes early: timers know whole milliseconds, and may fire before the clock says so. When the alarm rings the
//!   clock is asked who is due.
//! - A timer that is set while another one fires, five times over or more, is late by up to 4 ms ([HTML, timers]), and an
//!   alarm that rings for many would always be. So one that is nearer than that is set from a message's handler.
//! - Timers beyond 2³¹ ms fire at once. The alarm is set for that long, and then for the rest.
//!
//! [HTML, timers]: https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timer-initialisation-steps

use std::cell::{Cell, OnceCell, RefCell};
use std::future::Future;
use std::iter;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use gloo_timers::callback::Timeout;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::MessageChannel;

use super::clock::now;
use crate::engine::moment::Moment;
use crate::engine::timers::{Key, Timers};

/// Longest timer that browsers keep: above it they fire at once.
const MAX_TIMER_MS: u128 = i32::MAX as u128;

/// Timers that are set by timers are no nearer than this.
const NEAR: Duration = Duration::from_millis(4);

const NEVER: Moment = Moment::from_us(u64::MAX);

thread_local! {
    static ALARM: Alarm = Alarm::new();
}

struct Alarm {
    timers: RefCell<Timers>,
    /// For when the alarm is set. It may ring sooner, but not later.
    at: Cell<Moment>,
    /// What rings then, unless a message is on its way.
    timeout: RefCell<Option<Timeout>>,
    is_message_under_way: Cell<bool>,
    /// Made when it is first needed; `None` where the browser gives none.
    channel: OnceCell<Option<MessageChannel>>,
}

impl Alarm {
    fn new() -> Self {
        Self {
            timers: RefCell::default(),
            at: Cell::new(NEVER),
            timeout: RefCell::default(),
            is_message_under_way: Cell::new(false),
            channel: OnceCell::new(),
        }
    }

    /// Wakes all who are due, in that order. Nothing is borrowed meanwhile: they may set sleeps, and drop others.
    fn ring(&self) {
        self.at.set(NEVER);
        let now = now();
        // Taken out before the first is woken: who sets a new sleep thereupon waits for another turn, however short it is.
        let due: Vec<Waker> = {
            let mut timers = self.timers.borrow_mut();
            iter::from_fn(|| timers.fire_due(now)).collect()
        };
        due.into_iter().for_each(Waker::wake);
    }

    /// Sees to it that the alarm rings when the next sleep is due.
    fn arm(&self) {
        let Some(due) = self.sooner_than_set() else {
            return;
        };
        self.at.set(due);
        if self.is_message_under_way.get() {
            return; // Its handler will ask anew.
        }
        let rest = due - now();
        if rest < NEAR && self.send_message() {
            self.is_message_under_way.set(true);
            self.set_timeout(None);
        } else {
            self.arm_for(rest);
        }
    }

    /// When the next sleep is due, if the alarm is not set for then or before.
    fn sooner_than_set(&self) -> Option<Moment> {
        let due = self.timers.borrow_mut().next_due();
        due.filter(|due| *due < self.at.get())
    }

    fn arm_for(&self, rest: Duration) {
        let ms = rest.as_micros().div_ceil(1_000).min(MAX_TIMER_MS);
        let ring = || {
            ALARM.with(|alarm| {
                alarm.ring();
                alarm.arm();
            });
        };
        self.set_timeout(Some(Timeout::new(
            u32::try_from(ms).unwrap_or(u32::MAX),
            ring,
        )));
    }

    fn set_timeout(&self, timeout: Option<Timeout>) {
        // Dropping the old one clears it.
        drop(self.timeout.replace(timeout));
    }

    /// The message has come. No timer is firing now, so a timer that is set here comes as soon as it is asked to.
    fn on_message(&self) {
        self.is_message_under_way.set(false);
        self.ring();
        if let Some(due) = self.sooner_than_set() {
            self.at.set(due);
            self.arm_for(due - now());
        }
    }

    fn send_message(&self) -> bool {
        let channel = self.channel.get_or_init(|| {
            let channel = MessageChannel::new().ok()?;
            let on_message: Closure<dyn Fn()> = Closure::new(|| ALARM.with(Alarm::on_message));
            channel
                .port1()
                .set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
            Some(channel)
        });
        let channel = channel.as_ref();
        channel.is_some_and(|channel| channel.port2().post_message(&JsValue::NULL).is_ok())
    }
}

/// A sleep. It always takes a turn of the event loop, even if it has no length.
pub(crate) struct Sleep {
    due: Moment,
    /// Since it was first polled.
    key: Option<Key>,
}

impl Sleep {
    /// Sleeps until the browser's clock has gone on by `span` from this call.
    pub(super) fn new(span: Duration) -> Self {
        Self {
            due: now() + span,
            key: None,
        }
    }
}

/// Resolves after a turn of the event loop, in which others get their say.
pub(crate) fn turn() -> Sleep {
    Sleep::new(Duration::ZERO)
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        ALARM.with(|alarm| {
            let Some(key) = self.key else {
                let waker = cx.waker().clone();
                self.key = Some(alarm.timers.borrow_mut().set(self.due, waker));
                alarm.arm();
                return Poll::Pending;
            };
            let is_known = match alarm.timers.borrow().waker(key) {
                None => return Poll::Ready(()),
                Some(waker) => waker.will_wake(cx.waker()),
            };
            if !is_known {
                // To clone and to drop a waker is foreign code, so nothing is borrowed meanwhile.
                let waker = cx.waker().clone();
                let unwanted = alarm.timers.borrow_mut().set_waker(key, waker);
                drop(unwanted);
            }
            Poll::Pending
        })
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        let Some(key) = self.key else { return };
        // Bound first, so that the borrow ends before the waker is dropped.
        let waker = ALARM.try_with(|alarm| alarm.timers.borrow_mut().clear(key));
        drop(waker);
    }
}
