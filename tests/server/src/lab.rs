//! Carries out the Lab's plans on a connection.
//!
//! The timers are not Tokio's: those know whole milliseconds and round up, so that each answer would be late by one.

use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use async_io::Timer;
use crawl_playground::engine::moment::Moment;
use crawl_playground::lab::{Answer, Body, Plan, Request, State, respond};
use futures::future::pending;
use futures::stream::{Stream, StreamExt, iter};
use http_body_util::{BodyExt, StreamBody};
use hyper::body::{Bytes, Frame};
use hyper::{Method, Response};

use crate::exchange::{Exchange, Reply, ReplyBody};
use crate::ledger::{End, InFlight, Ledger};

/// The Lab and what it remembers. Cloning gives another handle to the same one.
#[derive(Clone)]
pub(crate) struct Lab {
    origin: Instant,
    state: Arc<Mutex<State>>,
    ledger: Ledger,
}

/// The Lab was asked to drop the connection, and hyper does so when the service fails.
#[derive(Debug)]
pub(crate) struct DropConnection;

impl fmt::Display for DropConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the Lab was asked to drop the connection")
    }
}

impl std::error::Error for DropConnection {}

impl Lab {
    pub(crate) fn new(ledger: Ledger) -> Self {
        Self {
            origin: Instant::now(),
            state: Arc::default(),
            ledger,
        }
    }

    /// Answers one request for `path` below the Lab's `root`. Whoever leaves in between drops this future.
    pub(crate) async fn answer(
        &self,
        asked: &Exchange,
        root: &str,
        path: &str,
        cors: bool,
    ) -> Result<Reply, DropConnection> {
        let arrival = Instant::now();
        let mut in_flight = self
            .ledger
            .arrival(arrival, asked.connection, &asked.path_and_query());
        let request = Request::new(path, asked.uri.query().unwrap_or_default());
        let request = request.below(&asked.address(root));
        match self.plan(&request, arrival) {
            Plan::Answer(answer) => {
                Timer::at(arrival + answer.headers_after).await;
                let headers_at = Instant::now();
                in_flight.headers(headers_at);
                Ok(reply(answer, asked, cors, in_flight, headers_at))
            }
            Plan::Hang => pending().await,
            Plan::Drop(after) => {
                Timer::at(arrival + after).await;
                in_flight.will_end(End::Dropped);
                Err(DropConnection)
            }
        }
    }

    fn plan(&self, request: &Request, arrival: Instant) -> Plan {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        respond(
            request,
            &mut state,
            Moment::ZERO + arrival.duration_since(self.origin),
        )
    }
}

fn reply(
    answer: Answer,
    asked: &Exchange,
    cors: bool,
    in_flight: InFlight,
    headers_at: Instant,
) -> Reply {
    let mut response = Response::builder().status(answer.status);
    for (name, value) in answer.headers {
        if cors || !name.starts_with("Access-Control-") {
            response = response.header(name, value.as_ref());
        }
    }
    let body = if asked.method == Method::HEAD {
        Body::EMPTY
    } else {
        answer.body
    };
    let body = body_of(body, in_flight, headers_at);
    // All names and values are the Lab's own, and its tests hold them to what a header may be.
    response.body(body).unwrap_or_default()
}

/// The body, which takes the request's guard along: it is dropped with its last byte, or when the client leaves.
fn body_of(body: Body, mut in_flight: InFlight, headers_at: Instant) -> ReplyBody {
    let mut left_bytes = body.len();
    if left_bytes == 0 {
        in_flight.will_end(End::Complete);
    }
    let pieces = timed(body, headers_at).map(move |piece| {
        left_bytes -= piece.len();
        if left_bytes == 0 {
            in_flight.will_end(End::Complete);
        }
        Ok::<_, io::Error>(Frame::data(piece))
    });
    StreamBody::new(pieces).boxed_unsync()
}

fn timed(body: Body, headers_at: Instant) -> impl Stream<Item = Bytes> + Send + 'static {
    iter(body.pace()).then(move |(offset, bytes)| async move {
        if !offset.is_zero() {
            Timer::at(headers_at + offset).await;
        }
        Bytes::from(bytes)
    })
}
