//! What the engine asks of the world: a network, a clock, and a way to wait.
//!
//! Each port is small and object-safe, so that a run is the same code in a browser ([`Ports`] on web-sys), against
//! the built-in Lab, and in virtual time. Everything a port hands out stops its work when it is dropped: a dropped
//! exchange aborts its request, a dropped sleep clears its timer.

use std::rc::Rc;
use std::time::Duration;

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use futures::stream::LocalBoxStream;
use url::Url;

use super::compute::Work;
use super::crawl::facts::{PageFacts, Received};
use super::exchange::{Exchange, Stall, Stalled};
use super::moment::Moment;
use super::trace::TaskId;

/// A monotonic clock.
pub trait Clock {
    /// The present moment, counted from this clock's own origin.
    fn now(&self) -> Moment;

    /// The time since 1970 by the clock of the wall, for dates that servers send. By default, time began in 1970.
    fn since_epoch(&self) -> Duration {
        self.now() - Moment::ZERO
    }
}

/// Work for the processor.
pub trait Compute {
    /// Does it where it says, and tells what was counted. Dropping it gives the work up.
    fn work(&self, work: Work) -> LocalBoxFuture<'static, u32>;

    /// Gets ready for such work, so that to begin with it is no part of any run.
    ///
    /// # Errors
    /// Why such work can't be done, as a sentence.
    fn prepare(&self, work: Work) -> LocalBoxFuture<'static, Result<(), &'static str>> {
        let _ = work;
        std::future::ready(Ok(())).boxed_local()
    }
}

/// Who reads pages.
pub trait Read {
    /// Reads what was received. Never fails: what could not be read says why. Dropping it gives the answer up.
    fn read(&self, received: Received) -> LocalBoxFuture<'static, PageFacts>;
}

/// A way to wait.
pub trait Sleep {
    /// Resolves once `span` has passed. Dropping it clears the timer.
    fn sleep(&self, span: Duration) -> LocalBoxFuture<'static, ()>;
}

/// A network.
pub trait Fetch {
    /// Sends one GET request for `url` and resolves when the response's headers are there.
    ///
    /// Dropping the future, or later the [`Response`], aborts the request.
    ///
    /// # Errors
    /// [`NetworkError`] when no response came: offline, refused, not found by DNS, or withheld by CORS. A browser
    /// gives one error for all of them.
    fn fetch(&self, url: &Url) -> LocalBoxFuture<'static, Result<Response, NetworkError>>;

    /// The same for a task of a run, after so many attempts that it made before. A network that answers by the task
    /// rather than by the address has its own way; for all others this is [`Fetch::fetch`].
    ///
    /// # Errors
    /// As [`Fetch::fetch`].
    fn fetch_for(
        &self,
        task: TaskId,
        attempts_before: u32,
        url: &Url,
    ) -> LocalBoxFuture<'static, Result<Response, NetworkError>> {
        let _ = (task, attempts_before);
        self.fetch(url)
    }

    /// The same network, which remembers what it fetches from now on for one run; `None` of one that remembers nothing.
    fn for_run(&self) -> Option<Rc<dyn Fetch>> {
        None
    }

    /// What is remembered of the exchange that was made for a task after so many attempts; its times by the clock of the
    /// [`Ports`]. Of the same attempt there may be more to tell a moment later.
    fn recall(&self, task: TaskId, attempts_before: u32) -> Option<Exchange> {
        let _ = (task, attempts_before);
        None
    }

    /// How long all that was fetched for the run was stalled; `None` of a network that remembers nothing.
    fn stalled(&self) -> Option<Stalled> {
        None
    }

    /// How long each of them was stalled before it was sent, as far as that is told; in any order.
    fn stalls(&self) -> Vec<Stall> {
        Vec::new()
    }

    /// Whether it is known that there is no network at all just now.
    fn is_offline(&self) -> bool {
        false
    }

    /// Asks whether anything at all answers at `url`, without being allowed to read the answer (`no-cors`).
    fn probe(&self, url: &Url) -> LocalBoxFuture<'static, bool>;
}

/// A response whose headers have arrived and whose body has not been read.
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Where the response came from in the end, if redirects led elsewhere.
    pub redirected_to: Option<String>,
    /// The `Content-Type`, as far as it is readable; else empty.
    pub content_type: String,
    /// The `Retry-After` header, as far as it is readable: browsers hide it from pages unless the server exposes it. Below 400
    /// a network may leave it out, as nobody asks for it there.
    pub retry_after: Option<String>,
    /// The `Link` header, as far as it is readable.
    pub link: Option<String>,
    /// The body, in the pieces in which it arrives.
    pub body: LocalBoxStream<'static, Result<Vec<u8>, NetworkError>>,
}

/// No response, or no whole one. The text is the network's own, for the log; it is not to be relied on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkError(pub String);

/// The ports that a run needs. Cloning is cheap.
#[derive(Clone)]
pub struct Ports {
    /// The network.
    pub fetch: Rc<dyn Fetch>,
    /// The clock.
    pub clock: Rc<dyn Clock>,
    /// The way to wait.
    pub sleep: Rc<dyn Sleep>,
    /// Who does work for the processor.
    pub compute: Rc<dyn Compute>,
    /// Who reads the pages of a crawl.
    pub read: Rc<dyn Read>,
}

impl Ports {
    /// The same ports for one run, whose exchanges are remembered apart from others'.
    #[must_use]
    pub fn for_run(mut self) -> Self {
        if let Some(fetch) = self.fetch.for_run() {
            self.fetch = fetch;
        }
        self
    }

    /// The same ports with another reader of pages.
    #[must_use]
    pub fn reading(self, read: Rc<dyn Read>) -> Self {
        Self { read, ..self }
    }
}

/// Reads nothing: for runs that crawl nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoReader;

impl Read for NoReader {
    fn read(&self, _: Received) -> LocalBoxFuture<'static, PageFacts> {
        let facts = PageFacts {
            problem: Some("Nothing here reads pages, so its links are not known.".into()),
            ..PageFacts::default()
        };
        std::future::ready(facts).boxed_local()
    }
}
