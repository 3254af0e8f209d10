//! Carries out the Lab's plans on a connection.
//!
//! The timers are not Tokio's: those know whole milliseconds and round up, so that each answer would be late by one.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use async_io::Timer;
use axum::extract::State;
use axum::response::Response;
use crawl_playground::engine::moment::Moment;
use crawl_playground::lab::{self, Answer, Body, Plan, Request, respond};
use futures::future::pending;
use futures::stream::{Stream, StreamExt, iter};

use crate::asked::Asked;
use crate::ledger::{End, InFlight, Ledger};

/// The Lab and what it remembers. Cloning gives another handle to the same one.
#[derive(Clone)]
pub(crate) struct Lab {
    origin: Instant,
    state: Arc<Mutex<lab::State>>,
    ledger: Ledger,
}

impl Lab {
    pub(crate) fn new(ledger: Ledger) -> Self {
        Self {
            origin: Instant::now(),
            state: Arc::default(),
            ledger,
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

/// Answers one request. Whoever leaves in between drops this future.
pub(crate) async fn answer(State(lab): State<Lab>, asked: Asked) -> Response {
    let arrival = Instant::now();
    let mut in_flight = lab
        .ledger
        .arrival(arrival, asked.connection.number, &asked.sent);
    match lab.plan(&asked.request, arrival) {
        Plan::Answer(answer) => {
            Timer::at(arrival + answer.headers_after).await;
            let headers_at = Instant::now();
            in_flight.headers(headers_at);
            response(answer, asked.is_head, in_flight, headers_at)
        }
        Plan::Hang => pending().await,
        Plan::Drop(after) => {
            Timer::at(arrival + after).await;
            in_flight.will_end(End::Dropped);
            drop(in_flight);
            match asked.connection.hang_up().await {}
        }
    }
}

fn response(answer: Answer, is_head: bool, in_flight: InFlight, headers_at: Instant) -> Response {
    let mut response = Response::builder().status(answer.status);
    for (name, value) in answer.headers {
        response = response.header(name, value.as_ref());
    }
    let body = if is_head { Body::EMPTY } else { answer.body };
    // All names and values are the Lab's own, and its tests hold them to what a header may be.
    response
        .body(body_of(body, in_flight, headers_at))
        .unwrap_or_default()
}

/// The body, which takes the request's guard along: it is dropped with its last byte, or when the client leaves.
fn body_of(body: Body, mut in_flight: InFlight, headers_at: Instant) -> axum::body::Body {
    let mut left_bytes = body.len();
    if left_bytes == 0 {
        in_flight.will_end(End::Complete);
    }
    let pieces = timed(body, headers_at).map(move |piece| {
        left_bytes -= piece.len();
        if left_bytes == 0 {
            in_flight.will_end(End::Complete);
        }
        Ok::<_, Infallible>(piece)
    });
    axum::body::Body::from_stream(pieces)
}

fn timed(body: Body, headers_at: Instant) -> impl Stream<Item = Vec<u8>> + Send + 'static {
    iter(body.pace()).then(move |(offset, bytes)| async move {
        if !offset.is_zero() {
            Timer::at(headers_at + offset).await;
        }
        bytes
    })
}
