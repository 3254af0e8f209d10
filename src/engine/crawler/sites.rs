//! The sites of a crawl: what each one's robots.txt says. It is fetched once, and before anything else of the site.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use futures::FutureExt;
use url::Url;

use super::Crawler;
use super::plan::{AGENT, Unreadable};
use crate::engine::crawl::frontier::UrlId;
use crate::engine::crawl::robots::{self, Robots};
use crate::engine::crawl::skip::Reason;
use crate::engine::live::Live;
use crate::engine::outcome::Outcome;
use crate::engine::source::Target;
use crate::engine::task::{Task, Wants};
use crate::engine::trace::crawl::{RobotsFound, RobotsRecord};

/// Bytes that are kept of a robots.txt: one more than are read, so that a file that is cut is known to be.
const ROBOTS_BYTES: usize = robots::MAX_BYTES + 1;
/// The longest time between two requests that a robots.txt can ask for, and be given.
pub const MAX_CRAWL_DELAY: Duration = Duration::from_secs(30);
/// How many sites are asked for their robots.txt at most, for each page that the crawl may have.
///
/// A site is asked only for a page that has its place within the limit, so those that let one come are no more than the
/// pages. But a page that may not come gives its place to the next, whose site is asked in turn, and so on without end:
/// let loose on all hosts, a crawl of 50 pages could ask thousands of them. So as many again may refuse, and no more.
pub const SITES_A_PAGE: usize = 2;

/// What is known of the sites, by what their addresses begin with.
#[derive(Default)]
pub(super) struct Sites {
    known: RefCell<HashMap<Rc<str>, Rc<Site>>>,
    /// The one that was asked for last: mostly it is the next one, too.
    last: RefCell<Option<(Rc<str>, Rc<Site>)>>,
}

/// One site's robots.txt.
struct Site {
    known: OnceCell<(RobotsFound, Robots)>,
    /// Changes when it is known.
    news: Live<()>,
}

impl Site {
    /// Why it does not let `url` be asked for, if so; `None` as long as that is not known.
    fn refusal(&self, url: &Url) -> Option<Option<Reason>> {
        let (found, robots) = self.known.get()?;
        Some(match found {
            RobotsFound::UnreadableSkipped => Some(Reason::RobotsUnreadable),
            _ => (!robots.is_allowed(AGENT, url)).then_some(Reason::Robots),
        })
    }
}

impl Crawler {
    /// Why the site's robots.txt does not let `url` be asked for, if so. Who comes first fetches it, and the others wait
    /// for that. A site that would be one too many is not asked at all.
    pub(super) async fn refusal(&self, page: UrlId, url: &Url) -> Option<Reason> {
        let most = SITES_A_PAGE.saturating_mul(self.plan.rules.max_pages as usize);
        let Some((site, is_first)) = self.sites.at(self.plan.sites.site_of(url), most) else {
            return Some(Reason::Limit);
        };
        if is_first {
            let robots = self.plan.sites.robots_of(url);
            // Boxed, since there is one for a site, and each page would have room for it.
            let known = self.fetch_robots(robots, page, url).boxed_local().await;
            let _ = site.known.set(known);
            site.news.set(());
        }
        loop {
            let news = site.news.changed();
            match site.refusal(url) {
                Some(refusal) => return refusal,
                None => news.await,
            }
        }
    }

    /// Why an answer that came from `url` in the end is not used, as far as it is known: a browser follows redirects by
    /// itself, and where they lead is told afterwards. Nothing is known of a site that was never asked for its robots.txt.
    pub(super) fn forbids(&self, url: &Url) -> Option<Reason> {
        let sites = self.sites.known.borrow();
        sites.get(self.plan.sites.site_of(url))?.refusal(url)?
    }

    async fn fetch_robots(
        &self,
        robots_url: Url,
        page: UrlId,
        page_url: &Url,
    ) -> (RobotsFound, Robots) {
        let written = self.plan.written(robots_url.as_str()).to_owned();
        let mut task = self
            .run
            .join(Target {
                url: robots_url.clone(),
                written,
            })
            .wanting(Wants::Bytes(ROBOTS_BYTES));
        // A robots.txt that fails is an answer, and stops no run.
        if self.is_sequential {
            let _ = task.fetch().await;
        } else {
            while let Some(_permit) = task.permit(self.run.permits()).await {
                let _ = task.attempt().await;
            }
        }
        let (found, robots) = self.judge(&mut task);
        let asked = robots.crawl_delay(AGENT);
        if let Some(asked) = asked {
            let host = self.run.host(self.run.origin(page_url));
            host.ask_delay(asked.min(MAX_CRAWL_DELAY));
        }
        let record = RobotsRecord {
            task: task.id(),
            origin: task.origin(),
            found,
            crawl_delay_ms: asked.map(|asked| u32::try_from(asked.as_millis()).unwrap_or(u32::MAX)),
        };
        self.run.record_robots(record);
        if self.plan.uses_sitemaps {
            self.find_sitemaps(&robots, &robots_url, page);
        }
        (found, robots)
    }

    /// RFC 9309, 2.3.1: what is there holds; what is not there (4xx) allows all; what can't be had is a matter of
    /// policy. An answer of 429 is of the last kind: the server is there, and overloaded.
    fn judge(&self, task: &mut Task) -> (RobotsFound, Robots) {
        match task.outcome() {
            Some(Outcome::Ok(_)) => {
                let body = task.take_page().map(|page| page.body).unwrap_or_default();
                (RobotsFound::Read, Robots::parse(&body))
            }
            Some(Outcome::HttpError(status)) if status < 500 && status != 429 => {
                (RobotsFound::None, Robots::parse(b""))
            }
            _ => match self.plan.unreadable {
                Unreadable::AssumeAllowed => (RobotsFound::UnreadableAllowed, Robots::parse(b"")),
                Unreadable::SkipHost => (RobotsFound::UnreadableSkipped, Robots::parse(b"")),
            },
        }
    }
}

impl Sites {
    /// The site that begins so, and whether nobody asked for it before; none if it is new, and `most` are known already.
    fn at(&self, beginning: &str, most: usize) -> Option<(Rc<Site>, bool)> {
        if let Some((last, site)) = &*self.last.borrow()
            && **last == *beginning
        {
            return Some((Rc::clone(site), false));
        }
        let mut sites = self.known.borrow_mut();
        let known = sites.get_key_value(beginning);
        let known = known.map(|(name, site)| (Rc::clone(name), Rc::clone(site)));
        let is_new = known.is_none();
        if is_new && sites.len() >= most {
            return None;
        }
        let (name, site) = known.unwrap_or_else(|| {
            let site = Site {
                known: OnceCell::new(),
                news: Live::new(()),
            };
            (beginning.into(), Rc::new(site))
        });
        if is_new {
            sites.insert(Rc::clone(&name), Rc::clone(&site));
        }
        *self.last.borrow_mut() = Some((name, Rc::clone(&site)));
        Some((site, is_new))
    }
}
