//! At most n at once. All tasks start together, and each waits in line for one of the semaphore's n permits. Who
//! finishes drops its permit, and the oldest in line goes on. A task that is tried again stands in line again.

use crate::engine::join::try_join_all;
use crate::engine::run::Run;
use crate::engine::task::{Failed, Task};

pub(super) async fn semaphore(run: &Run, tasks: Vec<Task>) -> Result<(), Failed> {
    try_join_all(tasks.into_iter().map(|mut task| async move {
        while let Some(permit) = task.permit(run.permits()).await {
            task.attempt().await?;

            if run.keeps_permit() {
                task.pause().await; // nobody may use the permit meanwhile, though nothing is being fetched
                drop(permit);
            } else {
                drop(permit); // the next in line goes on while this task pauses
                task.pause().await;
            }
        }
        Ok(())
    }))
    .await
}
