//! What a proxy is asked for, and how its answers are understood.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

use std::cell::RefCell;
use std::rc::Rc;

use crawl_playground::engine::ports::{Fetch, NetworkError, Response};
use crawl_playground::engine::proxy::Proxied;
use crawl_playground::engine::trace::TaskId;
use futures::future::{FutureExt, LocalBoxFuture};
use futures::stream::{self, StreamExt};
use proptest::prelude::*;
use url::Url;

const ENCODING: &str = "https://proxy.example/get?key=7&url=";
const PLAIN: &str = "https://proxy.example/";

/// Notes what it is asked for, and answers as it is told.
#[derive(Default)]
struct Spy {
    asked: RefCell<Vec<String>>,
    redirects_to: Option<String>,
    is_offline: bool,
}

impl Fetch for Spy {
    fn fetch(&self, url: &Url) -> LocalBoxFuture<'static, Result<Response, NetworkError>> {
        self.asked.borrow_mut().push(url.to_string());
        let redirected_to = self.redirects_to.clone();
        async move {
            Ok(Response {
                status: 200,
                redirected_to,
                content_type: "text/html".into(),
                retry_after: None,
                link: None,
                body: stream::empty().boxed_local(),
            })
        }
        .boxed_local()
    }

    fn fetch_for(
        &self,
        task: TaskId,
        attempts_before: u32,
        url: &Url,
    ) -> LocalBoxFuture<'static, Result<Response, NetworkError>> {
        let about = format!("{attempts_before} attempts before");
        self.asked.borrow_mut().push(about);
        let _ = task;
        self.fetch(url)
    }

    fn is_offline(&self) -> bool {
        self.is_offline
    }

    fn probe(&self, url: &Url) -> LocalBoxFuture<'static, bool> {
        self.asked.borrow_mut().push(format!("probe {url}"));
        std::future::ready(true).boxed_local()
    }
}

fn url(written: &str) -> Url {
    Url::parse(written).unwrap()
}

fn proxied(inner: Spy, prefix: &str) -> (Proxied, Rc<Spy>) {
    let spy = Rc::new(inner);
    let inner = spy.clone();
    let prefix = url(prefix);
    (Proxied { inner, prefix }, spy)
}

fn through(prefix: &str, target: &str) -> String {
    proxied(Spy::default(), prefix)
        .0
        .through(&url(target))
        .into()
}

/// Where an answer that came from `final_address` is said to come from.
fn seen(prefix: &str, target: &str, final_address: &str) -> Option<String> {
    let redirects_to = Some(final_address.to_owned());
    let spy = Spy {
        redirects_to,
        ..Spy::default()
    };
    let (proxied, _) = proxied(spy, prefix);
    let response = proxied.fetch(&url(target)).now_or_never().unwrap();
    response.ok().unwrap().redirected_to
}

#[test]
fn an_address_behind_an_equals_sign_is_encoded_and_any_other_follows_as_it_is() {
    for (prefix, target, asked) in [
        (
            ENCODING,
            "https://a.test/b c?d=e&f=%2F+#g",
            "https://proxy.example/get?key=7&url=https%3A%2F%2Fa.test%2Fb%2520c%3Fd%3De%26f%3D%252F%2B",
        ),
        (
            PLAIN,
            "https://a.test/b/../c?d=e#f",
            "https://proxy.example/https://a.test/c?d=e",
        ),
        // Without its last slash a host is written with one.
        (
            "http://127.0.0.1:8080",
            "http://a.test/",
            "http://127.0.0.1:8080/http://a.test/",
        ),
        (
            "https://proxy.example/?",
            "https://a.test:444/?b",
            "https://proxy.example/?https://a.test:444/?b",
        ),
    ] {
        assert_eq!(through(prefix, target), asked);
    }
}

#[test]
fn all_ways_to_ask_lead_through_it() {
    let (proxied, spy) = proxied(
        Spy {
            is_offline: true,
            ..Spy::default()
        },
        PLAIN,
    );
    let target = url("https://a.test/");
    proxied.fetch(&target).now_or_never().unwrap().ok().unwrap();
    let again = proxied.fetch_for(TaskId(3), 2, &target);
    again.now_or_never().unwrap().ok().unwrap();
    assert!(proxied.probe(&target).now_or_never().unwrap());
    assert!(proxied.is_offline());
    assert_eq!(
        *spy.asked.borrow(),
        [
            "https://proxy.example/https://a.test/",
            "2 attempts before",
            "https://proxy.example/https://a.test/",
            "probe https://proxy.example/https://a.test/",
        ]
    );
}

#[test]
fn a_redirect_is_told_by_the_target_s_address() {
    let to = |address: &str| Some(address.to_owned());
    let from = "https://a.test/old";
    for (prefix, final_address, told) in [
        (
            ENCODING,
            "https://proxy.example/get?key=7&url=https%3A%2F%2Fa.test%2Fnew%3Fq%3D%2520",
            to("https://a.test/new?q=%20"),
        ),
        // Some proxies redirect to addresses that they did not encode.
        (
            ENCODING,
            "https://proxy.example/get?key=7&url=https://a.test/new%20one",
            to("https://a.test/new%20one"),
        ),
        (
            ENCODING,
            "https://proxy.example/get?key=7&url=https%3A%2F%2Fa.test%2Fnew&seen=1",
            to("https://a.test/new"),
        ),
        (
            PLAIN,
            "https://proxy.example/https://b.test/new?q=%2F",
            to("https://b.test/new?q=%2F"),
        ),
        // To itself, by whatever detour: as if there was no redirect.
        (PLAIN, "https://proxy.example/https://a.test/old", None),
        // The proxy's own pages, and what lies elsewhere, stay what they are.
        (
            PLAIN,
            "https://proxy.example/sorry",
            to("https://proxy.example/sorry"),
        ),
        (PLAIN, "https://c.test/", to("https://c.test/")),
        (
            PLAIN,
            "https://proxy.example/javascript:alert(1)",
            to("https://proxy.example/javascript:alert(1)"),
        ),
    ] {
        assert_eq!(seen(prefix, from, final_address), told, "{final_address}");
    }
}

proptest! {
    #[test]
    fn what_was_sent_through_it_is_found_again(
        path in "[ -~äß€]{0,40}", query in "[ -~ä]{0,40}", prefix in prop::sample::select(vec![ENCODING, PLAIN]),
    ) {
        let mut target = url("https://a.test/");
        target.set_path(&path);
        target.set_query(Some(&query));
        let final_address = through(prefix, target.as_str());
        prop_assert!(final_address.starts_with(prefix));
        prop_assert_eq!(seen(prefix, "https://a.test/from", &final_address), Some(target.to_string()));
    }
}
