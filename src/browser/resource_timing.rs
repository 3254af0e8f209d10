//! Resource Timing: the browser's own record of a request, from its call to its last byte.
//!
//! By the standard a record can't be tied to its call of `fetch` (w3c/resource-timing issues 102 and 255). Chromium's carries the
//! address with its fragment, which no server ever sees: so each request of a run has a fragment of its own. Where a browser
//! cuts the fragment off, a record counts if it is the only one of its address that began when the request was sent.

use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Performance, PerformanceResourceTiming};

use crate::engine::exchange::{Phase, Timing, edge_to_edge};
use crate::engine::moment::Moment;

/// So many records are kept; by itself a browser keeps 250. As many as a run can have tasks, with some tried again.
const RECORDS: u32 = 20_000;
/// A record by an address alone begins within so many ms of when the request was sent: clocks tick at a tenth of one, and the
/// call takes a while.
const BEGINS_WITHIN_MS: std::ops::Range<f64> = -1.0..20.0;

/// Has the browser keep records from now on, and forget those that it has.
pub fn begin() {
    if let Some(performance) = performance() {
        performance.set_resource_timing_buffer_size(RECORDS);
        performance.clear_resource_timings();
    }
}

/// What the browser tells of the request for `address` that was sent at `sent_ms`; `None` where it has no record of it that
/// can be told from others.
pub(super) fn timing(address: &str, sent_ms: f64) -> Option<Timing> {
    let performance = performance()?;
    let began_then = |record: &PerformanceResourceTiming| {
        BEGINS_WITHIN_MS.contains(&(record.start_time() - sent_ms))
    };
    let own = only(&performance, address, |_| true);
    let plain = address.split('#').next().unwrap_or_default();
    let record = own.or_else(|| only(&performance, plain, began_then))?;
    Some(read(&record))
}

/// The record of that name that is like this, if there is one only.
fn only(
    performance: &Performance,
    name: &str,
    is_like: impl Fn(&PerformanceResourceTiming) -> bool,
) -> Option<PerformanceResourceTiming> {
    let records: Array = performance.get_entries_by_name_with_entry_type(name, "resource");
    let mut records = records.iter().map(JsCast::unchecked_into).filter(is_like);
    let record = records.next()?;
    records.next().is_none().then_some(record)
}

/// Visits the records of all requests whose address holds `mark`, with what comes after it.
pub(super) fn each_named(mark: &str, visit: &mut dyn FnMut(&str, Timing)) {
    let records = performance().map(|performance| performance.get_entries_by_type("resource"));
    for record in records.iter().flat_map(Array::iter) {
        let record: PerformanceResourceTiming = record.unchecked_into();
        if let Some((_, rest)) = record.name().split_once(mark) {
            visit(rest, read(&record));
        }
    }
}

fn read(record: &PerformanceResourceTiming) -> Timing {
    let at = Moment::from_ms;
    // All between the first and the last mark is zero where the server does not let it be seen.
    let is_told = record.response_start() > 0.0;
    let worker_ms = record.worker_start();
    let secure_ms = record.secure_connection_start();
    let tls_ms = if secure_ms > 0.0 {
        secure_ms
    } else {
        record.connect_end()
    };
    let told = [
        (
            Phase::Redirects,
            record.redirect_start(),
            record.redirect_end(),
        ),
        (Phase::Worker, worker_ms, record.fetch_start()),
        (
            Phase::Dns,
            record.domain_lookup_start(),
            record.domain_lookup_end(),
        ),
        (Phase::Connect, record.connect_start(), tls_ms),
        (Phase::Tls, tls_ms, record.connect_end()),
        (
            Phase::FirstByte,
            record.request_start(),
            record.response_start(),
        ),
        (Phase::Body, record.response_start(), record.response_end()),
    ];
    let told = told
        .into_iter()
        .filter(|(_, from, _)| *from > 0.0)
        .map(|(phase, from, to)| (phase, at(from), at(to)));
    let spans = is_told.then(|| {
        let (start, end) = (at(record.start_time()), at(record.response_end()));
        edge_to_edge(start, end, told)
    });
    // A worker that lets a request pass leaves it to the network, whose protocol is told then.
    let protocol = record.next_hop_protocol();
    Timing {
        spans: spans.unwrap_or_default(),
        is_by_worker: worker_ms > 0.0 && protocol.is_empty(),
        protocol,
        wire_bytes: bytes(record.transfer_size()),
        sent_bytes: bytes(record.encoded_body_size()),
        body_bytes: bytes(record.decoded_body_size()),
    }
}

/// A float-to-int cast saturates and turns NaN into 0.
fn bytes(count: f64) -> u64 {
    count as u64
}

fn performance() -> Option<Performance> {
    web_sys::window()?.performance()
}
