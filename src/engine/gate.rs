//! The gate in front of each request: back-off, the host's clock and limit, the rate, and a permit, composed.
//!
//! A task that is held by a clock holds no permit meanwhile, and yet a request goes out only when its permit *and* its
//! clocks allow it at that very moment: else those who had waited out their clocks could gather in front of the
//! semaphore, and go out in a bunch. So a task asks for its permit last, and looks at the clocks again when it has it.
//! If they have closed meanwhile it gives the permit back and stands in line for its turn at the clock. Who has that
//! turn keeps it until its request goes out, and nobody else passes.
//!
//! What is asked for comes in one order, from the narrowest to the widest: the host's turn, a place at the host, the
//! rate's turn, a place in the run, a permit. So nobody waits for one host while it holds what all hosts share, and
//! no two wait for each other.

use std::future::pending;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;

use futures::future::{Either, select};

use super::cancel::Cancelled;
use super::held_permit::HeldPermit;
use super::host::Host;
use super::moment::Moment;
use super::outcome::{Outcome, Refusal};
use super::rate::TokenBucket;
use super::semaphore::{Permit, Semaphore};
use super::task::Task;
use super::wait::Wait;

/// So many of those in line at a host are told when a break begins.
const MOST_TOLD: usize = 256;

/// What an attempt holds until its response is complete: a place among all that are in flight, and one at its host.
pub(super) struct Places {
    _ceiling: Permit,
    _host: Permit,
}

/// The turn at a host's clock.
#[derive(Default)]
struct HostTurn {
    held: Option<Permit>,
    /// The task has stood in line for it.
    was_held: bool,
}

impl Task {
    /// Waits until the task's next attempt may be sent. `false` when there is none: it has its outcome, was cancelled,
    /// may not be tried again, or its host wants to be left alone for longer than is waited for.
    ///
    /// ```text
    /// while task.ready().await {
    ///     task.attempt().await?;
    /// }
    /// ```
    pub async fn ready(&mut self) -> bool {
        self.admitted(None).await.is_some()
    }

    /// The same, with a permit of a semaphore; the permit is asked for last, and is not held while anything else is
    /// waited for. `None` when there is no next attempt, or when the semaphore is closed, which refuses the task.
    pub async fn permit(&mut self, permits: &Semaphore) -> Option<HeldPermit> {
        self.admitted(Some(permits)).await?
    }

    async fn admitted(&mut self, permits: Option<&Semaphore>) -> Option<Option<HeldPermit>> {
        if !self.wants_attempt() {
            return None;
        }
        match self.pass_gate(permits).await {
            Ok(permit) => Some(permit),
            Err(NotAdmitted::Cancelled) => None,
            Err(NotAdmitted::Refused(reason)) => {
                self.set_outcome(Outcome::Refused(reason));
                None
            }
        }
    }

    async fn pass_gate(
        &mut self,
        permits: Option<&Semaphore>,
    ) -> Result<Option<HeldPermit>, NotAdmitted> {
        self.back_off().await?;
        let host = self.run().host(self.origin());
        let mut host_turn = HostTurn::default();
        loop {
            self.wait_for_host(&host, &mut host_turn).await?;
            let at_host = self.place(&host.slots, Wait::HostPermit).await?;
            let token_turn = self.wait_for_token().await?;
            let ceiling = self.run().ceiling().clone();
            // Who meets the ceiling, which protects the browser or holds a smaller crew to its number, waits for a permit
            // like any other.
            let places = Places {
                _ceiling: self.place(&ceiling, Wait::Permit).await?,
                _host: at_host,
            };
            let permit = match permits {
                Some(permits) => Some(self.lent(permits).await?),
                None => None,
            };
            let run = self.run();
            let is_open =
                self.is_open(&host, &host_turn) && run.is_token_there(token_turn.is_some());
            if is_open && run.take_turn(&host) {
                self.holdings().hold_places(places);
                return Ok(permit);
            }
        }
    }

    async fn back_off(&mut self) -> Result<(), Cancelled> {
        let Some(until) = self.take_backoff() else {
            return Ok(());
        };
        self.enter(Wait::Backoff);
        let rest = until - self.run().elapsed();
        let sleep = self.run().ports().sleep.sleep(rest);
        self.or_cancelled(sleep).await
    }

    /// Waits until the host's clock lets a request go. Who had to wait has the turn from then on, unless there is no clock
    /// and it was for a break: then all go on together, and wait for what else there is. For a host that asked for a longer
    /// break than anyone is to wait for, nobody waits: to come sooner would be against its word.
    async fn wait_for_host(&mut self, host: &Host, turn: &mut HostTurn) -> Result<(), NotAdmitted> {
        if self.is_open(host, turn) {
            return Ok(());
        }
        if turn.held.is_none() {
            turn.held = self.wait_in_line_at(host).await?;
            turn.was_held = true;
        }
        loop {
            let changed = self.run().limits_changed();
            let rest = self.run().host_rest(host);
            if rest.is_zero() {
                if !host.has_clock(&self.run().limits()) {
                    turn.held = None;
                }
                return Ok(());
            }
            if host.break_left(self.run().elapsed()) > self.run().limits().retry.longest {
                return Err(NotAdmitted::Refused(Refusal::Break));
            }
            self.sleep_in(self.held_by(host), rest, changed).await?;
        }
    }

    /// Stands in line for the turn at the host. Until the break that it asked for is over, that is what all in line wait
    /// for, and then for its clock. Who came far behind hears of no break that begins later: to tell all of each would cost
    /// as many wake-ups as there are tasks and breaks.
    async fn wait_in_line_at(&mut self, host: &Host) -> Result<Option<Permit>, Cancelled> {
        let hears = host.turn.waiting() < MOST_TOLD;
        let mut asked = host.turn.acquire();
        loop {
            let break_asked = host.break_asked();
            let wait = self.held_by(host);
            self.enter_once(wait);
            let left = host.break_left(self.run().elapsed());
            let sleep = Rc::clone(&self.run().ports().sleep);
            let has_changed = async {
                match wait {
                    Wait::Backoff => sleep.sleep(left).await,
                    _ if hears => break_asked.await,
                    _ => pending().await,
                }
            };
            match self.or_cancelled(select(asked, pin!(has_changed))).await? {
                Either::Left((turn, _)) => return Ok(turn.ok()),
                Either::Right(((), still)) => asked = still,
            }
        }
    }

    fn is_open(&self, host: &Host, turn: &HostTurn) -> bool {
        let run = self.run();
        // Without a clock nobody has to go after those who got the turn later.
        let is_through = turn.was_held && !host.has_clock(&run.limits());
        run.is_host_open(host, turn.held.is_some() || is_through)
    }

    fn held_by(&self, host: &Host) -> Wait {
        host.held_by(self.run().elapsed(), &self.run().limits())
    }

    /// Waits until the rate lets a request go. Who had to wait gets the turn.
    async fn wait_for_token(&mut self) -> Result<Option<Permit>, Cancelled> {
        if self.run().is_token_there(false) {
            return Ok(None);
        }
        self.enter_once(Wait::Token);
        let turn = self.run().token_turn().acquire();
        let turn = self.or_cancelled(turn).await?.ok();
        loop {
            let changed = self.run().limits_changed();
            let rest = self.run().token_rest();
            if rest.is_zero() {
                return Ok(turn);
            }
            self.sleep_in(Wait::Token, rest, changed).await?;
        }
    }

    /// Sleeps for `rest`, or until a setting changes.
    async fn sleep_in(
        &mut self,
        wait: Wait,
        rest: Duration,
        changed: impl Future<Output = ()> + Unpin,
    ) -> Result<(), Cancelled> {
        self.enter_once(wait);
        if rest == Duration::MAX {
            return self.or_cancelled(changed).await;
        }
        let sleep = self.run().ports().sleep.sleep(rest);
        self.or_cancelled(select(sleep, changed)).await.map(drop)
    }

    async fn place(&mut self, slots: &Semaphore, wait: Wait) -> Result<Permit, NotAdmitted> {
        if let Some(place) = slots.try_acquire() {
            return Ok(place);
        }
        let asked = slots.acquire();
        self.enter_once(wait);
        self.or_cancelled(asked)
            .await?
            .map_err(|_| NotAdmitted::CLOSED)
    }

    async fn lent(&mut self, permits: &Semaphore) -> Result<HeldPermit, NotAdmitted> {
        let asked = permits.acquire();
        self.enter_once(Wait::Permit);
        let permit = self.or_cancelled(asked).await?;
        let permit = permit.map_err(|_| NotAdmitted::CLOSED)?;
        Ok(HeldPermit::new(self, permit))
    }
}

/// Why a task may not go.
enum NotAdmitted {
    Cancelled,
    Refused(Refusal),
}

impl NotAdmitted {
    const CLOSED: Self = Self::Refused(Refusal::Limit);
}

impl From<Cancelled> for NotAdmitted {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

/// The rate limit of a run.
pub(super) struct Rated {
    pub(super) bucket: Option<TokenBucket>,
}

impl Rated {
    /// How long the bucket holds whoever is next.
    pub(super) fn rest(&mut self, now: Moment) -> Duration {
        match &mut self.bucket {
            Some(bucket) => bucket.ready_at(now) - now,
            None => Duration::ZERO,
        }
    }

    pub(super) fn take(&mut self, now: Moment) -> bool {
        self.bucket.as_mut().is_none_or(|bucket| bucket.take(now))
    }
}
