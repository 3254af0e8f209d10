//! What truly happened: every request to the Lab, with its times by one clock.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use serde::Serialize;

/// The ledger. Cloning gives another handle to the same one.
#[derive(Clone)]
pub struct Ledger(Arc<Inner>);

struct Inner {
    origin: Instant,
    book: Mutex<Book>,
}

#[derive(Default)]
struct Book {
    in_flight: usize,
    peak: usize,
    /// The id of `requests[0]`: ids go on when the ledger starts anew, so that none means two requests.
    first_id: usize,
    requests: Vec<Entry>,
}

/// One request, as the ledger's JSON has it. Times are milliseconds since the server's start.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Entry {
    /// Counts from 0, in order of arrival.
    pub id: usize,
    /// Which connection it came on: a number that counts the server's connections.
    pub connection: usize,
    /// Path and query as they were sent.
    pub path: String,
    /// Requests in flight when it arrived, itself among them.
    pub in_flight: usize,
    /// When its headers had been read.
    pub arrival_ms: f64,
    /// When the response's headers were handed out.
    pub headers_ms: Option<f64>,
    /// When its last byte was handed out, or the client was gone.
    pub departure_ms: Option<f64>,
    /// How it ended.
    pub end: Option<End>,
}

/// How a request ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum End {
    /// Its last byte was handed to the socket.
    Complete,
    /// The client left before that.
    Aborted,
    /// The Lab closed the connection, as it was asked to.
    Dropped,
}

/// The whole ledger at one moment, as `GET /truth` gives it.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Truth {
    /// The moment.
    pub now_ms: f64,
    /// Requests in flight now.
    pub in_flight: usize,
    /// Most requests in flight at once since the last reset.
    pub peak: usize,
    /// Requests that arrived since the last reset.
    pub requests: Vec<Entry>,
}

impl Ledger {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Inner {
            origin: Instant::now(),
            book: Mutex::default(),
        }))
    }

    /// What is known now.
    #[must_use]
    pub fn truth(&self) -> Truth {
        let book = self.book();
        Truth {
            now_ms: self.ms(Instant::now()),
            in_flight: book.in_flight,
            peak: book.peak,
            requests: book.requests.clone(),
        }
    }

    /// Forgets all requests. Those in flight still count as such until they end.
    pub fn reset(&self) {
        let mut book = self.book();
        book.first_id += book.requests.len();
        book.requests.clear();
        book.peak = book.in_flight;
    }

    /// Writes down that a request arrived. It ends when the guard is dropped.
    pub(crate) fn arrival(&self, at: Instant, connection: usize, path: &str) -> InFlight {
        let mut book = self.book();
        book.in_flight += 1;
        book.peak = book.peak.max(book.in_flight);
        let id = book.first_id + book.requests.len();
        let in_flight = book.in_flight;
        book.requests.push(Entry {
            id,
            connection,
            path: path.to_owned(),
            in_flight,
            arrival_ms: self.ms(at),
            headers_ms: None,
            departure_ms: None,
            end: None,
        });
        InFlight {
            ledger: self.clone(),
            id,
            end: End::Aborted,
        }
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ms(&self, at: Instant) -> f64 {
        at.saturating_duration_since(self.0.origin).as_secs_f64() * 1e3
    }
}

impl Book {
    /// The entry of a request, unless the ledger has started anew since.
    fn entry(&mut self, id: usize) -> Option<&mut Entry> {
        let place = id.checked_sub(self.first_id)?;
        self.requests.get_mut(place)
    }
}

/// A request in flight. Dropping it writes down its end: aborted, unless something else was said before.
pub(crate) struct InFlight {
    ledger: Ledger,
    id: usize,
    end: End,
}

impl InFlight {
    /// The headers are handed out now.
    pub(crate) fn headers(&self, at: Instant) {
        let headers_ms = self.ledger.ms(at);
        if let Some(entry) = self.ledger.book().entry(self.id) {
            entry.headers_ms = Some(headers_ms);
        }
    }

    /// When this is dropped, it will be for this reason.
    pub(crate) fn will_end(&mut self, end: End) {
        self.end = end;
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        let departure_ms = self.ledger.ms(Instant::now());
        let mut book = self.ledger.book();
        book.in_flight -= 1;
        if let Some(entry) = book.entry(self.id) {
            entry.departure_ms = Some(departure_ms);
            entry.end = Some(self.end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{End, Instant, Ledger};

    #[test]
    fn a_request_is_in_flight_until_its_guard_is_dropped() {
        let ledger = Ledger::new();
        let first = ledger.arrival(Instant::now(), 0, "/a");
        let mut second = ledger.arrival(Instant::now(), 1, "/b");
        second.will_end(End::Complete);
        drop(second);
        let truth = ledger.truth();
        assert_eq!((truth.in_flight, truth.peak), (1, 2));
        assert_eq!(truth.requests[0].end, None);
        assert_eq!(truth.requests[1].end, Some(End::Complete));
        drop(first);
        assert_eq!(ledger.truth().requests[0].end, Some(End::Aborted));
    }

    #[test]
    fn a_reset_forgets_requests_but_not_that_they_are_in_flight() {
        let ledger = Ledger::new();
        let old = ledger.arrival(Instant::now(), 0, "/old");
        ledger.reset();
        let new = ledger.arrival(Instant::now(), 0, "/new");
        assert_eq!(ledger.truth().peak, 2);
        drop(old);
        let truth = ledger.truth();
        assert_eq!(truth.in_flight, 1);
        assert_eq!(truth.requests.len(), 1);
        assert_eq!((truth.requests[0].id, truth.requests[0].end), (1, None));
        drop(new);
        assert_eq!(ledger.truth().in_flight, 0);
    }
}
