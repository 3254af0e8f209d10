//! One attempt of a task: the request, the response's headers and body, the page; and what follows from how it ended.

use std::pin::pin;
use std::time::Duration;

use futures::StreamExt;
use futures::future::{Either, select};
use url::Url;

use super::cancel::Cancelled;
use super::crawl::credentials::masked;
use super::crawl::facts::Received;
use super::moment::Moment;
use super::outcome::Outcome;
use super::page;
use super::ports::NetworkError;
use super::retry::{RetryWait, is_retryable};
use super::run::MAX_BODY_BYTES;
use super::task::{Attempt, Page, ReadPage, Task, Tries, Wants};
use super::trace::{GaveUp, Note, What};
use super::wait::Wait;

/// A whole response.
struct Answer {
    status: u16,
    page: Option<Box<Page>>,
    retry_after: Option<String>,
}

impl Task {
    /// Sends the request and reads the response to its end, within the time allowed.
    pub(super) async fn send(&mut self) {
        let sent_at = self.run().elapsed();
        self.begin_attempt(sent_at);
        self.enter(Wait::Request);
        let Ok(ended) = self.exchange_in_time().await else {
            self.set_outcome(Outcome::Cancelled);
            self.leave_places();
            return;
        };
        let mut retry_after = None;
        let outcome = match ended {
            Some(Ok(answer)) => {
                retry_after = answer.retry_after;
                if let Some(page) = answer.page {
                    self.keep(page);
                }
                Outcome::of_status(answer.status)
            }
            Some(Err(NetworkError(words))) => {
                self.run().note(self.id(), Note::Error, &words);
                if self.run().ports().fetch.is_offline() {
                    self.run().record(What::Noted(self.id(), Note::Offline));
                }
                self.run().saw_failure(self.id(), self.url(), self.origin());
                Outcome::Network
            }
            None => Outcome::Timeout,
        };
        self.set_outcome(outcome);
        self.leave_places();
        let ended_at = self.run().elapsed();
        self.tries().last = Some(Attempt {
            sent_at,
            headers_at: self.tries().headers_at,
            ended_at,
            outcome,
        });
        let host = self.run().host(self.origin());
        let refusals = match outcome {
            Outcome::HttpError(429 | 503) => host.refused(sent_at, ended_at),
            Outcome::Ok(_) | Outcome::HttpError(400..=499) => {
                host.served(sent_at);
                0
            }
            _ => 0,
        };
        self.plan_retry(outcome, refusals, retry_after.as_deref());
    }

    /// `None` when the time for an attempt is up.
    async fn exchange_in_time(
        &mut self,
    ) -> Result<Option<Result<Answer, NetworkError>>, Cancelled> {
        // The timer starts when the request is sent, so headers and body share one allowance.
        let limit = self.run().limits().timeout;
        let limit = self.run().ports().sleep.sleep(limit);
        let (cancels, id) = (self.run().cancels().clone(), self.id());
        let exchange = pin!(self.exchange());
        let ended = cancels.or_cancelled(id, select(exchange, limit)).await?;
        Ok(match ended {
            Either::Left((ended, _)) => Some(ended),
            Either::Right(_) => None,
        })
    }

    async fn exchange(&mut self) -> Result<Answer, NetworkError> {
        let before = self.attempts_before();
        let network = &self.run().ports().fetch;
        let request = network.fetch_for(self.id(), before, self.url());
        let holdings = self.holdings();
        let mut response = holdings.response(request).await?;
        self.tries().headers_at = Some(self.run().elapsed());
        self.enter(Wait::Download);
        self.run().record(What::Status(self.id(), response.status));
        self.run().saw_answer(self.origin());
        if let Some(address) = &response.redirected_to {
            self.run().note(self.id(), Note::FinalUrl, &masked(address));
        }
        let kept_bytes = self
            .wants()
            .bytes_of(&response.content_type, self.url().path());
        let mut chunks = holdings.chunks(response.body);
        let mut body = Vec::new();
        let mut read_bytes = 0;
        while let Some(chunk) = chunks.next().await {
            let mut chunk = chunk?;
            let is_cut = chunk.len() > MAX_BODY_BYTES - read_bytes;
            chunk.truncate(MAX_BODY_BYTES - read_bytes);
            read_bytes += chunk.len();
            self.run()
                .record(What::Bytes(self.id(), in_u32(chunk.len())));
            if body.is_empty() && kept_bytes > 0 {
                body = chunk;
            } else if body.len() < kept_bytes {
                body.append(&mut chunk);
            }
            if is_cut {
                let cut = Note::Cut(in_u32(read_bytes));
                self.run().record(What::Noted(self.id(), cut));
                break;
            }
        }
        // Dropped at the end of this function, a body that was cut is aborted before the page is read.
        let page = Page {
            redirected_to: response
                .redirected_to
                .take()
                .and_then(|address| Url::parse(&address).ok()),
            content_type: std::mem::take(&mut response.content_type),
            link: response.link.take(),
            body,
        };
        Ok(Answer {
            status: response.status,
            page: (kept_bytes > 0 || *self.wants() != Wants::Title).then(|| Box::new(page)),
            retry_after: response.retry_after.take(),
        })
    }

    /// Reads the page for what it says, and does the work that a page is set to cost.
    pub async fn parse(&mut self) {
        if self.is_out() {
            return;
        }
        let work = self.run().limits().work.filter(|_| self.is_ok());
        let page = self.take_page();
        if page.is_none() && work.is_none() {
            return;
        }
        self.enter_once(Wait::Parse);
        if let Some(page) = page {
            self.read(page).await;
        }
        if let Some(work) = work {
            let work = self.run().ports().compute.work(work);
            // Who is stopped in the middle of its work has not come to its end.
            let outcome = self.take_outcome();
            if let (Ok(_), Some(outcome)) = (self.or_cancelled(work).await, outcome) {
                self.set_outcome(outcome);
            }
        }
    }

    /// Learns from the page what its task wants to know.
    async fn read(&mut self, page: Box<Page>) {
        let title = match self.wants().clone() {
            Wants::Title => page::title(&page.content_type, &page.body),
            Wants::Facts(options) => {
                let page = *page;
                let url = page.redirected_to.as_ref().unwrap_or(self.url());
                let content_type = page.content_type.as_str().into();
                let received = Received {
                    url: url.clone(),
                    content_type: page.content_type,
                    link_header: page.link,
                    body: page.body,
                    options,
                };
                let facts = self.run().ports().read.read(received);
                // Who is stopped in the middle of its reading has not come to its end.
                let outcome = self.take_outcome();
                let (Ok(facts), Some(outcome)) = (self.or_cancelled(facts).await, outcome) else {
                    return;
                };
                self.set_outcome(outcome);
                if let Some(title) = &facts.title {
                    self.run().note(self.id(), Note::Title, title);
                }
                return self.learn(Box::new(ReadPage {
                    redirected_to: page.redirected_to,
                    content_type,
                    facts,
                }));
            }
            Wants::Bytes(_) => return self.keep(page),
        };
        if let Some(title) = title {
            self.run().note(self.id(), Note::Title, &title);
        }
    }

    /// Decides whether the attempt is followed by another, and when.
    ///
    /// An answer of 429 or 503 puts the task off without using up a retry, until the stall limit; and it holds its whole
    /// host, since the host asked everyone for a break, also if this task gives up. If that break has no length
    /// (`Retry-After: 0`) it is a retry like any other: else the host would be asked again and again without end.
    ///
    /// A crawl gives a host its break also if nothing is tried again, for it has more to ask of it. A list without retries
    /// goes on: there each answer counts for itself, and a rate that is too high is to be seen as what it is.
    ///
    /// `refusals` tells for the how manieth time in a row its host asks for a break, 0 if it does not.
    fn plan_retry(&mut self, outcome: Outcome, refusals: u32, retry_after: Option<&str>) {
        let limits = self.run().limits();
        let asks_for_break = refusals > 0;
        let is_once = limits.retry.retries == 0;
        let holds_host = asks_for_break && (!is_once || self.run().is_crawl());
        if !is_retryable(outcome) || is_once && !holds_host {
            return;
        }
        let now = self.run().elapsed();
        let told = retry_after.and_then(|value| self.run().retry_after(value));
        let Tries { used, put_off, .. } = *self.tries();
        let is_used_up = used >= limits.retry.retries;
        if is_used_up && !asks_for_break {
            return self.give_up(GaveUp::Tries);
        }
        // A host that refuses one task after another needs the longer break, though it may be each one's first.
        let number = (1 + if asks_for_break { put_off } else { used }).max(refusals);
        let wait = self
            .run()
            .with_random(|random| limits.retry.wait_before(number, told, random));
        let is_too_long = matches!(wait, RetryWait::TooLong(_));
        let (wait, is_told) = match wait {
            RetryWait::AsTold(wait) | RetryWait::TooLong(wait) => (wait, true),
            RetryWait::Backoff(wait) => (wait, false),
        };
        if holds_host {
            self.run().host(self.origin()).hold(now + wait);
        }
        // It was not to be tried again, so it does not give up.
        if is_once {
            return;
        }
        if is_too_long {
            return self.give_up(GaveUp::TooLong);
        }
        if asks_for_break && !wait.is_zero() {
            let spent = now - self.tries().first_sent.unwrap_or(now);
            if spent.saturating_add(wait) > limits.stall {
                return self.give_up(GaveUp::Stalled);
            }
            self.tries().put_off += 1;
        } else if is_used_up {
            return self.give_up(GaveUp::Tries);
        } else {
            self.tries().used += 1;
        }
        self.tries().again_at = Some(now + wait);
        self.run().record(What::Again {
            task: self.id(),
            wait_us: in_us(wait),
            is_told,
        });
    }

    fn give_up(&self, why: GaveUp) {
        self.run().record(What::Noted(self.id(), Note::GaveUp(why)));
    }
}

fn in_u32(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

fn in_us(span: Duration) -> u32 {
    u32::try_from((Moment::ZERO + span).as_us()).unwrap_or(u32::MAX)
}
