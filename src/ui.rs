//! The page. One component a file; each reads the [`playground::Playground`] and sends it commands, and none starts a
//! request by itself.

#![expect(
    unreachable_pub,
    reason = "the component macro makes public builders of private components"
)]

use leptos::prelude::window;
use web_sys::Element;

use crate::report::units::fixed;

mod adjusting;
mod app;
mod chunk;
mod code;
mod comparison;
mod crawl;
mod crawling;
mod critical;
mod detail;
mod download;
mod dynamic;
mod forecast;
mod foreseen;
mod headline;
mod hindsight;
mod history;
mod keys;
mod lab_host;
mod lending;
mod lifted;
mod log;
mod pausing;
mod playground;
mod preview;
mod replay;
mod room;
mod running;
mod scrolled;
mod selection;
mod session;
mod setup;
mod stage;
mod state;
mod summary;
mod tasks;
mod theme;
mod timeline;
mod what_if;

/// A length as a style writes it.
fn px(length: f64) -> String {
    format!("{}px", fixed(length, 2))
}

/// Whether something of `element` is in the window, or touches it.
fn is_in_window(element: &Element) -> bool {
    let place = element.get_bounding_client_rect();
    let height_px = window().inner_height().ok().and_then(|it| it.as_f64());
    place.bottom() >= 0.0 && height_px.is_none_or(|height_px| place.top() <= height_px)
}

/// Puts the page in place of the static shell.
pub fn mount() {
    console_error_panic_hook::set_once();
    let document = leptos::prelude::document();
    if let Some(shell) = document.get_element_by_id("shell") {
        shell.remove();
    }
    leptos::mount::mount_to_body(app::App);
}
