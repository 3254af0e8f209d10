//! What is remembered of the requests of a run, so that the browser can be asked about them later.
//!
//! To remember one costs an entry and a handle; what the browser tells of it is read when somebody wants to know.

use std::cell::{Cell, RefCell};
use std::fmt::Write;

use js_sys::Array;
use url::{Position, Url};
use wasm_bindgen::JsCast;
use web_sys::Headers;

use super::resource_timing;
use crate::engine::exchange::{Exchange, Stall, Stalled};
use crate::engine::trace::TaskId;

thread_local! {
    static RUNS: Cell<u32> = const { Cell::new(0) };
}

/// The requests of one run.
pub(super) struct Exchanges {
    /// Which run of this visit, from 1.
    run: u32,
    sent: RefCell<Vec<Sent>>,
}

/// A request that was sent.
struct Sent {
    task: TaskId,
    attempts_before: u32,
    address: String,
    at_ms: f64,
    /// The answer's, once there is one.
    headers: Option<Headers>,
}

impl Exchanges {
    /// Those of the next run.
    pub(super) fn of_next_run() -> Self {
        let run = RUNS.get() + 1;
        RUNS.set(run);
        Self {
            run,
            sent: RefCell::default(),
        }
    }

    /// The address to ask for: with a fragment that no other request has. It is not sent, but the browser's records and its
    /// developer tools show it.
    pub(super) fn address(&self, task: TaskId, attempts_before: u32, url: &Url) -> String {
        let mut address = url[..Position::AfterQuery].to_owned();
        let _ = write!(address, "#run-{}-task-{}", self.run, task.index() + 1);
        if attempts_before > 0 {
            let _ = write!(address, "-attempt-{}", attempts_before + 1);
        }
        address
    }

    /// Remembers a request that was sent at the moment `at_ms` of the page's clock. Returns its place.
    pub(super) fn send(
        &self,
        task: TaskId,
        attempts_before: u32,
        address: String,
        at_ms: f64,
    ) -> usize {
        let mut sent = self.sent.borrow_mut();
        sent.push(Sent {
            task,
            attempts_before,
            address,
            at_ms,
            headers: None,
        });
        sent.len() - 1
    }

    /// Remembers the headers of its answer.
    pub(super) fn answer(&self, place: usize, headers: &Headers) {
        if let Some(sent) = self.sent.borrow_mut().get_mut(place) {
            sent.headers = Some(headers.clone());
        }
    }

    /// All that the browser tells of an attempt. O(n) in the requests of the run.
    pub(super) fn recall(&self, task: TaskId, attempts_before: u32) -> Option<Exchange> {
        let sent = self.sent.borrow();
        let sent = sent
            .iter()
            .find(|sent| sent.task == task && sent.attempts_before == attempts_before)?;
        Some(Exchange {
            headers: sent.headers.as_ref().map(pairs).unwrap_or_default(),
            timing: resource_timing::timing(&sent.address, sent.at_ms),
        })
    }

    /// How long all of them were stalled. One look at all records, O(n).
    pub(super) fn stalled(&self) -> Stalled {
        let mut all = Stalled {
            sent: self.sent.borrow().len(),
            ..Stalled::default()
        };
        resource_timing::each_named(&self.mark(), &mut |_, timing| {
            if let Some(stalled) = timing.stalled() {
                all.total += stalled;
                all.told += 1;
            }
        });
        all
    }

    /// How long each of them was stalled before it was sent, as far as that is told. One look at all records, O(n).
    pub(super) fn stalls(&self) -> Vec<Stall> {
        let mut all = Vec::new();
        resource_timing::each_named(&self.mark(), &mut |attempt, timing| {
            let whose = whose(attempt).zip(timing.stalled_before_sent());
            all.extend(whose.map(|((task, attempts_before), wait)| Stall {
                task,
                attempts_before,
                wait,
            }));
        });
        all
    }

    /// What the fragments of its requests begin with.
    fn mark(&self) -> String {
        ["#run-", &self.run.to_string(), "-"].concat()
    }
}

/// The task and the attempt that the end of a fragment names: `task-3`, `task-3-attempt-2`.
fn whose(attempt: &str) -> Option<(TaskId, u32)> {
    let rest = attempt.strip_prefix("task-")?;
    let (task, attempt) = rest.split_once("-attempt-").unwrap_or((rest, "1"));
    let before = |count: &str| count.parse::<u32>().ok()?.checked_sub(1);
    Some((TaskId(before(task)?), before(attempt)?))
}

fn pairs(headers: &Headers) -> Vec<(String, String)> {
    let text = |pair: &Array, place| pair.get(place).as_string().unwrap_or_default();
    let pairs = js_sys::try_iter(headers).ok().flatten();
    let pairs = pairs.into_iter().flatten().filter_map(Result::ok);
    pairs
        .map(|pair| pair.unchecked_into())
        .map(|pair: Array| (text(&pair, 0), text(&pair, 1)))
        .collect()
}
