//! n workers and a bounded queue. The producer waits when the queue is full, a worker when it is empty; each takes the
//! next task when it has done with its last. Closing the queue is the clean shutdown: the workers empty it, and go home.

use futures::future::try_join;

use crate::engine::join::try_join_all;
use crate::engine::queue::Queue;
use crate::engine::run::Run;
use crate::engine::task::{Failed, Task};

pub(super) async fn worker_pool(run: &Run, tasks: Vec<Task>) -> Result<(), Failed> {
    let queue = Queue::new(run, run.concurrency());

    let producer = async {
        for task in tasks {
            queue.push(task).await;
        }
        queue.close();
        Ok(())
    };
    let workers = (0..run.concurrency()).map(|_| async {
        while let Some(mut task) = queue.pop().await {
            task.fetch().await?;
            task.pause().await;
        }
        Ok(())
    });
    try_join(producer, try_join_all(workers)).await.map(drop)
}
