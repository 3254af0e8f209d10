//! One target's whole life: it joins the run's queue, waits, is fetched, pauses, ends.
//!
//! A task records what it spends its time on as it goes, and it ends when it is dropped: with the outcome of its last
//! attempt, or cancelled if there is none. So a strategy can't forget to end one, and dropping a run ends all.

use std::pin::pin;

use futures::StreamExt;
use futures::future::{Either, select};
use url::Url;

use super::outcome::{Outcome, Refusal};
use super::page;
use super::ports::NetworkError;
use super::run::{MAX_BODY_BYTES, Run};
use super::semaphore::{Permit, Semaphore};
use super::trace::{Note, OriginId, TaskId, What};
use super::wait::{State, Wait};

/// Bytes of a body that are kept to be read, more or less a chunk: pages say who they are early.
const MAX_PARSED_BYTES: usize = 1_000_000;

/// A task of a run.
pub struct Task {
    run: Run,
    id: TaskId,
    url: Url,
    origin: OriginId,
    state: State,
    outcome: Option<Outcome>,
}

impl Task {
    pub(super) fn new(run: Run, id: TaskId, url: Url, origin: OriginId) -> Self {
        Self {
            run,
            id,
            url,
            origin,
            state: State::In(Wait::Queue),
            outcome: None,
        }
    }

    pub(super) fn id(&self) -> TaskId {
        self.id
    }

    pub(super) fn is_ok(&self) -> bool {
        self.outcome.is_some_and(Outcome::is_ok)
    }

    /// Waits for a permit. `None` when the semaphore is closed, which refuses the task.
    pub async fn permit(&mut self, permits: &Semaphore) -> Option<HeldPermit> {
        let asked = permits.acquire();
        self.enter(Wait::Permit);
        let Ok(permit) = asked.await else {
            self.outcome = Some(Outcome::Refused(Refusal::Limit));
            return None;
        };
        self.run.record(What::Lent(self.id));
        Some(HeldPermit {
            run: self.run.clone(),
            id: self.id,
            _permit: permit,
        })
    }

    /// Sends the request and reads the response to its end, within the time allowed. Gives the body, if it is of a
    /// kind that can be read.
    ///
    /// However it ends, the outcome is recorded when the task is dropped.
    pub async fn fetch(&mut self) -> Option<Vec<u8>> {
        // The ceiling that protects the browser. Whoever meets it waits for a permit like any other.
        let mut slot = self.run.ceiling().try_acquire();
        if slot.is_none() {
            let asked = self.run.ceiling().acquire();
            if self.state != State::In(Wait::Permit) {
                self.enter(Wait::Permit);
            }
            slot = asked.await.ok();
        }
        let time = self.run.timeout();
        self.enter(Wait::Request);
        // The timer starts when the request is sent, so headers and body share one allowance.
        let limit = self.run.ports().sleep.sleep(time);
        let ended = match select(pin!(self.attempt()), limit).await {
            Either::Left((ended, _)) => Some(ended),
            Either::Right(_) => None,
        };
        let (outcome, body) = match ended {
            Some(Ok((status, body))) => (Outcome::of_status(status), body),
            Some(Err(NetworkError(words))) => {
                self.run.note(self.id, Note::Error, &words);
                if self.run.ports().fetch.is_offline() {
                    self.run.record(What::Noted(self.id, Note::Offline));
                }
                self.run.saw_failure(self.id, &self.url, self.origin);
                (Outcome::Network, None)
            }
            None => (Outcome::Timeout, None),
        };
        self.outcome = Some(outcome);
        drop(slot);
        body
    }

    async fn attempt(&mut self) -> Result<(u16, Option<Vec<u8>>), NetworkError> {
        let mut response = self.run.ports().fetch.fetch(&self.url).await?;
        self.enter(Wait::Download);
        self.run.record(What::Status(self.id, response.status));
        self.run.saw_answer(self.origin);
        if let Some(address) = &response.redirected_to {
            self.run.note(self.id, Note::FinalUrl, address);
        }
        let is_readable = page::is_readable(&response.content_type);
        let mut kept = Vec::new();
        let mut read_bytes = 0;
        while let Some(chunk) = response.body.next().await {
            let mut chunk = chunk?;
            let is_cut = chunk.len() > MAX_BODY_BYTES - read_bytes;
            chunk.truncate(MAX_BODY_BYTES - read_bytes);
            read_bytes += chunk.len();
            self.run.record(What::Bytes(self.id, in_u32(chunk.len())));
            if is_readable && kept.len() < MAX_PARSED_BYTES {
                kept.append(&mut chunk);
            }
            if is_cut {
                self.run
                    .record(What::Noted(self.id, Note::Cut(in_u32(read_bytes))));
                break;
            }
        }
        // Dropped here, a body that was cut is aborted before the page is read.
        let content_type = std::mem::take(&mut response.content_type);
        let status = response.status;
        drop(response);
        if !is_readable {
            return Ok((status, None));
        }
        self.enter(Wait::Parse);
        if let Some(title) = page::title(&content_type, &kept) {
            self.run.note(self.id, Note::Title, &title);
        }
        Ok((status, Some(kept)))
    }

    /// Waits out the deliberate delay. It follows the delay's setting while it goes on.
    pub async fn pause(&mut self) {
        let delay = self.run.delay().clone();
        let start = self.run.elapsed();
        loop {
            let changed = delay.changed();
            let spent = self.run.elapsed() - start;
            let Some(rest) = delay
                .get()
                .checked_sub(spent)
                .filter(|rest| !rest.is_zero())
            else {
                return;
            };
            if self.state != State::In(Wait::Pause) {
                self.enter(Wait::Pause);
            }
            select(self.run.ports().sleep.sleep(rest), changed).await;
        }
    }

    fn enter(&mut self, wait: Wait) {
        self.become_state(State::In(wait));
        self.run.record(What::Entered(self.id, wait));
    }

    fn become_state(&mut self, next: State) {
        debug_assert!(
            self.state.may_become(next),
            "a task can't go from {:?} to {next:?}",
            self.state
        );
        self.state = next;
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        let outcome = self.outcome.unwrap_or(Outcome::Cancelled);
        self.become_state(State::Done(outcome));
        self.run.record(What::Ended(self.id, outcome));
    }
}

/// A permit that a task holds. Dropping it gives it back, and records that.
#[must_use = "a permit returns itself when dropped"]
pub struct HeldPermit {
    run: Run,
    id: TaskId,
    _permit: Permit,
}

impl Drop for HeldPermit {
    fn drop(&mut self) {
        // Recorded before the permit goes on to the next, so that the trace never shows one too many.
        self.run.record(What::Returned(self.id));
    }
}

fn in_u32(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
