//! The trace: what happened in one run, in order, for good.
//!
//! It is append-only. Every picture, table and figure is a fold over it up to some cursor, so nothing on screen has a
//! second source of truth. An event is small (24 bytes, checked below); texts are kept beside the events.

use std::num::NonZeroU32;
use std::time::Duration;

use super::control::Reason;
use super::crawl::{frontier::UrlId, skip};
use super::moment::Moment;
use super::outcome::Outcome;
use super::rate::Rate;
use super::wait::Wait;
use crawl::{CrawlRecord, Place};

pub mod crawl;
pub mod packed;

/// A task of a run: its place in the order of joining, from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TaskId(pub u32);

impl TaskId {
    /// The place, for use as an index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// An origin that a run's targets belong to: its place in the order of turning up, from 0.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct OriginId(pub u32);

impl OriginId {
    /// The place, for use as an index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A text of a trace, kept beside the events. Not 0, so that having none takes no room.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct TextId(NonZeroU32);

/// Something that happened, and when.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Event {
    /// When, counted from the start of the run. Never earlier than the event before.
    pub at: Moment,
    /// What.
    pub what: What,
}

const _: () = assert!(
    size_of::<Event>() <= 24,
    "an event must stay compact: a run may have millions"
);

/// A span in whole microseconds: half as large as a [`Duration`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Micros(u64);

impl From<Duration> for Micros {
    /// Cuts what is below a microsecond, and what is above 2^64 of them.
    fn from(span: Duration) -> Self {
        Self(u64::try_from(span.as_micros()).unwrap_or(u64::MAX))
    }
}

impl From<Micros> for Duration {
    fn from(Micros(us): Micros) -> Self {
        Self::from_micros(us)
    }
}

/// What can happen in a run.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum What {
    /// A task joined the run with this target (as it was written) of this origin, and is in its queue.
    Joined(TaskId, TextId, OriginId),
    /// A task began to spend its time on this; what it did before ends here.
    Entered(TaskId, Wait),
    /// A task's response has this status.
    Status(TaskId, u16),
    /// This many more bytes of a task's body arrived.
    Bytes(TaskId, u32),
    /// Something worth saying about a task.
    Noted(TaskId, Note),
    /// A task ended.
    Ended(TaskId, Outcome),
    /// A task was lent a permit of the run's semaphore.
    Lent(TaskId),
    /// A task gave its permit back.
    Returned(TaskId),
    /// The limit of the run's semaphore was set.
    Limit(u32),
    /// The deliberate delay was set.
    Delay(Micros),
    /// Whether permits are kept during the delay was set.
    KeepPermit(bool),
    /// How many requests a host gets at a time was set.
    PerHost(Option<u32>),
    /// The time between two requests to a host was set.
    HostDelay(Micros),
    /// How far that time may be off was set, in per cent of it.
    Jitter(u32),
    /// How long the consumer takes with each result was set.
    Store(Micros),
    /// The rate was set.
    Rate(Option<Rate>),
    /// A controller changed the semaphore's limit for this reason; the limit follows.
    Adapted(Reason),
    /// A controller set the time between two requests to the host at this origin.
    Throttled(OriginId, Micros),
    /// A task's attempt failed, and it will be tried again.
    Again {
        /// The task.
        task: TaskId,
        /// After this many microseconds.
        wait_us: u32,
        /// Whether the server said so (`Retry-After`).
        is_told: bool,
    },
    /// The consumer took a task's result.
    Collected(TaskId),
    /// So many items lie in a queue between tasks.
    Depth(QueueId, u32),
    /// The event loop was this much late. Of beats that were on time only the first is told.
    Lag(Micros),
    /// The page was hidden (`true`), so the browser throttles timers, or shown again.
    Hidden(bool),
    /// A crawl found an address that it means to fetch; one that was left out before, maybe, if another way led there.
    Found(UrlId),
    /// A crawl found an address that it does not mean to fetch.
    LeftOut(UrlId, skip::Reason),
    /// A crawl does not fetch after all what it meant to.
    Skipped(UrlId, skip::Reason),
    /// A task fetches an address of a crawl.
    Visits(TaskId, Place),
    /// A task's page was read.
    Read(TaskId, Place),
    /// A site's robots.txt was fetched.
    Robots(Place),
    /// The run was paused (`true`), or went on.
    Paused(bool),
    /// The run ended.
    Finished(Ending),
}

/// Why a task was not tried again though its end was worth it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum GaveUp {
    /// All retries were used up.
    Tries,
    /// The server asked for a longer wait than anyone would watch.
    TooLong,
    /// It was put off for so long that the stall limit came.
    Stalled,
}

/// How a run ended.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Ending {
    /// By itself: all tasks have ended.
    Done,
    /// Somebody stopped it.
    Stopped,
    /// A task failed, and the run was set to stop at the first failure.
    FirstFailure,
    /// The time for the whole run was up.
    OutOfTime,
}

impl Ending {
    /// Whether it came before all tasks had ended.
    #[must_use]
    pub const fn is_early(self) -> bool {
        !matches!(self, Self::Done)
    }
}

/// A queue between tasks: its place in the order of making, from 0.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct QueueId(pub u8);

/// Something worth saying about a task.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Note {
    /// The page's own title.
    Title(TextId),
    /// Redirects led to this address.
    FinalUrl(TextId),
    /// The network's own words about a failure.
    Error(TextId),
    /// The body was cut at this many bytes.
    Cut(u32),
    /// It was worth another try, and there was none left, or no time.
    GaveUp(GaveUp),
    /// When the request failed there was no network at all.
    Offline,
    /// After a network error the origin was asked once without CORS; whether anything answered.
    Probed(bool),
}

/// The log of one run.
///
/// ```
/// use crawl_playground::engine::{moment::Moment, trace::{OriginId, TaskId, Trace, What}, wait::Wait};
///
/// let mut trace = Trace::default();
/// let name = trace.text("lab/delay/100");
/// trace.push(Moment::ZERO, What::Joined(TaskId(0), name, OriginId(0)));
/// trace.push(Moment::from_us(20), What::Entered(TaskId(0), Wait::Request));
/// assert_eq!(trace.events().len(), 2);
/// assert_eq!(trace.read(name), "lab/delay/100");
/// ```
#[derive(Default, Clone, Debug)]
pub struct Trace {
    events: Vec<Event>,
    texts: String,
    /// Where each of them ends, and the next one begins.
    text_ends: Vec<usize>,
    crawl: CrawlRecord,
}

impl Trace {
    /// Appends an event. A clock that steps back is held at the event before, so the order in time is always kept.
    pub fn push(&mut self, at: Moment, what: What) {
        let at = self.events.last().map_or(at, |last| at.max(last.at));
        if self.events.len() == self.events.capacity() {
            // By a quarter and not, as a vector would, to twice the size: there may be millions of events.
            self.events.reserve_exact((self.events.len() / 4).max(64));
        }
        self.events.push(Event { at, what });
        if let What::Finished(_) = what {
            self.events.shrink_to_fit();
            self.texts.shrink_to_fit();
            self.text_ends.shrink_to_fit();
        }
    }

    /// Keeps a text for events to name. The same text several times in a row is kept once.
    pub fn text(&mut self, text: &str) -> TextId {
        let last = self.text_ends.len().checked_sub(1);
        if last.is_none_or(|last| self.text_at(last) != text) {
            // By a quarter, as the events.
            if self.texts.capacity() - self.texts.len() < text.len() {
                let more = self.texts.len() / 4;
                self.texts.reserve_exact(more.max(text.len()));
            }
            if self.text_ends.len() == self.text_ends.capacity() {
                self.text_ends
                    .reserve_exact((self.text_ends.len() / 4).max(64));
            }
            self.texts.push_str(text);
            self.text_ends.push(self.texts.len());
        }
        let count = u32::try_from(self.text_ends.len()).unwrap_or(u32::MAX);
        TextId(NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN))
    }

    /// The text that an event names.
    #[must_use]
    pub fn read(&self, text: TextId) -> &str {
        self.text_at(text.0.get() as usize - 1)
    }

    fn text_at(&self, place: usize) -> &str {
        let start = place
            .checked_sub(1)
            .and_then(|before| self.text_ends.get(before));
        let end = self.text_ends.get(place).copied().unwrap_or(0);
        let text = self.texts.get(start.copied().unwrap_or(0)..end);
        text.unwrap_or_default()
    }

    /// What a crawl keeps beside the events.
    #[must_use]
    pub const fn crawl(&self) -> &CrawlRecord {
        &self.crawl
    }

    pub(super) const fn crawl_mut(&mut self) -> &mut CrawlRecord {
        &mut self.crawl
    }

    /// The events from the place `from` up to that at `to`, which is not among them; none if `to` lies before `from`. What
    /// has not happened yet is left out.
    #[must_use]
    pub fn between(&self, from: usize, to: usize) -> &[Event] {
        let behind = to.min(self.events.len());
        self.events.get(from..behind).unwrap_or_default()
    }

    /// All events so far, oldest first.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }
}
