//! The functions that the scripts time.

use std::time::Duration;

use crawl_playground::browser;
use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::outcome::Outcome;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::semaphore::Semaphore;
use crawl_playground::engine::source::{Source, Target};
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::What;
use futures::future::{join, join_all};
use url::Url;
use wasm_bindgen::prelude::wasm_bindgen;

/// Sends `count` requests for `address` with at most `limit` in flight, as the page does: every wait goes into a
/// trace, each request has its timeout and can be aborted, headers and chunks are marked apart. Returns how many
/// answers were whole and below 400.
#[expect(
    unreachable_pub,
    reason = "JavaScript reaches it, and wasm-bindgen wants it public"
)]
#[wasm_bindgen]
pub async fn run(address: String, count: usize, limit: usize) -> u32 {
    let Ok(url) = Url::parse(&address) else {
        return 0;
    };
    let target = Target {
        url,
        written: address,
    };
    let limits = Limits {
        concurrency: limit,
        delay: Duration::ZERO,
        keep_permit: false,
        timeout: Duration::from_secs(10),
        ..Limits::default()
    };
    let run = Run::new(browser::ports().for_run(), limits);
    run.go(Strategy::Semaphore, Source::List(vec![target; count]))
        .await;
    let is_whole = |what| matches!(what, What::Ended(_, Outcome::Ok(_)));
    let trace = run.trace();
    let whole = trace.events().iter().filter(|event| is_whole(event.what));
    u32::try_from(whole.count()).unwrap_or(u32::MAX)
}

/// Takes `count` tasks that resolve at once through a semaphore of `limit` permits. Returns how many resolved.
///
/// All of them stand in line, polled, before the first permit is lent, as the peers' tasks do: so each permit goes to
/// a task that must be woken for it.
#[expect(
    unreachable_pub,
    reason = "JavaScript reaches it, and wasm-bindgen wants it public"
)]
#[wasm_bindgen]
pub async fn queue(count: u32, limit: usize) -> usize {
    let permits = Semaphore::new(0);
    let tasks = (0..count).map(async |number| {
        let _permit = permits.acquire().await.ok()?;
        Some(std::future::ready(number).await)
    });
    let (numbers, ()) = join(join_all(tasks), async { permits.set_limit(limit) }).await;
    numbers.into_iter().flatten().count()
}
