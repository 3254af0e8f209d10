//! The network, through the browser's `fetch`.
//!
//! To drop a `JsFuture` does not stop a request, so each exchange holds an `AbortController` in a guard that aborts on
//! drop. The guard moves from the request into the body, and is disarmed when the body has ended.

use std::rc::Rc;

use futures::FutureExt;
use futures::StreamExt;
use futures::future::LocalBoxFuture;
use futures::stream::{self, LocalBoxStream};
use js_sys::Uint8Array;
use url::Url;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, ReadableStreamReadResult, ReferrerPolicy,
    RequestCache, RequestCredentials, RequestInit, RequestMode, Window,
};

use super::clock::now_ms;
use super::exchanges::Exchanges;
use crate::engine::exchange::{Exchange, Stall, Stalled};
use crate::engine::ports::{Fetch, NetworkError, Response};
use crate::engine::trace::TaskId;

/// The browser's `fetch`: no credentials, no referrer, nothing from the cache.
pub struct BrowserFetch {
    window: Option<Window>,
    /// Read anew by each call of `fetch`, so one serves for all: only the signal changes.
    init: RequestInit,
    /// Where the requests of a run are remembered.
    exchanges: Option<Rc<Exchanges>>,
}

impl Default for BrowserFetch {
    fn default() -> Self {
        Self::new()
    }
}

impl BrowserFetch {
    /// The network of this window.
    #[must_use]
    pub fn new() -> Self {
        Self {
            window: web_sys::window(),
            init: plain_init(RequestMode::Cors),
            exchanges: None,
        }
    }

    /// Asks for `address`, as which attempt of which task if that is to be remembered.
    fn exchange(
        &self,
        address: String,
        of: Option<(Rc<Exchanges>, TaskId, u32)>,
    ) -> LocalBoxFuture<'static, Result<Response, NetworkError>> {
        let (window, init) = (self.window.clone(), self.init.clone());
        async move {
            let window = window.ok_or_else(|| NetworkError("there is no window".into()))?;
            let guard = AbortOnDrop::new()?;
            guard.attach_to(&init);
            let at_ms = now_ms();
            let answer = window.fetch_with_str_and_init(&address, &init);
            let of = of.map(|(exchanges, task, attempts_before)| {
                let place = exchanges.send(task, attempts_before, address, at_ms);
                (exchanges, place)
            });
            let response: web_sys::Response = JsFuture::from(answer)
                .await
                .map_err(words)?
                .unchecked_into();
            let headers = response.headers();
            if let Some((exchanges, place)) = of {
                exchanges.answer(place, &headers);
            }
            let header = |name| headers.get(name).ok().flatten();
            let is_empty = header("content-length").is_some_and(|length| length == "0");
            let status = response.status();
            Ok(Response {
                status,
                // Nobody asks a host that answered well when to come again.
                retry_after: (status >= 400).then(|| header("retry-after")).flatten(),
                link: header("link"),
                redirected_to: response.redirected().then(|| response.url()),
                content_type: header("content-type").unwrap_or_default(),
                body: if is_empty {
                    // All of it is here: to open a stream, only to hear that, costs more than the headers.
                    guard.disarm();
                    stream::empty().boxed_local()
                } else {
                    body(&response, guard)
                },
            })
        }
        .boxed_local()
    }
}

fn plain_init(mode: RequestMode) -> RequestInit {
    let init = RequestInit::new();
    init.set_method("GET");
    init.set_mode(mode);
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init
}

impl Fetch for BrowserFetch {
    fn fetch(&self, url: &Url) -> LocalBoxFuture<'static, Result<Response, NetworkError>> {
        self.exchange(url.to_string(), None)
    }

    fn fetch_for(
        &self,
        task: TaskId,
        attempts_before: u32,
        url: &Url,
    ) -> LocalBoxFuture<'static, Result<Response, NetworkError>> {
        let Some(exchanges) = &self.exchanges else {
            return self.fetch(url);
        };
        let address = exchanges.address(task, attempts_before, url);
        self.exchange(address, Some((exchanges.clone(), task, attempts_before)))
    }

    fn for_run(&self) -> Option<Rc<dyn Fetch>> {
        Some(Rc::new(Self {
            window: self.window.clone(),
            init: self.init.clone(),
            exchanges: Some(Rc::new(Exchanges::of_next_run())),
        }))
    }

    fn recall(&self, task: TaskId, attempts_before: u32) -> Option<Exchange> {
        self.exchanges.as_ref()?.recall(task, attempts_before)
    }

    fn stalled(&self) -> Option<Stalled> {
        Some(self.exchanges.as_ref()?.stalled())
    }

    fn stalls(&self) -> Vec<Stall> {
        let exchanges = self.exchanges.as_ref();
        exchanges.map_or_else(Vec::new, |exchanges| exchanges.stalls())
    }

    fn is_offline(&self) -> bool {
        self.window
            .as_ref()
            .is_some_and(|window| !window.navigator().on_line())
    }

    fn probe(&self, url: &Url) -> LocalBoxFuture<'static, bool> {
        let (window, url) = (self.window.clone(), url.to_string());
        async move {
            let (Some(window), Ok(guard)) = (window, AbortOnDrop::new()) else {
                return false;
            };
            let init = plain_init(RequestMode::NoCors);
            guard.attach_to(&init);
            // The answer is opaque and its body is not wanted: dropping the guard ends it.
            JsFuture::from(window.fetch_with_str_and_init(&url, &init))
                .await
                .is_ok()
        }
        .boxed_local()
    }
}

/// A body, chunk by chunk. Its guard aborts the transfer if it is dropped before the end.
fn body(
    response: &web_sys::Response,
    guard: AbortOnDrop,
) -> LocalBoxStream<'static, Result<Vec<u8>, NetworkError>> {
    let reader = response.body().map(|body| {
        body.get_reader()
            .unchecked_into::<ReadableStreamDefaultReader>()
    });
    let Some(reader) = reader else {
        guard.disarm();
        return stream::empty().boxed_local();
    };
    stream::unfold(Some((reader, guard)), async |state| {
        let (reader, guard) = state?;
        match read(&reader).await {
            Ok(Some(chunk)) => Some((Ok(chunk), Some((reader, guard)))),
            Ok(None) => {
                guard.disarm();
                None
            }
            Err(error) => Some((Err(error), None)),
        }
    })
    .boxed_local()
}

async fn read(reader: &ReadableStreamDefaultReader) -> Result<Option<Vec<u8>>, NetworkError> {
    let turn = JsFuture::from(reader.read()).await.map_err(words)?;
    let turn: ReadableStreamReadResult = turn.unchecked_into();
    if turn.get_done() == Some(true) {
        return Ok(None);
    }
    let chunk: Uint8Array = turn.get_value().unchecked_into();
    Ok(Some(chunk.to_vec()))
}

fn words(error: JsValue) -> NetworkError {
    let message = error
        .dyn_ref::<js_sys::Error>()
        .map(|error| String::from(error.message()));
    NetworkError(message.unwrap_or_else(|| format!("{error:?}")))
}

/// Aborts its request when it is dropped, unless it was disarmed.
struct AbortOnDrop {
    controller: Option<AbortController>,
}

impl AbortOnDrop {
    fn new() -> Result<Self, NetworkError> {
        Ok(Self {
            controller: Some(AbortController::new().map_err(words)?),
        })
    }

    /// Makes the request that is sent next with `init` this guard's.
    fn attach_to(&self, init: &RequestInit) {
        init.set_signal(
            self.controller
                .as_ref()
                .map(AbortController::signal)
                .as_ref(),
        );
    }

    fn disarm(mut self) {
        self.controller = None;
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}
