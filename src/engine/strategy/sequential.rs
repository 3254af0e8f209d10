//! One at a time. Each `await` holds up everything behind it: the total is the sum of all waits.

use crate::engine::task::{Failed, Task};

pub(super) async fn sequential(tasks: Vec<Task>) -> Result<(), Failed> {
    for mut task in tasks {
        task.fetch().await?;
        task.pause().await;
    }
    Ok(())
}
