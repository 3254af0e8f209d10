//! The life of one page of a crawl: asked about, fetched, read.

use std::rc::Rc;

use futures::FutureExt;
use url::Position;

use super::Crawler;
use crate::engine::crawl::frontier::{HostId, UrlId};
use crate::engine::crawl::skip::Reason;
use crate::engine::source::Target;
use crate::engine::task::{Failed, Task, Wants};

/// A page's place at its host. Dropping it gives it back.
struct Place {
    crawler: Rc<Crawler>,
    host: HostId,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.crawler.places.borrow_mut().give_back(self.host);
    }
}

impl Crawler {
    /// Fetches a page that was taken out of the frontier, and finds where it leads. Returns its task, whose pause is left,
    /// if it was fetched.
    pub(super) async fn page(self: Rc<Self>, url: UrlId) -> Result<Option<Task>, Failed> {
        let host = self.frontier.borrow().host(url);
        let _place = Place {
            crawler: Rc::clone(&self),
            host,
        };
        let Some(target) = self.target(url) else {
            self.skip(url, Reason::TooLong);
            return Ok(None);
        };
        if let Some(reason) = self.refusal(url, &target.url).await {
            self.skip(url, reason);
            return Ok(None);
        }
        let mut task = self
            .run
            .join(target)
            .wanting(Wants::Facts(self.plan.read.clone()));
        self.record_visit(task.id(), url);
        let mut kept = None;
        if self.is_sequential {
            // Boxed, since all others would have room for it.
            task.fetch().boxed_local().await?;
        } else {
            while let Some(permit) = task.permit(self.run.permits()).await {
                task.attempt().await?;
                if self.run.keeps_permit() && !task.wants_attempt() {
                    kept = Some(permit);
                    break;
                }
            }
        }
        self.learn(url, &mut task);
        if let Some(permit) = kept {
            task.pause().await;
            drop(permit);
            return Ok(None);
        }
        Ok(Some(task))
    }

    fn target(&self, url: UrlId) -> Option<Target> {
        let last = self.last_url.take();
        let url = self.frontier.borrow().url_after(url, last.as_ref())?;
        let origin = &url[..Position::BeforePath];
        let is_beside = last
            .as_ref()
            .is_some_and(|last| last[..Position::BeforePath] == *origin);
        self.last_url
            .set(if is_beside { last } else { Some(url.clone()) });
        Some(Target {
            written: self.plan.written(url.as_str()).to_owned(),
            url,
        })
    }
}
