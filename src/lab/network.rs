//! The Lab as a network in this process: in virtual time, or within a page that has no service worker.

use std::cell::RefCell;
use std::rc::Rc;

use futures::future::{FutureExt, LocalBoxFuture, pending};
use futures::stream::{self, LocalBoxStream, StreamExt};
use url::Url;

use super::plan::{Answer, Plan};
use super::{Body, Request, State, respond};
use crate::engine::join::turn;
use crate::engine::moment::Moment;
use crate::engine::ports::{Clock, Fetch, NetworkError, Response, Sleep};

/// Most redirects of one request, as in browsers.
const MAX_REDIRECTS: usize = 20;

/// The Lab as a network. It does what a browser does between the page and a server: it follows redirects and hands
/// out the body as it comes.
///
/// It keeps nothing of an exchange but what its future or its response owns, so dropping either ends it.
///
/// ```
/// use crawl_playground::sim::Sim;
/// use url::Url;
///
/// let sim = Sim::new();
/// let url = Url::parse("http://lab.test/lab/redirect/2?to=../delay/300").unwrap();
/// let response = sim.block_on(sim.lab().fetch.fetch(&url)).unwrap().unwrap();
/// assert_eq!(response.redirected_to.as_deref(), Some("http://lab.test/lab/delay/300"));
/// assert_eq!(sim.now().as_ms(), 300.0);
/// ```
#[derive(Clone)]
pub struct LabNetwork(Rc<Inner>);

struct Inner {
    clock: Rc<dyn Clock>,
    sleep: Rc<dyn Sleep>,
    state: RefCell<State>,
    is_unread: bool,
}

impl LabNetwork {
    /// A Lab that goes by this clock and has remembered nothing yet.
    #[must_use]
    pub fn new(clock: Rc<dyn Clock>, sleep: Rc<dyn Sleep>) -> Self {
        Self::with(clock, sleep, false)
    }

    /// The same for who knows what the pages of its sites say, and reads none: see [`Request::unread`].
    #[must_use]
    pub fn unread(clock: Rc<dyn Clock>, sleep: Rc<dyn Sleep>) -> Self {
        Self::with(clock, sleep, true)
    }

    fn with(clock: Rc<dyn Clock>, sleep: Rc<dyn Sleep>, is_unread: bool) -> Self {
        Self(Rc::new(Inner {
            clock,
            sleep,
            state: RefCell::default(),
            is_unread,
        }))
    }

    async fn exchange(self, mut url: Url) -> Result<Response, NetworkError> {
        // Not part of what is asked for.
        url.set_fragment(None);
        let mut asked = None;
        // A network goes on while nobody looks: who was busy when the headers came finds of the body what came since.
        let mut now = self.0.clock.now();
        for _ in 0..=MAX_REDIRECTS {
            let (answer, headers_at) = self.answer(&url, now).await?;
            now = headers_at;
            let Some(location) = answer.location() else {
                let is_moved = asked.is_some_and(|asked| asked != url);
                let redirected_to = is_moved.then(|| url.to_string());
                return Ok(self.response(answer, headers_at, redirected_to));
            };
            let mut next = url.join(location).map_err(|reason| {
                failed(format!(
                    "The Lab redirected to no address ({reason}): {location}"
                ))
            })?;
            next.set_fragment(None);
            let left = std::mem::replace(&mut url, next);
            asked.get_or_insert(left);
        }
        Err(failed(format!(
            "The Lab redirected more than {MAX_REDIRECTS} times."
        )))
    }

    /// One request, sent at `now`, up to its headers; and when those were there.
    async fn answer(&self, url: &Url, now: Moment) -> Result<(Answer, Moment), NetworkError> {
        let Some(request) = Request::of(url) else {
            return Err(failed(format!(
                "The Lab answers addresses with a path segment \"lab\", not {url}"
            )));
        };
        let request = match self.0.is_unread {
            true => request.unread(),
            false => request,
        };
        let plan = respond(&request, &mut self.0.state.borrow_mut(), now);
        match plan {
            Plan::Answer(answer) => {
                let headers_at = now + answer.headers_after;
                self.0.wait_until(headers_at).await;
                Ok((answer, headers_at))
            }
            Plan::Hang => pending().await,
            Plan::Drop(after) => {
                self.0.wait_until(now + after).await;
                Err(failed("The Lab dropped the connection.".to_owned()))
            }
        }
    }

    fn response(
        self,
        answer: Answer,
        headers_at: Moment,
        redirected_to: Option<String>,
    ) -> Response {
        Response {
            status: answer.status,
            redirected_to,
            retry_after: answer.header("Retry-After").map(str::to_owned),
            link: answer.header("Link").map(str::to_owned),
            content_type: answer.header("Content-Type").unwrap_or_default().to_owned(),
            body: self.stream(answer.body, headers_at),
        }
    }

    fn stream(
        self,
        body: Body,
        headers_at: Moment,
    ) -> LocalBoxStream<'static, Result<Vec<u8>, NetworkError>> {
        let pieces = stream::iter(body.pace());
        let timed = pieces.then(move |(offset, bytes)| {
            let inner = Rc::clone(&self.0);
            async move {
                inner.wait_until(headers_at + offset).await;
                Ok(bytes)
            }
        });
        timed.boxed_local()
    }
}

impl Inner {
    /// Waits until `due` by this clock. Counting from the start each time, late timers do not add up. What was there before
    /// it was asked for is handed over with the next turn, as a browser does.
    async fn wait_until(&self, due: Moment) {
        let now = self.clock.now();
        if due > now {
            self.sleep.sleep(due - now).await;
        } else if due < now {
            turn().await;
        }
    }
}

impl Fetch for LabNetwork {
    fn fetch(&self, url: &Url) -> LocalBoxFuture<'static, Result<Response, NetworkError>> {
        self.clone().exchange(url.clone()).boxed_local()
    }

    fn probe(&self, url: &Url) -> LocalBoxFuture<'static, bool> {
        self.fetch(url)
            .map(|answered| answered.is_ok())
            .boxed_local()
    }
}

fn failed(sentence: String) -> NetworkError {
    NetworkError(sentence)
}
