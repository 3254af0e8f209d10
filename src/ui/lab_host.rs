//! What answers the Lab's requests in this visit: the service worker, or the page itself.

use futures::FutureExt;
use futures::future::{LocalBoxFuture, Shared};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::playground::Playground;
use crate::browser;

/// What answers the Lab's requests.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LabHost {
    /// Not known yet.
    Starting,
    /// The service worker.
    Worker,
    /// The page itself, for this reason.
    InPage(&'static str),
}

/// The start of what answers the Lab's requests.
pub(super) type LabStart = Shared<LocalBoxFuture<'static, LabHost>>;

/// What answers the Lab's requests, once that is known. All who ask wait for the same start.
pub(super) fn lab_host(playground: Playground) -> impl Future<Output = LabHost> {
    let started = playground.lab_start.get_value();
    let start = started.unwrap_or_else(|| {
        let start = start_lab();
        playground.lab_start.set_value(Some(start.clone()));
        start
    });
    async move {
        let host = start.await;
        playground.lab.set(host);
        host
    }
}

/// Brings up the Lab's service worker.
fn start_lab() -> LabStart {
    let start = async {
        match browser::worker::take_control().await {
            Ok(()) => {
                spawn_local(browser::worker::keep_for_later());
                LabHost::Worker
            }
            Err(reason) => LabHost::InPage(reason),
        }
    };
    start.boxed_local().shared()
}
