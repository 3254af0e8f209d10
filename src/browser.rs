//! The ports on web-sys, and what else of the browser the page needs. Thin: no logic that could be tested elsewhere.

pub(crate) mod alarm;
pub mod clock;
pub mod compute;
mod exchanges;
pub mod fetch;
mod frame_share;
pub mod history;
pub mod link;
pub mod reader;
pub mod resource_timing;
pub mod worker;

use std::rc::Rc;

use crate::engine::ports::{Fetch, NoReader, Ports};
use crate::lab::network::LabNetwork;

/// The browser's clock and timers, with its own network.
#[must_use]
pub fn ports() -> Ports {
    with(Rc::new(fetch::BrowserFetch::new()))
}

/// The browser's clock and timers, with the Lab answering inside the page.
#[must_use]
pub fn ports_in_page() -> Ports {
    with(Rc::new(LabNetwork::new(
        Rc::new(clock::BrowserClock),
        Rc::new(clock::BrowserClock),
    )))
}

/// Whether the page is hidden, so that its timers are throttled.
#[must_use]
pub fn is_hidden() -> bool {
    web_sys::window()
        .and_then(|window| window.document())
        .is_some_and(|document| document.hidden())
}

fn with(fetch: Rc<dyn Fetch>) -> Ports {
    Ports {
        fetch,
        clock: Rc::new(clock::BrowserClock),
        sleep: Rc::new(clock::BrowserClock),
        compute: Rc::new(compute::BrowserProcessor::default()),
        read: Rc::new(NoReader),
    }
}
