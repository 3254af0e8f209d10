//! At most n side by side, results as they are completed. Nobody waits for those before it, so a slow one holds up
//! nothing but itself.
//!
//! The stream only goes on when it is asked for the next result. While the consumer awaits, nobody asks.

use futures::stream::{self, StreamExt, TryStreamExt};

use crate::engine::run::Run;
use crate::engine::task::{Failed, Task};

pub(super) async fn buffer_unordered(run: &Run, tasks: Vec<Task>) -> Result<(), Failed> {
    stream::iter(tasks)
        .map(|mut task| async move {
            task.fetch().await?;
            task.pause().await;
            task.hand_over();
            Ok(task)
        })
        .buffer_unordered(run.concurrency())
        .try_for_each(|mut task| async move {
            task.store().await; // the requests in flight are not polled meanwhile
            Ok(())
        })
        .await
}
