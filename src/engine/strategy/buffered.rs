//! At most n side by side, results in the order of the list. A result that comes early waits in the buffer for those
//! before it, and keeps its place there: while the first is slow, no more than n − 1 can be started behind it.
//!
//! The stream only goes on when it is asked for the next result. While the consumer awaits, nobody asks.

use futures::stream::{self, StreamExt, TryStreamExt};

use crate::engine::run::Run;
use crate::engine::task::{Failed, Task};

pub(super) async fn buffered(run: &Run, tasks: Vec<Task>) -> Result<(), Failed> {
    stream::iter(tasks)
        .map(|mut task| async move {
            task.fetch().await?;
            task.pause().await;
            task.hand_over();
            Ok(task)
        })
        .buffered(run.concurrency())
        .try_for_each(|mut task| async move {
            task.store().await; // the requests in flight are not polled meanwhile
            Ok(())
        })
        .await
}
