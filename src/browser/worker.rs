//! Registers the Lab's service worker, and finds out whether it answers for this page.

use futures::channel::oneshot;
use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    RegistrationOptions, ServiceWorkerContainer, ServiceWorkerRegistration,
    ServiceWorkerUpdateViaCache,
};

/// How long the worker may take to come up before the page answers for it.
const PATIENCE_MS: u32 = 5_000;
/// How long the page has the network to itself before it asks for what it needs later.
const QUIET_MS: u32 = 1_000;

/// Registers `sw.js` beside the page, and waits until it controls the page.
///
/// # Errors
/// A sentence that says why the page must answer for the Lab itself.
pub async fn take_control() -> Result<(), &'static str> {
    let navigator = web_sys::window()
        .map(|window| window.navigator())
        .ok_or("there is no window")?;
    // Absent on plain http outside this machine, and in some private modes; web-sys would hand out `undefined` as one.
    let is_there = js_sys::Reflect::get(&navigator, &"serviceWorker".into())
        .is_ok_and(|value| !value.is_undefined());
    if !is_there {
        return Err(
            "this browser allows no service worker here (it wants https, and no private window)",
        );
    }
    let container = navigator.service_worker();
    let options = RegistrationOptions::new();
    options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
    let registered = JsFuture::from(container.register_with_options(&script(), &options)).await;
    // Where workers are blocked, some browsers resolve with nothing.
    let registration = registered
        .ok()
        .and_then(|value| value.dyn_into::<ServiceWorkerRegistration>().ok());
    let registration = registration.ok_or("the browser refused the service worker")?;
    if container.controller().is_some() {
        return Ok(());
    }
    let in_control = controlled(&container);
    // After a forced reload the worker is active but left out; it takes the page back when it is asked.
    if let Some(active) = registration.active() {
        let _ = active.post_message(&JsValue::from_str("claim"));
    }
    match select(in_control, TimeoutFuture::new(PATIENCE_MS)).await {
        Either::Left(_) => Ok(()),
        Either::Right(_) => Err("the service worker did not come up in time"),
    }
}

/// Has the worker keep the page and all that it loads later, a while from now, when the page has been seen and is idle:
/// so that it is there offline, too. Where there is no worker nothing is kept.
pub async fn keep_for_later() {
    TimeoutFuture::new(QUIET_MS).await;
    let navigator = web_sys::window().map(|window| window.navigator());
    let controller = navigator.and_then(|navigator| navigator.service_worker().controller());
    if let Some(worker) = controller {
        let _ = worker.post_message(&JsValue::from_str("keep"));
    }
}

/// The worker's script. Browsers look for a new worker in the script alone, not in the wasm that it loads, so the address
/// carries the page's own build. What changes beside the page is in the script: see `scripts/kept.mjs`.
fn script() -> String {
    format!("sw.js?build={}", build())
}

/// The hash of the page's build, for the addresses of files whose names have none.
pub(super) fn build() -> String {
    let document = web_sys::window().and_then(|window| window.document());
    let module = document.and_then(|document| {
        document
            .query_selector("link[rel=modulepreload]")
            .ok()
            .flatten()
    });
    let name = module
        .and_then(|module| module.get_attribute("href"))
        .unwrap_or_default();
    let build = name.rsplit('-').next().unwrap_or_default();
    build.trim_end_matches(".js").to_owned()
}

/// Resolves at the next change of the page's controller.
fn controlled(container: &ServiceWorkerContainer) -> oneshot::Receiver<()> {
    let (sender, receiver) = oneshot::channel();
    let on_change = Closure::once_into_js(move || {
        let _ = sender.send(());
    });
    container.set_oncontrollerchange(Some(on_change.unchecked_ref()));
    receiver
}
