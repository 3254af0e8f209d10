//! First success wins. All are asked at once, and each is looked at when it has something to say. The first good answer
//! ends the loop; the others are dropped, which cancels them: their requests are aborted, so the servers need not finish
//! either.

use futures::future::FutureExt;
use futures::stream::{FuturesUnordered, StreamExt};

use crate::engine::task::{Failed, Task};

pub(super) async fn race(tasks: Vec<Task>) -> Result<(), Failed> {
    let racers = tasks.into_iter().map(|mut task| {
        async move {
            task.fetch().await?;
            if task.is_ok() { Ok(()) } else { Err(Failed) }
        }
        .boxed_local()
    });
    let mut racers: FuturesUnordered<_> = racers.collect();
    // When all have failed there is no winner, and that is an end like any other.
    while let Some(Err(Failed)) = racers.next().await {}
    Ok(())
}
