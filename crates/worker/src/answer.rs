//! Carries out the Lab's plans as responses of the browser's.

use std::cell::RefCell;
use std::time::Duration;

use crawl_playground::lab::{self, Answer, Body, Content, Plan, State, respond};
use futures::future::{Aborted, abortable};
use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue, wasm_bindgen};
use web_sys::{Headers, Request, RequestMode, Response, ResponseInit, Url};

use super::body;
use super::time::{now, promise, wait_until};

/// How long a request hangs at most. Browsers stop a worker whose answer takes five minutes, and with it all that
/// others wait for; and Chromium does not tell a worker that the page has given up before there were headers.
const HANG: Duration = Duration::from_secs(240);

thread_local! {
    /// Forgotten when the browser stops the worker, which it does whenever it has been idle for a while.
    static STATE: RefCell<State> = RefCell::default();
}

/// The response to `request`, which is for `path` below the Lab's `root` with `query`.
///
/// When the page gives up and the browser says so, all that waits here is dropped.
#[expect(
    unreachable_pub,
    reason = "JavaScript reaches it, and wasm-bindgen wants it public"
)]
#[wasm_bindgen]
pub fn answer(request: Request, root: &str, path: &str, query: &str) -> Promise {
    let arrived = now();
    let asked = lab::Request::new(path, query).below(root);
    let plan = STATE.with_borrow_mut(|state| respond(&asked, state, arrived));
    let signal = request.signal();
    promise(async move {
        let (reply, handle) = abortable(async {
            match plan {
                Plan::Answer(answer) => {
                    wait_until(arrived + answer.headers_after).await;
                    response(answer, &request)
                }
                Plan::Hang => {
                    wait_until(arrived + HANG).await;
                    Ok(Response::error())
                }
                Plan::Drop(after) => {
                    wait_until(arrived + after).await;
                    Ok(Response::error())
                }
            }
        });
        let on_abort = Closure::once(move || handle.abort());
        signal.set_onabort(Some(on_abort.as_ref().unchecked_ref()));
        // Nobody sees the answer to a request that was given up, but the browser waits for one.
        let reply = reply.await.unwrap_or_else(|Aborted| Ok(Response::error()));
        signal.set_onabort(None);
        reply.map(JsValue::from)
    })
}

fn response(answer: Answer, request: &Request) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &answer.headers {
        headers.set(name, value)?;
    }
    if let Some(location) = answer.location() {
        // A response that was made here has no address of its own which a relative one could be resolved against.
        let target = Url::new_with_base(location, &request.url())?;
        let leads_away = target.origin() != Url::new(&request.url())?.origin();
        if leads_away && request.mode() == RequestMode::Navigate {
            // A link to this site must not be a link to any site.
            return Ok(Response::error());
        }
        headers.set("Location", &target.href())?;
    }
    let init = ResponseInit::new();
    init.set_status(answer.status);
    init.set_headers(&headers);
    match answer.body {
        body if body.is_empty() || request.method() == "HEAD" => {
            Response::new_with_opt_str_and_init(None, &init)
        }
        Body {
            content: Content::Bytes(mut bytes),
            rate: None,
        } => Response::new_with_opt_u8_array_and_init(Some(&mut bytes), &init),
        body => {
            let stream = body::stream(body, now())?;
            Response::new_with_opt_readable_stream_and_init(Some(&stream), &init)
        }
    }
}
