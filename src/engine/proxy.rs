//! A network behind somebody's own proxy: each address is asked for with the proxy's prefix before it.
//!
//! This wraps a network below a run, so that all above goes by the target's own address: hosts and their limits, scope,
//! robots.txt, and what is shown.

use std::rc::Rc;

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use url::{Url, form_urlencoded};

use super::exchange::{Exchange, Stall, Stalled};
use super::ports::{Fetch, NetworkError, Response};
use super::trace::TaskId;

/// A network that is asked through a proxy. A probe goes the same way as the request that failed.
pub struct Proxied {
    /// What carries the requests.
    pub inner: Rc<dyn Fetch>,
    /// What stands before each address. If it ends with `=` the address behind it is percent-encoded, as the value of a
    /// query; else it follows as it is.
    pub prefix: Url,
}

impl Proxied {
    /// The address that is asked for instead of `target`: without its fragment, which no request carries.
    ///
    /// ```
    /// # use std::rc::Rc;
    /// use crawl_playground::{engine::proxy::Proxied, sim::Sim};
    /// use url::Url;
    ///
    /// let inner = Sim::new().lab().fetch;
    /// let prefix = Url::parse("https://proxy.example/?url=").unwrap();
    /// let target = Url::parse("https://a.test/b?c=d#e").unwrap();
    /// assert_eq!(
    ///     Proxied { inner, prefix }.through(&target).as_str(),
    ///     "https://proxy.example/?url=https%3A%2F%2Fa.test%2Fb%3Fc%3Dd"
    /// );
    /// ```
    #[must_use]
    pub fn through(&self, target: &Url) -> Url {
        let address = &target[..url::Position::AfterQuery];
        let mut asked = self.prefix.as_str().to_owned();
        if asked.ends_with('=') {
            asked.extend(form_urlencoded::byte_serialize(address.as_bytes()));
        } else {
            asked.push_str(address);
        }
        // What stands behind the beginning of an address can make it no worse: there is its host already.
        Url::parse(&asked).unwrap_or_else(|_| self.prefix.clone())
    }

    fn asked(
        &self,
        target: &Url,
        ask: impl FnOnce(&Url) -> LocalBoxFuture<'static, Result<Response, NetworkError>>,
    ) -> LocalBoxFuture<'static, Result<Response, NetworkError>> {
        let (prefix, target) = (self.prefix.clone(), target.clone());
        ask(&self.through(&target))
            .map(move |response| {
                let mut response = response?;
                response.redirected_to = response
                    .redirected_to
                    .map(|address| behind(&prefix, &address).map_or(address, String::from))
                    // The proxy's own detours are none of the page's.
                    .filter(|address| *address != target[..url::Position::AfterQuery]);
                Ok(response)
            })
            .boxed_local()
    }
}

impl Fetch for Proxied {
    fn fetch(&self, url: &Url) -> LocalBoxFuture<'static, Result<Response, NetworkError>> {
        self.asked(url, |asked| self.inner.fetch(asked))
    }

    fn fetch_for(
        &self,
        task: TaskId,
        attempts_before: u32,
        url: &Url,
    ) -> LocalBoxFuture<'static, Result<Response, NetworkError>> {
        self.asked(url, |asked| {
            self.inner.fetch_for(task, attempts_before, asked)
        })
    }

    fn for_run(&self) -> Option<Rc<dyn Fetch>> {
        let prefix = self.prefix.clone();
        let inner = self.inner.for_run()?;
        Some(Rc::new(Self { inner, prefix }))
    }

    fn recall(&self, task: TaskId, attempts_before: u32) -> Option<Exchange> {
        self.inner.recall(task, attempts_before)
    }

    fn stalled(&self) -> Option<Stalled> {
        self.inner.stalled()
    }

    fn stalls(&self) -> Vec<Stall> {
        self.inner.stalls()
    }

    fn is_offline(&self) -> bool {
        self.inner.is_offline()
    }

    fn probe(&self, url: &Url) -> LocalBoxFuture<'static, bool> {
        self.inner.probe(&self.through(url))
    }
}

/// The target's address in one that begins with the prefix: as it is, or percent-encoded, whichever it is.
fn behind(prefix: &Url, address: &str) -> Option<Url> {
    let rest = address.strip_prefix(prefix.as_str())?;
    let whole = |written: &str| {
        let url = Url::parse(written).ok()?;
        matches!(url.scheme(), "http" | "https").then_some(url)
    };
    whole(rest).or_else(|| {
        let query = format!("={rest}");
        let (_, decoded) = form_urlencoded::parse(query.as_bytes()).next()?;
        whole(&decoded)
    })
}
