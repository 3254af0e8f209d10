//! The page's address: its fragment holds the scenario, so a link, a reload and Back bring it again.

use std::cell::Cell;

use url::Url;
use wasm_bindgen::JsValue;
use web_sys::{Storage, Window};

use super::clock::now_ms;
use crate::scenario::Scenario;
use crate::scenario::fragment::{self, BadFragment, LabAddress};

/// Fragments longer than this break when links are passed on, so a long list stays in the tab.
const MAX_FRAGMENT_CHARS: usize = 16_000;
/// Changes in quick succession, as of a slider, are one step for Back.
const ONE_STEP_MS: f64 = 800.0;
/// Stands in the fragment for a list that stays in the tab.
const IN_TAB: &str = "list=tab";
const STORED_LIST: &str = "crawl-playground.urls";

thread_local! {
    static WRITTEN_MS: Cell<f64> = const { Cell::new(f64::MIN) };
    static WRITTEN_AS: Cell<Step> = const { Cell::new(Step::Own) };
}

/// Where the page is, without its fragment.
#[must_use]
pub fn page() -> Url {
    let address = web_sys::window().and_then(|window| window.location().href().ok());
    let mut url = address
        .and_then(|address| Url::parse(&address).ok())
        .unwrap_or_else(nowhere);
    url.set_fragment(None);
    url
}

/// An address as the browser writes it, its host in ASCII. What is no whole address is `None`.
#[must_use]
pub fn in_ascii(address: &str) -> Option<String> {
    web_sys::Url::new(address).ok().map(|url| url.href())
}

fn nowhere() -> Url {
    #[expect(clippy::unwrap_used, reason = "a constant that a URL parser takes")]
    Url::parse("http://localhost/").unwrap()
}

/// The scenario in the page's address; `lab_address` is for [`fragment::read_with`].
///
/// # Errors
/// [`BadFragment`] when it can't be read.
pub fn read(lab_address: fn(&str) -> LabAddress) -> Result<Scenario, BadFragment> {
    let written = hash();
    let written = written.trim_start_matches('#');
    let mut scenario = fragment::read_with(written, lab_address)?;
    if written.split('&').any(|pair| pair == IN_TAB)
        && let Some(urls) =
            storage().and_then(|storage| storage.get_item(STORED_LIST).ok().flatten())
    {
        scenario.urls = urls;
    }
    Ok(scenario)
}

/// What is to be said of the page's address, if it holds more than settings.
#[must_use]
pub fn unknown() -> Option<String> {
    fragment::unknown(hash().trim_start_matches('#'))
}

fn hash() -> String {
    let window = web_sys::window();
    window
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default()
}

/// How a change of the address counts for Back.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// It belongs to the one before, if that was of this kind too: typing is one step, however long it takes.
    SameAsBefore,
    /// It is one to go back to, unless another was just before it.
    Own,
}

/// Writes `scenario` into the page's address. Returns whether a link to it is whole: a list that is too long for a link
/// stays in this tab.
pub fn write(scenario: &Scenario, step: Step) -> bool {
    let Some(window) = web_sys::window() else {
        return true;
    };
    let whole = fragment::write(scenario);
    let is_whole = whole.len() <= MAX_FRAGMENT_CHARS;
    let fragment = if is_whole {
        whole
    } else {
        without_list(scenario)
    };
    let now = window.location().hash().unwrap_or_default();
    if now.trim_start_matches('#') != fragment {
        put(&window, &fragment, step);
    }
    is_whole
}

fn without_list(scenario: &Scenario) -> String {
    if let Some(storage) = storage() {
        // A refused or full storage loses nothing that is on the page now.
        let _ = storage.set_item(STORED_LIST, &scenario.urls);
    }
    let preset = Scenario::of(scenario.preset, scenario.network);
    let short = fragment::write(&Scenario {
        urls: preset.urls,
        ..scenario.clone()
    });
    if short.is_empty() {
        IN_TAB.into()
    } else {
        format!("{short}&{IN_TAB}")
    }
}

fn put(window: &Window, fragment: &str, step: Step) {
    let Ok(history) = window.history() else {
        return;
    };
    let mut address = page();
    address.set_fragment((!fragment.is_empty()).then_some(fragment));
    let is_soon = now_ms() - WRITTEN_MS.replace(now_ms()) < ONE_STEP_MS;
    // Browsers limit how often this may be called; then the address lags behind, and nothing else is lost.
    let is_going_on = WRITTEN_AS.replace(step) == Step::SameAsBefore && step == Step::SameAsBefore;
    let _ = if is_soon || is_going_on {
        history.replace_state_with_url(&JsValue::NULL, "", Some(address.as_str()))
    } else {
        history.push_state_with_url(&JsValue::NULL, "", Some(address.as_str()))
    };
}

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}
