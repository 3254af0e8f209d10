//! Networks whose answers are written in a file: each with its status and its time, so that no test asks anybody else's host.

use std::collections::BTreeMap;
use std::rc::Rc;

use crawl_playground::engine::ports::{Fetch, NetworkError, Response};
use crawl_playground::sim::Sim;
use futures::future::LocalBoxFuture;
use futures::{FutureExt, StreamExt, stream};
use url::Url;

use super::lab::ms;

#[derive(Clone)]
struct Answer {
    /// 0 is no answer.
    status: u16,
    ms: u64,
    body: String,
}

/// A network of written answers, all of them JSON.
pub(crate) struct Answers {
    sim: Sim,
    by_address: Rc<BTreeMap<String, Answer>>,
}

impl Answers {
    /// Reads a file: behind each line `> status ms address` stands what is answered there.
    pub(crate) fn read(sim: &Sim, file: &str) -> Self {
        let parts = file.split("\n> ").skip(1);
        let by_address = parts.map(|part| {
            let (head, body) = part.split_once('\n').unwrap();
            let [status, ms, address] = head.split(' ').collect::<Vec<_>>()[..] else {
                panic!("{head}: a status, milliseconds and an address are missing");
            };
            let answer = Answer {
                status: status.parse().unwrap(),
                ms: ms.parse().unwrap(),
                body: body.trim().to_owned(),
            };
            (address.to_owned(), answer)
        });
        Self {
            sim: sim.clone(),
            by_address: Rc::new(by_address.collect()),
        }
    }

    /// How many addresses it answers for.
    pub(crate) fn count(&self) -> usize {
        self.by_address.len()
    }
}

impl Fetch for Answers {
    fn fetch(&self, url: &Url) -> LocalBoxFuture<'static, Result<Response, NetworkError>> {
        let answer = self.by_address.get(url.as_str()).cloned();
        let answer = answer.unwrap_or_else(|| panic!("no answer is written for {url}"));
        let sim = self.sim.clone();
        async move {
            sim.sleep(ms(answer.ms)).await;
            if answer.status == 0 {
                return Err(NetworkError("Failed to fetch".into()));
            }
            Ok(Response {
                status: answer.status,
                redirected_to: None,
                content_type: "application/json; charset=utf-8".into(),
                retry_after: None,
                link: None,
                body: stream::iter([Ok(answer.body.into_bytes())]).boxed_local(),
            })
        }
        .boxed_local()
    }

    fn probe(&self, _: &Url) -> LocalBoxFuture<'static, bool> {
        futures::future::ready(false).boxed_local()
    }
}
