//! As often as the server bears: Scrapy's AutoThrottle. Not the number in flight is set but the time between requests to
//! a host, so that about n are answered at a time: half of the way towards latency / n with each answer. Each host has
//! its own, so a slow one slows down nobody else.

use std::cell::RefCell;

use crate::engine::control::AutoThrottle;
use crate::engine::join::try_join_all;
use crate::engine::outcome::Outcome;
use crate::engine::run::Run;
use crate::engine::task::{Failed, Task};

pub(super) async fn auto_throttle(run: &Run, tasks: Vec<Task>) -> Result<(), Failed> {
    let start = AutoThrottle::towards(run.concurrency(), run.limits().host_delay);
    tasks.iter().for_each(|task| task.throttle(start.delay()));
    let controls = RefCell::new(vec![start; run.origins()]);

    try_join_all(tasks.into_iter().map(async |mut task| {
        while task.ready().await {
            let ended = task.attempt().await;
            // A time-out or a broken connection is no answer, and has no latency.
            if let Some(attempt) = task.last_attempt()
                && let Some(latency) = attempt.latency()
            {
                let control = &mut controls.borrow_mut()[task.origin().index()];
                control.aim_at(run.concurrency());
                control.set_least(run.limits().host_delay); // the slider is the least it may be
                let is_200 = attempt.outcome == Outcome::Ok(200);
                task.throttle(control.on_response(latency, is_200));
            }
            ended?;
        }
        task.pause().await;
        Ok(())
    }))
    .await
    .map(drop)
}
