//! One target's whole life: it joins the run's queue, waits, is fetched, pauses, ends.
//!
//! A task records what it spends its time on as it goes, and it ends when it is dropped: with the outcome of its last
//! attempt, or cancelled if there is none. So a strategy can't forget to end one, and dropping a run ends all.

use std::rc::Rc;
use std::time::Duration;

use futures::future::select;
use url::Url;

use super::cancel::Cancelled;
use super::holdings::Holdings;
use super::limits::OnFailure;
use super::moment::Moment;
use super::outcome::Outcome;
use super::run::Run;
use super::trace::{OriginId, TaskId, What};
use super::wait::{State, Wait};

pub(super) use page::{Page, ReadPage, Wants};
pub use tries::Attempt;
pub(super) use tries::Tries;

mod page;
mod tries;

/// A task of a run.
pub struct Task {
    run: Run,
    id: TaskId,
    url: Url,
    origin: OriginId,
    outcome: Option<Outcome>,
    wants: Wants,
    /// What came, until it was parsed.
    page: Option<Box<Page>>,
    /// Where the response came from in the end, and what the page says, if its task is a crawl's.
    read: Option<Box<ReadPage>>,
    /// From the first permit or place on.
    holdings: Option<Rc<Holdings>>,
    tries: Tries,
}

/// A task failed, and its run stops at the first failure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Failed;

impl Task {
    pub(super) fn new(run: Run, id: TaskId, url: Url, origin: OriginId) -> Self {
        Self {
            run,
            id,
            url,
            origin,
            outcome: None,
            wants: Wants::default(),
            page: None,
            read: None,
            holdings: None,
            tries: Tries::default(),
        }
    }

    /// The same task, with more to be had of its page.
    pub(super) fn wanting(mut self, wants: Wants) -> Self {
        self.wants = wants;
        self
    }

    /// Sends the request, reads the response to its end and parses it; what is worth it is tried again. Clocks and
    /// host limits are waited for.
    ///
    /// # Errors
    /// [`Failed`] if it failed in a run that stops at the first failure.
    pub async fn fetch(&mut self) -> Result<(), Failed> {
        while self.ready().await {
            self.attempt().await?;
        }
        Ok(())
    }

    /// As [`Task::fetch`], without parsing: [`Task::parse`] comes later.
    ///
    /// # Errors
    /// [`Failed`] if it failed in a run that stops at the first failure.
    pub async fn download(&mut self) -> Result<(), Failed> {
        while self.ready().await {
            self.send().await;
            self.verdict()?;
        }
        Ok(())
    }

    /// One attempt, for which the task must be ready: sends the request, reads the response to its end, and parses it.
    ///
    /// # Errors
    /// [`Failed`] if it failed for good in a run that stops at the first failure.
    pub async fn attempt(&mut self) -> Result<(), Failed> {
        self.send().await;
        self.parse().await;
        self.verdict()
    }

    fn verdict(&self) -> Result<(), Failed> {
        let has_failed = !self.is_ok() && self.tries.again_at.is_none();
        let stops = self.run.limits().on_failure == OnFailure::StopAtFirst;
        if has_failed && stops && !self.is_cancelled() {
            Err(Failed)
        } else {
            Ok(())
        }
    }

    /// Waits out the deliberate delay. It follows the delay's setting while it goes on. Nothing is waited for before
    /// another try.
    pub async fn pause(&mut self) {
        if self.wants_attempt() || self.is_out() {
            return;
        }
        let start = self.run.elapsed();
        loop {
            let changed = self.run.limits_changed();
            let spent = self.run.elapsed() - start;
            let rest = self.run.limits().delay.saturating_sub(spent);
            if rest.is_zero() {
                return;
            }
            self.enter_once(Wait::Pause);
            let sleep = self.run.ports().sleep.sleep(rest);
            if self.or_cancelled(select(sleep, changed)).await.is_err() {
                return;
            }
        }
    }

    /// The result is there, and waits to be taken. A task that was cancelled or never sent has none: it ends here, and
    /// what is handed on is empty.
    pub fn hand_over(&mut self) {
        if self.is_out() {
            self.end();
        } else {
            self.enter_once(Wait::Handover);
        }
    }

    /// The consumer takes the result, and works on it.
    pub async fn store(&mut self) {
        if self.is_out() {
            return;
        }
        self.run.record(What::Collected(self.id));
        let span = self.run.limits().store;
        if span.is_zero() {
            return;
        }
        self.enter(Wait::Store);
        let sleep = self.run.ports().sleep.sleep(span);
        let _ = self.or_cancelled(sleep).await;
    }

    /// Sets the time between two requests to its host.
    pub(super) fn throttle(&self, delay: Duration) {
        self.run.throttle(self.origin, delay);
    }

    /// Whether the page came.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.outcome.is_some_and(Outcome::is_ok)
    }

    /// Its last attempt, if one is over.
    #[must_use]
    pub const fn last_attempt(&self) -> Option<Attempt> {
        self.tries.last
    }

    /// What came and was not parsed yet.
    pub(super) fn body(&self) -> &[u8] {
        self.page.as_ref().map_or(&[], |page| &page.body)
    }

    pub(super) const fn id(&self) -> TaskId {
        self.id
    }

    pub(super) const fn url(&self) -> &Url {
        &self.url
    }

    pub(super) const fn origin(&self) -> OriginId {
        self.origin
    }

    pub(super) const fn run(&self) -> &Run {
        &self.run
    }

    pub(super) const fn tries(&mut self) -> &mut Tries {
        &mut self.tries
    }

    pub(super) const fn attempts_before(&self) -> u32 {
        self.tries.used.saturating_add(self.tries.put_off)
    }

    /// Whether it has no outcome yet, or one that is tried again.
    pub(super) fn wants_attempt(&self) -> bool {
        !self.is_cancelled() && (self.outcome.is_none() || self.tries.again_at.is_some())
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.run.cancels().is_cancelled(self.id)
    }

    /// Whether it was cancelled or refused, so that nothing comes of it.
    pub(super) fn is_out(&self) -> bool {
        self.is_cancelled() || matches!(self.outcome, Some(Outcome::Refused(_)))
    }

    pub(super) fn take_backoff(&mut self) -> Option<Moment> {
        self.outcome = None;
        self.tries.again_at.take()
    }

    /// What it has in hand, in the reach of who cancels it.
    pub(super) fn holdings(&mut self) -> Rc<Holdings> {
        let (cancels, id) = (self.run.cancels(), self.id);
        let holdings = self.holdings.get_or_insert_with(|| {
            let holdings = Rc::default();
            cancels.list(id, Some(Rc::clone(&holdings)));
            holdings
        });
        Rc::clone(holdings)
    }

    pub(super) fn leave_places(&self) {
        if let Some(holdings) = &self.holdings {
            holdings.leave_places();
        }
    }

    pub(super) const fn set_outcome(&mut self, outcome: Outcome) {
        self.outcome = Some(outcome);
    }

    pub(super) const fn take_outcome(&mut self) -> Option<Outcome> {
        self.outcome.take()
    }

    pub(super) const fn wants(&self) -> &Wants {
        &self.wants
    }

    pub(super) fn learn(&mut self, read: Box<ReadPage>) {
        self.read = Some(read);
    }

    pub(super) const fn take_read(&mut self) -> Option<Box<ReadPage>> {
        self.read.take()
    }

    /// How its last attempt ended.
    pub(super) const fn outcome(&self) -> Option<Outcome> {
        self.outcome
    }

    pub(super) fn keep(&mut self, page: Box<Page>) {
        self.page = Some(page);
    }

    /// A new attempt begins: what the one before it brought does not count any more.
    pub(super) fn begin_attempt(&mut self, now: Moment) {
        self.page = None;
        self.read = None;
        (self.tries.headers_at, self.tries.last) = (None, None);
        self.tries.first_sent.get_or_insert(now);
    }

    pub(super) const fn take_page(&mut self) -> Option<Box<Page>> {
        self.page.take()
    }

    /// Waits for `future`, unless this task is cancelled before.
    pub(super) async fn or_cancelled<F: Future + Unpin>(
        &mut self,
        future: F,
    ) -> Result<F::Output, Cancelled> {
        let ended = self.run.cancels().or_cancelled(self.id, future).await;
        if ended.is_err() {
            self.outcome = Some(Outcome::Cancelled);
            self.tries.again_at = None;
        }
        ended
    }

    pub(super) fn enter_once(&self, wait: Wait) {
        if self.run.state(self.id) != Some(State::In(wait)) {
            self.enter(wait);
        }
    }

    pub(super) fn enter(&self, wait: Wait) {
        self.run.enter(self.id, wait);
    }

    /// Ends, if it has not ended yet.
    fn end(&self) {
        if !matches!(self.run.state(self.id), Some(State::Done(_))) {
            self.run.end(self.id, self.last_outcome());
        }
    }

    /// How it ends if it ends now. Who still waits for something before an attempt has no outcome.
    fn last_outcome(&self) -> Outcome {
        match self.outcome {
            Some(outcome) if self.tries.again_at.is_none() && !self.is_cancelled() => outcome,
            _ => Outcome::Cancelled,
        }
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        if self.holdings.is_some() {
            drop(self.run.cancels().list(self.id, None));
            self.leave_places();
        }
        self.end();
    }
}
