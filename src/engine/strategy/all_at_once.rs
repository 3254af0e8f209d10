//! All at once. `try_join_all` polls every task, so their waits overlap: the total is the slowest task's time. Nothing
//! holds back here, and the server meets all of it at once. An error drops the others, which cancels them; a run that
//! collects all outcomes has no errors, and then this is plain `join_all`.

use crate::engine::join::try_join_all;
use crate::engine::task::{Failed, Task};

pub(super) async fn all_at_once(tasks: Vec<Task>) -> Result<(), Failed> {
    try_join_all(tasks.into_iter().map(|mut task| async move {
        task.fetch().await?;
        task.pause().await;
        Ok(())
    }))
    .await
}
