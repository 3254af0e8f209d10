//! A crawl as it goes: from a seed, page by page, each looked at for where it leads.
//!
//! What is known and not fetched yet lies in the [`Frontier`], which also says what comes next; here it is taken out,
//! fetched under the run's limits like any other target, and read. A page is taken out only when its host has a place
//! for it, so the order of the frontier is the order of the requests, and who waits for a slow host holds up nobody
//! else. Whatever a site's robots.txt forbids is not asked for, and nothing is before it is known.

use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::rc::Rc;

use futures::StreamExt;
use futures::future::{Either, FutureExt, LocalBoxFuture, select};
use futures::stream::FuturesUnordered;
use url::Url;

use super::crawl::frontier::{Frontier, UrlId};
use super::run::{MAX_IN_FLIGHT, Run};
use super::source::Course;
use super::strategy::Strategy;
use super::task::{Failed, Task};
use places::Places;
use sites::Sites;

pub use plan::{AGENT, Crawl, SiteRoots, Unreadable};
pub use sites::{MAX_CRAWL_DELAY, SITES_A_PAGE};

mod find;
mod page;
mod places;
mod plan;
mod sites;

/// A crawl that goes on.
struct Crawler {
    run: Run,
    plan: Crawl,
    frontier: RefCell<Frontier>,
    sites: Sites,
    /// Pages that were taken out and are not done, by host.
    places: RefCell<Places>,
    is_sequential: bool,
    /// The page that was started last: the next one mostly begins alike.
    last_url: Cell<Option<Url>>,
}

/// A page that is being fetched, or pauses: the task whose pause is left, if it was fetched.
type Going = LocalBoxFuture<'static, Result<Option<Task>, Failed>>;

impl Course for Crawl {
    fn go(
        self: Rc<Self>,
        run: Run,
        strategy: Strategy,
    ) -> LocalBoxFuture<'static, Result<(), Failed>> {
        async move { crawl(&run, Rc::unwrap_or_clone(self), strategy).await }.boxed_local()
    }

    fn of_run(&self, number: u64) -> Rc<dyn Course> {
        let mut crawl = self.clone();
        crawl.seeds.iter_mut().for_each(|seed| seed.put_run(number));
        Rc::new(crawl)
    }
}

/// Crawls from the plan's seed to the end: one page at a time if `strategy` is the sequential one, else as many as
/// the semaphore lends permits.
///
/// # Errors
/// [`Failed`] at the first failure of a run that stops there; what was not done then is dropped.
async fn crawl(run: &Run, plan: Crawl, strategy: Strategy) -> Result<(), Failed> {
    let crawler = Rc::new(Crawler {
        run: run.clone(),
        frontier: RefCell::new(Frontier::new(plan.rules.clone())),
        plan,
        sites: Sites::default(),
        places: RefCell::default(),
        is_sequential: strategy == Strategy::Sequential,
        last_url: Cell::default(),
    });
    crawler.find_seeds();
    let mut going: FuturesUnordered<Going> = FuturesUnordered::new();
    loop {
        let changed = run.limits_changed();
        while let Some(url) = crawler.next(going.len()) {
            going.push(Rc::clone(&crawler).page(url).boxed_local());
        }
        if going.is_empty() {
            if !run.limits().is_paused {
                break;
            }
            changed.await;
            continue;
        }
        let ended = match select(pin!(going.next()), changed).await {
            Either::Left((ended, _)) => ended,
            Either::Right(_) => continue,
        };
        if let Some(Some(task)) = ended.transpose()? {
            going.push(pause(task).boxed_local());
        }
    }
    Ok(())
}

/// However a crawl ends, also if it is stopped in the middle, what it knew and did not fetch has its reason.
impl Drop for Crawler {
    fn drop(&mut self) {
        self.leave_rest();
    }
}

/// The deliberate delay after a page, which holds no place.
async fn pause(mut task: Task) -> Result<Option<Task>, Failed> {
    task.pause().await;
    Ok(None)
}

impl Crawler {
    /// The page that is to be started next, if one may be.
    fn next(&self, going: usize) -> Option<UrlId> {
        let limits = self.run.limits();
        let most = if self.is_sequential { 1 } else { MAX_IN_FLIGHT };
        if limits.is_paused || going >= most {
            return None;
        }
        let per_host = limits.per_host.unwrap_or(usize::MAX);
        let per_host = per_host.min(self.run.concurrency());
        let mut places = self.places.borrow_mut();
        let mut frontier = self.frontier.borrow_mut();
        let url = frontier.next(|host| places.taken_at(host) < per_host)?;
        places.take(frontier.host(url));
        Some(url)
    }
}
