//! So many a second, however many are in flight. A bucket fills with tokens at the rate, up to the burst, and each
//! request takes one. Unlike a semaphore it counts starts, not those that go on: slow answers pile up in flight.

use crate::engine::join::try_join_all;
use crate::engine::task::{Failed, Task};

pub(super) async fn rate_limited(tasks: Vec<Task>) -> Result<(), Failed> {
    try_join_all(tasks.into_iter().map(|mut task| async move {
        // Ready once there is a token for it; first come, first served.
        while task.ready().await {
            task.attempt().await?;
        }
        task.pause().await;
        Ok(())
    }))
    .await
}
