//! As often as the server bears: Scrapy's AutoThrottle. Not the number in flight is set but the time between requests to
//! a host, so that about n are answered at a time: half of the way towards latency / n with each answer.

use std::cell::RefCell;

use crate::engine::control::AutoThrottle;
use crate::engine::join::try_join_all;
use crate::engine::outcome::Outcome;
use crate::engine::run::Run;
use crate::engine::task::{Failed, Task};

pub(super) async fn auto_throttle(run: &Run, tasks: Vec<Task>) -> Result<(), Failed> {
    let least = run.limits().host_delay;
    let control = RefCell::new(AutoThrottle::towards(run.concurrency(), least));
    run.throttle(control.borrow().delay());

    try_join_all(tasks.into_iter().map(async |mut task| {
        while task.ready().await {
            let ended = task.attempt().await;
            if let Some(attempt) = task.last_attempt() {
                let latency = attempt.ended_at - attempt.sent_at;
                let is_200 = attempt.outcome == Outcome::Ok(200);
                run.throttle(control.borrow_mut().on_response(latency, is_200));
            }
            ended?;
        }
        task.pause().await;
        Ok(())
    }))
    .await
    .map(drop)
}
