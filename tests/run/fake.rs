//! A network that does as it is told, and remembers what it was asked.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crawl_playground::engine::ports::{Fetch, NetworkError, Response};
use crawl_playground::engine::source::{Source, Target};
use futures::FutureExt;
use futures::StreamExt;
use futures::future::{LocalBoxFuture, pending};
use futures::stream;
use url::Url;

/// Answers by host: `up.*` with the page, `stays.*` with the page and no end, `breaks.*` with half a body, all others with
/// an error.
/// Probes are answered by hosts with `cors` in their name, and never come back from those with `silent`.
#[derive(Default, Clone)]
pub(crate) struct Fake {
    pub(crate) fetched: Rc<RefCell<Vec<String>>>,
    pub(crate) probed: Rc<RefCell<Vec<String>>>,
    /// What is given as a body, and of which type.
    pub(crate) page: Rc<RefCell<(String, Vec<Vec<u8>>)>>,
    /// How many exchanges go on: neither at their end nor dropped.
    pub(crate) open: Rc<Cell<usize>>,
}

pub(crate) fn targets(urls: &[&str]) -> Source {
    let target = |url: &&str| Target {
        url: Url::parse(url).unwrap(),
        written: (*url).into(),
    };
    Source::List(urls.iter().map(target).collect())
}

impl Fetch for Fake {
    fn fetch(&self, url: &Url) -> LocalBoxFuture<'static, Result<Response, NetworkError>> {
        self.fetched.borrow_mut().push(url.to_string());
        let host = url.host_str().unwrap().to_owned();
        let (content_type, chunks) = self.page.borrow().clone();
        let open = Open::new(&self.open);
        async move {
            let page = stream::iter(chunks).map(Ok);
            let half = [Ok(vec![b'x'; 10]), Err(NetworkError("cut off".into()))];
            let body = match &host {
                host if host.starts_with("up") => page.boxed_local(),
                host if host.starts_with("stays") => page.chain(stream::pending()).boxed_local(),
                host if host.starts_with("breaks") => stream::iter(half).boxed_local(),
                _ => return Err(NetworkError("no".into())),
            };
            let body = body.inspect(move |_| open.is_held()).boxed_local();
            Ok(Response {
                status: 200,
                redirected_to: None,
                content_type,
                retry_after: None,
                link: None,
                body,
            })
        }
        .boxed_local()
    }

    fn probe(&self, url: &Url) -> LocalBoxFuture<'static, bool> {
        self.probed.borrow_mut().push(url.to_string());
        let host = url.host_str().unwrap().to_owned();
        async move {
            if host.contains("silent") {
                pending::<()>().await;
            }
            host.contains("cors")
        }
        .boxed_local()
    }
}

struct Open(Rc<Cell<usize>>);

impl Open {
    fn new(count: &Rc<Cell<usize>>) -> Self {
        count.set(count.get() + 1);
        Self(Rc::clone(count))
    }

    /// For a closure to hold it.
    fn is_held(&self) {}
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}
