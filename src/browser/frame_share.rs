//! The crawl's share of each frame: work that comes in bursts goes on a piece at a time, and leaves the screen its room.
//!
//! Answers of a network come in bursts, and each makes work for the page's one event loop. The browser draws only when the
//! loop gets to it, and it serves answers first: dozens of them in a row make a picture stand still for a fifth of a second.
//! So a piece of work that can wait asks for its [`turn`]. In the first milliseconds of a frame turns are had for the asking;
//! then pieces wait, first come, first served, until the frame is on the screen. Since a crawl sends its next request only
//! when a page is done, answers come no faster than there is room for their work.
//!
//! Whatever a frame costs, a few pieces go on in each, so a slow machine is never at a standstill. A hidden page draws
//! nothing, and waits for nothing.

use std::cell::{Cell, OnceCell};
use std::task::Poll;
use std::time::Duration;

use futures::future::{Either, poll_fn, select};
use js_sys::Function;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::{alarm, clock, is_hidden};
use crate::engine::moment::Moment;
use crate::engine::semaphore::{Permit, Semaphore};

/// How far into a frame turns are given.
const SHARE: Duration = Duration::from_millis(8);
/// So many are given in each frame at any time.
const AT_LEAST: u32 = 2;
/// After so many frames in which nobody asked, frames are no longer watched.
const IDLE_FRAMES: u32 = 30;
/// When there was no frame for so long, none is waited for: the page was hidden meanwhile.
const PATIENCE: Duration = Duration::from_millis(250);

thread_local! {
    static SHARES: Shares = Shares::default();
}

struct Shares {
    /// Those who wait. What it lends is a turn, which is used up.
    line: Semaphore,
    /// When this frame's share is over.
    over_at: Cell<Moment>,
    /// Turns of this frame that are left after that.
    left: Cell<u32>,
    /// Frames since somebody asked; `None` while frames are not watched.
    idle_frames: Cell<Option<u32>>,
    on_frame: OnceCell<Function>,
}

impl Default for Shares {
    fn default() -> Self {
        Self {
            line: Semaphore::new(0),
            over_at: Cell::new(Moment::ZERO),
            left: Cell::new(0),
            idle_frames: Cell::new(None),
            on_frame: OnceCell::new(),
        }
    }
}

/// Resolves when a piece of work may go on, at best at once.
pub(super) async fn turn() {
    let line = SHARES.with(|shares| {
        shares.watch();
        let is_mine = shares.line.waiting() == 0 && shares.take();
        (!is_mine).then(|| shares.line.clone())
    });
    let Some(line) = line.filter(|_| !is_hidden()) else {
        return;
    };
    let mut asked = line.acquire();
    loop {
        match select(asked, alarm::Sleep::new(PATIENCE)).await {
            Either::Left((turn, _)) => return turn.into_iter().for_each(Permit::forget),
            // The place in line is kept for as long as there are frames, however slowly it moves.
            Either::Right(((), still)) if SHARES.with(Shares::has_frames) => asked = still,
            Either::Right(_) => return,
        }
    }
}

impl Shares {
    /// Takes one of this frame's turns.
    fn take(&self) -> bool {
        if clock::now() < self.over_at.get() {
            return true;
        }
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }

    /// Whether the browser draws.
    fn has_frames(&self) -> bool {
        clock::now() < self.over_at.get() + PATIENCE
    }

    /// Sees to it that frames are watched. The one that goes on now counts from here.
    fn watch(&self) {
        if self.idle_frames.replace(Some(0)).is_none() {
            self.begin_frame(clock::now());
            self.await_frame();
        }
    }

    fn begin_frame(&self, at: Moment) {
        self.over_at.set(at + SHARE);
        self.left.set(AT_LEAST);
    }

    fn await_frame(&self) {
        let on_frame = self.on_frame.get_or_init(|| {
            let on_frame = |at_ms| SHARES.with(|shares| shares.on_frame(at_ms));
            let on_frame = Closure::<dyn Fn(f64)>::new(on_frame);
            on_frame.into_js_value().unchecked_into()
        });
        if let Some(window) = web_sys::window() {
            let _ = window.request_animation_frame(on_frame);
        }
    }

    /// A frame has begun, `at_ms` by the page's clock, and is drawn when this has returned.
    fn on_frame(&self, at_ms: f64) {
        let idle_frames = self.idle_frames.get().unwrap_or_default() + 1;
        if idle_frames > IDLE_FRAMES {
            return self.idle_frames.set(None);
        }
        self.idle_frames.set(Some(idle_frames));
        self.await_frame();
        self.begin_frame(Moment::from_ms(at_ms));
        if self.line.waiting() > 0 {
            wasm_bindgen_futures::spawn_local(let_in());
        }
    }
}

/// Lets those who wait go on, one after the other, once the frame is drawn and for as long as its share goes.
async fn let_in() {
    alarm::turn().await;
    let line = SHARES.with(|shares| shares.line.clone());
    while line.waiting() > 0 && SHARES.with(Shares::take) {
        line.set_limit(line.limit() + 1);
        others_first().await;
    }
}

/// Resolves when all who were woken before were polled.
async fn others_first() {
    let mut is_asked = false;
    poll_fn(|context| {
        if std::mem::replace(&mut is_asked, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
