//! All at once. `join_all` polls every task, so their waits overlap: the total is the slowest task's time. Nothing
//! holds back here, and the server meets all of it at once.

use futures::future::join_all;

use crate::engine::task::Task;

pub(super) async fn all_at_once(tasks: Vec<Task>) {
    join_all(tasks.into_iter().map(|mut task| async move {
        task.fetch().await;
        task.pause().await;
    }))
    .await;
}
