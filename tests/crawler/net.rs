//! A network of pages that a test writes down, each of which takes 100 ms, and which notes who asked for what.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use crawl_playground::engine::ports::{Fetch, NetworkError, Response};
use crawl_playground::sim::Sim;
use futures::future::LocalBoxFuture;
use futures::{FutureExt, StreamExt, stream};
use url::Url;

use super::lab::ms;

const PAGE_MS: u64 = 100;

#[derive(Clone)]
struct Answer {
    status: u16,
    content_type: &'static str,
    body: String,
    /// Where the response came from in the end.
    redirected_to: Option<String>,
    retry_after: Option<&'static str>,
}

/// Pages by their addresses, and what was asked.
#[derive(Clone, Default)]
pub(crate) struct Site {
    pages: BTreeMap<String, Answer>,
    asked: Rc<RefCell<Vec<(u64, String)>>>,
    open: Rc<RefCell<BTreeMap<String, (usize, usize)>>>,
    whole: Rc<Cell<(usize, usize)>>,
}

/// A path is one of the host `a.test`.
fn address(written: &str) -> String {
    Url::parse("http://a.test/")
        .unwrap()
        .join(written)
        .unwrap()
        .into()
}

impl Site {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    fn with(
        mut self,
        written: &str,
        status: u16,
        content_type: &'static str,
        body: String,
    ) -> Self {
        let answer = Answer {
            status,
            content_type,
            body,
            redirected_to: None,
            retry_after: None,
        };
        self.pages.insert(address(written), answer);
        self
    }

    pub(crate) fn text(self, written: &str, text: &str) -> Self {
        self.with(written, 200, "text/plain", text.to_owned())
    }

    /// A page of HTML with these links.
    pub(crate) fn page(self, written: &str, links: &[&str]) -> Self {
        let links = links.iter().map(|link| format!("<a href=\"{link}\">x</a>"));
        let body = format!("<title>{written}</title>{}", links.collect::<String>());
        self.with(written, 200, "text/html", body)
    }

    /// A body as it is.
    pub(crate) fn body(self, written: &str, content_type: &'static str, body: &str) -> Self {
        self.with(written, 200, content_type, body.to_owned())
    }

    /// An error; 0 is no answer at all.
    pub(crate) fn fails(self, written: &str, status: u16) -> Self {
        self.with(written, status, "text/plain", String::new())
    }

    /// An error, and for how many seconds the host wants to be left alone.
    pub(crate) fn asks_for_break(self, written: &str, status: u16, seconds: &'static str) -> Self {
        let mut site = self.fails(written, status);
        if let Some(answer) = site.pages.get_mut(&address(written)) {
            answer.retry_after = Some(seconds);
        }
        site
    }

    /// The page of another address is what comes.
    pub(crate) fn redirects(mut self, written: &str, to: &str) -> Self {
        let to = address(to);
        let mut answer = self.pages.get(&to).cloned().unwrap_or(Answer {
            status: 404,
            content_type: "text/plain",
            body: String::new(),
            redirected_to: None,
            retry_after: None,
        });
        answer.redirected_to = Some(to);
        self.pages.insert(address(written), answer);
        self
    }

    /// Each request with its millisecond, in their order.
    pub(crate) fn asked(&self) -> Vec<(u64, String)> {
        self.asked.borrow().clone()
    }

    /// The addresses alone.
    pub(crate) fn order(&self) -> Vec<String> {
        self.asked()
            .into_iter()
            .map(|(_, address)| address)
            .collect()
    }

    /// The most requests that a host had at a time.
    pub(crate) fn peak_at(&self, host: &str) -> usize {
        self.open.borrow().get(host).map_or(0, |(_, peak)| *peak)
    }

    /// The most requests that all had at a time.
    pub(crate) fn peak(&self) -> usize {
        self.whole.get().1
    }
}

/// The network of a site.
pub(crate) struct Net {
    sim: Sim,
    site: Site,
}

pub(crate) fn serve(sim: &Sim, site: &Site) -> Net {
    Net {
        sim: sim.clone(),
        site: site.clone(),
    }
}

impl Fetch for Net {
    fn fetch(&self, url: &Url) -> LocalBoxFuture<'static, Result<Response, NetworkError>> {
        let (sim, site, url) = (self.sim.clone(), self.site.clone(), url.clone());
        let at = sim.now().as_us() / 1_000;
        site.asked.borrow_mut().push((at, url.to_string()));
        let host = url.host_str().unwrap().to_owned();
        let open = Open::new(&site, host);
        async move {
            sim.sleep(ms(PAGE_MS)).await;
            drop(open);
            let Some(answer) = site.pages.get(url.as_str()).cloned() else {
                return Ok(response(404, "text/plain", String::new(), None));
            };
            if answer.status == 0 {
                return Err(NetworkError("no answer".into()));
            }
            let Answer {
                status,
                content_type,
                body,
                redirected_to,
                retry_after,
            } = answer;
            Ok(Response {
                retry_after: retry_after.map(Into::into),
                ..response(status, content_type, body, redirected_to)
            })
        }
        .boxed_local()
    }

    fn probe(&self, _: &Url) -> LocalBoxFuture<'static, bool> {
        futures::future::ready(false).boxed_local()
    }
}

fn response(
    status: u16,
    content_type: &str,
    body: String,
    redirected_to: Option<String>,
) -> Response {
    Response {
        status,
        redirected_to,
        content_type: content_type.into(),
        retry_after: None,
        link: None,
        body: stream::iter([Ok(body.into_bytes())]).boxed_local(),
    }
}

/// A request that goes on.
struct Open(Site, String);

impl Open {
    fn new(site: &Site, host: String) -> Self {
        let more = |(open, peak): (usize, usize)| (open + 1, peak.max(open + 1));
        let mut hosts = site.open.borrow_mut();
        let here = hosts.entry(host.clone()).or_default();
        *here = more(*here);
        site.whole.set(more(site.whole.get()));
        drop(hosts);
        Self(site.clone(), host)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        let Self(site, host) = self;
        if let Some((open, _)) = site.open.borrow_mut().get_mut(host) {
            *open -= 1;
        }
        let (open, peak) = site.whole.get();
        site.whole.set((open - 1, peak));
    }
}
