//! A network of nothing but times: each task's requests take as long as it is said, in virtual time.
//!
//! What a task gets depends on the task and on how often it asked before, and on nothing else: neither on its address
//! nor on the others, in whatever order they ask. So two runs that differ in one setting differ by that setting alone.

use std::rc::Rc;
use std::time::Duration;

use futures::future::{FutureExt, LocalBoxFuture, pending, ready};
use futures::stream::{self, LocalBoxStream, StreamExt};
use url::Url;

use super::Sim;
use crate::engine::join::turn;
use crate::engine::moment::Moment;
use crate::engine::ports::{Fetch, NetworkError, Ports, Response};
use crate::engine::source::{Source, Target};
use crate::engine::trace::TaskId;

/// Most tasks of one simulation.
pub const MAX_SIMULATED_TASKS: usize = 1_000_000;

/// One request and what becomes of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exchange {
    /// From the request to the headers; without an answer, to the failure.
    pub request: Duration,
    /// From the headers to the body's end.
    pub download: Duration,
    /// The answer's status; `None` if there is no answer.
    pub status: Option<u16>,
    /// Whether it comes to an end.
    pub end: End,
    /// The seconds of its `Retry-After`, if it has one that can be read.
    pub retry_after_s: Option<u32>,
}

/// How an exchange ends.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum End {
    /// The response is there, all of it.
    Whole,
    /// The network fails.
    Broken,
    /// Not by itself: only a timeout or somebody who cancels it ends it.
    Never,
}

impl Exchange {
    /// A whole answer with this status, and no body to wait for.
    #[must_use]
    pub const fn answer(status: u16, request: Duration) -> Self {
        Self {
            request,
            download: Duration::ZERO,
            status: Some(status),
            end: End::Whole,
            retry_after_s: None,
        }
    }

    /// No answer: the network fails.
    #[must_use]
    pub const fn lost(request: Duration) -> Self {
        Self {
            status: None,
            end: End::Broken,
            ..Self::answer(0, request)
        }
    }
}

/// What a simulated network answers.
pub trait Answers {
    /// The exchange of a task that has made so many attempts before.
    fn exchange(&self, task: TaskId, attempts_before: u32) -> Exchange;

    /// The numbers that a task's body lists, if it is a listing. Its body is empty else.
    fn listing(&self, _: TaskId) -> Option<Vec<u64>> {
        None
    }
}

/// A network in virtual time that answers every address, with no more than a status and the time it took.
///
/// ```
/// use crawl_playground::engine::{limits::Limits, run::Run, strategy::Strategy};
/// use crawl_playground::sim::{Sim, drawn::{Drawn, Failures}, latency::Latency, network::targets};
///
/// let sim = Sim::new();
/// let drawn = Drawn::new(Latency::uniform(0.0, 300.0).unwrap(), Failures::NONE, 7);
/// let run = Run::new(sim.simulated(drawn), Limits { concurrency: 64, ..Limits::default() });
/// sim.block_on(run.go(Strategy::Semaphore, targets(1_000))).unwrap();
/// assert!((2_300.0..2_700.0).contains(&sim.now().as_ms())); // about 1 000 × 150 ms ÷ 64
/// ```
#[derive(Clone)]
pub struct SimulatedNetwork {
    sim: Sim,
    answers: Rc<dyn Answers>,
}

impl SimulatedNetwork {
    /// A network of the world `sim`.
    #[must_use]
    pub fn new(sim: &Sim, answers: Rc<dyn Answers>) -> Self {
        Self {
            sim: sim.clone(),
            answers,
        }
    }

    async fn answer(
        self,
        exchange: Exchange,
        listing: Option<Vec<u64>>,
    ) -> Result<Response, NetworkError> {
        if exchange.status.is_none() && exchange.end == End::Never {
            pending::<()>().await;
        }
        let sent_at = self.sim.now();
        self.sim.sleep(exchange.request).await;
        let Some(status) = exchange.status else {
            return Err(NetworkError(LOST.to_owned()));
        };
        let content_type = match listing {
            Some(_) => "application/json".to_owned(),
            None => String::new(),
        };
        // The body comes while nobody looks, too: it is counted from the headers, and not from when they were noticed.
        let whole_at = sent_at + exchange.request + exchange.download;
        let time = whole_after(self.sim.clone(), whole_at);
        Ok(Response {
            status,
            redirected_to: None,
            content_type,
            link: None,
            retry_after: exchange.retry_after_s.map(|seconds| seconds.to_string()),
            body: body(time, exchange, listing),
        })
    }
}

const LOST: &str = "The simulated network lost the answer.";
const BROKEN: &str = "The simulated network broke off in the middle of the body.";

/// Until a body is whole. One that was so before it was asked for is handed over with the next turn, as a browser does.
async fn whole_after(sim: Sim, whole_at: Moment) {
    let now = sim.now();
    if whole_at < now {
        turn().await;
    }
    sim.sleep(whole_at - now).await;
}

fn body(
    time: impl Future<Output = ()> + 'static,
    exchange: Exchange,
    listing: Option<Vec<u64>>,
) -> LocalBoxStream<'static, Result<Vec<u8>, NetworkError>> {
    match exchange.end {
        End::Never => stream::pending().boxed_local(),
        End::Broken => {
            let broken = time.map(|()| Err(NetworkError(BROKEN.to_owned())));
            stream::once(broken).boxed_local()
        }
        End::Whole => match listing {
            Some(ids) => {
                let text = format!("{ids:?}").into_bytes();
                stream::once(time.map(|()| Ok(text))).boxed_local()
            }
            // Takes no memory: most exchanges have no body.
            None if exchange.download.is_zero() => stream::empty().boxed_local(),
            None => stream::once(time)
                .filter_map(|()| ready(None))
                .boxed_local(),
        },
    }
}

impl Fetch for SimulatedNetwork {
    /// Answers as for the first attempt of the first task.
    fn fetch(&self, url: &Url) -> LocalBoxFuture<'static, Result<Response, NetworkError>> {
        self.fetch_for(TaskId(0), 0, url)
    }

    fn fetch_for(
        &self,
        task: TaskId,
        attempts_before: u32,
        _: &Url,
    ) -> LocalBoxFuture<'static, Result<Response, NetworkError>> {
        let exchange = self.answers.exchange(task, attempts_before);
        let listing = self.answers.listing(task);
        self.clone().answer(exchange, listing).boxed_local()
    }

    /// Something always answers: what is lost here is lost on the way.
    fn probe(&self, _: &Url) -> LocalBoxFuture<'static, bool> {
        ready(true).boxed_local()
    }
}

impl Sim {
    /// Ports of this world with a network that gives these answers.
    #[must_use]
    pub fn simulated(&self, answers: impl Answers + 'static) -> Ports {
        self.ports(Rc::new(SimulatedNetwork::new(self, Rc::new(answers))))
    }
}

/// So many targets of one host, at most [`MAX_SIMULATED_TASKS`], for a network that does not look at addresses.
#[must_use]
pub fn targets(count: usize) -> Source {
    Source::List(vec![target(0); count.min(MAX_SIMULATED_TASKS)])
}

/// A target at the host with this number.
pub(super) fn target(host: u32) -> Target {
    let written = format!("host-{host}.simulated.test");
    let url =
        Url::parse(&format!("http://{written}/")).expect("a name of ASCII letters and digits");
    Target { url, written }
}
