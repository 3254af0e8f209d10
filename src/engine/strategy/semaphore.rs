//! At most n at once. All tasks start together, and each waits in line for one of the semaphore's n permits. Who
//! finishes drops its permit, and the oldest in line goes on.

use futures::future::join_all;

use crate::engine::run::Run;
use crate::engine::task::Task;

pub(super) async fn semaphore(run: &Run, tasks: Vec<Task>) {
    join_all(tasks.into_iter().map(|mut task| async move {
        let Some(permit) = task.permit(run.permits()).await else {
            return;
        };
        task.fetch().await;

        if run.keeps_permit() {
            task.pause().await; // nobody may use the permit meanwhile, though nothing is being fetched
            drop(permit);
        } else {
            drop(permit); // the next in line goes on while this task pauses
            task.pause().await;
        }
    }))
    .await;
}
