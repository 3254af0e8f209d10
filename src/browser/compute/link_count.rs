//! Parsing on the page's own loop, by the wasm that reads pages in a worker: loaded when the work of a run is to parse, and
//! the same code as there, so that what differs is the place alone.

use std::cell::RefCell;

use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::{LocalBoxFuture, Shared};
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::browser::worker;

thread_local! {
    static LOAD: RefCell<Option<Shared<LocalBoxFuture<'static, Option<()>>>>> = const { RefCell::new(None) };
}

/// What `src/worker/parse.js` gives to a page.
const NAME: &str = "linkCount";

/// A count of a page's links, made by that wasm: see [`LinkCount`](crate::engine::compute::LinkCount).
pub(super) struct LinkCount {
    go_on: Function,
    found: Option<u32>,
}

impl LinkCount {
    /// Nothing read yet of a page of `bytes`. `None` where what parses can't be loaded.
    pub(super) async fn in_page_of(bytes: u32) -> Option<Self> {
        if loading().is_none() {
            // Who asks for it meanwhile waits for the same; and if it fails, the next one tries again.
            let load = LOAD.with_borrow_mut(|load| {
                load.get_or_insert_with(|| self::load().boxed_local().shared())
                    .clone()
            });
            load.await;
            LOAD.take();
        }
        let begin = loading()?;
        let begin: Function = JsFuture::from(begin).await.ok()?.dyn_into().ok()?;
        let go_on = begin.call1(&JsValue::NULL, &bytes.into()).ok()?;
        let go_on = go_on.dyn_into().ok()?;
        Some(Self { go_on, found: None })
    }

    /// Goes on for so many steps. Returns whether that was the last of them.
    pub(super) fn step(&mut self, steps: u32) -> bool {
        if self.found.is_none() {
            let told = self.go_on.call1(&JsValue::NULL, &steps.into());
            // If it breaks down there is nothing more to do.
            self.found = told
                .map_or(Some(0.0), |told| told.as_f64())
                .map(|n| n as u32);
        }
        self.found.is_some()
    }

    /// How many links there are: 0 until the last step.
    pub(super) fn found(&self) -> u32 {
        self.found.unwrap_or_default()
    }
}

/// What is loaded, or being loaded.
fn loading() -> Option<Promise> {
    let loading = Reflect::get(&js_sys::global(), &NAME.into()).ok()?;
    loading.dyn_into().ok()
}

/// Loads the script, which loads the rest. `None` if that fails, as when the network is gone.
async fn load() -> Option<()> {
    let document = web_sys::window()?.document()?;
    let script = document.create_element("script").ok()?;
    let (sender, loaded) = oneshot::channel::<()>();
    // Whether it is there or not is seen by what it gives.
    let on_end = Closure::once_into_js(move || drop(sender));
    script
        .add_event_listener_with_callback("load", on_end.unchecked_ref())
        .ok()?;
    script
        .add_event_listener_with_callback("error", on_end.unchecked_ref())
        .ok()?;
    let address = format!("parse.js?build={}", worker::build());
    script.set_attribute("src", &address).ok()?;
    document.head()?.append_child(&script).ok()?;
    let _ = loaded.await;
    Some(())
}
